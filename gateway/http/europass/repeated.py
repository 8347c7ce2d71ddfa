"""The ``Idempotency-Key`` of these endpoints: the same request with the same key gets the answer that it got before.

What is the same is the address with its query, and the bytes of the files: programs draw the boundaries of a form anew.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from litestar.di import NamedDependency, Provide

from gateway.flows.convert import Caller
from gateway.flows.once import Once
from gateway.http.delivery import HttpRequest
from gateway.http.replies import IdempotencyKey

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A request, and the work that it asks for: done at most once for each key of the caller."""

    once: Once
    caller: Caller
    key: str
    address: bytes

    async def __call__(self, kind: type[T], work: Callable[[], Awaitable[T]], *sent: bytes) -> T:
        """Do the work, or return what it answered before.

        Args:
            kind: Of the answer, which is kept encrypted.
            sent: Everything that the request brings.

        Raises:
            IdempotencyConflict, InProgress, AnswerErased: See ``Once``.
        """
        if not self.key:
            return await work()

        async def kept() -> bytes:
            return msgspec.msgpack.encode(await work())

        asked = msgspec.msgpack.encode([self.address, *sent])
        return msgspec.msgpack.decode(await self.once(self.caller, self.key, asked, kept), type=kind)


async def _repeatable(
    request: HttpRequest,
    caller: NamedDependency[Caller],
    once: NamedDependency[Once],
    idempotency_key: IdempotencyKey = "",
) -> Repeatable:
    scope = request.scope
    return Repeatable(
        once, caller, idempotency_key, scope["path"].encode(errors="surrogatepass") + b"?" + scope["query_string"]
    )


REPEATABLE = {"repeatable": Provide(_repeatable)}
