"""May this credential be signed by the gateway? A pure function of the report; the default refuses all doubt."""

from enum import StrEnum

import msgspec

from gateway.trust.report import Outcome, Report


class Verdict(StrEnum):
    """What the report allows."""

    REISSUE = "reissue"
    REFUSE = "refuse"


class Decision(msgspec.Struct, frozen=True):
    """The verdict, and for a refusal every reason, worst first."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()


def decide(report: Report) -> Decision:
    """Allow only what passed every check that its securing demands.

    A check that failed, one that found nothing out and one that was never made all refuse, and so does a report that
    does not say what was demanded. There is no switch that makes this more lenient.
    """
    reasons = (*_found(report, Outcome.FAILED), *_found(report, Outcome.UNKNOWN), *_missing(report))
    if reasons or report.outcome is not Outcome.PASSED:
        return Decision(Verdict.REFUSE, reasons or ("nothing was checked",))
    return Decision(Verdict.REISSUE)


def _found(report: Report, outcome: Outcome) -> tuple[str, ...]:
    return tuple(f"{check.name} {outcome}: {check.detail}" for check in report.checks if check.outcome is outcome)


def _missing(report: Report) -> tuple[str, ...]:
    """Name what was demanded and not even asked; SKIPPED is no answer to a demand."""
    if not report.demanded:
        return ("the report does not say which checks were demanded",)
    answered = {check.name for check in report.checks if check.outcome is not Outcome.SKIPPED}
    return tuple(f"{name}: was not checked" for name in report.demanded if name not in answered)
