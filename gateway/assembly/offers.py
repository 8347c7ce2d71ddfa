"""Wires offers of credentials to wallets."""

import datetime as dt

import msgspec

from gateway.assembly.issuing import Issuing
from gateway.edges.offers import StoredOffers
from gateway.edges.records import StoredRecords
from gateway.edges.watches import StoredWatchedSources
from gateway.flows.extend import Extend
from gateway.flows.offers.claim import Claim
from gateway.flows.offers.confirmed_source import ConfirmSource


class OfferFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Make offers, show them, let wallets claim them."""

    claim: Claim


def offer_flows(part: Issuing, *, extend: Extend) -> OfferFlows:
    """Everything about offers, over what issues."""
    clock, database, envelope = part.clock, part.edges.database, part.edges.envelope
    patience = dt.timedelta(hours=part.settings.claim_recheck_hours)
    return OfferFlows(
        claim=Claim(
            clock=clock,
            offers=StoredOffers(database, envelope),
            records=StoredRecords(database, envelope),
            confirm_source=ConfirmSource(clock, part.verify, StoredWatchedSources(database), patience),
            convert=part.convert,
            extend=extend,
        )
    )
