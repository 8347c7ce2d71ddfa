"""Reports on whole presentations: whoever presents, whatever is in them."""

import asyncio
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.trust.presented import CHECKS, Occasion, presented
from gateway.trust.report import Outcome, Report
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.wallet import Wallet
from tests.simulators.web import SimulatedWeb

HERE = "https://gateway.example"
WALLET = Wallet.ed25519()
OTHER = Wallet.ed25519(2)
DID_WEB = "did:web:holder.example"
ASKED = Occasion("c", HERE)


def report(presentation: dict[str, Any], web: SimulatedWeb, occasion: Occasion = ASKED) -> Report:
    return asyncio.run(presented(web, NOON, presentation, occasion))


def outcome(found: Report, name: str) -> Outcome:
    return next(check.outcome for check in found.checks if check.name == name)


def _of_a_host(web: SimulatedWeb, **purposes: object) -> dict[str, Any]:
    """A presentation by a did:web whose document is served, its key listed under ``purposes``."""
    holder = SimulatedIssuer(web, DID_WEB)
    method = f"{DID_WEB}#wallet"
    key = {"id": method, "type": "JsonWebKey", "controller": DID_WEB, "publicKeyJwk": WALLET.jwk}
    holder.publish(verificationMethod=[key], **{"assertionMethod": None, **purposes})
    return WALLET.signed(WALLET.unsigned(holder=DID_WEB), "c", HERE, verificationMethod=method)


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "Ed25519Signature2020", "eddsa-jcs-2022"])
def test_a_presentation_by_a_key_passes_every_check(web: SimulatedWeb, issuer: SimulatedIssuer, suite: str) -> None:
    wallet = Wallet.ed25519(suite=suite)
    of_1 = suite == "Ed25519Signature2020"
    credential = issuer.signed(issuer.older_credential() if of_1 else issuer.credential())
    document = wallet.unsigned(verifiableCredential=[credential])

    found = report(wallet.signed(document, "c", HERE), web)

    assert found.outcome is Outcome.PASSED
    assert tuple(check.name for check in found.checks) == CHECKS
    assert web.requests == []


def test_a_host_lists_the_key_for_authentication(web: SimulatedWeb) -> None:
    presentation = _of_a_host(web, authentication=[f"{DID_WEB}#wallet"])

    assert report(presentation, web).outcome is Outcome.PASSED


def test_a_key_that_a_host_lists_for_assertions_alone_authenticates_nobody(web: SimulatedWeb) -> None:
    presentation = _of_a_host(web, assertionMethod=[f"{DID_WEB}#wallet"])

    assert outcome(report(presentation, web), "holder") is Outcome.FAILED


def test_a_host_that_does_not_answer_leaves_the_holder_unknown(web: SimulatedWeb) -> None:
    presentation = _of_a_host(web, authentication=[f"{DID_WEB}#wallet"])

    found = report(presentation, SimulatedWeb())

    assert found.outcome is Outcome.UNKNOWN


def test_two_proofs_of_one_holder_are_both_looked_at(web: SimulatedWeb) -> None:
    twice = WALLET.signed(WALLET.presentation("c", HERE), "c", HERE)
    altered = [twice["proof"][0], {**twice["proof"][1], "proofValue": twice["proof"][0]["proofValue"][:-1] + "1"}]

    assert report(twice, web).outcome is Outcome.PASSED
    assert outcome(report({**twice, "proof": altered}, web), "proof") is Outcome.FAILED


def test_a_second_holder_beside_the_first_is_not_the_holder(web: SimulatedWeb) -> None:
    first = WALLET.presentation("c", HERE)

    found = report(OTHER.signed(first, "c", HERE), web)

    assert outcome(found, "proof") is Outcome.PASSED
    assert outcome(found, "holder") is Outcome.FAILED


@pytest.mark.parametrize(
    ("presentation", "check", "expected"),
    [
        (WALLET.presentation("d", HERE), "challenge", Outcome.FAILED),
        (WALLET.presentation("c"), "domain", Outcome.FAILED),
        (WALLET.presentation("c", HERE, proofPurpose="assertionMethod"), "proof", Outcome.FAILED),
        (WALLET.signed(WALLET.unsigned(holder=OTHER.did), "c", HERE), "holder", Outcome.FAILED),
        (WALLET.signed(WALLET.unsigned(scope="all"), "c", HERE), "context", Outcome.FAILED),
        (WALLET.presentation("c", HERE) | {"id": "urn:uuid:2"}, "proof", Outcome.FAILED),
        (WALLET.presentation("c", HERE) | {"holder": 7}, "shape", Outcome.FAILED),
        (WALLET.presentation("c", HERE) | {"type": "VerifiableCredential"}, "shape", Outcome.FAILED),
        (WALLET.presentation("c", HERE) | {"proof": ["text"]}, "proof", Outcome.FAILED),
        (WALLET.unsigned(), "proof", Outcome.FAILED),
        (WALLET.presentation("c", HERE) | {"proof": {"type": "Other"}}, "proof", Outcome.UNKNOWN),
    ],
)
def test_what_is_wrong_stands_in_the_report(
    web: SimulatedWeb, presentation: dict[str, Any], check: str, expected: Outcome
) -> None:
    found = report(presentation, web)

    assert found.outcome is not Outcome.PASSED
    assert outcome(found, check) is expected


def test_nobody_who_asks_for_nothing_is_told_more_than_that(web: SimulatedWeb) -> None:
    found = report(WALLET.presentation("c", HERE), web, Occasion())

    assert found.outcome is Outcome.PASSED
    assert outcome(found, "challenge") is Outcome.NOTED
    assert outcome(report(WALLET.signed(WALLET.unsigned(), None), web, Occasion()), "domain") is Outcome.SKIPPED
