"""Sends what is due, for ever: events become deliveries, deliveries are held and attempted, beside each other."""

import asyncio
import datetime as dt
import logging
from collections import Counter
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import msgspec

from gateway.errors import GatewayError
from gateway.flows.webhooks.attempt import Attempt
from gateway.ports import Clock
from gateway.ports.webhooks import Outbox
from gateway.records.webhooks import Claimed

log = logging.getLogger("badge_gateway.webhooks")

TOGETHER_S = 0.01
"""Flights that land within so much time are followed by one look at what is due, not by one each."""

T = TypeVar("T")

Place = tuple[str, str]
"""Platform and webhook."""


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """How much one process sends at a time. A slow endpoint fills its own room, a slow platform its own.

    Attributes:
        failing: For an endpoint whose last attempt failed.
        lease_s: Longer than any attempt takes; after a crash, so long until somebody else tries.
        poll_s: How often is looked for what is new, when nothing ends before.
    """

    endpoint: int = 4
    failing: int = 1
    platform: int = 64
    at_once: int = 256
    lease_s: float = 20.0
    poll_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Deliver:
    """The sender. Several may run in several processes over the same store.

    Promised: every event reaches every endpoint that wants it at least once, or becomes a dead letter. Not promised:
    in which order, nor only once; ``webhook-id`` tells what came already.
    """

    clock: Clock
    outbox: Outbox
    attempt: Attempt
    room: Room

    async def __call__(self) -> None:
        """Send until cancelled; what goes wrong is in the log and tried again."""
        flights: dict[asyncio.Task[None], Place] = {}
        try:
            while True:
                if await _done(self._depart(flights), "webhooks were not looked for") is None:
                    await asyncio.sleep(self.room.poll_s)
                await self._wait(flights)
        finally:
            for flight in flights:
                flight.cancel()
            for ended in await asyncio.gather(*flights, return_exceptions=True):
                _tell(ended, "a webhook was not settled")

    async def _depart(self, flights: dict[asyncio.Task[None], Place]) -> bool:
        now = self.clock()
        for platform in await self.outbox.news():
            await _done(self.outbox.spread(platform, now), f"news of {platform} were not spread")
        wanted = self._wanted(await self.outbox.due(now), list(flights.values()))
        for claimed in await self._claimed(wanted, now):
            place = claimed.delivery.platform, claimed.delivery.webhook
            flights[asyncio.create_task(self.attempt(claimed))] = place
        return True

    async def _claimed(self, wanted: Mapping[Place, int], now: dt.datetime) -> Sequence[Claimed]:
        """Hold what is due: all at once, or each endpoint alone when one of them is faulty."""
        until = now + dt.timedelta(seconds=self.room.lease_s)
        if not wanted:
            return ()
        claimed = await _done(self.outbox.claim(wanted, now, until), "webhooks were not held together")
        if claimed is not None:
            return claimed
        alone: list[Claimed] = []
        for place, limit in wanted.items():
            alone += await _done(self.outbox.claim({place: limit}, now, until), f"{place} was not held") or ()
        return alone

    def _wanted(self, due: Sequence[tuple[str, str, bool]], flying: Sequence[Place]) -> dict[Place, int]:
        """How many to claim for each endpoint, within everybody's room."""
        at_endpoint, at_platform = Counter(flying), Counter(platform for platform, _ in flying)
        left, wanted = self.room.at_once - len(flying), {}
        for platform, webhook, failing in due:
            room = (self.room.failing if failing else self.room.endpoint) - at_endpoint[platform, webhook]
            room = min(room, self.room.platform - at_platform[platform], left)
            if room > 0:
                wanted[platform, webhook] = room
                at_platform[platform] += room
                left -= room
        return wanted

    async def _wait(self, flights: dict[asyncio.Task[None], Place]) -> None:
        """Until a flight has landed, or it is time to look again."""
        if not flights:
            await asyncio.sleep(self.room.poll_s)
            return
        await asyncio.wait(flights, timeout=self.room.poll_s, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(TOGETHER_S)
        for flight in [flight for flight in flights if flight.done()]:
            del flights[flight]
            # Its lease runs out, and it is tried again.
            await _done(flight, "a webhook was not settled")


async def _done(work: Awaitable[T], otherwise: str) -> T | None:
    """What it returns; None when it fails, with the reason in the log: nothing else has to stop for that."""
    [ended] = await asyncio.gather(work, return_exceptions=True)
    return None if _tell(ended, otherwise) else cast(T, ended)


def _tell(ended: object, otherwise: str) -> bool:
    """Log what something ended with, if that is an exception; tell whether it is."""
    if isinstance(ended, GatewayError):
        log.warning("%s: %s", otherwise, ended)
    elif isinstance(ended, Exception):
        log.error("%s: %s", otherwise, ended, exc_info=ended)
    return isinstance(ended, BaseException)
