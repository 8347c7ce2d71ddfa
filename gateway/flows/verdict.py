"""What is kept of a verification beside the source it judged."""

import datetime as dt

import msgspec

from adapters.hub.contract import Reading
from gateway.trust.report import Check, Outcome, Report


class Verdict(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A report, and the two names from the source that a receipt repeats.

    Attributes:
        source_id: The original document's id, None when it has none.
        issuer: Id of the original issuer.
    """

    outcome: Outcome
    at: dt.datetime
    checks: tuple[Check, ...]
    source_id: str | None
    issuer: str


def verdict(reading: Reading, report: Report) -> Verdict:
    """The verdict on a document that was read."""
    return Verdict(
        outcome=report.outcome,
        at=report.at,
        checks=report.checks,
        source_id=reading.credentials[0].id,
        issuer=reading.issuer_id,
    )
