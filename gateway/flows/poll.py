"""Ask one place what it says now, and let everything that depends on it follow."""

import asyncio
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

import msgspec

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import adapter_for
from gateway.apart import apart
from gateway.errors import NotFound, NotSuspendable
from gateway.flows.follow import Action, Followed, followed, missing, unconfirmed
from gateway.flows.publish import Publish
from gateway.ports import Clock, Forms, NewestLists
from gateway.ports.states import States
from gateway.ports.watches import Dependants, WatchedPlaces, WatchedSources
from gateway.records import Source, Suspender
from gateway.records.events import Event, EventData, EventKind
from gateway.records.status_lists import SeenList
from gateway.records.tenants import world_of
from gateway.records.watches import Seen, WatchedPlace, WatchedSource, WatchKind, confirmed
from gateway.trust.asked_once import AskedOnce, Worlds
from gateway.trust.known_lists import KnownLists
from gateway.trust.subject import Subject
from gateway.trust.watched import Finding, looked_at, places

LEASE = dt.timedelta(minutes=2)
"""How long a place is claimed for; a process that is killed keeps the others from it for no longer."""

AT_ONCE = 200

ACTOR = "source-watch"
"""Who the audit trail says it was."""

RETRY = dt.timedelta(minutes=1)
"""When to come back after our own limits kept us from asking."""

_BY_ISSUER = "by its issuer: "
_REASONS = {
    (WatchKind.STATUS_LIST, Seen.REVOKED): f"revoked {_BY_ISSUER}its entry in the issuer's status list is set",
    (WatchKind.STATUS_LIST, Seen.SUSPENDED): f"suspended {_BY_ISSUER}its entry in the issuer's status list is set",
    (WatchKind.REVOCATION_LIST, Seen.REVOKED): f"revoked {_BY_ISSUER}it stands in the issuer's revocation list",
    (WatchKind.HOSTED, Seen.REVOKED): f"revoked {_BY_ISSUER}its own address says so",
    (WatchKind.HOSTED, Seen.GONE): f"revoked {_BY_ISSUER}its own address answers 410 Gone",
}
_DECISIVE = frozenset({Seen.VALID, Seen.REVOKED, Seen.GONE, Seen.SUSPENDED})


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How often to ask.

    Attributes:
        lists: Interval of a list; while it fails it doubles, to at most ``LONGEST`` times as long.
        hosted: The same of a hosted badge.
        per_host_per_minute: Requests to one host, by all processes together.
    """

    lists: dt.timedelta
    hosted: dt.timedelta
    per_host_per_minute: int

    @property
    def on_request(self) -> int:
        """Of those, what somebody's asking may use up: who asks for much must not keep the others from being asked."""
        return self.per_host_per_minute // 4

    @property
    def by_itself(self) -> int:
        """Of those, what is left for all that is due."""
        return self.per_host_per_minute - self.on_request

    def interval(self, kind: WatchKind) -> dt.timedelta:
        """How often a place of this kind is asked while all is well."""
        return self.hosted if kind is WatchKind.HOSTED else self.lists

    def after(self, place: WatchedPlace) -> dt.timedelta:
        """How long to wait now: longer the more often it has failed."""
        most = LONGEST[place.kind is WatchKind.HOSTED]
        return self.interval(place.kind) * min(1 << min(max(place.failures - 1, 0), 16), most)

    def gap(self, kind: WatchKind) -> dt.timedelta:
        """After how long without a confirmation the platform is told."""
        return max(dt.timedelta(days=1), self.interval(kind) * 2.5)


LONGEST = {False: 12, True: 7}


class Change(msgspec.Struct, frozen=True, rename="camel"):
    """What became of one record; ``event`` is what its history says of it."""

    credential: str
    platform: str
    event: EventKind


class Polled(msgspec.Struct, frozen=True, kw_only=True):
    """What one place said.

    Attributes:
        seen: Of one that depends on it; None when nothing does any more.
        looked_at: How many were decided one by one; the others are as they were, since it serves the same.
    """

    kind: WatchKind
    seen: Seen | None
    looked_at: int = 0
    changes: tuple[Change, ...] = ()


class _Look(msgspec.Struct, frozen=True):
    """One look: at one instant, in one world, at one web, with one memory of lists."""

    place: WatchedPlace
    now: dt.datetime
    world: str
    web: AskedOnce
    lists: KnownLists


