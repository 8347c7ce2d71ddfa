"""Sending bytes out: to platforms that asked for them, and to services that the settings name."""

from collections.abc import Mapping
from typing import Protocol

import msgspec


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """What a host answered to a POST.

    Attributes:
        status: As sent, 200 to 599; a redirect is an answer like any other and is not followed.
        headers: Names in lower case.
        body: As sent, at most so many bytes as were asked for.
        whole: False when there was more of the body than that.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True


class Post(Protocol):
    """Sends to public https addresses; what is true of ``Fetch`` and networks inside is true here."""

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str], *, answer_bytes: int = 65536) -> Posted:
        """POST ``body`` once: no redirect followed, no proxy, no cookie, nothing kept.

        Args:
            headers: Content-Type and whatever else; Host, Content-Length and User-Agent are ours.
            answer_bytes: How much of the answer's body is read at most.

        Raises:
            FetchBlocked: An address that is never sent to.
            NotAsked: Our own limits ended it: no turn at this host came in time, or too many slow ones are under way.
            Unreachable: No answer: network, TLS, time. The bytes may have arrived all the same.
        """


class GuardedPost(Post, Protocol):
    """The same, and tells before what it never sends to."""

    def allow(self, url: str) -> None:
        """Return when something may be sent there.

        Raises:
            FetchBlocked: Nothing ever is.
        """
