"""Claims that repeat a credential, and claims that contradict it."""

import copy
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from adapters.hub import strict_json
from gateway.proofs import jwk, jws, vc_jwt
from gateway.proofs.vc_jwt import Severity
from tests.corpora import corpus

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"

HEADER = {"alg": "ES256", "kid": "did:web:issuer.example#1", "typ": "JWT"}
CREDENTIAL: dict[str, Any] = {
    "@context": [V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "id": "urn:uuid:4b6fbc0e-6e0c-4f6a-9d0e-3f3f4f7c1d11",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:web:issuer.example", "type": ["Profile"]},
    "validFrom": "2026-01-01T02:00:00.9+02:00",
    "validUntil": "2030-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:holder", "type": ["AchievementSubject"]},
}
OLD: dict[str, Any] = {
    "iss": "did:web:issuer.example",
    "jti": "urn:uuid:1",
    "sub": "did:example:holder",
    "nbf": 1767225600,
    "exp": 1893456000,
    "vc": {
        "@context": [V1],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"type": "AchievementSubject"},
    },
}


@pytest.mark.parametrize("number", range(4))
def test_the_examples_of_the_specification_verify(number: int) -> None:
    sent = (corpus("ob/vectors/ob3-vcjwt-spec") / f"spec-appendix-D-{number}.jwt").read_text().strip()

    parsed = jws.parse(sent)
    public = parsed.header["jwk"]
    jws.verify(parsed, jwk.public_key(public), jwk.allowed(public))
    findings = vc_jwt.claim_findings(parsed.header, strict_json.decode(parsed.payload))

    # Their one fault, and the reason why an absent claim is a warning.
    assert {(finding.severity, finding.claim) for finding in findings} <= {
        (Severity.WARNING, "nbf"),
        (Severity.WARNING, "exp"),
    }
    assert findings


def test_claims_repeat_what_the_credential_says() -> None:
    payload = vc_jwt.claims(CREDENTIAL)

    assert payload == {
        **CREDENTIAL,
        "iss": "did:web:issuer.example",
        "jti": CREDENTIAL["id"],
        "nbf": 1767225600,
        "sub": "did:example:holder",
        "exp": 1893456000,
    }
    assert vc_jwt.claim_findings(HEADER, payload) == ()
    assert vc_jwt.credential(payload) == CREDENTIAL


def test_claims_leave_out_what_the_credential_does_not_say() -> None:
    credential = {**CREDENTIAL, "issuer": "did:web:issuer.example", "credentialSubject": {"type": ["X"]}}
    del credential["validUntil"]

    payload = vc_jwt.claims(credential)

    assert payload.keys() - credential.keys() == {"iss", "jti", "nbf"}
    assert vc_jwt.claim_findings(HEADER, payload) == ()


@pytest.mark.parametrize("name", ["id", "issuer", "validFrom"])
def test_a_credential_without_its_essentials_cannot_be_issued(name: str) -> None:
    credential = {key: value for key, value in CREDENTIAL.items() if key != name}

    with pytest.raises(ValueError, match="needs id, issuer and validFrom"):
        vc_jwt.claims(credential)


Change = Callable[[dict[str, Any]], object]

BROKEN: dict[str, tuple[Change, Severity, str]] = {
    "another issuer": (lambda p: p.update(iss="did:web:other.example"), Severity.ERROR, "iss"),
    "another id": (lambda p: p.update(jti="urn:uuid:2"), Severity.ERROR, "jti"),
    "another subject": (lambda p: p.update(sub="did:example:thief"), Severity.ERROR, "sub"),
    "another start": (lambda p: p.update(nbf=1767225601), Severity.ERROR, "nbf"),
    "another end": (lambda p: p.update(exp=1893456001), Severity.ERROR, "exp"),
    "a start as text": (lambda p: p.update(nbf="1767225600"), Severity.ERROR, "nbf"),
    "a start that is true": (lambda p: p.update(nbf=True), Severity.ERROR, "nbf"),
    "an end beyond all years": (lambda p: p.update(exp=10**30), Severity.ERROR, "exp"),
    "an issuer in a list": (lambda p: p.update(iss=["did:web:issuer.example"]), Severity.ERROR, "iss"),
    "no issuer": (lambda p: p.pop("iss"), Severity.WARNING, "iss"),
    "no id": (lambda p: p.pop("jti"), Severity.WARNING, "jti"),
    "no subject": (lambda p: p.pop("sub"), Severity.WARNING, "sub"),
    "no start": (lambda p: p.pop("nbf"), Severity.WARNING, "nbf"),
    "no end": (lambda p: p.pop("exp"), Severity.WARNING, "exp"),
    "a vc claim beside the credential": (lambda p: p.update(vc={**CREDENTIAL}), Severity.ERROR, "vc"),
    "a vc claim with the other data model": (
        lambda p: p.update(vc={"@context": [V2], "id": p["jti"]}),
        Severity.ERROR,
        "vc",
    ),
    "an audience": (lambda p: p.update(aud="https://verifier.example"), Severity.WARNING, "aud"),
    "a time of issue as text": (lambda p: p.update(iat="1767225600"), Severity.ERROR, "iat"),
    "a vc claim that is text": (lambda p: p.update(vc="{}"), Severity.ERROR, "vc"),
    "the old data model without a vc claim": (
        lambda p: p.update({"@context": [V1]}),
        Severity.ERROR,
        "vc",
    ),
}


