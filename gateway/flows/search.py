"""Find a platform's records by what they are, page by page; never by whom they are for."""

import datetime as dt
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from gateway.errors import GatewayError
from gateway.flows.convert import Caller
from gateway.ports import Records, Search
from gateway.records import Summary

PAGE_LIMIT = 100

CURSOR_BYTES = 40
_INSTANT, _ID = 8, 16
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class BadCursor(GatewayError):
    """The cursor is none that this platform was given."""

    code = "bad-cursor"


class Found(msgspec.Struct, frozen=True):
    """A page of records; ``next`` is the cursor for the following one, "" at the end."""

    records: tuple[Summary, ...]
    next: str


@dataclass(frozen=True, slots=True)
class SearchRecords:
    """A search to a page of a platform's records, newest first.

    A cursor names the instant and id of the last record of a page. It is signed for its platform: what stands in it is
    ours, and one of another platform opens nothing.
    """

    records: Records
    secret: bytes

    async def __call__(self, caller: Caller, search: Search, cursor: str = "") -> Found:
        """Return the records after ``cursor`` ("" from the newest on).

        Raises:
            BadCursor: It was changed, or given to another platform.
        """
        after = self._opened(caller.platform, cursor) if cursor else None
        page = await self.records.page(
            caller.platform, msgspec.structs.replace(search, after=after, limit=search.limit + 1)
        )
        shown = tuple(page[: search.limit])
        return Found(shown, self._cursor(caller.platform, shown) if len(page) > search.limit else "")

    def _cursor(self, platform: str, shown: Sequence[Summary]) -> str:
        last = shown[-1]
        place = ((last.created - _EPOCH) // _MICROSECOND).to_bytes(_INSTANT, "big", signed=True) + UUID(last.id).bytes
        return urlsafe_b64encode(place + self._signature(platform, place)).rstrip(b"=").decode()

    def _opened(self, platform: str, cursor: str) -> tuple[dt.datetime, str]:
        try:
            signed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except ValueError:
            signed = b""
        place, signature = signed[: _INSTANT + _ID], signed[_INSTANT + _ID :]
        if len(signed) != CURSOR_BYTES or not hmac.compare_digest(signature, self._signature(platform, place)):
            raise BadCursor(
                "after is no cursor that was given to this platform", fix="use next of the page before, as it is"
            )
        created = _EPOCH + int.from_bytes(place[:_INSTANT], "big", signed=True) * _MICROSECOND
        return created, str(UUID(bytes=place[_INSTANT:]))

    def _signature(self, platform: str, place: bytes) -> bytes:
        return hmac.digest(self.secret, platform.encode() + b"\0" + place, "sha256")[: CURSOR_BYTES - _INSTANT - _ID]
