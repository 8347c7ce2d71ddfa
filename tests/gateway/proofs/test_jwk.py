"""Public keys as JWK: one spelling, no weakness."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.proofs import base64url, jwk
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.signatures import PublicKey
from tests.gateway.proofs.small_order import SMALL_ORDER

KEYS: dict[str, PublicKey] = {
    "Ed25519": Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key(),
    "P-256": ec.derive_private_key(7, ec.SECP256R1()).public_key(),
    "P-384": ec.derive_private_key(7, ec.SECP384R1()).public_key(),
    "RSA": rsa.generate_private_key(65537, 2048).public_key(),
}
P256 = jwk.public_jwk(KEYS["P-256"])
RSA = jwk.public_jwk(KEYS["RSA"])
ED25519 = jwk.public_jwk(KEYS["Ed25519"])


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_key_comes_back(key: PublicKey) -> None:
    assert jwk.public_key(jwk.public_jwk(key)) == key


def test_the_thumbprint_is_that_of_the_rfc() -> None:
    # RFC 7638 section 3.1
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXj"
        "BZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqz"
        "s8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ"
        "-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    )
    key = jwk.public_key({"kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"})

    assert jwk.thumbprint(key) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_the_thumbprint_of_an_ed25519_key_is_that_of_the_rfc() -> None:
    # RFC 8037 appendix A.3
    key = jwk.public_key({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})

    assert jwk.thumbprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


REFUSED: dict[str, dict[str, Any]] = {
    "a private EC key": {**P256, "d": "AA"},
    "a private RSA key": {**RSA, "p": "AA"},
    "a symmetric key": {"kty": "oct", "k": "AA"},
    "a curve for ransom": {**P256, "crv": "secp256k1"},
    "P-521": {**P256, "crv": "P-521"},
    "a curve of another type": {**P256, "crv": "Ed25519"},
    "a type that is no text": {**P256, "kty": ["EC"]},
    "X25519": {**ED25519, "crv": "X25519"},
    "a coordinate too short": {**P256, "x": P256["x"][:-4]},
    "a coordinate too long": {**P256, "x": "AAAA" + P256["x"]},
    "a point off the curve": {**P256, "y": P256["x"]},
    "a padded coordinate": {**P256, "x": P256["x"] + "="},
    "a coordinate missing": {"kty": "EC", "crv": "P-256", "x": P256["x"]},
    "a coordinate that is a number": {**P256, "x": 7},
    "a modulus with a leading zero": {**RSA, "n": base64url.encode(b"\0" + base64url.decode(RSA["n"]))},
    "an empty modulus": {**RSA, "n": ""},
    "an even exponent": {**RSA, "e": "Ag"},
    "exponent one": {**RSA, "e": "AQ"},
    "a huge exponent": {**RSA, "e": base64url.encode(b"\xff" * 5)},
    "a modulus of 1024 bits": {**RSA, "n": base64url.encode(b"\xff" * 128)},
    "an even modulus": {**RSA, "n": base64url.encode(b"\xff" * 255 + b"\0")},
    "nothing": {},
}


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED)
def test_a_key_that_is_not_exactly_right_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(KeyUnusable):
        jwk.public_key(document)


@pytest.mark.parametrize("point", SMALL_ORDER, ids=bytes.hex)
def test_a_key_of_small_order_is_refused(point: bytes) -> None:
    with pytest.raises(KeyUnusable, match="small order"):
        jwk.public_key({**ED25519, "x": base64url.encode(point)})


@pytest.mark.parametrize(
    ("document", "algorithms"),
    [
        (P256, {"ES256"}),
        ({**P256, "alg": "ES256", "use": "sig", "key_ops": ["verify"]}, {"ES256"}),
        (RSA, {"RS256", "PS256"}),
        ({**RSA, "alg": "PS256"}, {"PS256"}),
        ({**ED25519, "alg": "EdDSA"}, {"EdDSA", "Ed25519"}),
    ],
    ids=["by type", "by all members", "RSA by type", "RSA by name", "EdDSA by either name"],
)
def test_a_key_says_which_algorithms_it_verifies(document: dict[str, Any], algorithms: set[str]) -> None:
    assert jwk.allowed(document) == algorithms


@pytest.mark.parametrize(
    "members",
    [
        {"use": "enc"},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"alg": "ES384"},
        {"alg": "none"},
        {"alg": 7},
        {"alg": ["ES256"]},
    ],
    ids=str,
)
def test_a_key_that_is_not_for_verifying_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(KeyUnusable):
        jwk.allowed({**P256, **members})
