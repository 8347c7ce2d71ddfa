"""Look at the sources of what was converted again: which are due, without asking any host too often."""

import asyncio
import datetime as dt
import hmac
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from gateway.flows.poll import LEASE, Pace, Poll, Polled, subject_of
from gateway.ports import Clock, Fetch, Forms
from gateway.ports.watches import Dependants, HostBudgets, NewSources, WatchedPlaces
from gateway.records.tenants import world_of
from gateway.records.watches import WatchedPlace, WatchedSource, WatchKind
from gateway.trust.addresses import authority
from gateway.trust.asked_once import AskedOnce, Worlds
from gateway.trust.known_lists import KnownLists
from gateway.trust.watched import places

MAX_PLACES = 50
"""In one round; each answer is kept in memory until its end."""

AT_ONCE = 8

MAX_NEW = 500


class Round(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What one round did.

    Attributes:
        enrolled: Sources that were looked into for the first time.
        asked: What each place said that was asked.
        put_off: Places whose host was asked often enough for now.
        failed: Why a place could not be finished; it is claimed again later.
    """

    enrolled: int
    asked: tuple[Polled, ...] = ()
    put_off: int = 0
    failed: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether more may be due already."""
        return self.enrolled >= MAX_NEW or len(self.asked) + self.put_off + len(self.failed) >= MAX_PLACES


@dataclass(frozen=True, slots=True)
class Enrol:
    """A source that nobody has looked into yet to where it is watched."""

    clock: Clock
    fetch: Fetch
    forms: Forms
    sources: NewSources
    dependants: Dependants
    pace: Pace
    secret: bytes
    chance: Callable[[], float]

    async def __call__(self, source: WatchedSource) -> None:
        """Find out where it can be taken back; nothing is fetched."""
        original = await self.forms.original(source.platform, source.credential)
        if original is None:
            await self.dependants.forget(source)
            return
        now, world = self.clock(), world_of(source.platform)
        subject = await subject_of(original, AskedOnce(self.fetch, world), now, KnownLists())
        found = places(subject.opened, subject.reading) if subject else None
        if subject is None or found is None or not found.addresses:
            await self.sources.enrol(msgspec.structs.replace(source, kind=WatchKind.NONE), None, now)
            return
        issuer, addresses = subject.reading.issuer_id, found.addresses
        place = WatchedPlace(
            # What a twin is told of a place decides over its own badges alone, so it has a place of its own.
            place=self._hidden("place", *((world,) if world else ()), issuer, *addresses),
            kind=found.kind,
            host=self._hidden("host", authority(addresses[0]) or ""),
        )
        # At random, so that what came together does not go out together.
        due = now + self.pace.interval(found.kind) * (1 - self.chance() / 2)
        await self.sources.enrol(msgspec.structs.replace(source, kind=found.kind, place=place.place), place, due)

    def _hidden(self, *parts: str) -> bytes:
        """Keyed: an address may tell who earned what, and whoever reads the store cannot try addresses out."""
        message = "\0".join(f"{len(part)} {part}" for part in parts)
        return hmac.digest(self.secret, message.encode("utf-8", "surrogatepass"), "sha256")


@dataclass(frozen=True, slots=True)
class Watch:
    """One round over what is due."""

    clock: Clock
    fetch: Fetch
    sources: NewSources
    places: WatchedPlaces
    budgets: HostBudgets
    enrol: Enrol
    poll: Poll

    async def __call__(self) -> Round:
        """Enrol what is new, and ask what is due; several processes share the work."""
        new = await self.sources.new(MAX_NEW)
        for source in new:
            await asyncio.sleep(0)
            await self.enrol(source)
        now = self.clock()
        claimed = await self.places.claim(now, now + LEASE, MAX_PLACES)
        worlds, turns, waiting = Worlds(self.fetch), asyncio.Semaphore(AT_ONCE), Counter[bytes]()

        async def asked(place: WatchedPlace) -> Polled | None:
            wait_s = await self.budgets.take(place.host, now, self.poll.pace.by_itself)
            if wait_s:
                waiting[place.host] += 1
                # One after the other, so that they do not come back together either.
                later_s = wait_s + (waiting[place.host] - 1) * 60 / self.poll.pace.by_itself
                await self.places.release(place, now + dt.timedelta(seconds=later_s))
                return None
            async with turns:
                return await self.poll(place, worlds)

        # Whatever one stranger's list may bring about, the other sources are looked at all the same, now and later.
        answers = await asyncio.gather(*(asked(place) for place in claimed), return_exceptions=True)
        return Round(
            enrolled=len(new),
            asked=tuple(answer for answer in answers if isinstance(answer, Polled)),
            put_off=answers.count(None),
            failed=tuple(
                f"{type(answer).__name__}: {answer}" for answer in answers if isinstance(answer, BaseException)
            ),
        )
