"""Compact JWS against Wycheproof and hostile tokens."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.hub import strict_json
from adapters.hub.envelopes import enclosed
from adapters.hub.errors import AdapterError
from gateway.proofs import base64url, jwk, jws, vc_jwt
from gateway.proofs.errors import KeyUnusable, ProofError
from tests.corpora import corpus

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


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


POLICY = {
    "HS256": {1, 348, 352, 357, 358, 359, 376, 377},
    "RS384": {264, 265, 266, 267},
    "RS512": {268, 269, 270, 271},
    "PS384": {320, 321, 322, 323},
    "PS512": {325, 326, 327, 328},
}
"""Valid tokens of algorithms that are not taken here: whoever checks an HMAC can make it, and badges use few others."""

NOT_THE_KEYS = {346: "PS384", 350: "PS384", 347: "ES512", 351: "ES512"}
"""Called valid, with another algorithm than the key's own ``alg``: an algorithm is bound to its key (RFC 8725)."""

NOT_BASE64URL = {372: "the header is not base64url", 373: "the payload is not base64url"}
"""Called valid, with a question mark inside the base64url."""

LOST_PADDING = {367, 370}
"""Called invalid for a padding that the file has lost: the same text as 357. Refused here for its HMAC."""

TABLE = json.loads((corpus("sec/wycheproof") / "json_web_signature_test.json").read_text())
GROUPS = [(group.get("public", group["private"]), group) for group in TABLE["testGroups"]]


def _refusal(public: dict[str, Any], sent: str) -> str:
    try:
        parsed = jws.parse(sent)
        jws.verify(parsed, jwk.public_key(public), jwk.allowed(public))
    except (ProofError, KeyUnusable) as error:
        return error.reason
    return ""


@pytest.mark.parametrize(
    ("public", "group"),
    GROUPS,
    ids=[
        f"{place} {group['comment']} {public.get('alg', public['kty'])}" for place, (public, group) in enumerate(GROUPS)
    ],
)
def test_every_jws_of_wycheproof_gets_its_verdict(public: dict[str, Any], group: dict[str, Any]) -> None:
    """371 of 401 as the table says, 24 refused for their algorithm, 6 for a reason of their own: all named above."""
    excepted = {
        **{number: f"the algorithm {alg!r} is not accepted" for alg, numbers in POLICY.items() for number in numbers},
        **{number: f"the algorithm {alg!r} is not accepted" for number, alg in NOT_THE_KEYS.items()},
        **NOT_BASE64URL,
    }

    found = {vector["tcId"]: _refusal(public, vector["jws"]) for vector in group["tests"]}

    assert found.keys().isdisjoint(LOST_PADDING) or public["alg"] == "HS256"
    for vector in group["tests"]:
        number = vector["tcId"]
        if vector["result"] == "valid":
            assert found[number] == excepted.get(number, ""), number
        else:
            assert found[number], number


def test_wycheproof_is_counted_honestly() -> None:
    vectors = [(public, vector) for public, group in GROUPS for vector in group["tests"]]

    agreed = [
        vector["tcId"]
        for public, vector in vectors
        if (_refusal(public, vector["jws"]) == "") is (vector["result"] == "valid")
    ]

    by_policy = sum(len(numbers) for numbers in POLICY.values())
    exceptions = len(NOT_THE_KEYS) + len(NOT_BASE64URL) + len(LOST_PADDING)
    assert (len(vectors), len(agreed), by_policy, exceptions) == (401, 371, 24, 8)
    # A verifier that takes all algorithms reaches this, and no strict one more.
    assert len(agreed) - len(LOST_PADDING) + by_policy == 393


KEY_SETS = [
    (vector, group["public"]["keys"][0])
    for group in json.loads((corpus("sec/wycheproof") / "json_web_key_test.json").read_text())["testGroups"]
    for vector in group["tests"]
    if "public" in group and len(group["public"]["keys"]) == 1
]


@pytest.mark.parametrize(
    ("vector", "public"), KEY_SETS, ids=[f"{vector['tcId']} {vector['comment']}" for vector, _ in KEY_SETS]
)
def test_every_key_of_wycheproof_gets_its_verdict(vector: dict[str, Any], public: dict[str, Any]) -> None:
    assert (_refusal(public, vector["jws"]) == "") is (vector["result"] == "valid")


COOKBOOK = {
    "jws/4_1.rsa_v15_signature.json": {"compact": "", "json": "", "json_flat": ""},
    "jws/4_2.rsa-pss_signature.json": dict.fromkeys(("compact", "json", "json_flat"), "'PS384' is not accepted"),
    "jws/4_3.ecdsa_signature.json": dict.fromkeys(("compact", "json", "json_flat"), "'ES512' is not accepted"),
    "jws/4_4.hmac-sha2_integrity_protection.json": dict.fromkeys(
        ("compact", "json", "json_flat"), "'HS256' is not accepted"
    ),
    "jws/4_5.signature_with_detached_content.json": {
        "compact": "'HS256' is not accepted",
        "json": "carries no token",
        "json_flat": "carries no token",
    },
    "jws/4_6.protecting_specific_header_fields.json": {
        "json": "not protected and signature alone",
        "json_flat": "members beside",
    },
    "jws/4_7.protecting_content_only.json": {
        "json": "not protected and signature alone",
        "json_flat": "members beside",
    },
    "jws/4_8.multiple_signatures.json": {"json": "not exactly one signature"},
    "curve25519/jws.json": {"compact": "", "json": "", "json_flat": ""},
    "rfc7797/hmac-sha2_b64_false.json": {
        "compact": "not base64url",
        "json": "parts are not base64url",
        "json_flat": "parts are not base64url",
    },
    "rfc7797/4.2.hmac-sha2_b64_false.json": {
        "json": "parts are not base64url",
        "json_flat": "parts are not base64url",
    },
}
"""Each signature of RFC 7520, 7797 and 8037 in each serialisation, and why it is refused; "" where it is right."""


def _figure_refusal(figure: dict[str, Any], form: str) -> str:
    written = figure["output"][form]
    try:
        token = written if isinstance(written, str) else enclosed(written)
    except AdapterError as error:
        return error.reason
    return "carries no token" if token is None else _refusal(figure["input"]["key"], token)


@pytest.mark.parametrize(("name", "form"), [(name, form) for name, forms in COOKBOOK.items() for form in forms])
def test_every_signature_of_the_cookbook_gets_its_verdict(name: str, form: str) -> None:
    figure = json.loads((corpus("sec/jose-cookbook") / name).read_text())
    key = figure["input"]["key"] if isinstance(figure["input"]["key"], dict) else {}
    figure["input"]["key"] = {member: value for member, value in key.items() if member not in PRIVATE}

    refusal = _figure_refusal(figure, form)

    assert figure["output"].keys() == COOKBOOK[name].keys()
    assert COOKBOOK[name][form] in refusal
    assert bool(refusal) is bool(COOKBOOK[name][form])


PRIVATE = {"d", "p", "q", "dp", "dq", "qi"}


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
