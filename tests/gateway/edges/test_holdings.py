"""What people hold: kept exactly, one row a badge, in the order of updates, unreadable without its key."""

import asyncio
import datetime as dt
from itertools import product

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.edges.database import Database
from gateway.edges.holdings import StoredHoldings, StoredProfiles
from gateway.records.holdings import Change, HoldingOutcome, ProfileKind, StoredProfile, Via
from tests.gateway.edges.held import HOLDING, PERSON, PERSONAL, PROFILE, holding
from tests.gateway.edges.stores import AT, ENVELOPE, dumped, run


@pytest.fixture
def holdings(database: Database) -> StoredHoldings:
    return StoredHoldings(database, ENVELOPE)


@pytest.fixture
def profiles(database: Database) -> StoredProfiles:
    return StoredProfiles(database, ENVELOPE)


async def test_what_is_put_is_found_as_it_was(holdings: StoredHoldings) -> None:
    kept, change = await holdings.put(HOLDING)

    assert (kept, change) == (HOLDING, Change.CREATED)
    assert await holdings.find("people", PERSON, "holding-1") == HOLDING


async def test_it_is_the_persons_and_the_tenants_alone(holdings: StoredHoldings) -> None:
    await holdings.put(HOLDING)

    assert await holdings.find("people", "person-2", "holding-1") is None
    assert await holdings.find("default", PERSON, "holding-1") is None
    assert (await holdings.page("default", PERSON)).total == 0
    assert (await holdings.page("people", "person-2")).holdings == ()
    assert await holdings.remove("people", "person-2", "holding-1") is None
    assert await holdings.remove("default", PERSON, "holding-1") is None


async def test_other_bytes_with_the_same_issuer_and_id_replace_it(holdings: StoredHoldings) -> None:
    await holdings.put(HOLDING)
    changed = holding(received=b"other bytes", title="another", via=Via.BACKPACK, updated=AT + dt.timedelta(days=1))

    kept, change = await holdings.put(changed)

    assert change is Change.REPLACED
    assert kept == msgspec.structs.replace(changed, id="holding-1", via=Via.OPEN_BADGES_3)
    assert (await holdings.page("people", PERSON)).holdings == (kept,)


async def test_the_same_bytes_change_only_what_was_found_out(holdings: StoredHoldings) -> None:
    await holdings.put(msgspec.structs.replace(HOLDING, record="record-1"))
    again = holding(outcome=HoldingOutcome.FAILED, report=b"revoked", updated=AT + dt.timedelta(days=1))

    kept, change = await holdings.put(again)

    assert change is Change.UNCHANGED
    assert (kept.updated, kept.outcome, kept.report, kept.record) == (AT, HoldingOutcome.FAILED, b"revoked", "record-1")
    assert await holdings.find("people", PERSON, "holding-1") == kept


async def test_an_older_version_replaces_no_newer_one(holdings: StoredHoldings) -> None:
    await holdings.put(HOLDING)

    kept, change = await holdings.put(holding(received=b"older", valid_from=AT - dt.timedelta(seconds=1)))

    assert (kept, change) == (HOLDING, Change.OLDER)
    assert await holdings.find("people", PERSON, "holding-1") == HOLDING


SAME: tuple[dict[str, str], ...] = (
    {"issuer": " https://issuer.example/profile"},
    {"issuer": "https://issuer.example/%70rofile"},
    {"credential": "https://issuer.example/assertions/1 "},
    {"credential": "https://issuer.example/assertions%2F1"},
)
OTHER: tuple[dict[str, object], ...] = (
    {"issuer": "https://issuer.example/Profile"},
    {"credential": "https://issuer.example/assertions/2"},
    {"issuer": "https://issuer.example/profilehttps:", "credential": "//issuer.example/assertions/1"},
    {"person": "person-2"},
    {"platform": "default"},
    {"credential": "", "received": b"a badge without an id"},
)


