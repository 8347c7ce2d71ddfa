"""What a person sees of the badges they hold."""

import datetime as dt
from dataclasses import dataclass

import msgspec

from gateway.errors import NotFound
from gateway.flows.backpack.named import names_its_holder
from gateway.flows.backpack.standing import Standing, Stands, Watched, stands
from gateway.flows.describe import Description
from gateway.flows.look_up import LookUp
from gateway.flows.present import PAGE_BYTES
from gateway.flows.verdict import Verdict
from gateway.ports import Clock
from gateway.ports.holdings import Holdings
from gateway.ports.watches import WatchedSources
from gateway.records.holdings import Holding
from gateway.records.people import PEOPLE

PAGE_LIMIT = 50


class Seen(msgspec.Struct, frozen=True):
    """One badge, what was last found out about it, and how it stands.

    Attributes:
        for_wallets: Whether it says whose it is, so that a wallet may have it from here.
    """

    holding: Holding
    verdict: Verdict
    stands: Stands
    for_wallets: bool = False

    @property
    def standing(self) -> Standing:
        """In one word."""
        return self.stands.standing


class SeenPage(msgspec.Struct, frozen=True):
    """Some of what a person holds, the latest first; ``total`` counts everything."""

    badges: tuple[Seen, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SeeBackpack:
    """A person to a page of what they hold."""

    clock: Clock
    holdings: Holdings
    sources: WatchedSources
    max_bytes: int = PAGE_BYTES

    async def __call__(self, person: str, offset: int = 0) -> SeenPage:
        """Return up to ``PAGE_LIMIT`` badges; fewer where they are large, but one if there is any."""
        page = await self.holdings.page(PEOPLE, person, limit=PAGE_LIMIT, offset=offset, max_bytes=self.max_bytes)
        watched = await self.sources.among(PEOPLE, [each.record for each in page.holdings if each.record])
        now = self.clock()
        badges = [await _seen(each, watched.get(each.record), now) for each in page.holdings]
        return SeenPage(tuple(badges), page.total)


@dataclass(frozen=True, slots=True)
class SeeBadge:
    """A person and a badge of theirs to all there is to see."""

    clock: Clock
    holdings: Holdings
    sources: WatchedSources
    look_up: LookUp

    async def __call__(self, person: str, holding_id: str) -> tuple[Seen, Description | None]:
        """Return the badge, and its record when it was issued anew.

        Raises:
            NotFound: The person holds no such badge.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            raise NotFound("you hold no such badge")
        watched = await self.sources.find(PEOPLE, holding.record) if holding.record else None
        return await _seen(holding, watched, self.clock()), await self._record(holding)

    async def _record(self, holding: Holding) -> Description | None:
        """The record; None when there is none, or none any more."""
        try:
            return await self.look_up(holding.record) if holding.record else None
        except NotFound:
            return None


async def _seen(holding: Holding, watched: Watched | None, now: dt.datetime) -> Seen:
    verdict = msgspec.json.decode(holding.report, type=Verdict)
    return Seen(holding, verdict, stands(holding, verdict, watched, now), await names_its_holder(holding))
