"""A row for each sample of the reference validators: their verdict, ours, and the reason where they differ."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from adapters.hub.errors import AdapterError
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import report_on
from tests.simulators.web import SimulatedWeb

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What is expected of one sample.

    Attributes:
        valid: The reference validator's verdict (a warning is valid); None where its tests have none.
        served: Our outcome when all that the issuer should publish is served; None when it is no badge at all.
        alone: Our outcome when nothing is served.
        because: The check that fails, where served is FAILED.
        why: Why our outcome is not simply the reference's verdict.
    """

    valid: bool | None
    served: Outcome | None
    alone: Outcome | None
    because: str = ""
    why: str = ""


class Samples(msgspec.Struct, frozen=True, kw_only=True):
    """A validator's samples.

    Attributes:
        files: How many there are, so that none goes unseen.
        rows: What is expected, by the path in the folder.
        publish: Serves what the issuer of a sample should have published.
    """

    folder: Path
    files: int
    rows: dict[str, Row]
    publish: Callable[[SimulatedWeb, bytes], None]

    def received(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


def files(folder: Path) -> set[str]:
    """Every file of a corpus, by its path in it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def unexplained(rows: dict[str, Row]) -> set[str]:
    """Samples whose outcome differs from the reference's verdict though no reason is given."""
    agreeing = {True: PASSED, False: FAILED}
    return {
        name
        for name, row in rows.items()
        if not row.why and (row.valid is None or row.served is not agreeing[row.valid])
    }


async def found(received: bytes, web: SimulatedWeb) -> tuple[Outcome | None, set[str]]:
    """The outcome and the names of the failed checks; None for what is no badge."""
    try:
        report = await report_on(received, web)
    except AdapterError:
        return None, set()
    return report.outcome, {check.name for check in report.checks if check.outcome is FAILED}
