"""Lift a suspension: every form of a record verifies again."""

from dataclasses import dataclass

from gateway.flows.convert import Caller
from gateway.flows.publish import Publish
from gateway.flows.restate import restated
from gateway.ports import Clock, Records
from gateway.ports.states import States
from gateway.records import Record


@dataclass(frozen=True, slots=True)
class Reinstate:
    """The id of a suspended record to a record whose forms verify."""

    clock: Clock
    records: Records
    states: States
    publish: Publish

    async def __call__(self, record_id: str, caller: Caller) -> Record:
        """Lift the platform's suspension; while the issuer of its source suspends it, it stays suspended.

        Raises:
            NotFound: The caller's platform has no such record.
            NotSuspendable: It was revoked, which is for good; or only the issuer of its source suspended it.
        """
        await self.states.reinstate(caller.platform, record_id, caller.actor, self.clock())
        return await restated(caller.platform, record_id, self.records, self.publish)
