"""Take bytes in: open, detect, fetch what they refer to, read. The first half of every other flow."""

from dataclasses import dataclass
from hashlib import sha256

import msgspec

from adapters.hub.contract import Adapter, Reading, Recognition
from adapters.hub.errors import AdapterError, Malformed
from adapters.hub.opened import Elsewhere, Opened, open_bytes
from adapters.hub.securing import Hosted
from adapters.registry import detect
from gateway.apart import apart
from gateway.errors import Unreachable
from gateway.ports import Fetch, Fetched
from gateway.trust.references import ACCEPT, answer_of, known, references

MAX_HOPS = 2
"""How often bytes may say "the badge is over there" (PNG with a URL inside that leads to a hosted badge)."""


class Received(msgspec.Struct, frozen=True):
    """One document as understood so far.

    Attributes:
        url: Where it was fetched from, "" when it came with the request.
        served: Every reference: what it served, or why it could not be had.
        reading: None when it could not be read; ``unread`` says why.
        sha256: Of the exact bytes that are judged.
    """

    opened: Opened
    recognition: Recognition
    served: dict[str, Fetched | Unreachable]
    url: str
    reading: Reading | None
    unread: AdapterError | None
    sha256: bytes

    @property
    def known(self) -> dict[str, bytes]:
        """The documents that references served, by URL."""
        return known(self.served)

    @property
    def securing(self) -> str:
        """How the document is secured, "" when it could not be read."""
        return str(self.reading.securing.__struct_config__.tag) if self.reading else ""


@dataclass(frozen=True, slots=True)
class Receive:
    """Bytes, or the address of bytes, to a reading."""

    fetch: Fetch

    async def __call__(self, received: bytes, url: str = "") -> Received:
        """Open, detect and read one document.

        Args:
            received: The exact bytes; they may be the address of the document instead.
            url: Where the caller got them from, if anywhere.

        Raises:
            AdapterError: The bytes cannot be opened, or no format recognises them.
            Unreachable: They only name an address, and it could not be fetched.
        """
        opened = await _opened(received)
        for _ in range(MAX_HOPS):
            if isinstance(opened, Opened):
                break
            url = opened.url
            answer = await self.fetch(url, accept="application/json, image/png, image/svg+xml, */*;q=0.1", fresh=True)
            opened = await _opened(answer.body)
        if isinstance(opened, Elsewhere):
            raise Malformed("the badge is behind too many addresses", fix="send the badge itself, or its own URL")
        opened = opened.fetched_from(url)
        adapter, recognition = await apart(len(opened.payload), detect, opened)
        served = await references(adapter, opened, self._served)
        reading, unread = await _read(adapter, opened, known(served))
        if reading is not None and isinstance(reading.securing, Hosted):
            # What vouches is what the host serves now; a remembered answer would hide that it took the badge back.
            served |= {reading.securing.url: await answer_of(reading.securing.url, self._fresh)}
            reading, unread = await _read(adapter, opened, known(served))
        digest = await apart(len(opened.received), _digest, opened.received)
        return Received(opened, recognition, served, url, reading, unread, digest)

    async def _served(self, url: str) -> Fetched:
        return await self.fetch(url, accept=ACCEPT)

    async def _fresh(self, url: str) -> Fetched:
        return await self.fetch(url, accept=ACCEPT, fresh=True)


def _digest(received: bytes) -> bytes:
    return sha256(received).digest()


async def _opened(received: bytes) -> Opened | Elsewhere:
    return await apart(len(received), open_bytes, received)


async def _read(
    adapter: Adapter, opened: Opened, documents: dict[str, bytes]
) -> tuple[Reading | None, AdapterError | None]:
    try:
        return await apart(len(opened.payload), adapter.read, opened, documents), None
    except AdapterError as error:
        return None, error
