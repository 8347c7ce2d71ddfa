"""A badge that somebody holds, into a wallet of theirs: verified, issued anew, and offered to them."""

from dataclasses import dataclass

from adapters.hub.contract import Format
from gateway.errors import NotFound, NotIssuable
from gateway.flows.backpack.found_out import found_out
from gateway.flows.backpack.keep_issued import KeepIssued
from gateway.flows.convert import Caller, Convert, NotTrusted
from gateway.flows.offers.make import MakeOffer, Wish
from gateway.flows.offers.whose import WhoseKey
from gateway.flows.prepare import target
from gateway.flows.verify import Verify
from gateway.ports.holdings import Holdings
from gateway.records.offers import Offer
from gateway.records.people import PEOPLE
from gateway.trust.policy import Verdict as Ruling
from gateway.trust.policy import decide


@dataclass(frozen=True, slots=True)
class OfferHeld:
    """A person and a badge of theirs to an offer that whoever has its link can claim: they alone are shown it.

    The badge must be theirs by its own words: held here is also what names nobody who could be compared, by the
    holder's word alone, and that word is not what is signed.
    """

    verify: Verify
    convert: Convert
    holdings: Holdings
    keep_issued: KeepIssued
    make: MakeOffer
    whose_key: WhoseKey

    async def __call__(self, person: str, holding_id: str) -> Offer:
        """Return a new offer of it; what was found out is kept beside the badge in any case.

        Those that the person made of it before end, unless they were claimed: who was let in once by one of them
        cannot be first at this one.

        Raises:
            NotFound: The person holds no such badge, or no more.
            NotTheRecipient: It names none of the person's confirmed addresses, and no key.
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
        reading = verified.received.reading
        if reading is None:
            raise NotIssuable("the badge cannot be read any more")
        await self.whose_key(person, reading.credentials[0].recipient)
        caller = Caller(PEOPLE, person)
        made = await self.convert(verified, holding.url, (target(Format.OPEN_BADGES_3),), caller)
        looked_at = found_out(holding, verified)
        await self.keep_issued(looked_at, made)
        offer = (await self.make(Wish(credential=made.record.id), caller)).offer
        await self._end_before(offer, caller)
        await self.keep_issued(looked_at, made)  # whoever removed it meanwhile may have come before there was an offer
        return offer

    async def _end_before(self, latest: Offer, caller: Caller) -> None:
        """Of two that are made at once the later one stays."""
        for each in await self.make.offers.of(PEOPLE, latest.record):
            if each.made_by == caller.holder and (each.created, each.id) < (latest.created, latest.id):
                await self.make.offers.withdraw(PEOPLE, each.id, caller.actor, latest.created)
