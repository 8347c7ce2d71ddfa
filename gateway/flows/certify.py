"""Who seals for a platform: its key, and whom the certificate of that key names."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeGuard

import msgspec

from adapters.hub.contract import LegalIdentity
from gateway.errors import KeyMissing, Misconfigured, NoSealIdentifier, SealUnusable
from gateway.flows.identify import Identities
from gateway.issuing.identity import Identity
from gateway.ports.seals import SealKeys
from gateway.proofs import certificates
from gateway.records import Algorithm, PublicKey
from gateway.records.seals import country_of

RENEWED_BEFORE = dt.timedelta(days=30)
"""How long before its end a certificate of our own making is replaced."""

LONGEST_NAME = 64
"""Bytes of UTF-8 of a name in a certificate; RFC 5280 appendix A means characters, and readers disagree."""


class Sealing(msgspec.Struct, frozen=True):
    """The key that seals, with its certificate, and the owner whom that names."""

    key: PublicKey
    owner: LegalIdentity


@dataclass(frozen=True, slots=True)
class Certify:
    """A platform to what it seals with; what was imported counts before what we make ourselves."""

    seals: SealKeys
    identities: Identities

    async def __call__(self, platform: str, at: dt.datetime, *, renew: Algorithm | None = None) -> Sealing:
        """Return the key and the owner of the seal at that time; made by ourselves where nothing was imported.

        Args:
            renew: Make a new key in any case, with this algorithm, whatever is there.

        Raises:
            SealUnusable: It is to be made anew, and was imported, or the algorithm does not seal.
            NoSealIdentifier: Nothing was imported, and nobody has said under which identifier the platform is known.
            KeyMissing: What was imported does not hold now.
            Misconfigured: What was imported cannot be the issuer in development, where that is the key itself.
        """
        there = await self.seals.sealing(platform)
        identity = await self.identities(platform)
        if _is_imported(there):
            if renew is not None:
                raise SealUnusable(
                    "the key that seals was imported, and is not replaced by one of our own making",
                    fix="import the one that follows it: `badge-gateway keys import FILE`",
                )
            return _imported(there, at, identity)
        if renew is Algorithm.EDDSA:
            raise SealUnusable("no seal is made with EdDSA", pointer="/algorithm", fix="choose ES256 or RS256")
        wanted = _owner(identity)
        if there is None or renew is not None or not _holds(there, wanted, at):
            chosen = renew or (there.algorithm if there else Algorithm.ES256)
            there = await self.seals.certify(platform, wanted, chosen, at, replacing=there.id if there else "")
        return Sealing(there, owner_of(there))

    async def possible(self, platform: str, at: dt.datetime) -> bool:
        """Say whether there is all that a seal needs at that time; nothing is made to find out."""
        there = await self.seals.sealing(platform)
        identity = await self.identities(platform)
        try:
            if _is_imported(there):
                _imported(there, at, identity)
            else:
                _owner(identity)
        except (KeyMissing, Misconfigured, NoSealIdentifier):
            return False
        return True


def _is_imported(key: PublicKey | None) -> TypeGuard[PublicKey]:
    return key is not None and key.certificate is not None and not key.certificate.self_made


def owner_of(key: PublicKey) -> LegalIdentity:
    """Whom the certificate of a seal key names."""
    if key.certificate is None:
        raise ValueError(f"{key.id} has no certificate")
    named = certificates.owner(certificates.parse(key.certificate.chain[0]))
    return LegalIdentity(
        legal_name=named.organisation,
        common_name=named.common_name,
        country=named.country,
        organisation_id=named.organisation_identifier,
    )


def ends(key: PublicKey) -> dt.datetime:
    """When the certificate of a seal key ends."""
    if key.certificate is None:
        raise ValueError(f"{key.id} has no certificate")
    return certificates.parse(key.certificate.chain[0]).not_valid_after_utc


def _imported(key: PublicKey, at: dt.datetime, identity: Identity) -> Sealing:
    if ends(key) <= at:
        raise KeyMissing(
            f"the imported certificate of the seal ended on {ends(key):%Y-%m-%d}",
            fix="import the one that follows it: `badge-gateway keys import FILE`",
        )
    if identity.development and key.algorithm is not Algorithm.ES256:
        raise Misconfigured(
            "in development the issuer is the key itself (did:key), which an RSA key cannot be",
            pointer="GATEWAY_PUBLIC_URL",
            fix="set GATEWAY_PUBLIC_URL to an https origin, or import a key on P-256",
        )
    return Sealing(key, owner_of(key))


def _owner(identity: Identity) -> LegalIdentity:
    organisation_id = identity.organisation_id
    country = identity.country or country_of(organisation_id)
    if not organisation_id or not country:
        raise NoSealIdentifier(
            "a seal names its owner by a registered identifier and its country, and this platform has none",
            fix="say which one it is, NTRFR-123456789: GATEWAY_SEAL_ORGANISATION_ID for the whole installation, "
            "organisationId of PATCH /v1/platform for one platform; or import a certificate that names it: "
            "`badge-gateway keys import FILE`",
        )
    # As it stands in the certificate, so that it is the same when it is read from there.
    printable = "".join(character for character in identity.name if character.isprintable())
    name = printable.encode()[:LONGEST_NAME].decode(errors="ignore").strip() or identity.addresses.platform
    return LegalIdentity(legal_name=name, common_name=name, country=country, organisation_id=organisation_id)


def _holds(key: PublicKey, wanted: LegalIdentity, at: dt.datetime) -> bool:
    return owner_of(key) == wanted and ends(key) - RENEWED_BEFORE > at
