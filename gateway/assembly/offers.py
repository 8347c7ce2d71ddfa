"""Wires offers of credentials to wallets."""

import datetime as dt

import msgspec

from gateway.assembly.holdings import HoldingFlows
from gateway.assembly.issuing import Issuing
from gateway.assembly.people import PeopleFlows
from gateway.edges.offers import StoredOffers
from gateway.edges.records import StoredRecords
from gateway.edges.watches import StoredWatchedSources
from gateway.flows.backpack.keep_issued import KeepIssued
from gateway.flows.backpack.let_go import LetGo
from gateway.flows.backpack.offer_held import OfferHeld
from gateway.flows.erase import Erase
from gateway.flows.extend import Extend
from gateway.flows.letter_limits import LetterLimits
from gateway.flows.offers.claim import Claim
from gateway.flows.offers.confirmed_source import ConfirmSource
from gateway.flows.offers.look import LookAtOffers
from gateway.flows.offers.make import MakeOffer
from gateway.flows.offers.send_link import SendLink
from gateway.flows.offers.show import ShowOffer
from gateway.flows.offers.transaction_code import PURPOSE
from gateway.flows.offers.whose import WhoseKey
from gateway.flows.offers.withdraw import WithdrawOffer
from gateway.flows.offers.writable import Writable


class OfferFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Make offers, show them, let wallets claim them."""

    claim: Claim
    make: MakeOffer
    look: LookAtOffers
    withdraw: WithdrawOffer
    show: ShowOffer
    offer_held: OfferHeld


def offer_flows(part: Issuing, *, extend: Extend, people: PeopleFlows, held: HoldingFlows, erase: Erase) -> OfferFlows:
    """Everything about offers, over what issues."""
    clock, database, envelope = part.clock, part.edges.database, part.edges.envelope
    public_url, convert = part.settings.public_url, part.convert
    patience = dt.timedelta(hours=part.settings.claim_recheck_hours)
    offers, records = StoredOffers(database, envelope), StoredRecords(database, envelope)
    limits = LetterLimits(part.rate_limit, envelope.derived("limits of offer letters"), "offer letters")
    make = MakeOffer(
        clock=clock,
        offers=offers,
        records=records,
        writable=Writable(convert.prepare.identities, convert.prepare.keys, convert.prepare.elm),
        send_link=SendLink(people.mail_link.mail, limits, public_url),
        public_url=public_url,
        secret=envelope.derived(PURPOSE),
    )
    whose_key = WhoseKey(people.people)
    claim = Claim(
        clock=clock,
        offers=offers,
        claims=offers,
        records=records,
        confirm_source=ConfirmSource(clock, part.verify, StoredWatchedSources(database), patience),
        convert=convert,
        extend=extend,
        whose_key=whose_key,
        secret=envelope.derived("holders of keys"),
    )
    return OfferFlows(
        claim=claim,
        make=make,
        look=LookAtOffers(clock, offers, offers, records, public_url),
        withdraw=WithdrawOffer(clock, offers, offers),
        show=ShowOffer(claim, part.describe, part.edges.tickets, public_url),
        offer_held=OfferHeld(
            part.verify, convert, held.holdings, KeepIssued(held.holdings, LetGo(erase, offers)), make, whose_key
        ),
    )
