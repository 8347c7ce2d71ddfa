"""API keys: shown once, kept as digests, the same answer for every wrong one."""

from pathlib import Path

import pytest

from gateway.assembly import DEFAULT_PLATFORM, Gateway, assembled
from gateway.errors import Unauthorised
from gateway.flows.admit import KEY_PREFIX
from gateway.records import Platform
from gateway.settings import Settings


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def test_a_key_opens_its_platform_to_one_holder(gateway: Gateway) -> None:
    await gateway.platforms.ensure(Platform(id="other", name="Other"))
    keys = [await gateway.first_key.make_key(platform) for platform in (DEFAULT_PLATFORM, DEFAULT_PLATFORM, "other")]

    callers = [await gateway.admit(key) for key in keys]

    assert [caller.platform for caller in callers] == [DEFAULT_PLATFORM, DEFAULT_PLATFORM, "other"]
    assert len({caller.holder for caller in callers}) == 3
    assert all(key.startswith(KEY_PREFIX) for key in keys)


async def test_every_wrong_key_gets_the_same_answer(gateway: Gateway) -> None:
    key = await gateway.first_key(DEFAULT_PLATFORM)
    answers = set()

    for wrong in ("", "x", key[:-1], key + "x", key.upper(), "é"):
        with pytest.raises(Unauthorised) as refused:
            await gateway.admit(wrong)
        answers.add((str(refused.value), refused.value.fix))

    assert len(answers) == 1


async def test_the_first_key_is_made_once_in_the_life_of_a_store(settings: Settings) -> None:
    async with assembled(settings) as gateway:
        made = await gateway.first_key(DEFAULT_PLATFORM)

    async with assembled(settings) as gateway:
        again = await gateway.first_key(DEFAULT_PLATFORM)
        admitted = await gateway.admit(made)

    assert (bool(made), again, admitted.platform) == (True, "", DEFAULT_PLATFORM)


async def test_the_text_of_a_key_is_nowhere_on_disk(gateway: Gateway, tmp_path: Path) -> None:
    key = await gateway.first_key(DEFAULT_PLATFORM)
    secret = key.removeprefix(KEY_PREFIX)[4:].encode()

    kept = contents(tmp_path)

    assert kept
    assert not [content for content in kept if secret in content]
