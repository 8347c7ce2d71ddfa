"""Watched sources and their places in the database: claimed by one process at a time, settled with their events."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.edges.database import EVERYWHERE, Database, Row, Value, Work, instant, micros, single
from gateway.edges.events import recorded
from gateway.records.events import Event
from gateway.records.watches import Seen, Standing, WatchedPlace, WatchedSource, WatchKind

INSERT_WATCH = "insert into watched_sources (credential, platform, confirmed_at) values ($1, $2, $3)"
"""In the transaction of the source itself: none is ever without."""

_NEW = "select * from watched_sources where kind = 'new' order by credential limit $1"
_ENROL = """
update watched_sources set kind = $3, place = $4 where credential = $1 and platform = $2 and kind = 'new'
returning credential
"""
# Locks the place if it is there: whoever is about to forget it waits, and then sees who depends on it.
_PLACE = """
insert into watched_places (place, kind, host, next_at, digest) values ($1, $2, $3, $4, $5)
on conflict (place) do update set place = excluded.place
"""
_HOLD_PLACE = "update watched_places set place = place where place = $1"
_FIND = "select * from watched_sources where credential = $1 and platform = $2"
_AMONG = "select * from watched_sources where platform = $1 and credential in"
_AMONG_PLACES = "select * from watched_places where place in"
_FIND_PLACE = "select * from watched_places where place = $1"
_SETTLE = """
update watched_sources set standing = $6, seen = $7, told = $8, told_at = $9, confirmed_at = $10, decided = $11
where credential = $1 and platform = $2 and standing = $3 and seen = $4 and told = $5
returning credential
"""
_DUE = """
update watched_places set leased_until = $2
where place in (
    select place from watched_places
    where (next_at <= $1 or next_at > $3 or asked_at > $4) and (leased_until <= $1 or leased_until > $4)
    order by next_at limit $5{lock}
)
returning *
"""
_CLAIM = """
update watched_places set leased_until = $3
where place = $1 and (leased_until <= $2 or leased_until > $4)
returning *
"""
_RELEASE = """
update watched_places set leased_until = 0, next_at = $2, asked_at = $3, answered_at = $4, failures = $5,
    trouble = $6, digest = $7
where place = $1
"""
_EXTEND = "update watched_places set leased_until = $2 where place = $1"
_FORGET_PLACE = """
delete from watched_places
where place = $1 and not exists (select 1 from watched_sources s where s.place = watched_places.place)
"""
_TAKE = """
insert into watched_hosts (host, free_at) values ($1, $3)
on conflict (host) do update
set free_at = case when watched_hosts.free_at > $2 and watched_hosts.free_at <= $6
    then watched_hosts.free_at + $4 else $3 end
