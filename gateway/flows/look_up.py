"""Stored records and originals, for their platform and for whoever holds an unguessable address."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.describe import Describe, Description
from gateway.ports import Records
from gateway.records import Source, Summary

PAGE_LIMIT = 100


@dataclass(frozen=True, slots=True)
class LookUp:
    """A record id to its description."""

    records: Records
    describe: Describe

    async def __call__(self, record_id: str, caller: Caller | None = None) -> Description:
        """Return one record; without a caller, what everybody who knows the address may see.

        Raises:
            NotFound: There is none, or it is another platform's.
        """
        record = await self.records.find(caller.platform if caller else None, record_id)
        if record is None:
            raise NotFound("there is no such credential")
        return await self.describe(record, to_holder=caller is not None)


@dataclass(frozen=True, slots=True)
class ListRecords:
    """A platform's records, newest first."""

    records: Records

    async def __call__(self, caller: Caller, after: str, limit: int) -> Sequence[Summary]:
        """Return up to ``limit`` records after the one with id ``after`` ("" from the start)."""
        return await self.records.page(caller.platform, after, limit)


@dataclass(frozen=True, slots=True)
class ShowOriginal:
    """The exact received bytes, for the key holder or the holder of the source's own address."""

    records: Records

    async def __call__(self, record_id: str, *, caller: Caller | None = None, capability: str = "") -> Source:
        """Return the source.

        Raises:
            NotFound: There is none, or the address does not open it.
        """
        record = await self.records.find(caller.platform if caller else None, record_id)
        if record is None or not (caller or _same(record.source.capability, capability)):
            raise NotFound("there is no such original")
        return record.source


def _same(known: str, presented: str) -> bool:
    # As bytes: compare_digest takes no text beyond ASCII, and strangers may present any.
    return hmac.compare_digest(known.encode(), presented.encode())
