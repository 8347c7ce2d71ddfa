"""Platforms, API keys, settled facts, health."""

import asyncio
import datetime as dt
from functools import partial

import msgspec
import pytest
from msgspec.structs import replace

from gateway.edges.audit import StoredAuditTrail
from gateway.edges.database import Database
from gateway.edges.key_uses import StoredKeyUses
from gateway.edges.platforms import StoredApiKeys, StoredPlatforms
from gateway.edges.settled import StoredFacts, StoreHealth
from gateway.errors import Unavailable
from gateway.records import ApiKey, KeyHolder, Platform
from gateway.records.access import Scope
from gateway.records.tenants import PlatformLimits, TrustPolicy, twin_of
from tests.gateway.edges.stores import AT

KEY = ApiKey(
    id="key-1",
    platform="default",
    prefix="bgk_live_abcd",
    sha256=b"s" * 32,
    created=AT,
    name="a key",
    scopes=frozenset({Scope.CREDENTIALS_READ, Scope.AUDIT_READ}),
    expires=AT + dt.timedelta(days=1),
)
PLATFORM = Platform(id="academy", name="The academy", renamed=True, created=AT)


@pytest.fixture
async def keys(database: Database) -> StoredApiKeys:
    """Keys of a platform that is there."""
    await StoredPlatforms(database).ensure(Platform(id="default", name="Default"))
    return StoredApiKeys(database)


async def trail(database: Database, platform: str) -> list[tuple[str, str, str]]:
    entries = await StoredAuditTrail(database).page(platform, "", 100)
    return [(entry.actor, entry.action, entry.target) for entry in entries]


async def test_a_platform_is_stored_once_under_its_latest_name(database: Database) -> None:
    platforms = StoredPlatforms(database)
    await platforms.ensure(Platform(id="default", name="First name"))

    await platforms.ensure(Platform(id="default", name="Second name"))

    assert await platforms.all() == [Platform(id="default", name="Second name")]
    assert await platforms.find("default") == Platform(id="default", name="Second name")
    assert await platforms.find("other") is None


async def test_a_platform_that_was_renamed_keeps_its_name(database: Database) -> None:
    platforms = StoredPlatforms(database)
    await platforms.ensure(Platform(id="default", name="Of the settings"))
    named = Platform(id="default", name="Its own", renamed=True)
    await platforms.change(named.id, lambda _: named, "command line", AT)

    await platforms.ensure(Platform(id="default", name="Of the settings"))

    assert await platforms.find("default") == named


async def test_a_platform_is_made_with_its_twin_and_only_once(database: Database) -> None:
    platforms = StoredPlatforms(database)

    made = [await platforms.make(PLATFORM, "command line") for _ in range(2)]

    assert made == [True, False]
    assert [each.id for each in await platforms.all()] == ["academy", "academy-test"]
    assert await trail(database, "academy") == [("command line", "platform.made", "academy")]


async def test_of_many_who_make_the_same_platform_one_succeeds(database: Database) -> None:
    platforms = StoredPlatforms(database)

    made = await asyncio.gather(*(platforms.make(PLATFORM, f"key {number}") for number in range(10)))

    assert sorted(made) == [False] * 9 + [True]
    assert len(await trail(database, "academy")) == 1


async def test_what_a_platform_decides_is_kept_and_noted(database: Database) -> None:
    platforms = StoredPlatforms(database)
    await platforms.make(PLATFORM, "command line")
    changed = msgspec.structs.replace(
        PLATFORM,
        name="The new academy",
        email="badges@academy.example",
        url="https://academy.example",
        organisation_id="NTRFR-123456789",
        country="FR",
        policy=TrustPolicy(accepts=("https://issuer.example",), refuses=("https://issuer.example/bad",)),
        limits=PlatformLimits(requests_per_minute=5, issued_per_day=7),
    )

    await platforms.change(changed.id, lambda _: changed, "key 1", AT + dt.timedelta(seconds=1))

    assert await platforms.find("academy") == changed
    assert await platforms.find(twin_of("academy")) == msgspec.structs.replace(PLATFORM, id="academy-test")
    assert (await trail(database, "academy"))[0] == (
        "key 1",
        "platform.changed",
        "name email url organisation_id country policy limits",
    )


