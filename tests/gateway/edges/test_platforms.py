"""Platforms, API keys, settled facts, health."""

import asyncio

import pytest

from gateway.edges.database import Database
from gateway.edges.platforms import StoredApiKeys, StoredPlatforms
from gateway.edges.settled import StoredFacts, StoreHealth
from gateway.errors import Unavailable
from gateway.records import ApiKey, Platform
from tests.gateway.edges.stores import AT

KEY = ApiKey(id="key-1", platform="default", prefix="obg_abcd", sha256=b"s" * 32, created=AT)


async def test_a_platform_is_stored_once_under_its_latest_name(database: Database) -> None:
    platforms = StoredPlatforms(database)
    await platforms.ensure(Platform(id="default", name="First name"))

    await platforms.ensure(Platform(id="default", name="Second name"))

    assert await platforms.all() == [Platform(id="default", name="Second name")]
    assert await platforms.find("default") == Platform(id="default", name="Second name")
    assert await platforms.find("other") is None


async def test_the_holder_of_a_key_is_found_by_its_digest_alone(database: Database) -> None:
    await StoredPlatforms(database).ensure(Platform(id="default", name="Default"))
    keys = StoredApiKeys(database)

    await keys.add(KEY)

    assert await keys.holder(b"s" * 32) == KEY
    assert await keys.holder(b"t" * 32) is None


async def test_a_key_of_no_platform_is_not_stored(database: Database) -> None:
    with pytest.raises(ValueError, match="against the schema"):
        await StoredApiKeys(database).add(KEY)


async def test_the_first_of_many_values_is_settled_for_all(database: Database) -> None:
    facts = StoredFacts(database)

    values = await asyncio.gather(*(facts.first("public-url", f"value {number}") for number in range(20)))

    assert len(set(values)) == 1
    assert await facts.first("public-url", "later") == values[0]


async def test_a_closed_store_is_unavailable(database: Database) -> None:
    health = StoreHealth(database)
    await health.ping()

    await database.close()

    with pytest.raises(Unavailable):
        await health.ping()
    with pytest.raises(Unavailable):
        await StoredFacts(database).first("name", "value")
