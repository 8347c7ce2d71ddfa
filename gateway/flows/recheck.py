"""Look at the source of one record now, because somebody asks."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.poll import LEASE, Poll
from gateway.flows.watch import Enrol
from gateway.ports import Clock, Fetch
from gateway.ports.watches import HostBudgets, WatchedPlaces, WatchedSources
from gateway.records import Instant
from gateway.records.watches import Seen, SourceState, WatchedPlace, WatchedSource, WatchKind, confirmed, state
from gateway.trust.asked_once import Worlds

NOT_AGAIN = dt.timedelta(minutes=1)
"""How soon after a look the same place is not asked again, whoever asks."""


class SourceStatus(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What is known of the source of a record.

    Attributes:
        state: ``unwatched`` when it names no place where it could be taken back.
        seen: What its place showed the last time.
        last_confirmed_at: When it was last seen valid.
        last_checked_at: When its place was last asked; null when it was not, since it was converted.
    """

    state: SourceState
    seen: Seen
    last_confirmed_at: Instant
    last_checked_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Recheck:
    """A record id to what is known of its source, asked now unless it was a moment ago."""

    clock: Clock
    fetch: Fetch
    sources: WatchedSources
    places: WatchedPlaces
    budgets: HostBudgets
    enrol: Enrol
    poll: Poll

    async def __call__(self, record_id: str, caller: Caller) -> SourceStatus:
        """Look at the source and let its forms follow; all that depends on the same place follows as well.

        A place that was asked less than a minute ago, is being asked, or whose host was asked often enough is not
        asked: the answer is what is known, and says of when.

        Raises:
            NotFound: The caller's platform has no such record, or none that was converted from a badge.
        """
        source, place = await self._found(caller.platform, record_id)
        if source.kind is WatchKind.NEW:
            await self.enrol(source)
            source, place = await self._found(caller.platform, record_id)
        if place is not None and await self._asked(place):
            source, place = await self._found(caller.platform, record_id)
        return SourceStatus(
            state=state(source, place),
            seen=place.trouble if place and place.trouble else source.seen,
            last_confirmed_at=confirmed(source, place),
            last_checked_at=place.asked_at if place else None,
        )

    async def _asked(self, place: WatchedPlace) -> bool:
        now = self.clock()
        if place.asked_at is not None and place.asked_at <= now < place.asked_at + NOT_AGAIN:
            return False
        if await self._is_too_much(place, now):
            return False
        claimed = await self.places.claim_one(place.place, now, now + LEASE)
        if claimed is None:
            return False
        await self.poll(claimed, Worlds(self.fetch))
        return True

    async def _is_too_much(self, place: WatchedPlace, now: dt.datetime) -> bool:
        pace = self.poll.pace
        if pace.on_request == 0:
            return await self.budgets.take(place.host, now, pace.by_itself) > 0
        own = sha256(place.host + b" on request").digest()
        return await self.budgets.take(own, now, pace.on_request) > 0

    async def _found(self, platform: str, record_id: str) -> tuple[WatchedSource, WatchedPlace | None]:
        found = await self.sources.find(platform, record_id)
        if found is None:
            raise NotFound("there is no such credential that was converted from a badge")
        return found
