"""The token bucket, in this process and in a real Redis."""

import asyncio

import pytest

from gateway.edges.memory import MemoryRateLimit
from gateway.edges.redis import RedisRateLimit, SharedRedis
from gateway.errors import Unavailable
from gateway.ports import Allowance, RateLimit

NEVER = 0.000_01  # tokens a second
PATIENCE_S = 10


@pytest.fixture(params=["memory", "redis"])
def limit(request: pytest.FixtureRequest, redis: SharedRedis) -> RateLimit:
    return MemoryRateLimit() if request.param == "memory" else RedisRateLimit(redis)


class TestRateLimit:
    """What holds for every implementation."""

    async def test_a_full_bucket_gives_its_capacity_and_then_nothing(self, limit: RateLimit) -> None:
        taken = [await limit.take("a", capacity=3, per_s=NEVER) for _ in range(5)]

        assert [(one.allowed, one.remaining) for one in taken] == [
            *((True, 2), (True, 1), (True, 0)),
            *((False, 0), (False, 0)),
        ]

    async def test_an_empty_bucket_says_when_to_come_back(self, limit: RateLimit) -> None:
        first = await limit.take("a", capacity=1, per_s=0.1)
        second = await limit.take("a", capacity=1, per_s=0.1)

        assert first.retry_after_s == 0
        assert 5 < second.retry_after_s <= 10

    async def test_it_refills_at_its_rate_and_asking_costs_nothing(self, limit: RateLimit) -> None:
        await limit.take("a", capacity=1, per_s=0.8)
        refused = await limit.take("a", capacity=1, per_s=0.8)
        await asyncio.sleep(refused.retry_after_s + 0.005)

        allowed = await limit.take("a", capacity=1, per_s=0.8)

        assert (refused.allowed, allowed.allowed) == (False, True)

    async def test_it_never_holds_more_than_its_capacity(self, limit: RateLimit) -> None:
        await limit.take("a", capacity=2, per_s=1000)
        await asyncio.sleep(0.02)

        taken = await limit.take("a", capacity=2, per_s=1000)

        assert taken == Allowance(allowed=True, remaining=1, retry_after_s=0.0)

    async def test_buckets_do_not_know_each_other(self, limit: RateLimit) -> None:
        await limit.take("a", capacity=1, per_s=NEVER)

        assert (await limit.take("b", capacity=1, per_s=NEVER)).allowed

    async def test_callers_at_once_take_exactly_what_is_there(self, limit: RateLimit) -> None:
        taken = await asyncio.gather(*(limit.take("a", capacity=10, per_s=NEVER) for _ in range(100)))

        assert sum(one.allowed for one in taken) == 10


async def test_memory_goes_by_the_clock_that_it_was_given() -> None:
    now = [1000.0]
    limit = MemoryRateLimit(monotonic=lambda: now[0])
    await limit.take("a", capacity=1, per_s=0.5)
    refused = await limit.take("a", capacity=1, per_s=0.5)

    now[0] += refused.retry_after_s

    assert refused.retry_after_s == 2.0
    assert (await limit.take("a", capacity=1, per_s=0.5)).allowed


async def test_memory_forgets_the_bucket_not_used_for_longest() -> None:
    limit = MemoryRateLimit(max_buckets=2)
    for bucket in ("a", "b", "a", "c"):
        await limit.take(bucket, capacity=1, per_s=NEVER)

    assert not (await limit.take("a", capacity=1, per_s=NEVER)).allowed
    assert (await limit.take("b", capacity=1, per_s=NEVER)).allowed


async def test_two_clients_of_one_redis_share_a_bucket(redis_database: str) -> None:
    async with SharedRedis(redis_database) as one, SharedRedis(redis_database) as other:
        taken = [
            (await RedisRateLimit(redis).take("a", capacity=3, per_s=NEVER)).allowed
            for redis in (one, other, one, other)
        ]

    assert taken == [True, True, True, False]


async def test_a_redis_bucket_is_forgotten_once_it_is_full_again(redis_database: str) -> None:
    async with SharedRedis(redis_database) as redis:
        await RedisRateLimit(redis).take("a", capacity=5, per_s=2)
        before = await redis("KEYS", "*")
        async with asyncio.timeout(PATIENCE_S):
            while await redis("KEYS", "*"):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

        assert len(before) == 1


async def test_a_redis_that_is_away_is_unavailable(unused_tcp_port: int) -> None:
    async with SharedRedis(f"redis://127.0.0.1:{unused_tcp_port}") as redis:
        with pytest.raises(Unavailable):
            await RedisRateLimit(redis).take("a", capacity=1, per_s=1)
