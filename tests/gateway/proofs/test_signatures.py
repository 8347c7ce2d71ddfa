"""Signature algorithms against Wycheproof."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.signatures import algorithms, public_key, verify_signature
from tests.corpora import corpus
from tests.gateway.proofs.small_order import SMALL_ORDER

# The tables of Wycheproof, with the number of vectors and the JOSE algorithm that each is about.
WYCHEPROOF = {
    "ed25519": (151, "Ed25519"),
    "ecdsa_secp256r1_sha256_p1363": (262, "ES256"),
    "ecdsa_secp384r1_sha384_p1363": (280, "ES384"),
    "rsa_signature_2048_sha256": (259, "RS256"),
    "rsa_signature_3072_sha256": (259, "RS256"),
    "rsa_signature_4096_sha256": (258, "RS256"),
    "rsa_pss_2048_sha256_mgf1_32": (108, "PS256"),
    "rsa_pss_4096_sha256_mgf1_32": (108, "PS256"),
}


def _accepted(group: dict[str, Any], vector: dict[str, Any], alg: str) -> bool:
    key = public_key(bytes.fromhex(group["publicKeyDer"]))
    try:
        verify_signature(key, alg, bytes.fromhex(vector["msg"]), bytes.fromhex(vector["sig"]))
    except ProofError:
        return False
    return True


@pytest.mark.parametrize(("name", "expected"), WYCHEPROOF.items())
def test_every_signature_of_wycheproof_gets_its_verdict(name: str, expected: tuple[int, str]) -> None:
    number, alg = expected
    table = json.loads((corpus("sec/wycheproof") / f"{name}_test.json").read_text())

    # "acceptable" is a signature whose encoding leaves out a NULL: refused, as every strict verifier does.
    wrong = [
        vector["tcId"]
        for group in table["testGroups"]
        for vector in group["tests"]
        if _accepted(group, vector, alg) is not (vector["result"] == "valid")
    ]

    assert table["numberOfTests"] == number
    assert wrong == []


# Curves and hashes that badges are not signed with: no vector of them gets as far as its signature.
OTHER_KEYS = {
    "ecdsa_secp256k1_sha256_p1363": 252,
    "ecdsa_secp521r1_sha512_p1363": 318,
    "ed448": 87,
}


@pytest.mark.parametrize(("name", "number"), OTHER_KEYS.items())
def test_every_key_of_another_curve_in_wycheproof_is_refused(name: str, number: int) -> None:
    table = json.loads((corpus("sec/wycheproof") / f"{name}_test.json").read_text())

    for group in table["testGroups"]:
        with pytest.raises(KeyUnusable):
            public_key(bytes.fromhex(group["publicKeyDer"]))

    assert table["numberOfTests"] == number


# The one vector of the RSA table is about a signature over SHA-256: under RS256 it is right.
OTHER_FORMS = {
    "ECDSA in DER": ("ecdsa_secp256r1_sha256", 484, "ES256", []),
    "RSA with SHA-512": ("rsa_signature_2048_sha512", 259, "RS256", [221]),
}


@pytest.mark.parametrize("case", OTHER_FORMS)
def test_every_signature_of_another_form_in_wycheproof_is_refused(case: str) -> None:
    name, number, alg, right = OTHER_FORMS[case]
    table = json.loads((corpus("sec/wycheproof") / f"{name}_test.json").read_text())

    accepted = [
        vector["tcId"] for group in table["testGroups"] for vector in group["tests"] if _accepted(group, vector, alg)
    ]

    assert (table["numberOfTests"], accepted) == (number, right)


def _spki(key: Any) -> bytes:
    data: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return data


UNUSABLE = {
    "secp256k1": _spki(ec.generate_private_key(ec.SECP256K1()).public_key()),
    "P-521": _spki(ec.generate_private_key(ec.SECP521R1()).public_key()),
    "RSA of 1024 bits": _spki(rsa.RSAPublicNumbers(65537, (1 << 1023) + 1).public_key()),
    "RSA of 8200 bits": _spki(rsa.RSAPublicNumbers(65537, (1 << 8199) + 1).public_key()),
    "X25519": _spki(X25519PrivateKey.generate().public_key()),
    "no key": b"nothing",
    "a broken PEM": b"-----BEGIN PUBLIC KEY-----\n",
}


@pytest.mark.parametrize("spki", UNUSABLE.values(), ids=UNUSABLE)
def test_a_key_of_another_kind_or_strength_is_refused(spki: bytes) -> None:
    with pytest.raises(KeyUnusable):
        public_key(spki)


@pytest.mark.parametrize("point", SMALL_ORDER, ids=bytes.hex)
def test_a_key_under_which_anybody_can_sign_is_refused(point: bytes) -> None:
    key = Ed25519PublicKey.from_public_bytes(point)

    with pytest.raises(KeyUnusable, match="small order"):
        public_key(_spki(key))
    with pytest.raises(KeyUnusable, match="small order"):
        verify_signature(key, "EdDSA", b"message", bytes(64))


def test_a_key_in_a_second_spelling_is_refused() -> None:
    # y is the prime plus 3: the point of y = 3.
    key = Ed25519PublicKey.from_public_bytes((2**255 - 16).to_bytes(32, "little"))

    with pytest.raises(KeyUnusable, match="one spelling"):
        algorithms(key)


def test_a_pem_is_read_like_its_der() -> None:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()

    from_pem = public_key(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    assert from_pem == public_key(_spki(key)) == key


@pytest.mark.parametrize("alg", ["none", "HS256", "ES256K", "RS1", "ES256", "RS256", ""])
def test_an_algorithm_that_does_not_take_the_key_is_refused(alg: str) -> None:
    key = Ed25519PrivateKey.generate()

    with pytest.raises(ProofError, match="does not go with the key"):
        verify_signature(key.public_key(), alg, b"message", key.sign(b"message"))


def test_an_ecdsa_signature_in_der_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP256R1())

    with pytest.raises(ProofError, match="64 bytes"):
        verify_signature(key.public_key(), "ES256", b"message", key.sign(b"message", ec.ECDSA(hashes.SHA256())))


def test_rsa_keys_go_with_both_paddings() -> None:
    assert algorithms(rsa.RSAPublicNumbers(65537, (1 << 2047) + 1).public_key()) == {"RS256", "PS256"}