@pytest.mark.parametrize(("change", "severity", "claim"), BROKEN.values(), ids=BROKEN)
def test_a_claim_that_differs_is_an_error_and_one_that_is_absent_a_warning(
    change: Change, severity: Severity, claim: str
) -> None:
    payload = copy.deepcopy(vc_jwt.claims(CREDENTIAL))
    change(payload)

    found = {(finding.severity, finding.claim) for finding in vc_jwt.claim_findings(HEADER, payload)}

    assert (severity, claim) in found


@pytest.mark.parametrize(
    ("header", "severity", "claim"),
    [
        ({**HEADER, "typ": "at+jwt"}, Severity.ERROR, "typ"),
        ({**HEADER, "typ": 1}, Severity.ERROR, "typ"),
        ({"alg": "ES256"}, Severity.WARNING, "kid"),
        ({**HEADER, "cty": "vc"}, Severity.WARNING, "cty"),
        ({**HEADER, "jwk": {"kty": "oct", "k": "AA"}}, Severity.ERROR, "jwk"),
        ({**HEADER, "iss": "did:web:issuer.example"}, Severity.WARNING, "iss"),
    ],
    ids=["another kind of token", "a type that is no text", "no key", "another member", "a private key", "a claim"],
)
def test_a_header_is_held_to_the_specification(header: dict[str, Any], severity: Severity, claim: str) -> None:
    found = vc_jwt.claim_findings(header, vc_jwt.claims(CREDENTIAL))

    assert [(finding.severity, finding.claim) for finding in found] == [(severity, claim)]


@pytest.mark.parametrize("claim", ["iss", "sub", "nbf"])
def test_a_claim_that_header_and_payload_state_differently_is_an_error(claim: str) -> None:
    found = vc_jwt.claim_findings({**HEADER, claim: "another"}, vc_jwt.claims(CREDENTIAL))

    assert (Severity.ERROR, claim) in [(finding.severity, finding.claim) for finding in found]


@pytest.mark.parametrize("typ", ["vc+jwt", "application/vc+jwt", "VC+JWT"])
def test_a_token_of_vc_jose_cose_may_name_its_content(typ: str) -> None:
    header = {**HEADER, "typ": typ, "cty": "vc"}

    assert vc_jwt.claim_findings(header, vc_jwt.claims(CREDENTIAL)) == ()


def test_a_credential_that_only_its_time_of_issue_dates_is_noted() -> None:
    payload = {name: value for name, value in OLD.items() if name != "nbf"} | {"iat": 1767225600}

    found = vc_jwt.claim_findings(HEADER, payload)

    assert [(finding.severity, finding.claim) for finding in found] == [(Severity.WARNING, "nbf")]
    assert vc_jwt.credential(payload)["issuanceDate"] == "2026-01-01T00:00:00Z"


def test_a_credential_of_the_old_data_model_is_completed_from_its_claims() -> None:
    assert vc_jwt.claim_findings(HEADER, OLD) == ()
    assert vc_jwt.credential(OLD) == {
        **OLD["vc"],
        "id": "urn:uuid:1",
        "issuer": "did:web:issuer.example",
        "issuanceDate": "2026-01-01T00:00:00Z",
        "expirationDate": "2030-01-01T00:00:00Z",
        "credentialSubject": {"type": "AchievementSubject", "id": "did:example:holder"},
    }


@pytest.mark.parametrize(
    ("member", "severity"),
    [
        ("credentialStatus", Severity.ERROR),
        ("validUntil", Severity.ERROR),
        ("issuer", Severity.ERROR),
        ("proof", Severity.ERROR),
        ("endorsementJwt", Severity.ERROR),
        ("nonce", Severity.WARNING),
    ],
)
def test_a_member_of_the_credential_beside_its_vc_claim_is_an_error(member: str, severity: Severity) -> None:
    found = vc_jwt.claim_findings(HEADER, {**OLD, "iat": 1767225600, member: "something"})

    assert [(finding.severity, finding.claim) for finding in found] == [(severity, member)]


def test_a_claim_never_replaces_what_the_credential_says() -> None:
    old = {**OLD, "vc": {**OLD["vc"], "id": "urn:uuid:9"}}

    assert vc_jwt.credential(old)["id"] == "urn:uuid:9"
    assert [finding.claim for finding in vc_jwt.claim_findings(HEADER, old)] == ["jti"]


def test_an_end_that_only_a_claim_states_counts() -> None:
    payload = vc_jwt.claims(CREDENTIAL)
    del payload["validUntil"]

    assert vc_jwt.credential(payload)["validUntil"] == "2030-01-01T00:00:00Z"


def test_a_signed_payload_is_the_credential_in_its_own_order() -> None:
    payload = msgspec.json.encode(vc_jwt.claims(CREDENTIAL))

    assert list(json.loads(payload))[: len(CREDENTIAL)] == list(CREDENTIAL)
