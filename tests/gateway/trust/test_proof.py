"""Proofs: right, wrong, several, unknown, none."""

import copy
import json
import time
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs import base64url
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.provers import PROVERS
from tests.simulators.web import SimulatedWeb

FOREIGN = {"type": "SomeProofType", "proofPurpose": "assertionMethod"}


@pytest.fixture
def document(issuer: SimulatedIssuer) -> dict[str, Any]:
    return issuer.signed(issuer.credential())


async def test_changed_document_fails(web: SimulatedWeb, document: dict[str, Any]) -> None:
    document["credentialSubject"]["achievement"]["name"] = "Doctor"

    found = check(await report_on(document, web), "proof")

    assert found.outcome is Outcome.FAILED
    assert found.fix


async def test_changed_token_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    header, payload, signature = issuer.token(issuer.credential()).split(".")
    forged = issuer.token(issuer.credential(name="Doctor")).split(".")[1]

    report = await report_on(f"{header}.{forged}.{signature}", web)

    assert payload != forged
    assert outcome(report, "proof") is Outcome.FAILED


async def test_changed_signed_badge_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    header, _, signature = issuer.signed_badge().split(".")
    forged = issuer.signed_badge(narrative="Forged").split(".")[1]

    report = await report_on(f"{header}.{forged}.{signature}", web)

    assert outcome(report, "proof") is Outcome.FAILED


