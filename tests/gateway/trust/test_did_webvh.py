"""Issuers that are a did:webvh: their log says which keys are theirs, and which were."""

from typing import Any

import pytest

from gateway.proofs import multikey
from gateway.trust.report import Check, Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.did_webvh import WebvhLog, public, update_key
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

ADDRESS = "https://issuer.example/academy/did.jsonl"


def method(issuer: SimulatedIssuer, name: str = "{DID}") -> dict[str, Any]:
    """The document of an issuer with its one key."""
    key = multikey.encode(issuer.keys["EdDSA"].public_key())
    held = {"id": f"{name}#{key}", "type": "Multikey", "controller": name, "publicKeyMultibase": key}
    return {"verificationMethod": [held], "assertionMethod": [held["id"]]}


@pytest.fixture
def issuer(web: SimulatedWeb) -> SimulatedIssuer:
    return SimulatedIssuer(web, "did:webvh")


@pytest.fixture
def log(issuer: SimulatedIssuer) -> WebvhLog:
    """The log of the issuer, not served yet; it makes the issuer its DID."""
    log = WebvhLog("issuer.example:academy", method(issuer), parameters={"portable": True})
    issuer.id = log.did
    return log


async def judged(issuer: SimulatedIssuer, log: WebvhLog) -> tuple[Outcome, Check]:
    """Serve the log; return the outcome of the proof, and the check of the issuer."""
    issuer.web.publish(ADDRESS, log.lines(), "text/jsonl")
    report = await report_on(issuer.signed(issuer.credential()), issuer.web)
    return outcome(report, "proof"), check(report, "issuer")


async def test_key_that_the_log_lists_is_the_issuers(issuer: SimulatedIssuer, log: WebvhLog) -> None:
    proof, found = await judged(issuer, log)

    assert (proof, found.outcome) == (Outcome.PASSED, Outcome.PASSED)
    assert found.looked_at == (ADDRESS, issuer.method())


async def test_token_of_a_key_that_the_log_lists_is_the_issuers(
    issuer: SimulatedIssuer, log: WebvhLog, web: SimulatedWeb
) -> None:
    web.publish(ADDRESS, log.lines())
    header = {"kid": issuer.method("EdDSA")}

    report = await report_on(issuer.token(issuer.credential(), "EdDSA", header=header), web)

    assert outcome(report, "issuer") is Outcome.PASSED


async def test_former_key_signs_no_more_and_the_report_says_until_when_it_did(
    issuer: SimulatedIssuer, log: WebvhLog
) -> None:
    """When a signature was made is said by whoever holds the key; who has stolen a former key says so as well."""
    log.add({"verificationMethod": [], "assertionMethod": []})

    proof, found = await judged(issuer, log)

    assert (proof, found.outcome) == (Outcome.PASSED, Outcome.FAILED)
    assert "it was the issuer's until 2025-01-02T00:00:00+00:00" in found.detail
    assert found.fix.startswith("Sign anew with a key that is in force")


async def test_key_that_is_held_but_no_longer_for_assertions_says_until_when_it_was(
    issuer: SimulatedIssuer, log: WebvhLog
) -> None:
    log.add({**method(issuer, log.did), "assertionMethod": []})

    _, found = await judged(issuer, log)

    assert found.outcome is Outcome.FAILED
    assert "not listed in assertionMethod" in found.detail
    assert "until 2025-01-02T00:00:00+00:00" in found.detail


async def test_did_that_has_ended_signs_nothing(issuer: SimulatedIssuer, log: WebvhLog) -> None:
    log.add(parameters={"deactivated": True, "updateKeys": []})

    proof, found = await judged(issuer, log)

    assert (proof, found.outcome) == (Outcome.PASSED, Outcome.FAILED)
    assert "until 2025-01-02T00:00:00+00:00" in found.detail


async def test_did_that_has_moved_is_another_now(issuer: SimulatedIssuer, log: WebvhLog) -> None:
    moved = log.did.replace("issuer.example", "other.example")
    log.add({**method(issuer, moved), "id": moved, "alsoKnownAs": [log.did]})

    proof, found = await judged(issuer, log)

    assert (proof, found.outcome) == (Outcome.PASSED, Outcome.UNKNOWN)
    assert found.fix == f"Issue under {moved}."


WITNESS = update_key(9)
WITNESSED = {"witness": {"threshold": 1, "witnesses": [{"id": f"did:key:{public(WITNESS)}"}]}}
WORDS = ADDRESS.replace("did.jsonl", "did-witness.json")


async def test_did_that_its_witnesses_attest_is_the_issuers(issuer: SimulatedIssuer, log: WebvhLog) -> None:
    log.add(parameters=WITNESSED)
    issuer.web.publish(WORDS, log.witness_file((2, WITNESS)))

    proof, found = await judged(issuer, log)

    assert (proof, found.outcome) == (Outcome.PASSED, Outcome.PASSED)


@pytest.mark.parametrize("words", ["none", "of an earlier version", "broken"])
async def test_did_that_its_witnesses_do_not_attest_is_unknown(
    issuer: SimulatedIssuer, log: WebvhLog, words: str
) -> None:
    log.add(parameters=WITNESSED)
    log.add()
    if words != "none":
        issuer.web.publish(WORDS, log.witness_file((2, WITNESS)) if words == "of an earlier version" else b"{}")

    proof, found = await judged(issuer, log)

    assert (proof, found.outcome) == (Outcome.PASSED, Outcome.UNKNOWN)
    assert WORDS in found.detail
    assert found.fix


async def test_forged_log_is_unknown_and_nothing_in_it_counts(issuer: SimulatedIssuer, log: WebvhLog) -> None:
    log.add(key=update_key(7))

    proof, found = await judged(issuer, log)

    assert (proof, found.outcome) == (Outcome.PASSED, Outcome.UNKNOWN)
    assert "entry 2 is signed with a key that may not sign it" in found.detail
    assert found.fix.startswith("Serve the whole log")


async def test_log_of_another_host_is_none(issuer: SimulatedIssuer, log: WebvhLog, web: SimulatedWeb) -> None:
    proof, found = await judged(issuer, log)
    web.unreachable(ADDRESS)
    web.publish("https://other.example/academy/did.jsonl", log.lines())

    report = await report_on(issuer.signed(issuer.credential()), web)

    assert (proof, found.outcome) == (Outcome.PASSED, Outcome.PASSED)
    assert outcome(report, "issuer") is Outcome.UNKNOWN
    assert {url for url in web.requests if "other.example" in url} == set()
