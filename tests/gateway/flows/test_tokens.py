"""Tokens in every dress, converted: what only claims say arrives, and nothing is lost without a line."""

import json
from collections.abc import Callable

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.prepare import target
from tests.gateway.flows.conftest import CALLER
from tests.simulators.clock import NOON
from tests.simulators.issuer import ISSUED, SimulatedIssuer
from tests.simulators.recorded import source_of

END = int(NOON.timestamp()) + 86_400


def claims_alone(issuer: SimulatedIssuer) -> str:
    """A credential of VCDM 1.1 that leaves to its claims all that it may."""
    whole = issuer.older_credential()
    inner = {name: value for name, value in whole.items() if name not in {"id", "issuer", "issuanceDate"}}
    subject = {name: value for name, value in whole["credentialSubject"].items() if name != "id"}
    claims = {"iss": issuer.id, "jti": whole["id"], "sub": "did:example:learner", "nbf": int(ISSUED.timestamp())}
    return issuer.older_token(whole, **claims, exp=END, vc={**inner, "credentialSubject": subject})


def enveloped(issuer: SimulatedIssuer) -> str:
    token = issuer.token(issuer.credential(), claims={"exp": END})
    context, kind = "https://www.w3.org/ns/credentials/v2", "EnvelopedVerifiableCredential"
    return json.dumps({"@context": context, "type": kind, "id": f"data:application/vc+jwt,{token}"})


def in_json(issuer: SimulatedIssuer) -> str:
    header, payload, signature = issuer.token(issuer.credential(), claims={"exp": END}).split(".")
    return json.dumps({"payload": payload, "protected": header, "signature": signature})


@pytest.mark.parametrize("dress", [claims_alone, enveloped, in_json])
async def test_what_a_token_says_arrives(
    dress: Callable[[SimulatedIssuer], str], gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    received = dress(issuer).encode()

    done = await gateway.convert(received, "", (target(Format.OPEN_BADGES_3),), CALLER)

    (form,) = done.record.forms
    document = json.loads(form.sealed or b"")
    assert document["credentialSubject"]["id"] == "did:example:learner"
    assert document["credentialSubject"]["achievement"]["creator"]["id"] == issuer.id
    assert document["issuer"]["id"] != issuer.id
    assert document["validUntil"] == "2026-01-02T12:00:00Z"
    original = await gateway.show_original(done.record.id, capability=source_of(done.record).capability)
    assert original.received == received
