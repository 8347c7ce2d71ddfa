"""API keys: shown once, kept as digests, the same answer for every wrong one."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from gateway.assembly.whole import Gateway, assembled
from gateway.errors import InsufficientScope, NotFound, PastExpiry, Unauthorised
from gateway.flows.convert import Caller
from gateway.flows.key_text import LIVE, TEST, intact, new_key_text
from gateway.flows.platform.keys import Wish
from gateway.records import Platform
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from gateway.settings import Settings
from tests.simulators.clock import SimulatedClock

ALL = Wish(name="a key", scopes=EVERY_SCOPE)
READING = Wish(name="for reading", scopes=frozenset({Scope.CREDENTIALS_READ}))


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def text(gateway: Gateway, platform: str = DEFAULT_PLATFORM, wish: Wish = ALL) -> str:
    made = await gateway.tenancy.make_key(platform, wish, "command line")
    return made.text


async def test_a_key_opens_its_platform_to_one_holder(gateway: Gateway) -> None:
    await gateway.platforms.ensure(Platform(id="other", name="Other"))
    keys = [await text(gateway, platform) for platform in (DEFAULT_PLATFORM, DEFAULT_PLATFORM, "other")]

    callers = [await gateway.admit(key) for key in keys]

    assert [caller.platform for caller in callers] == [DEFAULT_PLATFORM, DEFAULT_PLATFORM, "other"]
    assert len({caller.holder for caller in callers}) == 3
    assert all(key.startswith(LIVE) for key in keys)


async def test_a_key_of_the_twin_is_a_test_key(gateway: Gateway) -> None:
    key = await text(gateway, twin_of(DEFAULT_PLATFORM))

    caller = await gateway.admit(key)

    assert key.startswith(TEST)
    assert caller.platform == twin_of(DEFAULT_PLATFORM)


async def test_a_key_may_do_what_it_was_made_for(gateway: Gateway) -> None:
    key = await text(gateway, wish=READING)

    assert (await gateway.admit(key)).scopes == {Scope.CREDENTIALS_READ}


async def test_every_wrong_key_gets_the_same_answer(gateway: Gateway) -> None:
    key = await gateway.first_key(DEFAULT_PLATFORM)
    answers = set()

    for wrong in ("", "x", key[:-1], key + "x", key.upper(), "é", new_key_text(test=False)):
        with pytest.raises(Unauthorised) as refused:
            await gateway.admit(wrong)
        answers.add((str(refused.value), refused.value.fix))

    assert len(answers) == 1


async def test_a_key_ends_when_it_expires(gateway: Gateway, clock: SimulatedClock) -> None:
    key = await text(gateway, wish=msgspec.structs.replace(ALL, expires=clock() + dt.timedelta(hours=1)))
    await gateway.admit(key)

    clock.advance(seconds=3600)

    with pytest.raises(Unauthorised, match="expired"):
        await gateway.admit(key)


async def test_a_revoked_key_ends_at_once(gateway: Gateway) -> None:
    key = await text(gateway)
    holder = (await gateway.admit(key)).holder

    await gateway.tenancy.revoke_key(DEFAULT_PLATFORM, holder, "command line")

    with pytest.raises(Unauthorised, match="revoked"):
        await gateway.admit(key)


async def test_a_key_cannot_give_more_than_it_has(gateway: Gateway) -> None:
    maker = Caller(DEFAULT_PLATFORM, "holder", READING.scopes)

    with pytest.raises(InsufficientScope, match=r"audit\.read"):
        await gateway.tenancy.make_key(DEFAULT_PLATFORM, ALL, "key holder", maker=maker)

    assert await gateway.tenancy.list_api_keys(DEFAULT_PLATFORM) == []


async def test_a_key_that_would_have_ended_is_not_made(gateway: Gateway, clock: SimulatedClock) -> None:
    with pytest.raises(PastExpiry):
        await text(gateway, wish=msgspec.structs.replace(ALL, expires=clock()))


async def test_no_key_is_made_for_a_platform_that_is_not_there(gateway: Gateway) -> None:
    with pytest.raises(NotFound):
        await text(gateway, "nobody")


async def test_the_first_key_is_made_once_in_the_life_of_a_store(settings: Settings) -> None:
    async with assembled(settings) as gateway:
        made = await gateway.first_key(DEFAULT_PLATFORM)

    async with assembled(settings) as gateway:
        again = await gateway.first_key(DEFAULT_PLATFORM)
        admitted = await gateway.admit(made)

    assert (bool(made), again, admitted.platform) == (True, "", DEFAULT_PLATFORM)
    assert admitted.scopes == EVERY_SCOPE


async def test_where_somebody_made_a_key_there_is_no_first_one(gateway: Gateway) -> None:
    await text(gateway)

    assert await gateway.first_key(DEFAULT_PLATFORM) == ""


async def test_the_text_of_a_key_is_nowhere_on_disk(gateway: Gateway, tmp_path: Path) -> None:
    key = await gateway.first_key(DEFAULT_PLATFORM)
    secret = key.removeprefix(LIVE)[4:].encode()

    kept = contents(tmp_path)

    assert kept
    assert not [content for content in kept if secret in content]


def test_a_key_with_one_character_changed_is_no_key() -> None:
    key = new_key_text(test=False)

    changed = [key[:at] + ("a" if key[at] != "a" else "b") + key[at + 1 :] for at in range(len(LIVE), len(key))]

    assert intact(key)
    assert not any(map(intact, changed))
    assert len({new_key_text(test=True) for _ in range(100)}) == 100
