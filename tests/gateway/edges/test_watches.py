"""Watches in both databases: one process at a time, one event a change, one budget a host."""

import asyncio
import datetime as dt
import uuid

import msgspec
import pytest

from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database
from gateway.edges.events import StoredFeed
from gateway.edges.migrate import migrate
from gateway.edges.watches import StoredDependants, StoredHostBudgets, StoredWatchedPlaces, StoredWatchedSources
from gateway.records.events import Event, EventKind
from gateway.records.watches import Seen, Standing, WatchedPlace, WatchedSource, WatchKind
from tests.gateway.edges.stores import AT, ENVELOPE, dumped, intent, plan, run

MINUTE = dt.timedelta(minutes=1)
PLACE = WatchedPlace(place=b"p" * 32, kind=WatchKind.STATUS_LIST, host=b"h" * 32)
EVENT = Event(platform="default", kind=EventKind.SOURCE_REVOKED, credential="", at=AT)


@pytest.fixture
def sources(database: Database) -> StoredWatchedSources:
    return StoredWatchedSources(database)


@pytest.fixture
def places(database: Database) -> StoredWatchedPlaces:
    return StoredWatchedPlaces(database)


async def recorded(database: Database) -> WatchedSource:
    """A record of its own, and the watch that was committed with it."""
    planned = plan(intent())
    await StoredCredentials(database, ENVELOPE).plan(planned)
    found = await StoredWatchedSources(database).find("default", planned.record_id)
    assert found is not None
    return found[0]


async def watched(database: Database, place: WatchedPlace = PLACE, due: dt.datetime = AT) -> WatchedSource:
    """A record whose source is watched at a place."""
    source = msgspec.structs.replace(await recorded(database), kind=place.kind, place=place.place)
    await StoredWatchedSources(database).enrol(source, place, due)
    return source


async def test_a_source_is_new_from_its_own_commit_on_until_it_is_enrolled(
    database: Database, sources: StoredWatchedSources
) -> None:
    source = await recorded(database)
    assert await sources.new(9) == [source]

    await sources.enrol(msgspec.structs.replace(source, kind=WatchKind.HOSTED, place=PLACE.place), PLACE, AT)
    await sources.enrol(msgspec.structs.replace(source, kind=WatchKind.NONE), None, AT)

    assert await sources.new(9) == []
    assert await sources.find("default", source.credential) == (
        msgspec.structs.replace(source, kind=WatchKind.HOSTED, place=PLACE.place),
        PLACE,
    )
    assert await sources.find("other", source.credential) is None


async def test_many_are_found_at_once_and_only_those_of_the_platform(
    database: Database, sources: StoredWatchedSources
) -> None:
    new, enrolled = await recorded(database), await watched(database)
    asked = [new.credential, enrolled.credential, "nobody's"]

    found = await sources.among("default", asked)

    assert found == {each.credential: await sources.find("default", each.credential) for each in (new, enrolled)}
    assert await sources.among("other", asked) == {}
    assert await sources.among("default", []) == {}


async def test_sources_that_were_here_before_are_watched_as_well(
    database: Database, sources: StoredWatchedSources
) -> None:
    source = await recorded(database)
    for table in ("watched_sources", "watched_hosts", "watched_places"):
        await run(database, f"drop table {table}")
    await run(database, "delete from migrations where name = '0011_watches'")

    assert await migrate(database) == ("0011_watches",)

    assert await sources.new(9) == [source]


async def test_a_place_that_is_due_is_claimed_by_one_of_many_and_until_its_time_has_run_out(
    database: Database, places: StoredWatchedPlaces
) -> None:
    await watched(database)
    assert await places.claim(AT - MINUTE, AT, 9) == []

    claims = await asyncio.gather(*(places.claim(AT, AT + MINUTE, 9) for _ in range(20)))

    assert [claim for claim in claims if claim] == [[PLACE]]
    assert await places.claim_one(PLACE.place, AT, AT + MINUTE) is None
    assert await places.claim(AT + MINUTE, AT + 2 * MINUTE, 9) == [PLACE]


async def test_places_are_shared_out_among_those_who_claim_at_once(
    database: Database, places: StoredWatchedPlaces
) -> None:
    for number in range(30):
        await watched(database, msgspec.structs.replace(PLACE, place=bytes([number]) * 32))

    claims = await asyncio.gather(*(places.claim(AT, AT + MINUTE, 10) for _ in range(3)))
    claims += [await places.claim(AT, AT + MINUTE, 30)]

    claimed = [place.place for claim in claims for place in claim]
    assert len(claimed) == len(set(claimed)) == 30


