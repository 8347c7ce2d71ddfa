"""For whom it is: every name the caller knows against every identity in the document."""

import pytest

from gateway.proofs.identity_hash import identity_hash
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


def hashed(address: str, salt: str = "salt") -> dict[str, object]:
    return {"type": "email", "hashed": True, "salt": salt, "identity": identity_hash(address, salt)}


async def test_nobody_expected_is_skipped(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web)

    assert outcome(report, "recipient") is Outcome.SKIPPED


async def test_plain_address_matches(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web, recipients=("learner@example.org",))

    assert check(report, "recipient").detail == "matches the plain emailAddress, spelled as given"


@pytest.mark.parametrize(
    ("asked", "how"),
    [("Learner@example.org", "in lower case"), ("learner@example.org", "spelled as given")],
)
async def test_hashed_address_matches_and_says_in_which_spelling(
    web: SimulatedWeb, issuer: SimulatedIssuer, asked: str, how: str
) -> None:
    received = issuer.hosted(issuer.assertion(recipient=hashed("learner@example.org")))

    report = await report_on(received, web, recipients=(asked,))

    assert check(report, "recipient").detail == f"matches the hashed emailAddress, {how}"


async def test_hash_of_the_address_as_written_matches_it_as_written(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    received = issuer.hosted(issuer.assertion(recipient=hashed("Learner@Example.org")))

    report = await report_on(received, web, recipients=("Learner@Example.org",))

    assert outcome(report, "recipient") is Outcome.PASSED


async def test_one_of_several_addresses_suffices(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    received = issuer.hosted(issuer.assertion())

    report = await report_on(received, web, recipients=("other@example.org", "learner@example.org"))

    assert outcome(report, "recipient") is Outcome.PASSED


async def test_somebody_else_fails_and_refuses(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web, recipients=("other@example.org",))

    assert outcome(report, "recipient") is Outcome.FAILED
    assert report.outcome is Outcome.FAILED


async def test_did_of_the_subject_matches(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed(issuer.credential()), web, recipients=("did:example:learner",))

    assert outcome(report, "recipient") is Outcome.PASSED


async def test_report_does_not_repeat_the_address(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web, recipients=("learner@example.org",))

    assert not any("learner@example.org" in check.detail for check in report.checks)
