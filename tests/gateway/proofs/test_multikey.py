"""Public keys as multibase text and as DIDs."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from gateway.proofs import base64url, jwk, multikey
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.signatures import PublicKey
from tests.corpora import corpus
from tests.gateway.proofs.small_order import SMALL_ORDER

P256 = "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76"
ED25519 = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"

KEYS: dict[str, PublicKey] = {
    "Ed25519": Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key(),
    "P-256": ec.derive_private_key(7, ec.SECP256R1()).public_key(),
    "P-384": ec.derive_private_key(7, ec.SECP384R1()).public_key(),
}


@given(st.binary(max_size=80))
def test_bytes_come_back_from_base58(data: bytes) -> None:
    assert multikey.decode_base58btc(multikey.base58btc(data)) == data


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", "z"), (b"\0", "z1"), (b"\0\0\x01", "z112"), (b"hello world", "zStV1DL6CwTryKyV")],
)
def test_base58_is_bitcoins_alphabet(data: bytes, text: str) -> None:
    assert multikey.base58btc(data) == text


@pytest.mark.parametrize("text", ["", "StV1", "mAQ", "z0", "zO", "zI", "zl", "z ", "zé", "z" + "2" * 256])
def test_what_is_not_base58btc_is_refused(text: str) -> None:
    with pytest.raises(ProofError):
        multikey.decode_base58btc(text)


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_key_comes_back_from_a_did_key(key: PublicKey) -> None:
    did = multikey.did_key(key)

    assert multikey.from_did(did) == key
    assert multikey.from_did(f"{did}#{did.removeprefix('did:key:')}") == key


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_key_comes_back_from_a_did_jwk(key: PublicKey) -> None:
    did = f"did:jwk:{base64url.encode(json.dumps(jwk.public_jwk(key)).encode())}"

    assert multikey.from_did(did) == key
    assert multikey.from_did(f"{did}#0") == key


def test_the_key_of_the_official_vector_has_its_published_text() -> None:
    vector = json.loads((corpus("ob/vectors/ob3-eddsa-rdfc-2022") / "vector.json").read_text())
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(vector["publicKeyHex"]))

    assert multikey.encode(key) == vector["publicKeyMultibase"] == ED25519
    assert multikey.decode(vector["publicKeyMultibase"]) == key


def test_a_p256_key_of_others_is_read() -> None:
    assert multikey.encode(multikey.decode(P256)) == P256


def spelled(**members: object) -> str:
    """A did:jwk of a key that says more."""
    return f"did:jwk:{base64url.encode(json.dumps({**jwk.public_jwk(KEYS['P-256']), **members}).encode())}"


def test_a_did_jwk_says_what_its_key_is_for() -> None:
    assert multikey.verifying(spelled()) == (KEYS["P-256"], frozenset({"ES256"}))
    assert multikey.verifying(spelled(alg="ES256", use="sig", kid="1", tag="x")) == (
        KEYS["P-256"],
        frozenset({"ES256"}),
    )


REFUSED = {
    "another method": "did:web:issuer.example",
    "no DID": f"key:{ED25519}",
    "no DID, of a JWK": spelled().removeprefix("did:"),
    "no DID, and its fragment": f"key:{ED25519}#{ED25519}",
    "the key alone": ED25519,
    "a DID of a DID": f"did:did:key:{ED25519}",
    "capitals": f"DID:KEY:{ED25519}",
    "a key for encryption in did:jwk": spelled(use="enc"),
    "a key that encrypts in did:jwk": spelled(key_ops=["encrypt"]),
    "a key of another algorithm in did:jwk": spelled(alg="EdDSA"),
    "an algorithm that is none in did:jwk": spelled(alg=["ES256"]),
    "another fragment": f"did:key:{ED25519}#{P256}",
    "an empty fragment": f"did:key:{ED25519}#",
    "a fragment of did:jwk that is not 0": f"did:jwk:{base64url.encode(b'{}')}#1",
    "no key in did:jwk": f"did:jwk:{base64url.encode(b'[]')}",
    "bad JSON in did:jwk": f"did:jwk:{base64url.encode(b'{')}",
    "padding in did:jwk": "did:jwk:e30=",
    "X25519": "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc",
    "a truncated key": f"did:key:{multikey.base58btc(bytes.fromhex('ed01') + bytes(31))}",
    "a point off its curve": f"did:key:{multikey.base58btc(bytes.fromhex('802402' + 'ff' * 32))}",
    "an uncompressed point": f"did:key:{multikey.base58btc(bytes.fromhex('802404') + bytes(64))}",
    "no multibase": "did:key:6Mk",
    "nothing": "",
}


@pytest.mark.parametrize("did", REFUSED.values(), ids=REFUSED)
def test_what_is_not_the_key_of_a_did_is_refused(did: str) -> None:
    with pytest.raises(KeyUnusable):
        multikey.from_did(did)


@pytest.mark.parametrize("point", SMALL_ORDER, ids=bytes.hex)
def test_a_key_of_small_order_is_refused(point: bytes) -> None:
    with pytest.raises(KeyUnusable, match="small order"):
        multikey.decode(multikey.base58btc(b"\xed\x01" + point))


def test_there_is_no_multikey_of_an_rsa_key() -> None:
    with pytest.raises(KeyUnusable):
        multikey.encode(rsa.RSAPublicNumbers(65537, (1 << 2047) + 1).public_key())
