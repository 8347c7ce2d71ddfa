"""What the page of an offer shows to whoever has its link; to look at it uses nothing up."""

from dataclasses import dataclass

import msgspec

from gateway.errors import NotFound, Unavailable
from gateway.flows.describe import Describe, Description
from gateway.flows.offers.claim import Claim
from gateway.flows.offers.doors import Doors, doors, learner_wallet_bare
from gateway.flows.offers.look import OfferStanding, standing
from gateway.ports.offers import Tickets
from gateway.records import CLOSED
from gateway.records.offers import Claiming, Offer
from gateway.records.tickets import PAGE_CHALLENGE_S, Kind


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An offer, and what is offered.

    Attributes:
        signed_by: Name of the platform.
        test: Whether a test platform issued it.
        credential: None where whoever has the link signs in first, and is shown it then.
        taken_back: Whether the credential was suspended or revoked.
        learner_wallet: The older way into that wallet, "" where it is not open.
    """

    offer: Offer
    standing: OfferStanding
    signed_by: str
    test: bool
    credential: Description | None
    doors: Doors
    taken_back: bool = False
    learner_wallet: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be claimed."""
        return self.standing is OfferStanding.OPEN and not self.taken_back


@dataclass(frozen=True, slots=True)
class ShowOffer:
    """The id of an offer to what its page shows."""

    claim: Claim
    describe: Describe
    tickets: Tickets
    public_url: str

    async def __call__(self, offer_id: str) -> Shown:
        """Return it in whatever state.

        Raises:
            NotFound: There is no such offer, or its record was erased.
        """
        offer = await self.claim.offers.find(offer_id)
        record = await self.claim.records.find(offer.platform, offer.record) if offer else None
        if offer is None or record is None:
            raise NotFound("there is no such offer")
        credential = await self.describe(record, to_holder=False)
        shown = Shown(
            offer=offer,
            standing=standing(offer, self.claim.clock()),
            signed_by=credential.signed_by,
            test=credential.test,
            credential=None if offer.claiming is Claiming.SIGN_IN else credential,
            doors=doors(offer, self.public_url),
            taken_back=record.state in CLOSED,
        )
        if not shown.is_open or not shown.doors.exchange:
            return shown
        return msgspec.structs.replace(shown, learner_wallet=await self._learner_wallet(offer))

    async def open_doors(self, offer_id: str) -> Doors:
        """Return where a wallet can fetch it; for the hour in which it can fetch it again also of one that was claimed.

        Its page says then to people that it is over, for whom nothing is left to do.

        Raises:
            NotFound: There is no such offer.
            OfferOver: Nobody can claim it any more.
        """
        if await self.claim.offers.find(offer_id) is None:
            raise NotFound("there is no such offer")
        return doors(await self.claim.open(offer_id), self.public_url)

    async def _learner_wallet(self, offer: Offer) -> str:
        try:
            challenge = await self.tickets.give(Kind.CHALLENGE, offer.id.encode(), PAGE_CHALLENGE_S)
        except Unavailable:
            return ""  # the page is of use without this one way
        return learner_wallet_bare(offer, self.public_url, challenge)
