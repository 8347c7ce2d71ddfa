"""Of each status list the newest version is kept, and nothing that names anybody."""

import asyncio
import datetime as dt

import msgspec
import pytest

from gateway.edges.database import Database
from gateway.edges.newest_lists import StoredNewestLists
from gateway.records.status_lists import SeenList
from tests.gateway.edges.stores import AT, dumped

SEEN = SeenList(list_sha256=b"l" * 32, signed=AT, entries_set=2, bits_sha256=b"b" * 32)


@pytest.fixture
def lists(database: Database) -> StoredNewestLists:
    return StoredNewestLists(database)


async def test_a_list_that_was_never_seen_is_not_found(lists: StoredNewestLists) -> None:
    await lists.keep(SEEN)

    assert await lists.find(b"o" * 32) is None
    assert await lists.find(SEEN.list_sha256) == SEEN


@pytest.mark.parametrize(
    ("later_s", "entries_set", "replaces"), [(1, 0, True), (0, 3, True), (0, 2, False), (0, 1, False), (-1, 9, False)]
)
async def test_only_what_is_newer_replaces_what_was_seen(
    lists: StoredNewestLists, later_s: int, entries_set: int, replaces: bool
) -> None:
    other = msgspec.structs.replace(
        SEEN, signed=AT + dt.timedelta(seconds=later_s), entries_set=entries_set, bits_sha256=b"c" * 32
    )
    await lists.keep(SEEN)

    await lists.keep(other)

    assert await lists.find(SEEN.list_sha256) == (other if replaces else SEEN)


async def test_of_many_at_once_the_newest_stays(lists: StoredNewestLists) -> None:
    versions = [msgspec.structs.replace(SEEN, signed=AT + dt.timedelta(minutes=minute)) for minute in range(30)]

    await asyncio.gather(*(lists.keep(version) for version in versions[::2] + versions[1::2]))

    assert await lists.find(SEEN.list_sha256) == versions[-1]


async def test_nothing_but_digests_a_date_and_a_count_is_stored(database: Database) -> None:
    await StoredNewestLists(database).keep(SEEN)

    rows = await database.fetch("select * from newest_lists")

    assert len(rows) == 1
    assert len((await dumped(database, "newest_lists")).split(b"\n")) == 4
