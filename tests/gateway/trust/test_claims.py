"""The token round a credential must say what the credential says."""

import pytest

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.clock import NOON
from tests.simulators.issuer import ISSUED, SimulatedIssuer
from tests.simulators.web import SimulatedWeb


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "https://other.example/profile"),
        ("jti", "urn:uuid:1c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10"),
        ("sub", "did:example:other"),
        ("nbf", 1),
    ],
)
async def test_claim_that_differs_fails(web: SimulatedWeb, issuer: SimulatedIssuer, claim: str, value: object) -> None:
    found = check(await report_on(issuer.token(issuer.credential(), claims={claim: value}), web), "claims")

    assert found.outcome is Outcome.FAILED
    assert found.detail.startswith(claim)


@pytest.mark.parametrize("claim", ["iss", "jti", "sub", "nbf"])
async def test_claim_that_is_absent_is_noted(web: SimulatedWeb, issuer: SimulatedIssuer, claim: str) -> None:
    report = await report_on(issuer.token(issuer.credential(), claims={claim: None}), web)

    assert outcome(report, "claims") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


async def test_token_of_another_type_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.token(issuer.credential(), header={"typ": "at+jwt"}), web)

    assert outcome(report, "claims") is Outcome.FAILED


async def test_status_beside_the_vc_claim_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    status = issuer.status_list("https://issuer.example/status/1", 7)

    report = await report_on(issuer.older_token(issuer.older_credential(), credentialStatus=status), web)

    assert outcome(report, "claims") is Outcome.FAILED
    assert "credentialStatus" in check(report, "claims").detail


async def test_token_for_somebody_is_noted(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.token(issuer.credential(), claims={"aud": "https://verifier.example"}), web)

    assert outcome(report, "claims") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


async def test_what_is_no_token_has_no_claims(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed(issuer.credential()), web)

    assert outcome(report, "claims") is Outcome.SKIPPED


async def test_credential_of_which_only_claims_name_issuer_subject_and_dates_passes(
    issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    whole = issuer.older_credential()
    inner = {name: value for name, value in whole.items() if name not in {"id", "issuer", "issuanceDate"}}
    claims = {
        "iss": issuer.id,
        "jti": whole["id"],
        "nbf": int(ISSUED.timestamp()),
        "exp": int(NOON.timestamp()) + 60,
        "vc": inner,
    }

    report = await report_on(issuer.older_token(whole, **claims), web)

    assert {name: outcome(report, name) for name in ("proof", "issuer", "claims", "validity-period")} == {
        "proof": Outcome.PASSED,
        "issuer": Outcome.PASSED,
        "claims": Outcome.PASSED,
        "validity-period": Outcome.PASSED,
    }
    assert "until 2026-" in check(report, "validity-period").detail
    assert "/exp" in " ".join(check(report, "validity-period").looked_at)
