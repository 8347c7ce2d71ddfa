"""What is about to be planned to the verdict of our own verifier: nothing is promised that could not be released."""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.hub.contract import Format, Reading
from adapters.hub.errors import AdapterError, Malformed, NotWritable
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import adapter_for
from gateway.apart import apart
from gateway.flows.receive import Receive
from gateway.issuing.seal import rehearsal
from gateway.ports import Clock, Fetch
from gateway.records import Securing
from gateway.trust.rehearsal import rehearsed
from gateway.trust.report import Check, Outcome, Report
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
            received = await Receive(self.fetch)(await apart(len(unsigned), rehearsal, unsigned, securing))
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
        _require_good(await rehearsed(subject))

    async def alone(self, unsigned: bytes, format: Format, securing: Securing) -> None:
        """Judge what is about to be signed by what it says itself, and ask nobody: less than a millisecond.

        Args:
            unsigned: As `Intent.unsigned` has it.

        Raises:
            NotWritable: As above.
        """
        try:
            opened, reading = await apart(len(unsigned), _read, unsigned, format, securing)
        except AdapterError as error:
            raise _refusal(error) from error
        subject = Subject(
            opened=opened, reading=reading, served={}, fetch=self.fetch, now=self.clock(), judges_originals=False
        )
        _require_good(await rehearsed(subject, alone=True))


def _read(unsigned: bytes, format: Format, securing: Securing) -> tuple[Opened, Reading]:
    opened = open_bytes(rehearsal(unsigned, securing))
    if not isinstance(opened, Opened):
        raise Malformed("it would be an address, and no document")
    return opened, adapter_for(format).read(opened, {})


def _require_good(report: Report) -> None:
    if report.outcome is Outcome.PASSED:
        return
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
