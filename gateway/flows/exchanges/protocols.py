"""By which protocols a wallet can fetch what is offered, for programs that ask at the offer's address."""

import msgspec

from gateway.flows.offers.doors import Doors


class ProtocolUrls(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where each protocol begins; a protocol that is not open for this offer is left out.

    Attributes:
        vcapi: The exchange, to which a wallet posts ``{}``.
        oid4vci_1: A credential offer of OpenID4VCI 1.0.
        oid4vci: The same under its older name, which wallets of before VCALM's versions of names look for.
    """

    vcapi: str = ""
    oid4vci_1: str = msgspec.field(default="", name="oid4vci-1.0")
    oid4vci: str = msgspec.field(default="", name="OID4VCI")


class Protocols(msgspec.Struct, frozen=True, kw_only=True):
    """What an interaction URL answers to whoever asks for JSON (VCALM 1.0, "Interaction URL Format")."""

    protocols: ProtocolUrls


def protocols(doors: Doors) -> Protocols:
    """The ways of programs into a wallet, of all ways that are open for an offer."""
    return Protocols(protocols=ProtocolUrls(vcapi=doors.exchange, oid4vci_1=doors.openid4vci, oid4vci=doors.openid4vci))
