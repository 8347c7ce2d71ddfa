"""Sign status lists again: when a bit changed, and before the last signature ends. A GET never signs."""

import asyncio
import datetime as dt
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format
from gateway.flows.identify import Identities
from gateway.issuing import status_list
from gateway.issuing.seal import with_proof
from gateway.ports import Clock, Keys, Signer, StatusLists
from gateway.records import Algorithm, Purpose, Securing, StatusList


@dataclass(frozen=True, slots=True)
class Publish:
    """Every status list that is due, signed and stored."""

    clock: Clock
    keys: Keys
    signer: Signer
    status_lists: StatusLists
    identities: Identities
    valid_for: dt.timedelta

    async def __call__(self) -> int:
        """Publish what is due; return how many lists were signed."""
        now = self.clock()
        due = await self.status_lists.due(now + self.valid_for / 2)
        for found in due:
            await self.status_lists.publish(await self._signed(found, now))
        return len(due)

    async def _signed(self, found: StatusList, now: dt.datetime) -> StatusList:
        identity = await self.identities(found.platform)
        key = await self.keys.active(found.platform, Purpose.STATUS_LIST, Algorithm.EDDSA)
        issuer = identity.issuer_id(Format.OPEN_BADGES_3, key)
        method = identity.method(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY, key)
        document = await asyncio.to_thread(
            status_list.credential, found, identity.addresses, issuer, method, now, self.valid_for
        )
        return msgspec.structs.replace(
            found,
            signed=await with_proof(document, key.id, self.signer),
            signed_version=found.version,
            valid_from=now,
            valid_until=now + self.valid_for,
        )