async def test_what_was_found_is_kept_and_the_place_is_due_when_it_says(
    database: Database, places: StoredWatchedPlaces
) -> None:
    await watched(database)
    [claimed] = await places.claim(AT, AT + MINUTE, 9)
    after = msgspec.structs.replace(
        claimed, asked_at=AT, answered_at=AT - MINUTE, failures=3, trouble=Seen.MISSING, digest=b"d" * 32
    )

    await places.release(after, AT + MINUTE)

    assert await places.claim(AT + MINUTE / 2, AT + MINUTE, 9) == []
    assert await places.claim(AT + MINUTE, AT + 2 * MINUTE, 9) == [after]


async def test_a_plan_of_a_clock_that_was_ten_years_ahead_is_due(
    database: Database, places: StoredWatchedPlaces
) -> None:
    await watched(database, due=AT + dt.timedelta(days=3650))
    ahead = AT + dt.timedelta(days=3650)
    await places.claim(ahead, ahead + MINUTE, 9)

    assert [place.place for place in await places.claim(AT, AT + MINUTE, 9)] == [PLACE.place]


async def test_a_budget_that_was_used_by_a_clock_ahead_is_free(database: Database) -> None:
    budgets = StoredHostBudgets(database)
    while await budgets.take(b"h" * 32, AT + dt.timedelta(days=1), 20) == 0:
        pass

    assert await budgets.take(b"h" * 32, AT, 20) == 0


async def test_a_place_is_forgotten_when_nothing_depends_on_it(database: Database, places: StoredWatchedPlaces) -> None:
    source = await watched(database)
    dependants = StoredDependants(database)
    assert await dependants.first(PLACE.place) == source

    await dependants.forget(source)
    await places.release(PLACE, AT)

    assert await dependants.page(PLACE.place, "", 9) == []
    assert await places.claim(AT + MINUTE, AT + 2 * MINUTE, 9) == []


async def test_of_many_who_settle_the_same_one_writes_the_event(
    database: Database, sources: StoredWatchedSources
) -> None:
    before = await watched(database)
    after = msgspec.structs.replace(
        before, standing=Standing.REVOKED, seen=Seen.GONE, told=EventKind.SOURCE_REVOKED, decided=True
    )
    events = [msgspec.structs.replace(EVENT, credential=before.credential, id=str(uuid.uuid4())) for _ in range(20)]

    settled = await asyncio.gather(*(sources.settle(before, after, event) for event in events))

    history = await StoredFeed(database).history("default", before.credential, 9)
    assert settled.count(True) == 1
    assert [event.kind for event in history].count(EventKind.SOURCE_REVOKED) == 1
    found = await sources.find("default", before.credential)
    assert found is not None
    assert found[0] == after


async def test_dependants_come_page_by_page_and_the_flagged_alone(
    database: Database, sources: StoredWatchedSources
) -> None:
    members = sorted([await watched(database) for _ in range(5)], key=lambda source: source.credential)
    for member in members[:4]:
        await sources.settle(member, msgspec.structs.replace(member, decided=True), None)
    told = msgspec.structs.replace(members[1], decided=True, told=EventKind.SOURCE_MISSING)
    await sources.settle(members[1], told, None)
    dependants = StoredDependants(database)

    pages = [await dependants.page(PLACE.place, after, 3) for after in ("", members[2].credential)]
    flagged = await dependants.flagged(PLACE.place, "", 9)

    assert [each.credential for page in pages for each in page] == [each.credential for each in members]
    assert flagged == [told, members[4]]


@pytest.mark.parametrize("per_minute", [1, 7, 60])
async def test_a_host_is_never_asked_more_often_in_a_minute_than_its_budget_says(
    database: Database, per_minute: int
) -> None:
    budgets, taken = StoredHostBudgets(database), []
    for second in range(240):
        now = AT + dt.timedelta(seconds=second)
        while await budgets.take(b"h" * 32, now, per_minute) == 0:
            taken.append(second)

    minutes = [sum(start <= second < start + 60 for second in taken) for start in range(180)]
    assert max(minutes) <= per_minute
    assert len(taken) >= 0.8 * 4 * per_minute
    assert await budgets.take(b"o" * 32, AT, per_minute) == 0


async def test_the_budget_says_when_to_come_back(database: Database) -> None:
    budgets = StoredHostBudgets(database)
    while (wait_s := await budgets.take(b"h" * 32, AT, 20)) == 0:
        pass

    assert 0 < wait_s <= 60 / 18
    assert await budgets.take(b"h" * 32, AT + dt.timedelta(seconds=wait_s), 20) == 0


async def test_a_place_is_kept_for_longer_while_somebody_works_on_it(
    database: Database, places: StoredWatchedPlaces
) -> None:
    await watched(database)
    [claimed] = await places.claim(AT, AT + MINUTE, 9)

    await places.extend(claimed, AT + 5 * MINUTE)

    assert await places.claim(AT + 4 * MINUTE, AT + 9 * MINUTE, 9) == []


async def test_the_tables_hold_no_address(database: Database) -> None:
    await watched(database)

    kept = await dumped(database, "watched_places", "watched_hosts", "watched_sources")

    assert b"example" not in kept
    assert b"http" not in kept
