"""Cache and rate limit in Redis, shared by all processes of a deployment.

Only commands that Redis 6.2, Redis 7 and Valkey 9 have alike: GET, SET PX, EVAL, PING.
"""

import math
from collections.abc import Generator
from contextlib import contextmanager

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gateway.errors import Unavailable
from gateway.ports import Allowance

# One script, so that two processes cannot take the same token; the server's clock, for those of the processes
# differ. The value is "tokens seconds" and expires when the bucket would be full again.
_TAKE = """
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local capacity, per_s = tonumber(ARGV[1]), tonumber(ARGV[2])
local tokens, since = capacity, now
local kept = redis.call('GET', KEYS[1])
if kept then
  local left, at = string.match(kept, '^(%S+) (%S+)$')
  tokens, since = tonumber(left), tonumber(at)
end
tokens = math.min(capacity, tokens + math.max(0, now - since) * per_s)
local allowed = tokens >= 1
if allowed then tokens = tokens - 1 end
local full_ms = math.ceil((capacity - tokens) / per_s * 1000) + 1
redis.call('SET', KEYS[1], string.format('%.6f %.6f', tokens, now), 'PX', string.format('%d', full_ms))
return {allowed and 1 or 0, string.format('%.6f', tokens)}
"""


def redis_client(url: str, *, max_connections: int = 32, timeout_s: float = 0.5) -> Redis:
    """Make a client for the edges here; close it with ``aclose()``.

    Args:
        url: ``redis://``, ``rediss://`` or ``unix://``.
        max_connections: More callers than that wait for a turn; redis-py's own pool would fail them.
        timeout_s: For a turn, for connecting and for each answer. A second try follows at once: a server that
            was restarted answers then.

    Raises:
        ValueError: Not such a URL.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=max_connections,
        timeout=timeout_s,
        socket_timeout=timeout_s,
        socket_connect_timeout=timeout_s,
        retry=Retry(NoBackoff(), 1),
    )
    return Redis.from_pool(pool)


class RedisCache:
    """Values with a time to live; what Redis evicts or forgets is simply gone."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def get(self, key: str) -> bytes | None:
        """Return the value unless it expired or was lost.

        Raises:
            Unavailable: Redis does not answer.
        """
        with _translated():
            value = await self._client.get(f"gateway:cache:{key}")
        return value if isinstance(value, bytes) else None

    async def put(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep ``value`` for at most ``ttl_s`` seconds.

        Raises:
            Unavailable: Redis does not answer, or has no room.
        """
        # PX 0 is an error; a put that keeps nothing must still make an older value go.
        with _translated():
            await self._client.set(f"gateway:cache:{key}", value, px=max(1, math.floor(ttl_s * 1000)))

    async def ping(self) -> None:
        """Return when Redis answers.

        Raises:
            Unavailable: It does not.
        """
        with _translated():
            await self._client.ping()


class RedisRateLimit:
    """Token buckets that all processes share."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def take(self, bucket: str, *, capacity: int, per_s: float) -> Allowance:
        """Take one token from a bucket of ``capacity`` (1 or more) that refills ``per_s`` (above 0) a second.

        Raises:
            Unavailable: Redis does not answer; the caller decides whether to let the request through.
        """
        with _translated():
            allowed, left = await self._client.eval(_TAKE, 1, f"gateway:bucket:{bucket}", capacity, per_s)
        tokens = float(left)
        return Allowance(
            allowed=bool(allowed),
            remaining=math.floor(tokens),
            retry_after_s=0.0 if allowed else (1 - tokens) / per_s,
        )


@contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise Unavailable("the shared cache does not answer") from error
