"""Let what we issued not count for a while: every form of a record, until it is reinstated."""

from dataclasses import dataclass

from gateway.flows.convert import Caller
from gateway.flows.publish import Publish
from gateway.flows.restate import restated
from gateway.ports import Clock, Records
from gateway.ports.states import States
from gateway.records import Record


@dataclass(frozen=True, slots=True)
class Suspend:
    """A record id and a reason to a record whose forms do not verify for now."""

    clock: Clock
    records: Records
    states: States
    publish: Publish

    async def __call__(self, record_id: str, reason: str, caller: Caller) -> Record:
        """Suspend every form; repeating it changes nothing, the first reason stays.

        Raises:
            NotFound: The caller's platform has no such record.
            NotSuspendable: It was revoked, or one of its forms was not issued to be suspended.
        """
        await self.states.suspend(caller.platform, record_id, reason, caller.actor, self.clock())
        return await restated(caller.platform, record_id, self.records, self.publish)
