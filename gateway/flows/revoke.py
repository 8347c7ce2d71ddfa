"""Take back what we issued: every form of a record, at once, for good."""

from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.publish import Publish
from gateway.ports import Clock, Forms, Records
from gateway.records import Record


@dataclass(frozen=True, slots=True)
class Revoke:
    """A record id and a reason to a record whose forms no longer verify."""

    clock: Clock
    records: Records
    forms: Forms
    publish: Publish

    async def __call__(self, record_id: str, reason: str, caller: Caller) -> Record:
        """Revoke every form; repeating it changes nothing, the first reason stays.

        Raises:
            NotFound: The caller's platform has no such record.
        """
        record = await self.records.find(caller.platform, record_id)
        if record is None:
            raise NotFound("there is no such credential")
        now = self.clock()
        for form in record.forms:
            await self.forms.revoke(caller.platform, form.intent.id, reason, now)
        await self.publish()
        revoked = await self.records.find(caller.platform, record_id)
        if revoked is None:
            raise NotFound("there is no such credential")
        return revoked
