"""A badge that somebody holds, into a wallet of theirs: verified, issued anew, and offered to them."""

import datetime as dt
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format
from gateway.errors import NotFound
from gateway.flows.backpack.found_out import found_out
from gateway.flows.convert import Caller, Convert, NotTrusted
from gateway.flows.offers.look import OfferStanding, standing
from gateway.flows.offers.make import MakeOffer, Wish
from gateway.flows.prepare import target
from gateway.flows.verify import Verify
from gateway.ports.holdings import Holdings
from gateway.records.offers import Claiming, Offer
from gateway.records.people import PEOPLE
from gateway.trust.policy import Verdict as Ruling
from gateway.trust.policy import decide

LASTING = dt.timedelta(days=1)
"""An offer that still holds for so long is shown again rather than made anew."""


@dataclass(frozen=True, slots=True)
class OfferHeld:
    """A person and a badge of theirs to an offer that whoever has its link can claim: they alone are shown it."""

    verify: Verify
    convert: Convert
    holdings: Holdings
    make: MakeOffer

    async def __call__(self, person: str, holding_id: str) -> Offer:
        """Return an offer of it; what was found out is kept beside the badge in any case.

        Raises:
            NotFound: The person holds no such badge.
            NotTrusted: A check failed or could not be made; nothing was signed.
            NotActive: What was issued of it was taken back.
            AdapterError, NotIssuable: No wallet could have it.
            NoPublicAddress: The offer could lead nowhere.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            raise NotFound("you hold no such badge")
        verified = await self.verify(holding.received, holding.url)
        decision = decide(verified.report)
        if decision.verdict is Ruling.REFUSE:
            await self.holdings.learn(found_out(holding, verified))
            raise NotTrusted(decision, verified.report)
        caller = Caller(PEOPLE, person)
        made = await self.convert(verified, holding.url, (target(Format.OPEN_BADGES_3),), caller)
        await self.holdings.learn(msgspec.structs.replace(found_out(holding, verified), record=made.record.id))
        there = await self._there(made.record.id, person)
        return there or (await self.make(Wish(credential=made.record.id), caller)).offer

    async def _there(self, record_id: str, person: str) -> Offer | None:
        """One that they made before and nobody has claimed: a button that is pressed twice leads to the same page."""
        later = self.make.clock() + LASTING
        for each in await self.make.offers.of(PEOPLE, record_id):
            its_own = each.claiming is Claiming.LINK and each.made_by == person
            if its_own and standing(each, later) is OfferStanding.OPEN:
                return each
        return None
