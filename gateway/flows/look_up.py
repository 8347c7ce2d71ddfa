"""Stored records and originals, for their platform and for whoever holds an unguessable address."""

import hmac
from dataclasses import dataclass

from gateway.errors import Erased, NotFound
from gateway.flows.convert import Caller
from gateway.flows.describe import Describe, Description
from gateway.ports import Records
from gateway.ports.erasure import Tombstones
from gateway.records import Source, Statement


@dataclass(frozen=True, slots=True)
class LookUp:
    """A record id to its description."""

    records: Records
    describe: Describe
    tombstones: Tombstones

    async def __call__(self, record_id: str, caller: Caller | None = None) -> Description:
        """Return one record; without a caller, what everybody who knows the address may see.

        Raises:
            NotFound: There is none, or it is another platform's; or its platform erased it, and asks for it itself.
            Erased: It was there, at this address.
        """
        record = await self.records.find(caller.platform if caller else None, record_id)
        if record is None:
            await refuse_erased(self.tombstones, record_id, caller)
            raise NotFound("there is no such credential")
        return await self.describe(record, to_holder=caller is not None)


@dataclass(frozen=True, slots=True)
class ShowOriginal:
    """The exact received bytes: for the key holder, and those of a badge for the holder of its own address."""

    records: Records
    tombstones: Tombstones

    async def __call__(
        self, record_id: str, *, caller: Caller | None = None, capability: str = ""
    ) -> Source | Statement:
        """Return what a record was made from.

        Raises:
            NotFound: There is none, or the address does not open it.
            Erased: It was there, at its own address.
        """
        record = await self.records.find(caller.platform if caller else None, record_id)
        if record is None:
            await refuse_erased(self.tombstones, record_id, caller)
        original = (record.source or record.statement) if record else None
        # A request in plain data names its recipient: nobody but the platform gets to see it.
        if original is None or not (
            caller or (isinstance(original, Source) and _same(original.capability, capability))
        ):
            raise NotFound("there is no such original")
        return original


async def refuse_erased(tombstones: Tombstones, record_id: str, caller: Caller | None) -> None:
    """Tell whoever follows an address that was given out; to its platform an erased record is none."""
    if caller is None and await tombstones.record(record_id):
        raise Erased


def _same(known: str, presented: str) -> bool:
    # As bytes: compare_digest takes no text beyond ASCII, and strangers may present any.
    return hmac.compare_digest(known.encode(), presented.encode())
