"""A badge that somebody holds, looked at again because they ask; nothing is signed anew."""

from dataclasses import dataclass

from gateway.errors import NotFound, TooManyRequests
from gateway.flows.backpack.found_out import found_out
from gateway.flows.convert import Caller
from gateway.flows.recheck import Recheck
from gateway.flows.verify import Verify
from gateway.ports import Clock, RateLimit
from gateway.ports.holdings import Holdings
from gateway.records.people import PEOPLE

AT_ONCE, AN_HOUR = 10, 60
"""Looks that one person may ask for."""


@dataclass(frozen=True, slots=True)
class CheckAgain:
    """A person and a badge of theirs to what is known of it now."""

    clock: Clock
    verify: Verify
    holdings: Holdings
    recheck: Recheck
    rate_limit: RateLimit

    async def __call__(self, person: str, holding_id: str) -> None:
        """Verify the very bytes again and keep the outcome.

        What was made of the badge follows its issuer at once, as when its platform asks for it; where that was asked
        less than a minute ago, the watch does it in time.

        Raises:
            NotFound: The person holds no such badge.
            TooManyRequests: They asked for too many looks.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            raise NotFound("you hold no such badge")
        taken = await self.rate_limit.take(f"badge checks of {person}", capacity=AT_ONCE, per_s=AN_HOUR / 3600)
        if not taken.allowed:
            raise TooManyRequests("too many badges were checked", retry_after_s=taken.retry_after_s)
        verified = await self.verify(holding.received, holding.url)
        await self.holdings.learn(found_out(holding, verified))
        if holding.record:
            await self._follow(holding.record, person)

    async def _follow(self, record_id: str, person: str) -> None:
        try:
            await self.recheck(record_id, Caller(PEOPLE, person))
        except NotFound:
            return  # erased meanwhile