@dataclass(frozen=True, slots=True)
class Poll:
    """A claimed place to what it says of all that depends on it."""

    clock: Clock
    forms: Forms
    states: States
    publish: Publish
    newest: NewestLists
    sources: WatchedSources
    places: WatchedPlaces
    dependants: Dependants
    pace: Pace
    chance: Callable[[], float]

    async def __call__(self, place: WatchedPlace, worlds: Worlds) -> Polled:
        """Look, let all that depends on it follow, and release it.

        Whatever happens in between, the next one who claims it finishes: what is to be done is done before it is
        written down that it was, and doing it twice changes nothing.
        """
        now = self.clock()
        source = await self.dependants.first(place.place)
        if source is None:
            return await self._forgotten(place, now)
        world = world_of(source.platform)
        look = _Look(place, now, world, worlds.web(source.platform), KnownLists(_SeenOnce(self.newest, world)))
        source, finding = await self._representative(look)
        if source is None or finding is None:
            return await self._forgotten(place, now)
        if finding.seen is Seen.NOT_ASKED:
            await self.places.release(place, look.now + RETRY)
            return Polled(kind=place.kind, seen=finding.seen)
        changes = await (self._silent(look, finding) if finding.silent else self._followed(look, source, finding))
        if any(change.event in _ACTED_ON for change in changes[1]):
            await self.publish()
        return Polled(kind=place.kind, seen=finding.seen, looked_at=changes[0], changes=tuple(changes[1]))

    async def _forgotten(self, place: WatchedPlace, now: dt.datetime) -> Polled:
        await self.places.release(place, now + self.pace.interval(place.kind))
        return Polled(kind=place.kind, seen=None)

    async def _representative(self, look: _Look) -> tuple[WatchedSource | None, Finding | None]:
        """Look at one that depends on the place: all others ask the same addresses of the same issuer."""
        while source := await self.dependants.first(look.place.place):
            finding = await self._finding(look, source)
            if finding is not None:
                return source, finding
        return None, None

    async def _silent(self, look: _Look, finding: Finding) -> tuple[int, list[Change]]:
        """Nothing answered: the same for all. A 404 is told at once, anything else when it lasts."""
        place = look.place
        after = msgspec.structs.replace(place, asked_at=look.now, failures=place.failures + 1, trouble=finding.seen)
        changes = await self._tell(look, finding)
        await self._release(after, look.now)
        return 0, changes

    async def _followed(self, look: _Look, source: WatchedSource, finding: Finding) -> tuple[int, list[Change]]:
        """Decide all that depends on it; where it serves the same as before, only what is not yet as it says."""
        place, now = look.place, look.now
        digest = await self._digest(look, source)
        same = digest == place.digest and source.decided and finding.seen is source.seen
        seen: Counter[Seen] = Counter([finding.seen] if same else ())
        changes: list[Change] = []
        count = 0
        async for each in self._pages(look, self.dependants.flagged if same else self.dependants.page):
            found = finding if each == source else await self._finding(look, each)
            if found is None:
                continue
            seen[found.seen] += 1
            count += 1
            change = await self._settled(look, each, found, followed(each, found, confirmed(each, place), now))
            changes += [change] if change else []
        decided = not seen[Seen.NOT_ASKED]
        is_decisive = any(seen[each] for each in _DECISIVE)
        after = msgspec.structs.replace(
            place,
            asked_at=now,
            answered_at=now if seen[Seen.VALID] and decided else place.answered_at,
            failures=0 if is_decisive else place.failures + 1,
            trouble=None,
            digest=digest if decided else b"",
        )
        if not is_decisive:
            changes += await self._tell(look, finding)
        await self._release(after, now)
        return count, changes

    async def _tell(self, look: _Look, finding: Finding) -> list[Change]:
        """Write into the histories that the place says nothing, where that is new."""
        overdue = look.now - self.pace.gap(look.place.kind)
        changes: list[Change] = []
        async for each in self._pages(look, self.dependants.page):
            if finding.seen is Seen.MISSING:
                change = await self._settled(look, each, finding, missing(each, look.now))
            elif confirmed(each, look.place) <= overdue:
                change = await self._settled(look, each, finding, unconfirmed(each, look.now))
            else:
                change = None
            changes += [change] if change else []
        return changes

    async def _settled(self, look: _Look, before: WatchedSource, finding: Finding, what: Followed) -> Change | None:
        """Do what is to be done, then write down that it was; None when there is nothing to tell."""
        if what.after == before:
            return None
        await self._act(before, what.action, _REASONS.get((look.place.kind, finding.seen), ""), look.now)
        event = None
        if what.event is not None:
            event = Event(
                platform=before.platform,
                kind=what.event,
                credential=before.credential,
                at=look.now,
                data=EventData(source=look.place.kind, seen=finding.seen, seen_at=look.now),
            )
        settled = await self.sources.settle(before, what.after, event)
        return Change(before.credential, before.platform, event.kind) if settled and event else None

    async def _act(self, source: WatchedSource, action: Action, reason: str, now: dt.datetime) -> None:
        place = source.platform, source.credential
        try:
            if action is Action.REVOKE:
                await self.states.revoke(*place, reason, ACTOR, now)
            elif action is Action.SUSPEND:
                await self.states.suspend(*place, reason, ACTOR, now, Suspender.SOURCE)
            elif action is Action.REINSTATE:
                await self.states.reinstate(*place, ACTOR, now, Suspender.SOURCE)
        except (NotFound, NotSuspendable):
            # Erased meanwhile, or of forms that cannot be suspended: its history says what was seen all the same.
            return

    async def _finding(self, look: _Look, source: WatchedSource) -> Finding | None:
        """Look at one source as it was read when it was converted; None when it was erased."""
        # A store may answer without ever letting go of the event loop, and there may be thousands.
        await asyncio.sleep(0)
        original = await self.forms.original(source.platform, source.credential)
        if original is None:
            await self.dependants.forget(source)
            return None
        if world_of(source.platform) != look.world:
            return Finding(Seen.NOT_ASKED)
        subject = await subject_of(original, look.web, look.now, look.lists)
        return await looked_at(subject, look.web, original.known) if subject else Finding(Seen.UNPROVEN)

    async def _digest(self, look: _Look, source: WatchedSource) -> bytes:
        """Of all that the addresses of the place served, so that the same again need not be decided again."""
        original = await self.forms.original(source.platform, source.credential)
        subject = await subject_of(original, look.web, look.now, look.lists) if original else None
        asked = places(subject.opened, subject.reading).addresses if subject else ()
        digest = hashlib.sha256()
        for address in asked:
            answer = look.web.answers.get(address)
            body = b"" if answer is None or isinstance(answer, Exception) else answer.body
            status = 0 if answer is None or isinstance(answer, Exception) else answer.status
            digest.update(f"{len(address)} {address} {status} {len(body)} ".encode("utf-8", "surrogatepass") + body)
        return digest.digest()

    async def _pages(
        self, look: _Look, page: Callable[[bytes, str, int], Awaitable[Sequence[WatchedSource]]]
    ) -> AsyncIterator[WatchedSource]:
        after = ""
        while found := await page(look.place.place, after, AT_ONCE):
            await self.places.extend(look.place, self.clock() + LEASE)
            for each in found:
                yield each
            after = found[-1].credential

    async def _release(self, place: WatchedPlace, now: dt.datetime) -> None:
        """Let go until it is due: a little earlier than the interval says, so that not all come together."""
        await self.places.release(place, now + self.pace.after(place) * (1 - self.chance() / 10))


