"""Cache and rate limit inside this process: the embedded default, and the twin of the Redis ones."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from gateway.ports import Allowance


class MemoryCache:
    """Bounded; the value that was not used for longest goes first.

    Args:
        max_entries: At most so many values.
        max_bytes: At most so many bytes of keys and values together; a larger value is not kept at all.
        monotonic: Seconds from any starting point, never falling.
    """

    def __init__(
        self,
        *,
        max_entries: int = 4096,
        max_bytes: int = 32 << 20,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._monotonic = monotonic
        self._held: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._held_bytes = 0

    async def get(self, key: str) -> bytes | None:
        """Return the value unless it expired or was pushed out."""
        held = self._held.get(key)
        if held is None:
            return None
        value, expires = held
        if expires <= self._monotonic():
            self._drop(key)
            return None
        self._held.move_to_end(key)
        return value

    async def put(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep ``value`` for at most ``ttl_s`` seconds."""
        if key in self._held:
            self._drop(key)
        if ttl_s <= 0 or len(key) + len(value) > self._max_bytes:
            return
        self._held[key] = value, self._monotonic() + ttl_s
        self._held_bytes += len(key) + len(value)
        while len(self._held) > self._max_entries or self._held_bytes > self._max_bytes:
            self._drop(next(iter(self._held)))

    async def ping(self) -> None:
        """Return at once: this process answers."""

    def _drop(self, key: str) -> None:
        value, _ = self._held.pop(key)
        self._held_bytes -= len(key) + len(value)


class MemoryRateLimit:
    """Token buckets of this process alone.

    Args:
        max_buckets: At most so many are remembered; the one not used for longest is forgotten, so full again.
        monotonic: Seconds from any starting point, never falling.
    """

    def __init__(self, *, max_buckets: int = 100_000, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._max_buckets = max_buckets
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def take(self, bucket: str, *, capacity: int, per_s: float) -> Allowance:
        """Take one token from a bucket of ``capacity`` (1 or more) that refills ``per_s`` (above 0) a second.

        Nothing is awaited in here, which makes it atomic.
        """
        now = self._monotonic()
        tokens, since = self._buckets.pop(bucket, (float(capacity), now))
        tokens = min(capacity, tokens + (now - since) * per_s)
        allowed = tokens >= 1
        if allowed:
            tokens -= 1
        self._buckets[bucket] = tokens, now
        if len(self._buckets) > self._max_buckets:
            self._buckets.popitem(last=False)
        return Allowance(
            allowed=allowed,
            remaining=math.floor(tokens),
            retry_after_s=0.0 if allowed else (1 - tokens) / per_s,
        )
