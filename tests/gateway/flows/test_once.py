"""Idempotency-Key: the same request is worked on once, whatever becomes of it."""

import asyncio

import pytest

from gateway.assembly.whole import Gateway
from gateway.errors import IdempotencyConflict, InProgress, NotFound
from gateway.flows.convert import Caller
from tests.simulators.clock import SimulatedClock

HOLDER, KEY, REQUEST = Caller("default", "holder"), "key", b"POST /v1/credentials"


class Work:
    """Counts how often it was done, and can be told to fail or to wait."""

    def __init__(self) -> None:
        self.done = 0
        self.trouble: Exception | None = None
        self.begun = asyncio.Event()
        self.released = asyncio.Event()
        self.released.set()

    async def __call__(self) -> bytes:
        self.done += 1
        self.begun.set()
        await self.released.wait()
        if self.trouble:
            raise self.trouble
        return b"answer %d" % self.done


@pytest.fixture
def work() -> Work:
    return Work()


async def test_the_same_key_gives_the_first_answer_again(gateway: Gateway, work: Work) -> None:
    answers = [await gateway.once(HOLDER, KEY, REQUEST, work) for _ in range(3)]

    assert answers == [b"answer 1"] * 3
    assert work.done == 1


async def test_without_a_key_the_work_is_done_each_time(gateway: Gateway, work: Work) -> None:
    answers = [await gateway.once(HOLDER, "", REQUEST, work) for _ in range(2)]

    assert answers == [b"answer 1", b"answer 2"]


async def test_holders_do_not_see_each_others_answers(gateway: Gateway, work: Work) -> None:
    await gateway.once(HOLDER, KEY, REQUEST, work)

    assert await gateway.once(Caller("default", "another holder"), KEY, REQUEST, work) == b"answer 2"


async def test_a_key_is_for_one_request(gateway: Gateway, work: Work) -> None:
    await gateway.once(HOLDER, KEY, REQUEST, work)

    with pytest.raises(IdempotencyConflict):
        await gateway.once(HOLDER, KEY, REQUEST + b"?to=open-badges-2", work)


async def test_a_refused_request_may_be_corrected_under_its_key(gateway: Gateway, work: Work) -> None:
    work.trouble = NotFound("no")
    with pytest.raises(NotFound):
        await gateway.once(HOLDER, KEY, REQUEST, work)
    work.trouble = None

    assert await gateway.once(HOLDER, KEY, b"corrected", work) == b"answer 2"


async def test_a_second_request_does_not_wait_for_the_first(gateway: Gateway, work: Work) -> None:
    work.released.clear()
    first = asyncio.create_task(gateway.once(HOLDER, KEY, REQUEST, work))
    await work.begun.wait()

    with pytest.raises(InProgress):
        await gateway.once(HOLDER, KEY, REQUEST, work)

    work.released.set()
    assert await first == b"answer 1"


async def test_a_crash_holds_the_key_for_a_minute(gateway: Gateway, work: Work, clock: SimulatedClock) -> None:
    work.trouble = RuntimeError("crashed")
    with pytest.raises(RuntimeError):
        await gateway.once(HOLDER, KEY, REQUEST, work)
    work.trouble = None
    with pytest.raises(InProgress):
        await gateway.once(HOLDER, KEY, REQUEST, work)
    clock.advance(seconds=60)

    assert await gateway.once(HOLDER, KEY, REQUEST, work) == b"answer 2"
