"""Reading the feed: what happened since a cursor, and what happened to one credential."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from gateway.errors import GatewayError, NotFound
from gateway.flows.convert import Caller
from gateway.ports import Records
from gateway.ports.events import Feed
from gateway.records.events import Notice

CHANGES_LIMIT = 500
HISTORY_LIMIT = 500

_POSITION_BYTES = 8
_MARK_BYTES = 10


class UnknownCursor(GatewayError):
    """The cursor is none that this feed gave out."""

    code = "unknown-cursor"

    def __init__(self) -> None:
        super().__init__(
            "since: this cursor was not given out by this feed",
            fix="give `next` of the answer before, or leave it out to read from the beginning",
        )


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Some of what happened, oldest first.

    Attributes:
        next: The cursor to go on with, now or later; with nothing new it is the one that was sent.
        more: Whether there is more already.
    """

    events: Annotated[tuple[Notice, ...], msgspec.Meta(max_length=CHANGES_LIMIT)]
    next: str
    more: bool


class History(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to one credential, oldest first."""

    events: Annotated[tuple[Notice, ...], msgspec.Meta(max_length=HISTORY_LIMIT)]


@dataclass(frozen=True, slots=True)
class ReadChanges:
    """A cursor to the events after it."""

    feed: Feed
    secret: bytes

    async def __call__(self, since: str, limit: int, caller: Caller) -> Changes:
        """Return up to ``limit`` events after a cursor; "" is the beginning.

        Raises:
            UnknownCursor: This platform's feed gave out no such cursor.
        """
        platform = caller.platform
        after = self._position(platform, since) if since else 0
        found = await self.feed.page(platform, after, limit + 1)
        page = found[:limit]
        return Changes(
            events=tuple(event.notice for event in page),
            next=self._cursor(platform, page[-1].position if page else after),
            more=len(found) > limit,
        )

    def _cursor(self, platform: str, position: int) -> str:
        written = position.to_bytes(_POSITION_BYTES, "big")
        return urlsafe_b64encode(written + self._mark(platform, written)).decode()

    def _position(self, platform: str, cursor: str) -> int:
        try:
            read = urlsafe_b64decode(cursor.encode("ascii"))
        except ValueError as error:
            raise UnknownCursor from error
        written, mark = read[:_POSITION_BYTES], read[_POSITION_BYTES:]
        if not hmac.compare_digest(mark, self._mark(platform, written)) or urlsafe_b64encode(read).decode() != cursor:
            raise UnknownCursor
        return int.from_bytes(written, "big")

    def _mark(self, platform: str, written: bytes) -> bytes:
        """Binds a cursor to its platform: that of another one, or one that was made up, is noticed."""
        return hmac.digest(self.secret, platform.encode() + b"\0" + written, "sha256")[:_MARK_BYTES]


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """A record's id to what happened to it."""

    records: Records
    feed: Feed

    async def __call__(self, record_id: str, caller: Caller) -> Sequence[Notice]:
        """Return the newest 500 events of one credential, oldest first.

        Raises:
            NotFound: The platform has no such record.
        """
        if await self.records.find(caller.platform, record_id) is None:
            raise NotFound("there is no such record")
        return [event.notice for event in await self.feed.history(caller.platform, record_id, HISTORY_LIMIT)]