async def test_ids_are_compared_trimmed_and_decoded_and_everything_else_exactly(holdings: StoredHoldings) -> None:
    """Open Badges 3.0 section 10."""
    await holdings.put(HOLDING)

    same = [(await holdings.put(holding(**changes)))[1] for changes in SAME]
    other = [(await holdings.put(holding(**changes)))[1] for changes in OTHER]

    assert set(same) == {Change.UNCHANGED}
    assert set(other) == {Change.CREATED}


async def test_of_many_at_once_one_creates(holdings: StoredHoldings) -> None:
    versions = [holding(received=f"version {number}".encode()) for number in range(30)]

    answers = await asyncio.gather(*(holdings.put(version) for version in versions))

    changes = [change for _, change in answers]
    assert changes.count(Change.CREATED) == 1
    assert changes.count(Change.REPLACED) == 29
    page = await holdings.page("people", PERSON)
    assert (page.total, len(page.holdings)) == (1, 1)
    assert page.holdings[0].received in [version.received for version in versions]


async def test_updates_have_one_order_though_the_clock_stands_still(holdings: StoredHoldings) -> None:
    for number in range(3):
        await holdings.put(holding(credential=f"urn:badge:{number}"))
    await holdings.put(holding(credential="urn:badge:1", received=b"a newer one"))

    page = await holdings.page("people", PERSON)

    assert [held.credential for held in page.holdings] == ["urn:badge:1", "urn:badge:2", "urn:badge:0"]
    assert len({held.updated for held in page.holdings}) == 3


async def test_the_pages_together_are_everything_once(holdings: StoredHoldings) -> None:
    for number in range(20):
        await holdings.put(holding(credential=f"urn:badge:{number}"))
    everything = (await holdings.page("people", PERSON, limit=100)).holdings

    for since, limit in product((None, everything[0].updated, everything[7].updated, AT), (1, 3, 7, 20, 21)):
        pages = [
            await holdings.page("people", PERSON, since=since, limit=limit, offset=offset)
            for offset in range(0, 25, limit)
        ]

        asked = tuple(held for held in everything if since is None or held.updated > since)
        assert sum((page.holdings for page in pages), ()) == asked
        assert {page.total for page in pages} == {len(asked)}


async def test_a_page_ends_early_when_it_is_large_enough(holdings: StoredHoldings) -> None:
    for number in range(5):
        await holdings.put(holding(credential=f"urn:badge:{number}", received=b"x" * 1000))

    found = {
        max_bytes: len((await holdings.page("people", PERSON, max_bytes=max_bytes)).holdings)
        for max_bytes in (1, 1000, 2000, 3000, 10_000)
    }
    second = await holdings.page("people", PERSON, max_bytes=2000, offset=2)

    assert found == {1: 1, 1000: 1, 2000: 2, 3000: 3, 10_000: 5}
    assert ([held.credential for held in second.holdings], second.total) == (["urn:badge:2", "urn:badge:1"], 5)


async def test_formats_are_those_that_a_badge_can_be_had_in(holdings: StoredHoldings) -> None:
    second = {"format": Format.OPEN_BADGES_2, "valid_from": None}
    await holdings.put(holding(credential="urn:third"))
    await holdings.put(holding(credential="urn:second", **second))
    await holdings.put(holding(credential="urn:both", record="record-1", **second))

    found = {
        formats: [held.credential for held in (await holdings.page("people", PERSON, formats=formats)).holdings]
        for formats in ((), (Format.OPEN_BADGES_2,), (Format.OPEN_BADGES_3,))
    }

    assert found == {
        (): ["urn:both", "urn:second", "urn:third"],
        (Format.OPEN_BADGES_2,): ["urn:both", "urn:second"],
        (Format.OPEN_BADGES_3,): ["urn:both", "urn:third"],
    }


async def test_what_is_removed_is_gone_and_can_come_again(holdings: StoredHoldings) -> None:
    await holdings.put(HOLDING)

    assert await holdings.remove("people", PERSON, "holding-1") == ""

    assert await holdings.find("people", PERSON, "holding-1") is None
    assert await holdings.remove("people", PERSON, "holding-1") is None
    assert (await holdings.put(HOLDING))[1] is Change.CREATED


