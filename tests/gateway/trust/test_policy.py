"""The decision to sign: a pure function of the report that refuses all doubt."""

import pytest

from gateway.trust.policy import Decision, Verdict, decide
from gateway.trust.report import Check, Outcome, Report
from tests.simulators.clock import NOON


def report(*outcomes: Outcome, demanded: tuple[str, ...] = ("check-0",)) -> Report:
    return Report(
        tuple(Check(f"check-{index}", outcome, "why") for index, outcome in enumerate(outcomes)), NOON, demanded
    )


def test_passed_is_reissued() -> None:
    assert decide(report(Outcome.PASSED, Outcome.SKIPPED)) == Decision(Verdict.REISSUE)


def test_warning_blocks_nothing() -> None:
    assert decide(report(Outcome.PASSED, Outcome.NOTED)).verdict is Verdict.REISSUE


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UNKNOWN])
def test_one_bad_check_refuses_with_its_reason(outcome: Outcome) -> None:
    decision = decide(report(Outcome.PASSED, outcome))

    assert decision == Decision(Verdict.REFUSE, (f"check-1 {outcome}: why",))


def test_every_reason_is_given_failures_first() -> None:
    decision = decide(report(Outcome.UNKNOWN, Outcome.FAILED))

    assert decision.reasons == ("check-1 failed: why", "check-0 unknown: why")


def test_empty_report_is_refused() -> None:
    assert decide(report(demanded=())).verdict is Verdict.REFUSE


def test_report_that_does_not_say_what_was_demanded_is_refused() -> None:
    decision = decide(report(Outcome.PASSED, demanded=()))

    assert decision == Decision(Verdict.REFUSE, ("the report does not say which checks were demanded",))


def test_demanded_check_that_was_never_made_is_refused() -> None:
    decision = decide(report(Outcome.PASSED, demanded=("check-0", "proof")))

    assert decision == Decision(Verdict.REFUSE, ("proof: was not checked",))


def test_skipped_is_no_answer_to_a_demand() -> None:
    decision = decide(report(Outcome.PASSED, Outcome.SKIPPED, demanded=("check-0", "check-1")))

    assert decision == Decision(Verdict.REFUSE, ("check-1: was not checked",))
