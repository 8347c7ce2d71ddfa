"""The cache, in this process and in a real Redis."""

import asyncio

import pytest

from gateway.edges.memory import MemoryCache
from gateway.edges.redis import RedisCache, SharedRedis
from gateway.errors import Unavailable
from gateway.ports import Cache
from tests.simulators.slow_proxy import SlowProxy


@pytest.fixture(params=["memory", "redis"])
def cache(request: pytest.FixtureRequest, redis: SharedRedis) -> Cache:
    return MemoryCache() if request.param == "memory" else RedisCache(redis)


class TestCache:
    """What holds for every implementation."""

    async def test_what_was_put_is_there(self, cache: Cache) -> None:
        await cache.put("a", b"\x00\xff", 60)

        assert await cache.get("a") == b"\x00\xff"

    async def test_what_was_never_put_is_not_there(self, cache: Cache) -> None:
        await cache.put("a", b"1", 60)

        assert await cache.get("b") is None

    async def test_an_empty_value_is_a_value(self, cache: Cache) -> None:
        await cache.put("a", b"", 60)

        assert await cache.get("a") == b""

    async def test_the_last_value_wins_with_its_own_time(self, cache: Cache) -> None:
        await cache.put("a", b"1", 0.02)
        await cache.put("a", b"2", 60)
        await asyncio.sleep(0.04)

        assert await cache.get("a") == b"2"

    async def test_a_value_goes_when_its_time_is_up(self, cache: Cache) -> None:
        await cache.put("a", b"1", 0.02)
        await asyncio.sleep(0.04)

        assert await cache.get("a") is None

    async def test_no_time_at_all_takes_the_old_value_away(self, cache: Cache) -> None:
        await cache.put("a", b"1", 60)
        await cache.put("a", b"2", 0)
        await asyncio.sleep(0.005)

        assert await cache.get("a") is None

    async def test_it_answers_a_ping(self, cache: Cache) -> None:
        await cache.ping()

    async def test_a_thousand_callers_at_once_each_get_their_own(self, cache: Cache) -> None:
        await asyncio.gather(*(cache.put(f"{n}", b"%d" % n, 60) for n in range(1000)))

        found = await asyncio.gather(*(cache.get(f"{n}") for n in range(1000)))

        assert found == [b"%d" % n for n in range(1000)]


async def test_memory_forgets_what_was_not_used_for_longest() -> None:
    cache = MemoryCache(max_entries=2)
    await cache.put("a", b"1", 60)
    await cache.put("b", b"2", 60)
    await cache.get("a")

    await cache.put("c", b"3", 60)

    assert [await cache.get(key) for key in "abc"] == [b"1", None, b"3"]


async def test_memory_holds_no_more_bytes_than_it_may() -> None:
    cache = MemoryCache(max_bytes=10)
    for key in "abc":
        await cache.put(key, b"1234", 60)
    await cache.put("a", b"x" * 10, 60)

    assert [await cache.get(key) for key in "abc"] == [None, b"1234", b"1234"]


async def test_memory_goes_by_the_clock_that_it_was_given() -> None:
    now = [0.0]
    cache = MemoryCache(monotonic=lambda: now[0])
    await cache.put("a", b"1", 60)

    now[0] = 59.9
    before = await cache.get("a")
    now[0] = 60.0

    assert before == b"1"
    assert await cache.get("a") is None


async def test_who_reads_redis_has_neither_a_key_nor_a_value(redis: SharedRedis) -> None:
    cache = RedisCache(redis)
    await cache.put("https://issuer.example/learner-7", b"what the learner did", 60)

    [kept] = await redis("KEYS", "*")
    value = await redis("GET", kept)

    assert not [each for each in (kept, value) if b"learner" in each]
    assert await cache.get("https://issuer.example/learner-7") == b"what the learner did"


async def test_what_somebody_else_wrote_into_redis_is_no_value(redis: SharedRedis) -> None:
    cache = RedisCache(redis)
    await cache.put("a", b"1", 60)
    [kept] = await redis("KEYS", "*")

    for written in (b"", b"short", b"x" * 40):
        await redis("SET", kept, written)
        assert await cache.get("a") is None


async def test_a_redis_that_is_away_is_unavailable(unused_tcp_port: int) -> None:
    async with SharedRedis(f"redis://127.0.0.1:{unused_tcp_port}") as redis:
        cache = RedisCache(redis)
        for asked in (cache.get("a"), cache.put("a", b"1", 60), cache.ping()):
            with pytest.raises(Unavailable):
                await asked


async def test_a_redis_that_is_silent_is_unavailable_after_its_time(redis_database: str) -> None:
    async with (
        SlowProxy(redis_database, delay_s=5.0) as proxy,
        SharedRedis(proxy.url, timeout_s=0.1) as redis,
    ):
        with pytest.raises(Unavailable):
            await asyncio.wait_for(RedisCache(redis).get("a"), 4.0)


async def test_callers_wait_for_a_busy_redis_longer_than_for_an_answer(redis_database: str) -> None:
    async with (
        SlowProxy(redis_database, delay_s=0.2) as proxy,
        SharedRedis(proxy.url, at_once=1, timeout_s=1.5) as redis,
    ):
        found = await asyncio.gather(*(RedisCache(redis).get(f"{n}") for n in range(9)))

    assert found == [None] * 9


async def test_all_who_wait_for_a_silent_redis_are_told_at_once(redis_database: str) -> None:
    async with (
        SlowProxy(redis_database, delay_s=5.0) as proxy,
        SharedRedis(proxy.url, at_once=2, timeout_s=0.1) as redis,
    ):
        asked = asyncio.gather(*(RedisCache(redis).get("a") for _ in range(200)), return_exceptions=True)
        found = await asyncio.wait_for(asked, 4.0)

    assert {type(one) for one in found} == {Unavailable}


async def test_a_redis_that_refuses_is_unavailable_for_that_call_alone(redis_database: str) -> None:
    async with SharedRedis(redis_database, at_once=1) as redis:
        asked = [asyncio.create_task(redis(command)) for command in ("INCR", "PING")]
        await asyncio.wait(asked)

    assert isinstance(asked[0].exception(), Unavailable)
    assert asked[1].result()


async def test_a_cancelled_call_never_leaves_its_answer_to_the_next(redis_database: str) -> None:
    async with (
        SlowProxy(redis_database, delay_s=0.1) as proxy,
        SharedRedis(proxy.url, at_once=1) as redis,
    ):
        cache = RedisCache(redis)
        await cache.put("mine", b"mine", 60)
        await cache.put("yours", b"yours", 60)

        for _ in range(3):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(cache.get("mine"), 0.02)
            assert await cache.get("yours") == b"yours"


def test_a_redis_address_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="redis://"):
        SharedRedis("http://127.0.0.1")
