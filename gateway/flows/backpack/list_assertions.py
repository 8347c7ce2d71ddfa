"""What a person holds as Open Badges 2.0: each badge as it was sent, or the form that was made of it."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format
from adapters.hub.opened import Opened, open_bytes
from gateway.flows.present import PAGE_BYTES
from gateway.ports import Records
from gateway.ports.holdings import Holdings
from gateway.records import Form, Securing
from gateway.records.holdings import Holding
from gateway.records.people import PEOPLE

SECOND, THIRD = (Format.OPEN_BADGES_2,), (Format.OPEN_BADGES_3,)
STEP = 50
"""So many badges are looked through at a time: one may have 5 MB."""


class Assertions(msgspec.Struct, frozen=True):
    """One page, newest update first.

    Attributes:
        documents: Assertions in JSON, byte for byte as their issuers wrote them.
        tokens: Signed Assertions in compact serialisation.
        total: Of both together, on all pages.
        limit: How many the page has at most; the next one begins so many later.
    """

    documents: tuple[bytes, ...]
    tokens: tuple[str, ...]
    total: int
    limit: int


@dataclass(frozen=True, slots=True)
class ListAssertions:
    """A person to the Assertions that they hold."""

    holdings: Holdings
    records: Records
    max_bytes: int = PAGE_BYTES

    async def __call__(self, person: str, *, since: dt.datetime | None, limit: int, offset: int) -> Assertions:
        """Return one page of what was created or updated after ``since``.

        An Open Badges 3.0 credential is among them only when the person had it issued as 2.0: nothing is signed here.
        """
        page = await self.holdings.page(
            PEOPLE, person, since=since, limit=limit, offset=offset, formats=SECOND, max_bytes=self.max_bytes
        )
        third = await self.holdings.page(PEOPLE, person, since=since, limit=1, formats=THIRD)
        if not third.total:
            early = 0 < len(page.holdings) < min(limit, page.total - offset)
            texts = await asyncio.to_thread(_texts, page.holdings)
            return _assertions(texts, page.total, len(page.holdings) if early else limit)
        listed = [holding_id async for holding_id in self._listed(person, since)]
        texts, size = [], 0
        for holding_id in listed[offset : offset + limit]:
            if size >= self.max_bytes:
                return _assertions(texts, len(listed), len(texts))
            texts.append(await self._text(person, holding_id))
            size += len(texts[-1])
        return _assertions(texts, len(listed), limit)

    async def _listed(self, person: str, since: dt.datetime | None) -> AsyncIterator[str]:
        """The ids of what is listed, in order; no badge is kept beyond its turn."""
        offset, total = 0, 1
        while offset < total:
            page = await self.holdings.page(
                PEOPLE, person, since=since, limit=STEP, offset=offset, max_bytes=self.max_bytes
            )
            for holding in page.holdings:
                if holding.format in SECOND or await self.form(holding):
                    yield holding.id
            offset, total = offset + max(1, len(page.holdings)), page.total

    async def _text(self, person: str, holding_id: str) -> bytes:
        """The Assertion of one badge; b"" when it was removed a moment ago."""
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            return b""
        if holding.format in SECOND:
            return await asyncio.to_thread(_text, holding)
        form = await self.form(holding)
        return form.sealed or b"" if form else b""

    async def form(self, holding: Holding) -> Form | None:
        """The Open Badges 2.0 form that was made of a badge and was not revoked."""
        record = await self.records.find(PEOPLE, holding.record) if holding.record else None
        return second_form(record.unbound) if record else None


def second_form(forms: Sequence[Form]) -> Form | None:
    """The first form in Open Badges 2.0 that holds; hosted before signed."""
    found = [form for form in forms if form.intent.format in SECOND and form.sealed and form.revoked is None]
    return min(found, key=lambda form: form.intent.securing is not Securing.HOSTED, default=None)


def _texts(holdings: Sequence[Holding]) -> list[bytes]:
    return [_text(holding) for holding in holdings]


def _text(holding: Holding) -> bytes:
    """The Assertion without the picture it was baked into."""
    opened = open_bytes(holding.received)
    return opened.payload if isinstance(opened, Opened) else b""


def _assertions(texts: Sequence[bytes], total: int, limit: int) -> Assertions:
    documents = tuple(text for text in texts if text.startswith(b"{"))
    tokens = tuple(text.decode() for text in texts if text and not text.startswith(b"{"))
    return Assertions(documents, tokens, total, limit)