async def test_changes_at_once_keep_what_the_others_changed(database: Database) -> None:
    platforms = StoredPlatforms(database)
    await platforms.make(PLATFORM, "command line")
    limits = PlatformLimits(issued_per_day=1)

    for turn in range(10):
        name = f"Academy {turn}"
        url = f"https://academy.example/{turn}"
        await asyncio.gather(
            platforms.change("academy", partial(replace, name=name), "key 1", AT),
            platforms.change("academy", partial(replace, limits=limits), "command line", AT),
            platforms.change("academy", partial(replace, url=url), "key 2", AT),
        )

    assert await platforms.find("academy") == replace(PLATFORM, name=name, url=url, limits=limits)
    assert await platforms.change("nobody", lambda now: now, "key 1", AT) is None


async def test_the_holder_of_a_key_is_found_by_its_digest_alone(keys: StoredApiKeys) -> None:
    await keys.make(KEY, "command line")

    assert await keys.holder(b"s" * 32) == KeyHolder(key=KEY)
    assert await keys.holder(b"t" * 32) is None
    assert await trail(keys.database, "default") == [("command line", "api-key.made", "key-1")]


async def test_a_key_brings_the_limit_of_its_platform(keys: StoredApiKeys) -> None:
    limited = Platform(id="default", name="Default", limits=PlatformLimits(requests_per_minute=9))
    await StoredPlatforms(keys.database).change(limited.id, lambda _: limited, "command line", AT)
    await keys.make(KEY, "command line")

    found = await keys.holder(b"s" * 32)

    assert found == KeyHolder(key=KEY, platform_per_minute=9)


async def test_a_key_of_no_platform_is_not_stored(database: Database) -> None:
    with pytest.raises(ValueError, match="against the schema"):
        await StoredApiKeys(database).make(KEY, "command line")


async def test_a_key_ends_once_and_stays_in_the_list(keys: StoredApiKeys) -> None:
    await keys.make(KEY, "command line")

    ended = [await keys.revoke("default", "key-1", "key 2", AT + dt.timedelta(hours=hours)) for hours in (1, 2)]

    assert ended == [True, True]
    assert await keys.of("default") == [msgspec.structs.replace(KEY, revoked=AT + dt.timedelta(hours=1))]
    assert [action for _, action, _ in await trail(keys.database, "default")] == ["api-key.revoked", "api-key.made"]


async def test_a_key_of_another_platform_does_not_end(keys: StoredApiKeys) -> None:
    await keys.make(KEY, "command line")

    assert not await keys.revoke("other", "key-1", "key 2", AT)

    assert await keys.of("default") == [KEY]


async def test_the_use_of_a_key_is_written_once_a_minute(keys: StoredApiKeys) -> None:
    await keys.make(KEY, "command line")
    uses = StoredKeyUses(keys.database)

    for seconds in (0, 30, 59):
        uses.note(KEY, AT + dt.timedelta(seconds=seconds))
    await uses.settled()
    [first] = await keys.of("default")
    uses.note(KEY, AT + dt.timedelta(seconds=60))
    await uses.settled()
    [second] = await keys.of("default")

    assert (first.last_used, second.last_used) == (AT, AT + dt.timedelta(seconds=60))


async def test_the_use_of_a_key_is_not_noted_in_a_store_that_is_away(
    keys: StoredApiKeys, caplog: pytest.LogCaptureFixture
) -> None:
    uses = StoredKeyUses(keys.database)
    await keys.database.close()

    uses.note(KEY, AT)
    await uses.settled()

    assert "the use of a key was not noted" in caplog.text


async def test_the_trail_is_read_page_by_page_latest_first(database: Database) -> None:
    kept = StoredAuditTrail(database)
    for minute in range(5):
        await kept.note("default", "key 1", "tried", str(minute), AT + dt.timedelta(minutes=minute))
    await kept.note("other", "key 1", "tried", "elsewhere", AT)

    first = await kept.page("default", "", 3)
    rest = await kept.page("default", first[-1].id, 3)

    assert [entry.target for entry in (*first, *rest)] == ["4", "3", "2", "1", "0"]
    assert await kept.page("other", first[-1].id, 3) == ()


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
