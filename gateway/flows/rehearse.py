"""What is about to be planned to the verdict of our own verifier: nothing is promised that could not be released."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.hub.errors import AdapterError, NotWritable
from gateway.flows.receive import Receive
from gateway.issuing.seal import rehearsal
from gateway.ports import Clock, Fetch
from gateway.records import Securing
from gateway.trust.rehearsal import rehearsed
from gateway.trust.report import Check, Outcome
from gateway.trust.subject import Subject

MOST_SAID = 5


@dataclass(frozen=True, slots=True)
class Rehearse:
    """The bytes to be sealed to nothing, when they will verify once they are."""

    clock: Clock
    fetch: Fetch

    async def __call__(self, unsigned: bytes, securing: Securing = Securing.JADES) -> None:
        """Judge what is about to be signed by all that does not depend on its signature.

        Args:
            unsigned: As `Intent.unsigned` has it.
            securing: JADES, or DATA_INTEGRITY.

        Raises:
            NotWritable: It would not verify, or could not be opened; the pointer leads into the sealed credential.
        """
        try:
            sealed = securing is Securing.JADES
            file = await asyncio.to_thread(rehearsal, unsigned) if sealed else unsigned
            received = await Receive(self.fetch)(file)
        except AdapterError as error:
            raise _refusal(error) from error
        if received.reading is None:
            raise _refusal(received.unread)
        subject = Subject(
            opened=received.opened,
            reading=received.reading,
            served=received.served,
            fetch=self.fetch,
            now=self.clock(),
            judges_originals=False,
        )
        report = await rehearsed(subject)
        if report.outcome is not Outcome.PASSED:
            against = [check for check in report.checks if check.outcome in (Outcome.FAILED, Outcome.UNKNOWN)]
            said = "; ".join(f"{check.name}: {check.detail}" for check in against[:MOST_SAID])
            raise NotWritable(
                f"once it is sealed it would not verify: {said}",
                pointer=next(_places(against), ""),
                fix=next((check.fix for check in against if check.fix), ""),
            )


def _refusal(error: AdapterError | None) -> NotWritable:
    if error is None:
        return NotWritable("once it is sealed it could not be read")
    return NotWritable(f"once it is sealed it could not be read: {error}", pointer=error.pointer, fix=error.fix)


def _places(checks: list[Check]) -> Iterator[str]:
    for check in checks:
        yield from (remedy.place for remedy in check.remedies if remedy.place.startswith("/"))
