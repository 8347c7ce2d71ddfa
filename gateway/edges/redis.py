"""Cache and rate limit in Redis, shared by all processes of a deployment.

Only commands that Redis 6.2, Redis 7 and Valkey 9 have alike: GET, SET PX, EVAL, PING.
"""

import asyncio
import math
import secrets
from hashlib import sha256
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from redis import exceptions
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from gateway.apart import apart
from gateway.edges.envelope import NONCE_BYTES
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


_NO_ANSWER = (exceptions.ConnectionError, exceptions.TimeoutError, OSError)


class SharedRedis:
    """Sends commands to one Redis; an async context manager.

    Only so many are under way at once. A turn is waited for as long as those ahead are answered, however long the
    queue is: that is our load, and no sign that Redis is away. As soon as one of them gets no answer, all who wait
    are told so, because nothing else awaits them.

    Args:
        url: ``redis://``, ``rediss://`` or ``unix://``.
        at_once: Connections.
        timeout_s: For connecting and for each answer. A second try follows at once: a server that was restarted
            answers then.

    Raises:
        ValueError: Not such a URL.
    """

    def __init__(self, url: str, *, at_once: int = 32, timeout_s: float = 0.5) -> None:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=at_once,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            retry=Retry(NoBackoff(), 1),
        )
        self._client = Redis.from_pool(pool)
        self._turns = asyncio.Semaphore(at_once)
        self._silences = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    # What a command answers depends on the command.
    async def __call__(self, *command: str | bytes | float) -> Any:
        """Send one command and return what Redis answers.

        Raises:
            Unavailable: Redis does not answer, or refuses: it has no room, or does not know us.
        """
        silences = self._silences
        async with self._turns:
            if self._silences != silences:
                raise Unavailable("the shared cache does not answer")
            try:
                return await self._client.execute_command(*command)  # type: ignore[no-untyped-call]  # redis-py's gap
            except _NO_ANSWER as error:
                self._silences += 1
                raise Unavailable("the shared cache does not answer") from error
            except exceptions.RedisError as error:
                raise Unavailable("the shared cache refuses") from error


class RedisCache:
    """Values with a time to live; what Redis evicts or forgets is simply gone.

    Who reads Redis has neither a key nor a value: its key is the SHA-256 of ours, and a value is encrypted with a key
    made of ours, which Redis never sees. So what was fetched from an address can be read by whoever knows that address,
    as from the web itself, and by nobody once the badge that named it was erased.
    """

    def __init__(self, redis: SharedRedis) -> None:
        self._redis = redis

    async def get(self, key: str) -> bytes | None:
        """Return the value unless it expired or was lost.

        Raises:
            Unavailable: Redis does not answer.
        """
        value = await self._redis("GET", _place(key))
        return await apart(len(value), _opened, key, value) if isinstance(value, bytes) else None

    async def put(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep ``value`` for at most ``ttl_s`` seconds.

        Raises:
            Unavailable: Redis does not answer, or has no room.
        """
        # PX 0 is an error; a put that keeps nothing must still make an older value go.
        sealed = await apart(len(value), _sealed, key, value)
        await self._redis("SET", _place(key), sealed, "PX", max(1, math.floor(ttl_s * 1000)))

    async def ping(self) -> None:
        """Return when Redis answers.

        Raises:
            Unavailable: It does not.
        """
        await self._redis("PING")


class RedisRateLimit:
    """Token buckets that all processes share."""

    def __init__(self, redis: SharedRedis) -> None:
        self._redis = redis

    async def take(self, bucket: str, *, capacity: int, per_s: float) -> Allowance:
        """Take one token from a bucket of ``capacity`` (1 or more) that refills ``per_s`` (above 0) a second.

        Raises:
            Unavailable: Redis does not answer.
        """
        allowed, left = await self._redis("EVAL", _TAKE, 1, f"gateway:bucket:{bucket}", capacity, per_s)
        tokens = float(left)
        return Allowance(
            allowed=bool(allowed),
            remaining=math.floor(tokens),
            retry_after_s=0.0 if allowed else (1 - tokens) / per_s,
        )


def _place(key: str) -> str:
    return f"gateway:cache:{_digest('key', key).hex()}"


def _sealed(key: str, value: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_digest("value", key)).encrypt(nonce, value, None)


def _opened(key: str, sealed: bytes) -> bytes | None:
    try:
        return AESGCM(_digest("value", key)).decrypt(sealed[:NONCE_BYTES], memoryview(sealed)[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        # Somebody wrote into Redis what we did not.
        return None


def _digest(of: str, key: str) -> bytes:
    return sha256(f"cache {of}\0{key}".encode()).digest()
