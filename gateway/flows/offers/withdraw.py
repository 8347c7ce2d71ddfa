"""A platform takes an offer back that nobody has claimed."""

from dataclasses import dataclass

from gateway.errors import GatewayError, NotFound
from gateway.flows.convert import Caller
from gateway.ports import Clock
from gateway.ports.offers import NewOffers, Offers
from gateway.records.offers import Offer


class OfferClaimed(GatewayError):
    """The credential is in a wallet already."""

    code = "offer-claimed"


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """An offer that ends."""

    clock: Clock
    new_offers: NewOffers
    offers: Offers

    async def __call__(self, offer_id: str, caller: Caller) -> None:
        """End it; repeating it changes nothing.

        Raises:
            NotFound: The caller's platform has no such offer.
            OfferClaimed: It was claimed.
        """
        if await self.new_offers.withdraw(caller.platform, offer_id, caller.actor, self.clock()):
            return
        offer = await offer_of(self.offers, caller.platform, offer_id)
        if offer.claimed is not None:
            raise OfferClaimed(
                "the offer was claimed already",
                fix="to take back what is in the wallet, revoke the credential",
            )


async def offer_of(offers: Offers, platform: str, offer_id: str) -> Offer:
    """An offer of this platform.

    Raises:
        NotFound: It has none such.
    """
    offer = await offers.find(offer_id)
    if offer is None or offer.platform != platform:
        raise NotFound("there is no such offer")
    return offer