async def subject_of(original: Source, web: AskedOnce, now: dt.datetime, lists: KnownLists) -> Subject | None:
    """Read a stored source as it was read when it was converted; None when this version cannot any more."""
    try:
        opened = await apart(len(original.received), open_bytes, original.received)
        if not isinstance(opened, Opened):
            return None
        adapter = adapter_for(original.format)
        reading = await apart(len(opened.payload), adapter.read, opened, original.known)
    except AdapterError:
        return None
    return Subject(opened=opened, reading=reading, served={}, fetch=web, now=now, lists=lists)


class _SeenOnce:
    """The port ``NewestLists`` for one look: a store is asked once for each list, not once for each badge.

    Of a list a twin has a newest version of its own, which nothing outside it is held against.
    """

    def __init__(self, newest: NewestLists, world: str) -> None:
        self._newest = newest
        self._world = world.encode()
        self._found: dict[bytes, SeenList | None] = {}

    async def find(self, list_sha256: bytes) -> SeenList | None:
        name = self._named(list_sha256)
        if name not in self._found:
            self._found[name] = await self._newest.find(name)
        return self._found[name]

    async def keep(self, seen: SeenList) -> None:
        name = self._named(seen.list_sha256)
        await self._newest.keep(msgspec.structs.replace(seen, list_sha256=name))
        self._found.pop(name, None)

    def _named(self, list_sha256: bytes) -> bytes:
        return hashlib.sha256(self._world + b"\0" + list_sha256).digest() if self._world else list_sha256


_ACTED_ON = frozenset({EventKind.SOURCE_REVOKED, EventKind.SOURCE_SUSPENDED, EventKind.SOURCE_CONFIRMED})
