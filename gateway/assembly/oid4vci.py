"""Wires what wallets call to fetch credentials with OpenID4VCI."""

import msgspec

from gateway.assembly.issuing import Issuing
from gateway.edges.events import StoredFeed
from gateway.flows.offers.claim import Claim
from gateway.flows.oid4vci.bearer import RecogniseWallet
from gateway.flows.oid4vci.credential_offer import OfferCredential
from gateway.flows.oid4vci.fetch import FetchCredential
from gateway.flows.oid4vci.nonce import GiveNonce
from gateway.flows.oid4vci.notify import PURPOSE, NotificationIds, Notify
from gateway.flows.oid4vci.possession import ShowHolders


class Oid4vciFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Offer, nonce, credential, notification."""

    recognise: RecogniseWallet
    offer_credential: OfferCredential
    give_nonce: GiveNonce
    fetch_credential: FetchCredential
    notify: Notify


def oid4vci_flows(part: Issuing, *, claim: Claim) -> Oid4vciFlows:
    """Everything of OpenID4VCI but tokens, over what claims offers."""
    clock, tickets, settings = part.clock, part.edges.tickets, part.settings
    show_holders = ShowHolders(clock, tickets, settings.public_url, settings.oid4vci_accept_legacy_proofs)
    notification_ids = NotificationIds(part.edges.envelope.derived(PURPOSE))
    return Oid4vciFlows(
        recognise=RecogniseWallet(tickets),
        offer_credential=OfferCredential(claim, tickets, settings.public_url),
        give_nonce=GiveNonce(tickets),
        fetch_credential=FetchCredential(claim, tickets, show_holders, notification_ids),
        notify=Notify(clock, claim.offers, StoredFeed(part.edges.database), notification_ids),
    )
