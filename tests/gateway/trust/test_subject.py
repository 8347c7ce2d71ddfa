"""The one web of a verification: what it waits for, all together."""

import asyncio
import time

import pytest

from gateway.errors import Unreachable
from gateway.ports import Fetched
from gateway.trust.subject import OneWeb


async def never(url: str, *, accept: str = "", fresh: bool = False) -> Fetched:
    await asyncio.sleep(3600)
    raise AssertionError((url, accept, fresh))


async def test_hosts_that_never_answer_are_waited_for_once_and_not_one_after_the_other() -> None:
    web = OneWeb(never, {}, patience_s=0.1)
    start = time.monotonic()

    for number in range(100):
        with pytest.raises(Unreachable, match="took longer than"):
            await web(f"https://silent{number}.example/")

    assert time.monotonic() - start < 5  # and not ten
