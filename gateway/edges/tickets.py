"""What is handed out to come back once: in Redis, shared by all processes, and inside this process alone.

Only commands that Redis 6.2, Redis 7 and Valkey 9 have alike: SET NX PX, GET, GETDEL.
"""

import datetime as dt
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any  # Any: what a command answers depends on the command

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.errors import Unavailable
from gateway.ports import Clock

# Each text makes a key of its own, which encrypts once: a fixed nonce is as good as any.
_ONCE = bytes(12)


class RedisTickets:
    """Tickets that all processes share.

    Who reads Redis has neither a text nor a value: a key is the SHA-256 of kind and text, and a value is encrypted with
    a key made of the text, which Redis never sees. An offer's id, which opens it, is such a value.

    Args:
        redis: Sends one command and returns what Redis answers; raises ``Unavailable``.
    """

    def __init__(self, redis: Callable[..., Awaitable[Any]]) -> None:
        self._redis = redis

    async def give(self, kind: str, value: bytes, life_s: float) -> str:
        """Keep ``value`` for ``life_s`` seconds under a new text.

        Raises:
            Unavailable: Redis does not answer, or has no room.
        """
        # Sent once more after a lost connection, NX finds what the lost command left: that text was never told anybody.
        for _ in range(2):
            text = secrets.token_urlsafe(32)
            sealed = _cipher(kind, text).encrypt(_ONCE, value, None)
            if await self._redis("SET", _key(kind, text), sealed, "NX", "PX", max(1, round(life_s * 1000))):
                return text
        raise Unavailable("the shared store keeps nothing new")

    async def look(self, kind: str, text: str) -> bytes | None:
        """Return what is kept for a text.

        Raises:
            Unavailable: Redis does not answer.
        """
        return _opened(await self._redis("GET", _key(kind, text)), kind, text)

    async def take(self, kind: str, text: str) -> bytes | None:
        """Return what is kept for a text, and forget it.

        An answer that is lost on its way is lost: the command is sent again and finds nothing.

        Raises:
            Unavailable: Redis does not answer.
        """
        return _opened(await self._redis("GETDEL", _key(kind, text)), kind, text)


class MemoryTickets:
    """Tickets of this process alone.

    Each kind has room of its own, so that whoever asks for nonces without end pushes out no token of anybody.

    Args:
        most: So many of a kind are kept; the oldest go first.
        most_bytes: So many bytes of values of a kind are kept.
    """

    def __init__(self, clock: Clock, *, most: int = 20_000, most_bytes: int = 8 << 20) -> None:
        self._clock = clock
        self._most = most
        self._most_bytes = most_bytes
        self._kinds: dict[str, OrderedDict[str, tuple[bytes, dt.datetime]]] = {}
        self._bytes: dict[str, int] = {}

    async def give(self, kind: str, value: bytes, life_s: float) -> str:
        """Keep ``value`` for ``life_s`` seconds under a new text."""
        text = secrets.token_urlsafe(32)
        held = self._kinds.setdefault(kind, OrderedDict())
        now = self._clock()
        held[text] = value, now + dt.timedelta(seconds=life_s)
        self._bytes[kind] = self._bytes.get(kind, 0) + len(value)
        # Of a kind all last about as long, so that the oldest end first.
        while held and (self._is_full(kind) or next(iter(held.values()))[1] <= now):
            self._forget(kind, next(iter(held)))
        return text

    def _is_full(self, kind: str) -> bool:
        return len(self._kinds[kind]) > self._most or self._bytes[kind] > self._most_bytes

    async def look(self, kind: str, text: str) -> bytes | None:
        """Return what is kept for a text."""
        held = self._kinds.get(kind, OrderedDict()).get(text)
        if held is None:
            return None
        value, expires = held
        return value if expires > self._clock() else None

    async def take(self, kind: str, text: str) -> bytes | None:
        """Return what is kept for a text, and forget it. Nothing is awaited in here, which makes it atomic."""
        if text not in self._kinds.get(kind, {}):
            return None
        value, expires = self._forget(kind, text)
        return value if expires > self._clock() else None

    def _forget(self, kind: str, text: str) -> tuple[bytes, dt.datetime]:
        value, expires = self._kinds[kind].pop(text)
        self._bytes[kind] -= len(value)
        return value, expires


def _key(kind: str, text: str) -> str:
    return f"gateway:ticket:{_digest('key', kind, text).hex()}"


def _cipher(kind: str, text: str) -> AESGCM:
    return AESGCM(_digest("value", kind, text))


def _digest(of: str, kind: str, text: str) -> bytes:
    # surrogatepass: a text comes from outside, and is nothing that was ever given out.
    return sha256(f"{of}\0{kind}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _opened(sealed: bytes | None, kind: str, text: str) -> bytes | None:
    if sealed is None:
        return None
    try:
        return _cipher(kind, text).decrypt(_ONCE, sealed, None)
    except InvalidTag:
        # Somebody wrote into Redis what we did not.
        return None
