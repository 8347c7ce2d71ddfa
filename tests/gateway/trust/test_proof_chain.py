"""Chains of proofs in a report: a link is no better than those it follows."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.trust.report import Check, Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.provers import PROVERS
from tests.simulators.web import SimulatedWeb

FIRST, SECOND = (f"urn:uuid:5d6b5b52-4d1c-4ab0-9c4e-0e4d2f3a7c0{number}" for number in (1, 2))
WITNESS = PROVERS["ecdsa-jcs-2019 P-384"]
PROVER = PROVERS["eddsa-rdfc-2022"]


def _credential(web: SimulatedWeb) -> dict[str, Any]:
    issuer = SimulatedIssuer.of_did_key(web)
    issuer.id = PROVER.did
    return issuer.credential()


def _chain(document: dict[str, Any]) -> dict[str, Any]:
    """A proof of somebody else, and the issuer's over it."""
    earlier = PROVERS["ecdsa-rdfc-2019 P-256"].proved(document, id=FIRST)
    return PROVER.proved(earlier, id=SECOND, previousProof=FIRST)


async def _proof(document: dict[str, Any], web: SimulatedWeb) -> Check:
    return check(await report_on(document, web), "proof")


async def test_chain_of_right_proofs_passes(web: SimulatedWeb) -> None:
    report = await report_on(_chain(_credential(web)), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "context") is Outcome.PASSED
    assert report.outcome is Outcome.PASSED


async def test_link_over_a_wrong_proof_fails_though_it_is_right(web: SimulatedWeb) -> None:
    document = _credential(web)
    [wrong] = WITNESS.proved({**document, "name": "Other"}, id=FIRST, **{"@context": None})["proof"]
    document = PROVER.proved({**document, "proof": [wrong]}, id=SECOND, previousProof=FIRST)

    found = await _proof(document, web)

    assert found.outcome is Outcome.FAILED
    assert "proof 2 follows proof 1, which is not right" in found.detail
    assert found.fix


@pytest.mark.parametrize(
    "earlier",
    [
        pytest.param({"type": "SomeProofType"}, id="of an unknown kind"),
        pytest.param({"verificationMethod": "did:example:nobody#1"}, id="by an unknown key"),
    ],
)
async def test_link_over_a_proof_that_cannot_be_checked_is_unknown(
    web: SimulatedWeb, earlier: dict[str, object]
) -> None:
    document = _credential(web)
    [first] = PROVERS["ecdsa-rdfc-2019 P-256"].proved(document, id=FIRST)["proof"]
    proved = PROVER.proved({**document, "proof": [{**first, **earlier}]}, id=SECOND, previousProof=FIRST)

    found = await _proof(proved, web)

    assert found.outcome is Outcome.UNKNOWN
    assert "proof 2 follows proof 1, which could not be checked" in found.detail


async def test_link_over_an_expired_proof_fails(web: SimulatedWeb) -> None:
    document = WITNESS.proved(_credential(web), id=FIRST, expires="2025-12-31T00:00:00Z", **{"@context": None})

    found = await _proof(PROVER.proved(document, id=SECOND, previousProof=FIRST), web)

    assert found.outcome is Outcome.FAILED


async def test_link_of_a_link_over_a_wrong_proof_fails(web: SimulatedWeb) -> None:
    document = _credential(web)
    [wrong] = WITNESS.proved({**document, "name": "Other"}, id=FIRST, **{"@context": None})["proof"]
    middle = PROVERS["ecdsa-rdfc-2019 P-256"].proved({**document, "proof": [wrong]}, id=SECOND, previousProof=FIRST)

    found = await _proof(PROVER.proved(middle, previousProof=SECOND), web)

    assert found.outcome is Outcome.FAILED
    assert "proof 3 follows proof 2, which is not right" in found.detail


async def test_chain_with_a_missing_link_fails_and_says_what_to_keep(web: SimulatedWeb) -> None:
    document = _chain(_credential(web))
    document["proof"] = document["proof"][1:]

    found = await _proof(document, web)

    assert found.outcome is Outcome.FAILED
    assert FIRST in found.detail
    assert "Keep every proof" in found.fix


async def test_ring_of_proofs_fails(web: SimulatedWeb) -> None:
    document = _chain(_credential(web))
    document["proof"][0]["previousProof"] = SECOND

    found = await _proof(document, web)

    assert found.outcome is Outcome.FAILED
    assert "leads back" in found.detail


async def test_two_proofs_of_one_id_fail(web: SimulatedWeb) -> None:
    document = PROVER.proved(_credential(web), id=FIRST)
    document = PROVER.proved(document, id=FIRST, created="2025-12-03T00:00:00Z")

    found = await _proof(document, web)

    assert found.outcome is Outcome.FAILED
    assert "two proofs have the id" in found.detail


@pytest.mark.parametrize("suite", PROVERS)
async def test_each_suite_passes_from_the_bytes_to_the_decision(web: SimulatedWeb, suite: str) -> None:
    prover = PROVERS[suite]
    issuer = SimulatedIssuer.of_did_key(web)
    issuer.id = prover.did

    report = await report_on(prover.proved(prover.contexts(issuer.credential())), web)

    noted = prover.suite in ("eddsa-2022", "Ed25519Signature2020")
    assert outcome(report, "proof") is (Outcome.NOTED if noted else Outcome.PASSED)
    assert prover.suite in check(report, "proof").detail
    assert outcome(report, "context") is Outcome.PASSED
    assert report.outcome is Outcome.PASSED
