"""Achievements: the first one with a digest is kept, for good, and nobody reads it in the database."""

import asyncio

import msgspec
import pytest

from gateway.edges.achievements import StoredAchievements
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.migrate import migrate
from gateway.errors import Unavailable
from gateway.records import Achievement
from tests.gateway.edges.stores import ENVELOPE, dumped, intent, opened, plan, run

KNOTS = Achievement(id="knots", platform="default", digest=b"k" * 32, document=b'{"name":"Knots"}')
LATER = msgspec.structs.replace(KNOTS, id="later", document=b'{"name":"Knots","id":"later"}')


@pytest.fixture
def achievements(database: Database) -> StoredAchievements:
    return StoredAchievements(database, ENVELOPE)


async def test_the_first_with_a_digest_is_kept(achievements: StoredAchievements) -> None:
    assert await achievements.first(KNOTS) == "knots"

    kept = await achievements.first(LATER)

    assert kept == "knots"
    assert await achievements.find("default", "knots") == KNOTS
    assert await achievements.find("default", "later") is None


async def test_another_digest_or_platform_is_another_achievement(achievements: StoredAchievements) -> None:
    await achievements.first(KNOTS)
    hitches = msgspec.structs.replace(LATER, id="hitches", digest=b"h" * 32)
    theirs = msgspec.structs.replace(LATER, id="theirs", platform="other")

    assert [await achievements.first(other) for other in (hitches, theirs)] == ["hitches", "theirs"]

    assert await achievements.find("other", "theirs") == theirs
    assert await achievements.find("default", "theirs") is None
    assert await achievements.find("other", "knots") is None


async def test_of_many_at_once_one_wins_for_all(achievements: StoredAchievements) -> None:
    candidates = [msgspec.structs.replace(KNOTS, id=f"candidate-{number}") for number in range(50)]

    kept = await asyncio.gather(*(achievements.first(candidate) for candidate in candidates))

    [winner] = set(kept)
    assert await achievements.find("default", winner) == msgspec.structs.replace(KNOTS, id=winner)


async def test_it_is_kept_when_the_plan_that_uses_it_is(place: str) -> None:
    before = await opened(place)
    await migrate(before)
    await StoredAchievements(before, ENVELOPE).first(KNOTS)
    await StoredCredentials(before, ENVELOPE).plan(plan(intent()))
    await before.close()
    after = await opened(place)

    found = await StoredAchievements(after, ENVELOPE).find("default", "knots")

    await after.close()
    assert found == KNOTS


async def test_it_stays_when_every_record_is_erased(achievements: StoredAchievements) -> None:
    await achievements.first(KNOTS)
    await StoredCredentials(achievements.database, ENVELOPE).plan(plan(intent()))

    await run(achievements.database, "delete from record_keys")

    assert await achievements.find("default", "knots") == KNOTS


async def test_the_database_does_not_show_what_was_attested(achievements: StoredAchievements) -> None:
    await achievements.first(KNOTS)

    stored = await dumped(achievements.database, "achievements")

    assert b"knots" in stored
    assert b"Knots" not in stored


async def test_a_document_moved_to_another_achievement_does_not_open(achievements: StoredAchievements) -> None:
    await achievements.first(KNOTS)

    await run(achievements.database, "update achievements set id = 'moved'")

    with pytest.raises(Unavailable):
        await achievements.find("default", "moved")


async def test_another_master_key_does_not_open_it(achievements: StoredAchievements) -> None:
    await achievements.first(KNOTS)

    other = StoredAchievements(achievements.database, Envelope(bytes(32)))

    with pytest.raises(Unavailable):
        await other.find("default", "knots")
