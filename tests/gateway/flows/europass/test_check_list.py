"""A report as Europass lists it: what could not be found out is never OK."""

import datetime as dt

import pytest

from gateway.flows.europass.check_list import CheckKind, CheckState, check_list
from gateway.trust.report import Check, Outcome, Report

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SOUND = {"shape": "passed", "proof": "passed", "issuer": "passed", "certificate": "noted", "validity-period": "passed"}


def states(**outcomes: str) -> dict[CheckKind, CheckState]:
    """The list of a sound report but for these checks; ``_`` stands for a dash."""
    named = {**SOUND, **{name.replace("_", "-"): outcome for name, outcome in outcomes.items()}}
    checks = tuple(Check(name, Outcome(outcome)) for name, outcome in named.items())
    return {each.kind: each.state for each in check_list(Report(checks=checks, at=AT))}


def test_what_is_sound_is_ok_and_what_does_not_apply_is_skipped() -> None:
    found = states(status="skipped", accreditation="skipped", recipient="skipped")

    assert found == {
        CheckKind.FORMAT: CheckState.OK,
        CheckKind.SEAL: CheckState.OK,
        CheckKind.OWNER: CheckState.SKIPPED,
        CheckKind.REVOCATION: CheckState.SKIPPED,
        CheckKind.EXPIRY: CheckState.OK,
        CheckKind.ACCREDITATION: CheckState.SKIPPED,
    }


@pytest.mark.parametrize("name", ["proof", "issuer"])
def test_a_seal_that_nobody_vouches_for_is_an_error(name: str) -> None:
    assert states(**{name: "unknown"})[CheckKind.SEAL] is CheckState.ERROR


@pytest.mark.parametrize("changes", [{"certificate": "skipped"}, {"certificate": "skipped", "hosted_scope": "passed"}])
def test_what_is_not_sealed_has_no_seal_that_is_ok(changes: dict[str, str]) -> None:
    assert states(**changes)[CheckKind.SEAL] is CheckState.SKIPPED
    assert states(**changes, issuer="unknown")[CheckKind.SEAL] is CheckState.ERROR


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("shape", CheckKind.FORMAT),
        ("vocabulary", CheckKind.FORMAT),
        ("shacl", CheckKind.FORMAT),
        ("certificate", CheckKind.SEAL),
        ("status", CheckKind.REVOCATION),
        ("validity_period", CheckKind.EXPIRY),
        ("accreditation", CheckKind.ACCREDITATION),
        ("recipient", CheckKind.OWNER),
        ("endorsements", CheckKind.CUSTOM),
    ],
)
def test_what_fails_is_an_error_of_its_kind_alone(name: str, kind: CheckKind) -> None:
    found = states(**{name: "failed"})

    assert [each for each, state in found.items() if state is CheckState.ERROR] == [kind]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("shacl", CheckKind.FORMAT),
        ("certificate", CheckKind.SEAL),
        ("recipient", CheckKind.OWNER),
        ("status", CheckKind.REVOCATION),
        ("validity_period", CheckKind.EXPIRY),
        ("accreditation", CheckKind.ACCREDITATION),
        ("endorsements", CheckKind.CUSTOM),
    ],
)
def test_what_could_not_be_found_out_is_no_ok(name: str, kind: CheckKind) -> None:
    assert states(**{name: "unknown"})[kind] is CheckState.SKIPPED


def test_an_accreditation_that_nobody_looked_up_is_no_ok() -> None:
    assert states(accreditation="noted")[CheckKind.ACCREDITATION] is CheckState.SKIPPED


def test_nothing_is_ok_where_nothing_could_be_read() -> None:
    listed = check_list(Report(checks=(Check("shape", Outcome.FAILED),), at=AT))

    assert {each.state for each in listed} == {CheckState.ERROR, CheckState.SKIPPED}


def test_what_is_beside_the_list_is_only_there_when_there_is_something_to_say() -> None:
    assert CheckKind.CUSTOM not in states(endorsements="skipped")
    assert states(endorsements="passed")[CheckKind.CUSTOM] is CheckState.OK