where watched_hosts.free_at <= $5 or watched_hosts.free_at > $6
returning free_at
"""
_FREE = "select free_at from watched_hosts where host = $1"
_FIRST = """
select * from watched_sources where place = $1
order by case seen when 'valid' then 0 else 1 end, decided desc, credential limit 1
"""
_PAGE = "select * from watched_sources where place = $1 and credential > $2 order by credential limit $3"
_FLAGGED = """
select * from watched_sources
where place = $1 and credential > $2
and (
    decided = 0 or told not in ('', 'source.confirmed', 'source.revoked')
    or (told = 'source.revoked' and seen = 'valid')
)
order by credential limit $3
"""
_FORGET = "delete from watched_sources where credential = $1 and platform = $2"

_HORIZON = dt.timedelta(days=31)
"""Nothing is planned for later than that, unless the clock was wrong."""

_SOON = dt.timedelta(minutes=10)
"""Likewise: nothing was asked later than now, and no lease or budget reaches further ahead. A clock that is set back
must not keep sources from being looked at until it has caught up."""

_A_MINUTE_US = 60_000_000


@dataclass(frozen=True, slots=True)
class StoredWatchedSources:
    """The ports ``WatchedSources`` and ``NewSources``."""

    database: Database

    async def new(self, limit: int) -> Sequence[WatchedSource]:
        """Return some that nobody has looked into yet."""
        return [_source(row) for row in await self.database.within(EVERYWHERE).fetch(_NEW, limit)]

    async def enrol(self, source: WatchedSource, place: WatchedPlace | None, due: dt.datetime) -> None:
        """Say where a new one is watched, unless somebody has."""

        def work() -> Work[None]:
            values = (source.credential, source.platform, source.kind, place.place if place else None)
            if (yield _ENROL, values) and place is not None:
                yield _PLACE, (place.place, place.kind, place.host, micros(due), b"")

        await self.database.within(source.platform).transaction(work)

    async def find(self, platform: str, credential: str) -> tuple[WatchedSource, WatchedPlace | None] | None:
        """Return what is known of one."""
        for row in await self.database.within(platform).fetch(_FIND, credential, platform):
            source = _source(row)
            places = await self.database.fetch(_FIND_PLACE, source.place) if source.place else ()
            return source, next((_place(each) for each in places), None)
        return None

    async def among(
        self, platform: str, credentials: Sequence[str]
    ) -> Mapping[str, tuple[WatchedSource, WatchedPlace | None]]:
        """Return what is known of these, by their ids."""
        if not credentials:
            return {}
        asked = ", ".join(f"${2 + number}" for number in range(len(credentials)))
        within = self.database.within(platform)
        rows = await within.fetch(f"{_AMONG} ({asked})", platform, *credentials)
        sources = [_source(row) for row in rows]
        wanted = sorted({source.place for source in sources if source.place})
        asked = ", ".join(f"${1 + number}" for number in range(len(wanted)))
        found = await self.database.fetch(f"{_AMONG_PLACES} ({asked})", *wanted) if wanted else ()
        places = {row["place"]: _place(row) for row in found}
        return {each.credential: (each, places.get(each.place or b"")) for each in sources}

    async def settle(self, before: WatchedSource, after: WatchedSource, event: Event | None) -> bool:
        """Replace it and write the event, unless somebody else was first."""
        known = (before.credential, before.platform, before.standing, before.seen, before.told)
        new = (
            after.standing,
            after.seen,
            after.told,
            _micros(after.told_at),
            micros(after.confirmed_at),
            int(after.decided),
        )

        def work() -> Work[bool]:
            if not (yield _SETTLE, (*known, *new)):
                return False
            if event is not None:
                yield from recorded(event)
            return True

        return await self.database.within(before.platform).transaction(work)


@dataclass(frozen=True, slots=True)
class StoredWatchedPlaces:
    """The port ``WatchedPlaces``."""

    database: Database

    async def claim(self, now: dt.datetime, until: dt.datetime, limit: int) -> Sequence[WatchedPlace]:
        """Claim up to ``limit`` places that are due, the longest due first."""
        # SQLite has one writer; on PostgreSQL, whoever comes second takes the next ones and does not wait.
        lock = " for update skip locked" if self.database.dialect == "postgres" else ""
        values = (micros(now), micros(until), micros(now + _HORIZON), micros(now + _SOON), limit)
        rows = await self.database.transaction(single(_DUE.format(lock=lock), *values))
        return [_place(row) for row in sorted(rows, key=lambda row: int(row["next_at"]))]

    async def claim_one(self, place: bytes, now: dt.datetime, until: dt.datetime) -> WatchedPlace | None:
        """Claim a place whether it is due or not."""
        values = (place, micros(now), micros(until), micros(now + _SOON))
        for row in await self.database.transaction(single(_CLAIM, *values)):
            return _place(row)
        return None

    async def release(self, place: WatchedPlace, due: dt.datetime) -> None:
        """Store what was found and let go of it; forget it when nothing depends on it."""
        values: tuple[Value, ...] = (
            place.place,
            micros(due),
            _micros(place.asked_at),
            _micros(place.answered_at),
            place.failures,
            place.trouble or "",
            place.digest,
        )

        def work() -> Work[None]:
            yield _RELEASE, values
            yield _FORGET_PLACE, (place.place,)

        await self.database.within(EVERYWHERE).transaction(work)

    async def extend(self, place: WatchedPlace, until: dt.datetime) -> None:
        """Keep a claimed place for longer."""
        await self.database.transaction(single(_EXTEND, place.place, micros(until)), durable=False)


def forgotten(place: bytes) -> Work[None]:
    """Forget a place when nothing depends on it.

    Locked by a statement of its own: whether somebody is enrolled there is only seen by one that begins after that.
    """
    yield _HOLD_PLACE, (place,)
    yield _FORGET_PLACE, (place,)


@dataclass(frozen=True, slots=True)
class StoredHostBudgets:
    """The port ``HostBudgets``."""

    database: Database

    async def take(self, host: bytes, now: dt.datetime, per_minute: int) -> float:
        """Take a request to a host from its budget; return 0, or in how many seconds to come back."""
        # A tenth may follow each other at once, the others at the rate that is left: in no minute more than all.
        burst = per_minute // 10
        pace = _A_MINUTE_US // (per_minute - burst)
        at = micros(now)
        ahead = pace * max(burst - 1, 0)
        values = (host, at, at + pace, pace, at + ahead, micros(now + _SOON))
        if await self.database.transaction(single(_TAKE, *values)):
            return 0.0
        rows = await self.database.fetch(_FREE, host)
        return max((int(row["free_at"]) - ahead - at) / 1e6 for row in rows) if rows else 0.0


@dataclass(frozen=True, slots=True)
class StoredDependants:
    """The port ``Dependants``."""

    database: Database

    async def first(self, place: bytes) -> WatchedSource | None:
        """Return one of them, one that was seen valid before any other."""
        rows = await self.database.within(EVERYWHERE).fetch(_FIRST, place)
        return next((_source(row) for row in rows), None)

    async def page(self, place: bytes, after: str, limit: int) -> Sequence[WatchedSource]:
        """Return those after a credential's id, by id."""
        return [_source(row) for row in await self.database.within(EVERYWHERE).fetch(_PAGE, place, after, limit)]

    async def flagged(self, place: bytes, after: str, limit: int) -> Sequence[WatchedSource]:
        """Return those that were not decided yet, or of which there is something wrong."""
        return [_source(row) for row in await self.database.within(EVERYWHERE).fetch(_FLAGGED, place, after, limit)]

    async def forget(self, source: WatchedSource) -> None:
        """Stop watching a source that was erased."""
        await self.database.within(source.platform).transaction(single(_FORGET, source.credential, source.platform))


def _micros(at: dt.datetime | None) -> int:
    return micros(at) if at else 0


def _source(row: Row) -> WatchedSource:
    return WatchedSource(
        credential=row["credential"],
        platform=row["platform"],
        kind=WatchKind(row["kind"]),
        place=row["place"],
        standing=Standing(row["standing"]),
        seen=Seen(row["seen"]),
        told=row["told"],
        told_at=instant(row["told_at"]) if row["told_at"] else None,
        confirmed_at=instant(row["confirmed_at"]),
        decided=bool(row["decided"]),
    )


def _place(row: Row) -> WatchedPlace:
    return WatchedPlace(
        place=row["place"],
        kind=WatchKind(row["kind"]),
        host=row["host"],
        asked_at=instant(row["asked_at"]) if row["asked_at"] else None,
        answered_at=instant(row["answered_at"]) if row["answered_at"] else None,
        failures=row["failures"],
        trouble=Seen(row["trouble"]) if row["trouble"] else None,
        digest=row["digest"],
    )
