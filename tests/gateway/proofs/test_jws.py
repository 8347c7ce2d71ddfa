"""Compact JWS against Wycheproof and hostile tokens."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.proofs import base64url, jwk, jws, vc_jwt
from gateway.proofs.errors import KeyUnusable, ProofError
from tests.corpora import corpus

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

# Valid by Wycheproof, but PS384 tokens for a key whose alg is PS256: an algorithm is bound to its key here.
OTHER_ALG_THAN_THE_KEYS = {346, 350}


def token(header: dict[str, Any], payload: bytes = b"{}") -> str:
    signing_input = jws.signing_input(header, payload)
    return jws.compact(signing_input, KEY.sign(signing_input))


def raw_token(header: bytes, payload: bytes = b"{}") -> str:
    signing_input = f"{base64url.encode(header)}.{base64url.encode(payload)}".encode()
    return jws.compact(signing_input, KEY.sign(signing_input))


def test_what_was_signed_comes_back() -> None:
    sent = token({"alg": "EdDSA", "kid": "did:web:issuer.example#1"}, b"any bytes \xff")

    parsed = jws.parse(sent)
    jws.verify(parsed, KEY.public_key())

    assert parsed.header == {"alg": "EdDSA", "kid": "did:web:issuer.example#1"}
    assert parsed.payload == b"any bytes \xff"
    assert jws.compact(parsed.signing_input, parsed.signature) == sent


def _accepted(public: dict[str, Any], sent: str) -> bool:
    try:
        parsed = jws.parse(sent)
        jws.verify(parsed, jwk.public_key(public), jwk.allowed(public))
    except (ProofError, KeyUnusable):
        return False
    return True


def test_every_jws_of_wycheproof_gets_its_verdict() -> None:
    table = json.loads((corpus("sec/wycheproof") / "json_web_signature_test.json").read_text())
    vectors = [
        (group.get("public", group["private"]), vector) for group in table["testGroups"] for vector in group["tests"]
    ]

    accepted = {vector["tcId"] for public, vector in vectors if _accepted(public, vector["jws"])}

    valid = {
        vector["tcId"] for public, vector in vectors if vector["result"] == "valid" and public["alg"] in jws.ALGORITHMS
    }
    assert len(vectors) == 401
    assert len(valid) == 18
    assert accepted == valid - OTHER_ALG_THAN_THE_KEYS


def test_every_key_set_of_wycheproof_gets_its_verdict() -> None:
    table = json.loads((corpus("sec/wycheproof") / "json_web_key_test.json").read_text())
    asymmetric = [
        (vector, group["public"]["keys"][0])
        for group in table["testGroups"]
        for vector in group["tests"]
        if "public" in group and len(group["public"]["keys"]) == 1
    ]

    wrong = [
        vector["tcId"]
        for vector, public in asymmetric
        if _accepted(public, vector["jws"]) is not (vector["result"] == "valid")
    ]

    assert len(asymmetric) == 11
    assert wrong == []


def _credential_accepted(keys: dict[str, dict[str, Any]], sent: str) -> bool:
    """Verify as a caller does: the key by exact kid from the issuer's key set, then the claims."""
    try:
        parsed = jws.parse(sent)
        public = keys[parsed.header.get("kid", "")]
        jws.verify(parsed, jwk.public_key(public), jwk.allowed(public))
        payload = strict_json.decode(parsed.payload)
    except (ProofError, KeyUnusable, AdapterError, KeyError):
        return False
    findings = vc_jwt.claim_findings(parsed.header, payload)
    return all(finding.severity is vc_jwt.Severity.WARNING for finding in findings)


def test_every_hostile_credential_is_refused_and_every_good_one_accepted() -> None:
    attacks = json.loads(corpus("sec/made/jws-attacks.json").read_text())
    keys = {key["kid"]: key for key in attacks["keys"]["keys"]}

    wrong = [
        case["name"]
        for case in attacks["cases"]
        if _credential_accepted(keys, case["jws"]) is not (case["expect"] == "accept")
    ]

    assert len(attacks["cases"]) == 59
    assert wrong == []


HEADERS: dict[str, bytes] = {
    "a member twice": b'{"alg":"EdDSA","alg":"EdDSA"}',
    "crit": b'{"alg":"EdDSA","crit":["exp"],"exp":1}',
    "b64": b'{"alg":"EdDSA","b64":true}',
    "zip": b'{"alg":"EdDSA","zip":"DEF"}',
    "jku": b'{"alg":"EdDSA","jku":"https://issuer.example/keys"}',
    "x5u": b'{"alg":"EdDSA","x5u":"https://issuer.example/cert"}',
    "x5c": b'{"alg":"EdDSA","x5c":[]}',
    "no alg": b"{}",
    "alg none": b'{"alg":"none"}',
    "alg in lower case": b'{"alg":"eddsa"}',
    "alg in a list": b'{"alg":["EdDSA"]}',
    "a symmetric alg": b'{"alg":"HS256"}',
    "a kid that is a number": b'{"alg":"EdDSA","kid":1}',
    "a kid without end": b'{"alg":"EdDSA","kid":"' + b"k" * 513 + b'"}',
    "a typ that is an object": b'{"alg":"EdDSA","typ":{}}',
    "a jwk that is text": b'{"alg":"EdDSA","jwk":"key"}',
    "a list": b'["EdDSA"]',
    "bad UTF-8": b'{"alg":"EdDSA","kid":"\xff"}',
    "a byte order mark": b'\xef\xbb\xbf{"alg":"EdDSA"}',
    "depth": b'{"alg":"EdDSA","x":' + b"[" * 50 + b"]" * 50 + b"}",
    "size": b'{"alg":"EdDSA","x":"' + b"x" * 16_384 + b'"}',
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_header_that_asks_for_more_is_refused(header: bytes) -> None:
    with pytest.raises(ProofError):
        jws.parse(raw_token(header))


GOOD = token({"alg": "EdDSA"})


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "a.b",
        f"{GOOD}.",
        f".{GOOD}",
        f"{GOOD}=",
        f"{GOOD} ",
        f"{GOOD}\n",
        GOOD.replace(".", "..", 1),
        "é.é.é",
        "A" * 1_500_001,
    ],
    ids=["empty", "two", "four", "five", "padding", "space", "newline", "gap", "not ascii", "huge"],
)
def test_what_is_not_exactly_a_compact_jws_is_refused(sent: str) -> None:
    with pytest.raises(ProofError):
        jws.parse(sent)


def test_an_algorithm_that_the_caller_does_not_allow_is_refused() -> None:
    with pytest.raises(ProofError, match="not allowed"):
        jws.verify(jws.parse(GOOD), KEY.public_key(), {"ES256"})


def test_a_changed_payload_is_refused() -> None:
    header, _, signature = GOOD.split(".")

    with pytest.raises(ProofError, match="not of these bytes"):
        jws.verify(jws.parse(f"{header}.{base64url.encode(b'[]')}.{signature}"), KEY.public_key())
