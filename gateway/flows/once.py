"""Requests that carry an Idempotency-Key: the same key gives the same answer, whatever happened in between."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

from adapters.hub.errors import AdapterError
from gateway.apart import apart
from gateway.errors import GatewayError
from gateway.flows.convert import Caller
from gateway.ports import Clock, Replies
from gateway.ports.erasure import CONCERNED, Concern


@dataclass(frozen=True, slots=True)
class Once:
    """A request and the work it asks for to its answer, done at most once.

    An answer that is kept says something of the records that the work has read or written, and goes with them.
    """

    clock: Clock
    replies: Replies

    async def __call__(self, caller: Caller, key: str, request: bytes, work: Callable[[], Awaitable[bytes]]) -> bytes:
        """Do the work, or return what it answered before.

        Args:
            caller: Each has keys of its own.
            key: "" does the work without remembering it.
            request: Everything that makes two requests the same: method, target and body.

        Raises:
            IdempotencyConflict: The key was used for another request.
            InProgress: The first request with this key is still being worked on.
            AnswerErased: It was answered, and what it told of was erased since.
        """
        if not key:
            return await work()
        platform, holder = caller.platform, caller.holder
        digest = await apart(len(request), _digest, request)
        stored = await self.replies.begin(platform, holder, key, digest, self.clock())
        if stored is not None:
            return stored
        concerned: set[Concern] = set()
        noting = CONCERNED.set(concerned)
        try:
            answer = await work()
        except (AdapterError, GatewayError):
            await self.replies.forget(platform, holder, key, digest)
            raise
        finally:
            CONCERNED.reset(noting)
        # An empty answer says nothing of anyone: that something was erased is told again.
        records = {record for owner, record in concerned if owner == platform} if answer else set()
        await self.replies.finish(platform, holder, key, digest, answer, records)
        return answer


def _digest(request: bytes) -> bytes:
    return sha256(request).digest()
