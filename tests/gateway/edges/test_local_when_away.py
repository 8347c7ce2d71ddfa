"""Rate limits while Redis is away: neither everybody nor nobody is let in."""

import asyncio

from gateway.edges.local_when_away import LocalWhenAway
from gateway.edges.memory import MemoryRateLimit
from gateway.edges.redis import RedisRateLimit, SharedRedis
from gateway.errors import Unavailable
from gateway.ports import Allowance, RateLimit
from tests.simulators.slow_proxy import SlowProxy

NEVER = 0.000_01  # tokens a second


class Elsewhere:
    """Buckets that somebody can reach, or not."""

    def __init__(self, buckets: RateLimit | None = None) -> None:
        self.away = False
        self.asked = 0
        self._buckets = buckets or MemoryRateLimit()

    async def take(self, bucket: str, *, capacity: int, per_s: float) -> Allowance:
        self.asked += 1
        if self.away:
            raise Unavailable("away")
        return await self._buckets.take(bucket, capacity=capacity, per_s=per_s)


async def allowed(limit: LocalWhenAway, capacity: int) -> bool:
    return (await limit.take("a", capacity=capacity, per_s=NEVER)).allowed


async def test_the_limit_holds_while_redis_cannot_be_connected_to(unused_tcp_port: int) -> None:
    async with SharedRedis(f"redis://127.0.0.1:{unused_tcp_port}") as redis:
        limit = LocalWhenAway(RedisRateLimit(redis), MemoryRateLimit())

        taken = [await allowed(limit, 2) for _ in range(3)]

    assert taken == [True, True, False]


async def test_the_limit_holds_while_redis_is_silent_and_nobody_waits_twice(redis_database: str) -> None:
    async with SlowProxy(redis_database, delay_s=2.0) as proxy, SharedRedis(proxy.url, timeout_s=0.1) as redis:
        shared = Elsewhere(RedisRateLimit(redis))
        limit = LocalWhenAway(shared, MemoryRateLimit(), monotonic=lambda: 0.0)
        at_once = await asyncio.gather(*(allowed(limit, 10) for _ in range(100)))

        later = [await allowed(limit, 10) for _ in range(100)]

    assert sum(at_once) == 10
    assert not any(later)
    assert shared.asked == 100


async def test_the_shared_buckets_decide_while_they_are_there() -> None:
    shared = Elsewhere()
    limits = [LocalWhenAway(shared, MemoryRateLimit()) for _ in range(2)]

    taken = [await allowed(limit, 3) for limit in limits * 2]

    assert taken == [True, True, True, False]


async def test_the_shared_buckets_are_asked_again_after_a_second() -> None:
    now = [0.0]
    shared = Elsewhere()
    limit = LocalWhenAway(shared, MemoryRateLimit(), monotonic=lambda: now[0])
    await allowed(limit, 2)
    shared.away = True
    meanwhile = [await allowed(limit, 2) for _ in range(3)]
    asked_meanwhile, shared.away, now[0] = shared.asked, False, 1.0

    after = [await allowed(limit, 2) for _ in range(2)]

    assert meanwhile == [True, True, False]
    assert asked_meanwhile == 2
    assert after == [True, False]
