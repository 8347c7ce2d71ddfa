"""The offers that a platform made, as it sees them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.offers.doors import Doors, doors
from gateway.flows.offers.make import Made
from gateway.flows.offers.withdraw import offer_of
from gateway.ports import Clock, Records
from gateway.ports.offers import NewOffers, Offers
from gateway.records import Instant
from gateway.records.offers import Claiming, Configuration, Offer, OfferState


class OfferStanding(StrEnum):
    """What became of an offer; ``locked``: its transaction code was guessed too often."""

    OPEN = "open"
    CLAIMED = "claimed"
    WITHDRAWN = "withdrawn"
    LOCKED = "locked"
    EXPIRED = "expired"


class OfferDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An offer of one credential to one person.

    Attributes:
        id: Whoever has it has the link.
        reference: By which events name the offer; it leads nowhere.
        credential: Id of the record.
        claiming: ``link``: whoever has the link; ``code``: who also knows the transaction code; ``sign-in``: who signs
            in with the address that the credential names.
        configurations: What a wallet can ask for.
        claimed: When it was claimed first; null while it was not.
        links: Every way into a wallet.
    """

    id: str
    reference: str
    credential: str
    state: OfferStanding
    claiming: Claiming
    configurations: tuple[Configuration, ...]
    created: Instant
    expires: Instant
    claimed: Instant | None = None
    links: Doors


class MadeOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A new offer.

    Attributes:
        code: Its transaction code, shown only now: give it to the person by another way than the link. "" where the
            offer has none.
        mailed: Whether a letter with the link went out.
    """

    offer: OfferDescription
    code: str = ""
    mailed: bool = False

    def __repr__(self) -> str:
        return f"MadeOffer(credential={self.offer.credential!r})"


def standing(offer: Offer, now: dt.datetime) -> OfferStanding:
    """What an offer is at this moment."""
    if offer.state is OfferState.OPEN and offer.expires <= now:
        return OfferStanding.EXPIRED
    return OfferStanding(offer.state.value)


@dataclass(frozen=True, slots=True)
class LookAtOffers:
    """Offers to their descriptions."""

    clock: Clock
    new_offers: NewOffers
    offers: Offers
    records: Records
    public_url: str

    async def of(self, record_id: str, caller: Caller) -> Sequence[OfferDescription]:
        """Return the offers of a record, latest first.

        Raises:
            NotFound: The caller's platform has no such record.
        """
        if await self.records.find(caller.platform, record_id) is None:
            raise NotFound("there is no such credential")
        return tuple(map(self._described, await self.new_offers.of(caller.platform, record_id)))

    async def one(self, offer_id: str, caller: Caller) -> OfferDescription:
        """Return an offer.

        Raises:
            NotFound: The caller's platform has none such.
        """
        return self._described(await offer_of(self.offers, caller.platform, offer_id))

    def made(self, made: Made) -> MadeOffer:
        """Describe one that was just made."""
        return MadeOffer(offer=self._described(made.offer), code=made.code, mailed=made.mailed)

    def _described(self, offer: Offer) -> OfferDescription:
        return OfferDescription(
            id=offer.id,
            reference=offer.reference,
            credential=offer.record,
            state=standing(offer, self.clock()),
            claiming=offer.claiming,
            configurations=offer.configurations,
            created=offer.created,
            expires=offer.expires,
            claimed=offer.claimed,
            links=doors(offer, self.public_url),
        )
