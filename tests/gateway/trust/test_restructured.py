"""Restructured documents under one proof of their issuer, from the bytes to the decision."""

import json

import pytest

from gateway.trust.report import Outcome
from tests.gateway.proofs.restructured import ACCEPTED, ISSUER, OVER_JSON, ROWS, UNCHANGED, UNKNOWN_CONTEXT, document
from tests.gateway.trust.samples import found
from tests.simulators.provers import JCS, PROVERS, RDF, Prover
from tests.simulators.web import SimulatedWeb

METHOD = f"{ISSUER}#key"
# Its top is an achievement: it is no credential to any reader.
NO_AWARD = "15-achievement-hoisted-to-top--VC-moved-to--included.json"
ROWS_OF = {**dict.fromkeys(RDF, ROWS), **dict.fromkeys(JCS, OVER_JSON)}
EACH = [pytest.param(prover, name, id=f"{prover}/{name}") for prover, rows in ROWS_OF.items() for name in rows]


def _publish(web: SimulatedWeb, prover: Prover) -> None:
    key = {
        "id": METHOD,
        "type": "Multikey",
        "controller": ISSUER,
        "publicKeyMultibase": prover.did.removeprefix("did:key:"),
    }
    controller = {"id": ISSUER, "verificationMethod": [key], "assertionMethod": [METHOD]}
    web.publish("https://uni.example/.well-known/did.json", json.dumps(controller).encode())


@pytest.mark.parametrize(("suite", "file"), EACH)
async def test_only_what_says_what_was_signed_passes(suite: str, file: str, web: SimulatedWeb) -> None:
    prover, said = PROVERS[suite], ROWS_OF[suite][file]
    _publish(web, prover)
    unchanged = prover.proved(prover.contexts(document(UNCHANGED)), verificationMethod=METHOD)
    received = {**prover.contexts(document(file)), "proof": unchanged["proof"]}

    outcome, _ = await found(json.dumps(received).encode(), web)

    by_reading = {ACCEPTED: Outcome.PASSED, UNKNOWN_CONTEXT: Outcome.UNKNOWN}
    assert outcome is (None if file == NO_AWARD else by_reading.get(said, Outcome.FAILED))
