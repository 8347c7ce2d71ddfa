"""Events in the database: written inside other stores' transactions, given their place in the feed afterwards.

A sequence number is given before the commit, so whoever read up to 7 may miss a 6 that commits later. Waiting until no
older transaction is open would cure that and let one forgotten transaction hold up every feed; transaction numbers
start again when a dump is restored; and neither orders two changes of one credential. So positions are given
afterwards, to what is committed, by one at a time: by whoever reads the feed and finds events that have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from gateway.edges.database import Database, Row, Value, Work, instant, micros
from gateway.records.events import Event, EventData, EventKind

MAX_AT_ONCE = 1000
"""So many events enter a feed in one transaction."""

_INSERT = """
insert into events (id, platform, kind, credential, at, data) values ($1, $2, $3, $4, $5, $6)
"""
_INSERT_ONCE = f"{_INSERT.strip()} on conflict (id) do nothing"
_WAITING = "select 1 as waiting from events where platform = $1 and position is null limit 1"
_LOCK = """
insert into feeds (platform, head) values ($1, 0)
on conflict (platform) do update set head = feeds.head
returning head
"""
# A change of a credential that waited for another one has the higher seq, and is never seen without the other.
_NUMBER = """
update events set position = $2 + waiting.number
from (
    select seq, row_number() over (order by seq) as number from events
    where platform = $1 and position is null order by seq limit $3
) as waiting
where events.platform = $1 and events.seq = waiting.seq
returning events.position
"""
_ADVANCE = "update feeds set head = $2 where platform = $1"
_PAGE = """
select id, platform, position, kind, credential, at, data from events
where platform = $1 and position > $2 and position <= $4 order by position limit $3
"""
_END = 2**62
_HEAD = "select head from feeds where platform = $1"
_HISTORY = """
select id, platform, coalesce(position, 0) as position, kind, credential, at, data from events
where platform = $1 and credential = $2 order by seq desc limit $3
"""


def recorded(event: Event) -> Work[None]:
    """Write an event inside the transaction of what it reports: both are committed, or neither is."""
    yield _INSERT, _columns(event)


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """The ports ``Feed`` and ``NewEvents``."""

    database: Database

    async def add(self, event: Event) -> None:
        """Return once the event is durable; one with an id that is known is known already."""

        def work() -> Work[None]:
            yield _INSERT_ONCE, _columns(event)

        await self.database.within(event.platform).transaction(work)

    async def page(self, platform: str, after: int, limit: int) -> Sequence[Event]:
        """Return up to ``limit`` events after a position, oldest first."""
        await self._numbered(platform)
        tenant = self.database.within(platform)
        # Without an upper bound PostgreSQL may sort all that is left: it takes few rows for a tenant's.
        rows = await tenant.fetch(_PAGE, platform, after, limit, after + limit)
        if not rows and after < await self._head(platform):
            rows = await tenant.fetch(_PAGE, platform, after, limit, _END)  # what stood there was removed
        return [event_of(row) for row in rows]

    async def head(self, platform: str) -> int:
        """Return the position of the newest event, 0 when there is none."""
        await self._numbered(platform)
        return await self._head(platform)

    async def history(self, platform: str, credential: str, limit: int) -> Sequence[Event]:
        """Return the newest ``limit`` events of one credential, oldest first."""
        rows = await self.database.within(platform).fetch(_HISTORY, platform, credential, limit)
        return [event_of(row) for row in reversed(rows)]

    async def _head(self, platform: str) -> int:
        for row in await self.database.within(platform).fetch(_HEAD, platform):
            return int(row["head"])
        return 0

    async def _numbered(self, platform: str) -> None:
        """Let what was committed into the feed; a position is on disk before anybody sees it."""
        tenant = self.database.within(platform)
        while await tenant.fetch(_WAITING, platform):
            await tenant.transaction(lambda: numbered(platform))


def numbered(platform: str) -> Work[bool]:
    """Give positions to the oldest events that have none; nobody else does so until this is committed.

    Returns whether there may be more.
    """
    [feed] = yield _LOCK, (platform,)
    positions = yield _NUMBER, (platform, feed["head"], MAX_AT_ONCE)
    if positions:
        yield _ADVANCE, (platform, max(row["position"] for row in positions))
    return len(positions) == MAX_AT_ONCE


def _columns(event: Event) -> tuple[Value, ...]:
    data = msgspec.json.encode(event.data).decode()
    return event.id, event.platform, event.kind, event.credential, micros(event.at), data


def event_of(row: Row) -> Event:
    """Read a row that has the columns of an event."""
    return Event(
        id=row["id"],
        platform=row["platform"],
        kind=EventKind(row["kind"]),
        credential=row["credential"],
        at=instant(row["at"]),
        data=msgspec.json.decode(row["data"], type=EventData),
        position=row["position"],
    )