async def test_signature_of_another_key_under_the_issuers_name_fails(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    stranger = SimulatedIssuer(web, "https://other.example/profile")
    stranger.id = issuer.id

    report = await report_on(stranger.signed(issuer.credential(), verificationMethod=issuer.method()), web)

    assert outcome(report, "proof") is Outcome.FAILED


@pytest.mark.parametrize("alg", ["none", "HS256"])
async def test_token_that_chooses_its_algorithm_fails(web: SimulatedWeb, issuer: SimulatedIssuer, alg: str) -> None:
    good = issuer.token(issuer.credential())
    forged = base64url.encode(json.dumps({"alg": alg, "kid": issuer.method("ES256")}).encode())

    report = await report_on(".".join([forged, *good.split(".")[1:]]), web)

    assert outcome(report, "proof") is Outcome.FAILED


async def test_unsigned_credential_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = check(await report_on(issuer.credential(), web), "proof")

    assert found.outcome is Outcome.FAILED
    assert found.detail == "carries no proof"


async def test_proof_of_an_unknown_kind_alone_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = check(await report_on({**issuer.credential(), "proof": [FOREIGN]}, web), "proof")

    assert found.outcome is Outcome.UNKNOWN
    assert "SomeProofType" in found.detail
    assert "eddsa-rdfc-2022" in found.fix


async def test_proof_of_an_unknown_kind_beside_a_good_one_is_noted(web: SimulatedWeb, document: dict[str, Any]) -> None:
    document["proof"].append(FOREIGN)

    report = await report_on(document, web)

    assert outcome(report, "proof") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


async def test_bad_proof_of_the_issuer_beside_a_good_one_fails(web: SimulatedWeb, document: dict[str, Any]) -> None:
    bad = copy.deepcopy(document["proof"][0])
    bad["created"] = "2020-01-01T00:00:00Z"
    document["proof"].append(bad)

    report = await report_on(document, web)

    assert outcome(report, "proof") is Outcome.FAILED


async def test_bad_proof_of_somebody_else_beside_a_good_one_is_noted(
    web: SimulatedWeb, issuer: SimulatedIssuer, document: dict[str, Any]
) -> None:
    witness = SimulatedIssuer.of_did_key(web, "witness")
    document["proof"].append(witness.signed(issuer.credential(name="Other"))["proof"][0])

    report = await report_on(document, web)

    assert outcome(report, "proof") is Outcome.NOTED
    assert outcome(report, "issuer") is Outcome.PASSED


async def test_good_proof_of_somebody_else_alone_is_not_the_issuers(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    witness = SimulatedIssuer.of_did_key(web, "witness")

    report = await report_on(witness.signed(issuer.credential()), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.FAILED


async def test_expired_proof_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.signed(issuer.credential(), expires="2025-12-31T00:00:00Z")

    found = check(await report_on(document, web), "proof")

    assert found.outcome is Outcome.FAILED
    assert "expired" in found.detail


@pytest.mark.parametrize(
    ("created", "found"), [("2026-01-01T12:00:59Z", Outcome.PASSED), ("2026-01-01T12:01:01Z", Outcome.FAILED)]
)
async def test_proof_from_the_future_fails_once_no_clock_explains_it(
    web: SimulatedWeb, issuer: SimulatedIssuer, created: str, found: Outcome
) -> None:
    document = issuer.signed(issuer.credential(), created=created)

    assert outcome(await report_on(document, web), "proof") is found


@pytest.mark.parametrize("member", ["domain", "challenge"])
async def test_proof_for_one_occasion_is_noted(web: SimulatedWeb, issuer: SimulatedIssuer, member: str) -> None:
    document = issuer.signed(issuer.credential(), **{member: "https://verifier.example"})

    report = await report_on(document, web)

    assert outcome(report, "proof") is Outcome.NOTED
    assert f"made for one {member}" in check(report, "proof").detail
    assert report.outcome is Outcome.PASSED


async def test_many_wrong_proofs_of_a_large_document_cost_little(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    evidence = [{"id": f"urn:example:{index}", "type": ["Evidence"], "narrative": "x" * 100} for index in range(390)]
    document = issuer.signed(issuer.credential(evidence=evidence))
    [good] = document["proof"]
    document["proof"] = [{**good, "created": f"2025-12-0{day}T00:00:00Z"} for day in range(1, 9)]
    started = time.process_time()

    report = await report_on(document, web)

    assert time.process_time() - started < 2
    assert outcome(report, "proof") is Outcome.FAILED


async def test_report_says_when_no_plan_was_exact_enough(web: SimulatedWeb) -> None:
    prover = PROVERS["ecdsa-rdfc-2019 P-256"]
    issuer = SimulatedIssuer.of_did_key(web)
    issuer.id = prover.did
    usual, unusual = (
        prover.proved(issuer.credential(name=name)) for name in ("Knots", {"@value": "Knots", "@language": "en"})
    )

    said = [check(await report_on(document, web), "proof").detail for document in (usual, unusual)]

    assert ["on the general path" in detail for detail in said] == [False, True]


async def test_proof_for_another_purpose_fails(web: SimulatedWeb, document: dict[str, Any]) -> None:
    document["proof"][0]["proofPurpose"] = "authentication"

    found = check(await report_on(document, web), "proof")

    assert found.outcome is Outcome.FAILED
    assert "/proofPurpose" in found.detail


async def test_crowd_of_proofs_is_not_worked_through(web: SimulatedWeb, document: dict[str, Any]) -> None:
    document["proof"] *= 9

    found = check(await report_on(document, web), "proof")

    assert found.outcome is Outcome.FAILED
    assert "9 proofs" in found.detail


async def test_context_that_is_not_pinned_is_unknown_and_never_fetched(
    web: SimulatedWeb, document: dict[str, Any]
) -> None:
    document["@context"].append("https://issuer.example/context.json")

    report = await report_on(document, web)

    assert outcome(report, "proof") is Outcome.UNKNOWN
    assert "https://issuer.example/context.json" not in web.requests


async def test_token_without_a_key_fails_and_says_what_to_add(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = check(await report_on(issuer.token(issuer.credential(), header={"kid": None}), web), "proof")

    assert found.outcome is Outcome.FAILED
    assert "kid" in found.fix


async def test_embedded_proof_does_not_replace_the_token_round_it(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    inner = issuer.signed(issuer.credential())
    stranger = SimulatedIssuer.of_did_key(web, "stranger")

    report = await report_on(stranger.token(inner, "EdDSA"), web)

    assert outcome(report, "issuer") is Outcome.FAILED