async def test_without_its_key_there_is_no_holding(database: Database, holdings: StoredHoldings) -> None:
    await holdings.put(HOLDING)
    await run(database, "delete from holding_keys")

    page = await holdings.page("people", PERSON)

    assert page.holdings == ()
    assert await holdings.find("people", PERSON, "holding-1") is None
    assert (await holdings.put(holding()))[1] is Change.CREATED


async def test_nothing_personal_is_readable_in_the_database(
    database: Database, holdings: StoredHoldings, profiles: StoredProfiles
) -> None:
    await holdings.put(HOLDING)
    await profiles.put("people", PERSON, ProfileKind.OPEN_BADGES_3, PROFILE)

    stored = await dumped(database, "holdings", "holding_keys", "profiles")

    assert b"holding-1" in stored
    assert [secret for secret in (*PERSONAL, PROFILE.document) if secret in stored] == []


async def test_no_record_of_it_shows_what_is_personal() -> None:
    shown = repr(HOLDING) + repr(HOLDING.matched) + repr(PROFILE)

    assert [secret for secret in PERSONAL if secret.decode() in shown] == []


async def test_a_profile_is_kept_for_each_interface(profiles: StoredProfiles) -> None:
    newer = StoredProfile(document=b'{"newer": true}', updated=AT + dt.timedelta(days=1))

    first = await profiles.put("people", PERSON, ProfileKind.OPEN_BADGES_3, PROFILE)
    second = await profiles.put("people", PERSON, ProfileKind.OPEN_BADGES_3, newer)

    assert (first, second) == (True, False)
    assert await profiles.find("people", PERSON, ProfileKind.OPEN_BADGES_3) == newer
    for place in (("people", "person-2"), ("default", PERSON)):
        assert await profiles.find(*place, ProfileKind.OPEN_BADGES_3) is None
    assert await profiles.find("people", PERSON, ProfileKind.BADGE_CONNECT) is None


async def test_what_is_learned_of_a_badge_changes_nothing_else(holdings: StoredHoldings) -> None:
    await holdings.put(HOLDING)
    learned = msgspec.structs.replace(
        HOLDING, outcome=HoldingOutcome.FAILED, report=b"revoked", valid_until=AT, updated=AT + dt.timedelta(days=1)
    )

    assert await holdings.learn(learned)

    assert await holdings.find("people", PERSON, "holding-1") == msgspec.structs.replace(learned, updated=AT)


async def test_what_is_learned_leaves_where_a_badge_leads_unless_it_says_so(holdings: StoredHoldings) -> None:
    await holdings.put(HOLDING)
    led: list[str] = []

    for record in ("", "record-1", "", "record-2"):
        await holdings.learn(HOLDING, record)
        found = await holdings.find("people", PERSON, "holding-1")
        led.append(found.record if found else "gone")

    assert led == ["", "record-1", "record-1", "record-2"]
    assert await holdings.remove("people", PERSON, "holding-1") == "record-2"


@pytest.mark.parametrize(("case", "held"), [("removed", False), ("replaced", True), ("of another person", False)])
async def test_what_was_learned_too_late_is_not_kept(holdings: StoredHoldings, case: str, held: bool) -> None:
    await holdings.put(HOLDING)
    learned = msgspec.structs.replace(HOLDING, outcome=HoldingOutcome.FAILED)
    match case:
        case "removed":
            await holdings.remove("people", PERSON, "holding-1")
        case "replaced":
            await holdings.put(holding(received=b"newer"))
        case _:
            learned = msgspec.structs.replace(learned, person="person-2")
    before = await holdings.find("people", PERSON, "holding-1")

    assert await holdings.learn(learned, "record-1") is held

    assert await holdings.find("people", PERSON, "holding-1") == before


async def test_there_is_room_for_so_many_and_for_what_is_there(holdings: StoredHoldings) -> None:
    await holdings.put(HOLDING)
    another = holding(credential="urn:another")

    assert await holdings.has_room(another, 2)
    assert not await holdings.has_room(another, 1)
    assert await holdings.has_room(holding(received=b"newer"), 1)
    assert await holdings.has_room(msgspec.structs.replace(another, person="person-2"), 1)
