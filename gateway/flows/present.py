"""What a person holds, as Open Badges 3.0 applications take it: each credential in the bytes that were signed."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format
from adapters.hub.opened import Carrier, Elsewhere, open_bytes
from gateway.apart import apart
from gateway.ports import Records
from gateway.ports.holdings import Holdings
from gateway.records import Form, Record, Securing
from gateway.records.holdings import Holding

PAGE_LIMIT = 50
"""Credentials on a page."""

PAGE_BYTES = 8 * 1024 * 1024
"""A page ends early when it has as many: each credential may have a megabyte."""

_TOKENS = frozenset({"vc-jwt", "jws"})


class Presented(msgspec.Struct, frozen=True, kw_only=True):
    """One credential, ready to be handed out; ``token`` says that it is a compact JWS and no JSON."""

    text: bytes
    token: bool


class Presentation(msgspec.Struct, frozen=True, kw_only=True):
    """Some of what a person holds, newest update first.

    Attributes:
        total: Of all pages together.
        limit: How many the page has at most; the next one begins so many later.
    """

    credentials: tuple[Presented, ...]
    total: int
    limit: int


@dataclass(frozen=True, slots=True)
class Present:
    """A person to the credentials they hold."""

    holdings: Holdings
    records: Records
    max_bytes: int = PAGE_BYTES

    async def __call__(
        self, platform: str, person: str, *, since: dt.datetime | None, limit: int, offset: int
    ) -> Presentation:
        """Return one page; what is held as Open Badges 2.0 is there in the 3.0 form that was made of it.

        A badge that has none (its issuer could not be reached, or it had expired) is not there: nobody vouches for it
        in this format.
        """
        limit = min(limit, PAGE_LIMIT)
        page = await self.holdings.page(
            platform,
            person,
            since=since,
            limit=limit,
            offset=offset,
            formats=(Format.OPEN_BADGES_3,),
            max_bytes=self.max_bytes,
        )
        found = await asyncio.gather(*(self._presented(holding) for holding in page.holdings))
        shown = tuple(presented for presented in found if presented is not None)
        ended_early = 0 < len(page.holdings) < min(limit, page.total - offset)
        return Presentation(credentials=shown, total=page.total, limit=len(page.holdings) if ended_early else limit)

    async def _presented(self, holding: Holding) -> Presented | None:
        if holding.format is Format.OPEN_BADGES_3:
            return await _as_held(holding)
        record = await self.records.find(holding.platform, holding.record)
        return await _as_converted(record) if record else None


async def _as_held(holding: Holding) -> Presented | None:
    token = holding.securing in _TOKENS
    if holding.carrier is Carrier.JSON and not token:
        return Presented(text=holding.received, token=False)
    return await _opened(holding.received)


async def _as_converted(record: Record) -> Presented | None:
    forms: Sequence[bytes] = [form.sealed for form in record.unbound if _is_shown(form) and form.sealed is not None]
    return await _opened(forms[0]) if forms else None


def _is_shown(form: Form) -> bool:
    """The interface has no place for an SD-JWT."""
    intent = form.intent
    return intent.format is Format.OPEN_BADGES_3 and intent.securing is not Securing.SD_JWT


async def _opened(received: bytes) -> Presented | None:
    """What is inside an image, or in the envelope of a token."""
    opened = await apart(len(received), open_bytes, received)
    # The interface has no place for an SD-JWT, which is no compact JWS.
    if isinstance(opened, Elsewhere) or opened.presented is not None:
        return None
    return Presented(text=opened.payload, token=opened.token is not None)
