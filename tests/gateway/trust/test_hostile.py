"""Attacks that were collected elsewhere, through the whole verification: none passes, and none chooses whom we ask."""

import json
from base64 import urlsafe_b64decode
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.errors import AdapterError
from gateway.trust.report import Outcome
from tests.corpora import corpus
from tests.gateway.trust.reports import outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

TOKENS: dict[str, Any] = json.loads(corpus("sec/made/jws-attacks.json").read_text())
DOCUMENTS = corpus("sec/made/jsonld")
CHANGES: list[dict[str, str]] = json.loads((DOCUMENTS / "index.json").read_text())
SPECIFIED = corpus("ob/vectors/ob3-vcjwt-spec")
ISSUER = "did:web:issuer.example"


def publish_keys(web: SimulatedWeb) -> None:
    """Serve the DID document of the issuer that the hostile tokens name."""
    methods = [
        {"id": key["kid"], "type": "JsonWebKey", "controller": ISSUER, "publicKeyJwk": key}
        for key in TOKENS["keys"]["keys"]
    ]
    names = [method["id"] for method in methods]
    document = {"id": ISSUER, "verificationMethod": methods, "assertionMethod": names}
    web.publish("https://issuer.example/.well-known/did.json", json.dumps(document).encode())


@pytest.mark.parametrize("case", TOKENS["cases"], ids=lambda case: ascii(case["name"]))
async def test_hostile_token_never_passes(case: dict[str, str], web: SimulatedWeb) -> None:
    publish_keys(web)

    try:
        report = await report_on(case["jws"], web)
    except AdapterError:
        accepted = False
    else:
        accepted = {outcome(report, name) for name in ("proof", "issuer", "claims")} <= {
            Outcome.PASSED,
            Outcome.NOTED,
        }

    assert accepted is (case["expect"] == "accept")
    assert set(web.requests) <= {"https://issuer.example/.well-known/did.json"}


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case["file"])
async def test_document_changed_under_its_proof_passes_only_when_it_means_the_same(
    case: dict[str, str], web: SimulatedWeb
) -> None:
    issuer = SimulatedIssuer(web, "did:web:uni.example")
    issuer.publish()
    proof = issuer.signed(json.loads((DOCUMENTS / "00-unchanged.json").read_text()))["proof"]

    try:
        report = await report_on({**json.loads((DOCUMENTS / case["file"]).read_text()), "proof": proof}, web)
    except AdapterError:
        passed = False
    else:
        passed = report.outcome is Outcome.PASSED

    assert passed is (case["expect"] == "accept")


@pytest.mark.parametrize("name", [f"spec-appendix-D-{number}.jwt" for number in range(4)])
async def test_example_of_the_specification_is_right_and_its_issuers_once_the_key_is_published(
    name: str, web: SimulatedWeb
) -> None:
    token = (SPECIFIED / name).read_text().strip()
    head, payload = (json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in token.split(".")[:2])
    key = {**head["jwk"], "iss": payload["iss"]}
    web.absent(payload["iss"])
    for host in ("https://example.com", "https://1edtech.edu"):
        web.publish(f"{host}/.well-known/jwks.json", json.dumps({"keys": [key]}).encode())

    report = await report_on(token, web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.PASSED
    assert outcome(report, "claims") is Outcome.NOTED
