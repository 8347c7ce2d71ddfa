"""Take back what we issued: every form of a record, at once, for good."""

from dataclasses import dataclass

from gateway.flows.convert import Caller
from gateway.flows.publish import Publish
from gateway.flows.restate import restated
from gateway.ports import Clock, Records
from gateway.ports.states import States
from gateway.records import Record


@dataclass(frozen=True, slots=True)
class Revoke:
    """A record id and a reason to a record whose forms no longer verify."""

    clock: Clock
    records: Records
    states: States
    publish: Publish

    async def __call__(self, record_id: str, reason: str, caller: Caller) -> Record:
        """Revoke every form; repeating it changes nothing, the first reason stays.

        Raises:
            NotFound: The caller's platform has no such record.
        """
        await self.states.revoke(caller.platform, record_id, reason, caller.actor, self.clock())
        return await restated(caller.platform, record_id, self.records, self.publish)
