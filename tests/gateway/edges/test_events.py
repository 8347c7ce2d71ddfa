"""The feed: in order, nothing missing, nothing twice, whatever commits late."""

import asyncio
import uuid

import asyncpg
import pytest

from gateway.edges.database import Database, Work, single
from gateway.edges.events import StoredFeed, recorded
from gateway.records.events import Event, EventData, EventKind
from tests.gateway.edges.stores import AT, opened

WRITERS = 16
EACH = 25


@pytest.fixture
def feed(database: Database) -> StoredFeed:
    return StoredFeed(database)


def event(credential: str = "c", platform: str = "default", form: str = "") -> Event:
    return Event(platform=platform, kind=EventKind.FORM_ISSUED, credential=credential, at=AT, data=EventData(form=form))


async def write(database: Database, *events: Event) -> None:
    def work() -> Work[None]:
        for each in events:
            yield from recorded(each)

    await database.within(events[0].platform).transaction(work)


async def everything(feed: StoredFeed, platform: str = "default", after: int = 0) -> list[Event]:
    found: list[Event] = []
    while page := await feed.page(platform, found[-1].position if found else after, 7):
        found += page
    return found


async def test_events_come_back_in_order_as_they_were_written(database: Database, feed: StoredFeed) -> None:
    written = [event(f"c{number}", form="f") for number in range(20)]
    for each in written:
        await write(database, each)

    found = await everything(feed)

    assert [each.position for each in found] == list(range(1, 21))
    assert [each.id for each in found] == [each.id for each in written]
    assert found[0].data == EventData(form="f")
    assert found[0].at == AT


async def test_an_event_that_is_added_twice_happened_once(feed: StoredFeed) -> None:
    told = event()
    await asyncio.gather(*(feed.add(told) for _ in range(10)))
    await feed.add(event())

    assert [each.id == told.id for each in await everything(feed)] == [True, False]


async def test_what_a_transaction_undoes_was_never_an_event(database: Database, feed: StoredFeed) -> None:
    def work() -> Work[None]:
        yield from recorded(event())
        raise LookupError

    with pytest.raises(LookupError):
        await database.within("default").transaction(work)

    assert await feed.page("default", 0, 10) == []
    assert await feed.head("default") == 0


async def test_no_platform_sees_the_events_of_another(database: Database, feed: StoredFeed) -> None:
    await write(database, event("mine"))
    await write(database, event("theirs", "other"))

    assert [each.credential for each in await everything(feed)] == ["mine"]
    assert await feed.history("default", "theirs", 10) == []


async def test_the_history_of_a_credential_is_its_newest_events_oldest_first(
    database: Database, feed: StoredFeed
) -> None:
    await write(database, event("a", form="1"), event("b"), event("a", form="2"), event("a", form="3"))

    found = await feed.history("default", "a", 2)

    assert [each.data.form for each in found] == ["2", "3"]


async def test_a_transaction_that_commits_late_is_not_missed_and_holds_nobody_up(
    migrated_database: str,
) -> None:
    database = await opened(migrated_database)
    feed = StoredFeed(database)
    late = await asyncpg.connect(migrated_database)
    try:
        held = late.transaction()
        await held.start()
        await late.execute("set local app.platform = 'default'")
        await late.execute(
            "insert into events (id, platform, kind, credential, at, data) "
            "values ($1, 'default', 'form.issued', 'late', 0, '{}')",
            str(uuid.uuid4()),
        )
        await write(database, event("prompt"))
        before = await everything(feed)
        await held.commit()
        after = await everything(feed, after=before[-1].position)
        history = await feed.history("default", "late", 10)
    finally:
        await late.close()
        await database.close()

    assert [each.credential for each in before] == ["prompt"]
    assert [each.credential for each in after] == ["late"]
    assert [each.credential for each in history] == ["late"]


async def test_sixteen_writers_and_readers_miss_nothing_and_see_nothing_twice(
    database: Database, feed: StoredFeed
) -> None:
    written = {f"c{writer}": [event(f"c{writer}") for _ in range(EACH)] for writer in range(WRITERS)}
    done = asyncio.Event()

    async def writing(events: list[Event]) -> None:
        for each in events:
            await write(database, each)

    async def reading() -> list[Event]:
        found: list[Event] = []
        while True:
            last = done.is_set()
            page = await feed.page("default", found[-1].position if found else 0, 11)
            found += page
            if last and not page:
                return found
            await asyncio.sleep(0)

    readers = [asyncio.create_task(reading()) for _ in range(2)]
    await asyncio.gather(*(writing(events) for events in written.values()))
    done.set()
    seen = await asyncio.gather(*readers)

    for found in seen:
        assert [each.position for each in found] == list(range(1, WRITERS * EACH + 1))
        for credential, events in written.items():
            assert [each.id for each in found if each.credential == credential] == [each.id for each in events]


async def test_a_reader_goes_on_where_events_were_removed(database: Database, feed: StoredFeed) -> None:
    await write(database, *(event(f"c{number}") for number in range(30)))
    await feed.head("default")
    await database.within("default").transaction(
        single("delete from events where platform = 'default' and position between 5 and 25")
    )

    found = await everything(feed)

    assert [each.position for each in found] == [*range(1, 5), *range(26, 31)]
