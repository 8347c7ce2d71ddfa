"""Wires the exchanges of VCALM."""

import msgspec

from gateway.assembly.issuing import Issuing
from gateway.assembly.offers import OfferFlows
from gateway.flows.exchanges.arrange import ArrangeExchange
from gateway.flows.exchanges.authenticate import Authenticate
from gateway.flows.exchanges.challenges import GiveChallenge
from gateway.flows.exchanges.participate import Participate
from gateway.flows.vc_api.named import Named


class ExchangeFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Make exchanges, take part in them."""

    arrange: ArrangeExchange
    participate: Participate
    give_challenge: GiveChallenge


def exchange_flows(part: Issuing, *, offers: OfferFlows, named: Named) -> ExchangeFlows:
    """Everything of exchanges, over offers."""
    tickets = part.edges.tickets
    return ExchangeFlows(
        arrange=ArrangeExchange(offers.make, offers.look, named),
        participate=Participate(Authenticate(part.clock, offers.claim, tickets, part.settings.public_url)),
        give_challenge=GiveChallenge(tickets),
    )
