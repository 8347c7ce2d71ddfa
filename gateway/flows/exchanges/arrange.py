"""A platform makes an exchange for a credential of its own, and sees what became of it."""

from dataclasses import dataclass

from gateway.errors import GatewayError, NotFound
from gateway.flows.convert import Caller
from gateway.flows.exchanges.messages import Exchange, ExchangeState, NewExchange, Variables
from gateway.flows.offers.look import LookAtOffers, OfferDescription, OfferStanding
from gateway.flows.offers.make import MakeOffer, Wish
from gateway.flows.vc_api.named import Named
from gateway.records.offers import Claiming

_STATES = {OfferStanding.OPEN: ExchangeState.PENDING, OfferStanding.CLAIMED: ExchangeState.COMPLETE}
_PLACE = "/variables/credentialId"
_PLACES = {"/credential": _PLACE}
"""Where what an offer is made of stands in a request for an exchange."""


@dataclass(frozen=True, slots=True)
class ArrangeExchange:
    """A wish to an exchange."""

    make: MakeOffer
    look: LookAtOffers
    named: Named

    async def __call__(self, wanted: NewExchange, caller: Caller) -> Exchange:
        """Make an exchange: an offer that whoever has the link can claim.

        Raises:
            NoPublicAddress, NotFound, NotActive, PastExpiry, TooFarAhead, NotIssuable: See `MakeOffer`.
        """
        try:
            record = await self.named(caller.platform, wanted.variables.credential_id)
        except NotFound as error:
            error.pointer = _PLACE
            raise
        wish = Wish(credential=record.id, expires=wanted.expires, claiming=Claiming.LINK)
        try:
            made = await self.make(wish, caller)
        except GatewayError as error:
            error.pointer = _PLACES.get(error.pointer, error.pointer)
            raise
        return _exchange(self.look.made(made).offer)

    async def one(self, exchange_id: str, caller: Caller) -> Exchange:
        """Return an exchange in whatever state.

        Raises:
            NotFound: The caller's platform has none such, or an offer that is none.
        """
        offer = await self.look.one(exchange_id, caller)
        if not offer.links.exchange:
            raise NotFound("there is no such exchange")
        return _exchange(offer)


def _exchange(offer: OfferDescription) -> Exchange:
    return Exchange(
        id=offer.links.exchange,
        sequence=1 if offer.claimed else 0,
        expires=offer.expires,
        state=_STATES.get(offer.state, ExchangeState.INVALID),
        variables=Variables(credential_id=offer.credential),
    )
