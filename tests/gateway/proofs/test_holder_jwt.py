"""Proofs of possession of wallets: whose key it is, and everything that shows nothing."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from gateway.proofs import base64url, jwk
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.holder_jwt import TYPE, Expected, shown
from gateway.records.offers import Holder
from tests.simulators.clock import NOON
from tests.simulators.wallet import Wallet

ISSUER = "https://badges.example.net"
NOW = int(NOON.timestamp())
EXPECTED = Expected(audience=ISSUER, client="", at=NOON)
LEGACY = Expected(audience=ISSUER, client="", at=NOON, legacy=True)
NONCE = "n" * 43

ED25519, P256 = Wallet.ed25519(), Wallet.p256()
P384 = Wallet("ecdsa-rdfc-2019", ec.derive_private_key(2**300, ec.SECP384R1()))
OTHER = Wallet.ed25519(2)


def did_jwk(**members: object) -> str:
    """A key as a did:jwk that says more than the key."""
    return f"did:jwk:{base64url.encode(json.dumps({**ED25519.jwk, **members}).encode())}"


BY_DID = {"jwk": None, "kid": ED25519.method}


def proof(
    wallet: Wallet = ED25519, header: Mapping[str, object] = BY_DID, claims: Mapping[str, object] = MappingProxyType({})
) -> str:
    return wallet.proof_jwt(ISSUER, NONCE, NOON, header=BY_DID | dict(header), claims=claims)


def raw(header: str, payload: str) -> str:
    """A token of exactly these texts."""
    unsigned = f"{base64url.encode(header.encode())}.{base64url.encode(payload.encode())}"
    return f"{unsigned}.{base64url.encode(ED25519.signature(unsigned.encode()))}"


@pytest.mark.parametrize("key", [ED25519, P256, P384], ids=["EdDSA", "ES256", "ES384"])
class TestAKeyThatIsShown:
    def test_by_a_did_key_is_that_did(self, key: Wallet) -> None:
        found = shown(proof(key, {"kid": key.method}), EXPECTED)

        assert (found.holder.id, found.nonce, found.legacy) == (key.did, NONCE, False)

    def test_by_a_did_jwk_is_that_did(self, key: Wallet) -> None:
        found = shown(proof(key, {"kid": f"{key.did_jwk}#0"}), EXPECTED)

        assert found.holder.id == key.did_jwk

    def test_by_itself_is_its_did_key(self, key: Wallet) -> None:
        found = shown(proof(key, {"kid": None, "jwk": key.jwk}), EXPECTED)

        assert found.holder.id == key.did

    def test_is_kept_in_the_order_of_its_thumbprint(self, key: Wallet) -> None:
        members = {"kty": key.jwk["kty"], "use": "sig", **key.jwk}

        found = shown(proof(key, {"kid": None, "jwk": members}), EXPECTED)

        names = ",".join(f'"{name}":"{value}"' for name, value in sorted(key.jwk.items()))
        assert found.holder == Holder(key.did, f"{{{names}}}")


def test_the_newer_name_of_the_algorithm_is_as_good() -> None:
    assert shown(proof(header={"alg": "Ed25519"}), EXPECTED).holder.id == ED25519.did


def test_a_client_may_name_itself() -> None:
    expected = Expected(audience=ISSUER, client="a-client", at=NOON)

    assert shown(proof(claims={"iss": "a-client"}), expected).nonce == NONCE
    assert shown(proof(), expected).nonce == NONCE


def test_a_did_jwk_may_say_what_libraries_write_beside_a_key() -> None:
    kid = did_jwk(alg="EdDSA", use="sig", kid="urn:example:1#key", key_ops=["verify"], ext=True)

    assert shown(proof(header={"kid": f"{kid}#0"}), EXPECTED).holder == Holder(
        kid, json.dumps(ED25519.jwk, separators=(",", ":"))
    )


@pytest.mark.parametrize("iat", [NOW - 300, NOW + 59, NOW - 30.5])
def test_clocks_may_differ_a_little(iat: float) -> None:
    assert shown(proof(claims={"iat": iat}), EXPECTED).nonce == NONCE


HEADERS: dict[str, dict[str, Any]] = {
    "no type": {"typ": None},
    "the type of any JWT": {"typ": "JWT"},
    "its type in capitals": {"typ": TYPE.upper()},
    "the type of a key binding": {"typ": "kb+jwt"},
    "no algorithm": {"alg": None},
    "none": {"alg": "none"},
    "HS256": {"alg": "HS256"},
    "the algorithm of another key": {"alg": "ES256"},
    "RS256": {"alg": "RS256"},
    "no key": {"kid": None},
    "two keys": {"jwk": ED25519.jwk},
    "the key of somebody else": {"kid": OTHER.method},
    "the jwk of somebody else": {"kid": None, "jwk": OTHER.jwk},
    "a fragment that is another key": {"kid": f"{ED25519.did}#{OTHER.did.removeprefix('did:key:')}"},
    "a did:web": {"kid": "did:web:badges.example.net#key"},
    "a kid that is no DID": {"kid": "key-1"},
    "a did:key without did": {"kid": ED25519.did.removeprefix("did:")},
    "a did:jwk without did": {"kid": ED25519.did_jwk.removeprefix("did:")},
    "an empty kid": {"kid": ""},
    "a kid that is a number": {"kid": 1},
    "a private key": {"kid": None, "jwk": {**ED25519.jwk, "d": base64url.encode(bytes([1]) * 32)}},
    "a private key as did:jwk": {
        "kid": "did:jwk:"
        + base64url.encode(b'{"crv":"Ed25519","d":"AA","kty":"OKP","x":"%s"}' % ED25519.jwk["x"].encode())
    },
    "a key for encryption as did:jwk": {"kid": did_jwk(use="enc")},
    "a key that encrypts as did:jwk": {"kid": did_jwk(key_ops=["encrypt"])},
    "a key that does more than verify as did:jwk": {"kid": did_jwk(key_ops=["verify", "words of anybody"])},
    "a key of another algorithm as did:jwk": {"kid": did_jwk(alg="ES256")},
    "words beside the key in a did:jwk": {"kid": did_jwk(name="Somebody else")},
    "a certificate beside the key in a did:jwk": {"kid": did_jwk(x5c=["AAAA"])},
    "words as the id of the key in a did:jwk": {"kid": did_jwk(kid="words of anybody")},
    "an id without end in a did:jwk": {"kid": did_jwk(kid="a" * 129)},
    "a number as the id of the key in a did:jwk": {"kid": did_jwk(kid=1)},
    "a key that is hardly there in a did:jwk": {"kid": did_jwk(ext=1)},
    "a did:jwk with blanks without end": {
        "kid": "did:jwk:" + base64url.encode(json.dumps(ED25519.jwk).encode() + b" " * 1000)
    },
    "a symmetric key": {"kid": None, "jwk": {"kty": "oct", "k": "AAAA"}},
    "a key for encryption": {"kid": None, "jwk": {**ED25519.jwk, "use": "enc"}},
    "a key of another algorithm by its own word": {"kid": None, "jwk": {**ED25519.jwk, "alg": "ES256"}},
    "a jwk that is text": {"kid": None, "jwk": "key"},
    "a key of small order": {"kid": None, "jwk": {"kty": "OKP", "crv": "Ed25519", "x": base64url.encode(bytes(32))}},
    "x5c": {"kid": None, "x5c": ["AAAA"]},
    "x5c beside a key": {"x5c": ["AAAA"]},
    "a trust chain": {"trust_chain": ["a.b.c"]},
    "a key attestation": {"key_attestation": "a.b.c"},
    "jku": {"jku": "https://wallet.example/keys"},
    "crit": {"crit": ["b64"], "b64": True},
    "an unencoded payload": {"b64": False},
}

CLAIMS: dict[str, dict[str, Any]] = {
    "no audience": {"aud": None},
    "another audience": {"aud": "https://other.example"},
    "our audience with a slash": {"aud": f"{ISSUER}/"},
    "our audience in capitals": {"aud": "https://BADGES.example.net"},
    "our audience among others": {"aud": [ISSUER, "https://other.example"]},
    "our audience as a list": {"aud": [ISSUER]},
    "no date": {"iat": None},
    "a date in words": {"iat": "2026-01-01T12:00:00Z"},
    "a date that is true": {"iat": True},
    "an old date": {"iat": NOW - 361},
    "a date without end": {"iat": 10**300},
    "a date to come": {"iat": NOW + 61},
    "a beginning to come": {"nbf": NOW + 3600},
    "an end that is past": {"exp": NOW - 3600},
    "no nonce": {"nonce": None},
    "an empty nonce": {"nonce": ""},
    "a nonce that is a number": {"nonce": 1},
    "a nonce without end": {"nonce": "n" * 513},
    "a client where there is none": {"iss": "a-client"},
    "the holder as its client": {"iss": ED25519.did},
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_a_header_shows_no_key_with(header: dict[str, Any]) -> None:
    with pytest.raises((ProofError, KeyUnusable)):
        shown(proof(header=header), EXPECTED)


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS.keys())
def test_claims_show_nothing_with(claims: dict[str, Any]) -> None:
    with pytest.raises(ProofError):
        shown(proof(claims=claims), EXPECTED)


def test_another_client_than_that_of_the_token_shows_nothing() -> None:
    with pytest.raises(ProofError, match="iss"):
        shown(proof(claims={"iss": "other"}), Expected(audience=ISSUER, client="a-client", at=NOON))


HEADER = f'{{"typ":"{TYPE}","alg":"EdDSA","kid":"{ED25519.method}"}}'
SAID = f'"aud":"{ISSUER}","iat":{NOW},"nonce":"{NONCE}"'


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        (HEADER.replace("{", '{"typ":"JWT",'), f"{{{SAID}}}"),
        (HEADER, f'{{"aud":"https://other.example",{SAID}}}'),
        (HEADER, f"[{{{SAID}}}]"),
        (HEADER, SAID),
        (HEADER, "[" * 5000),
        (HEADER, f"{{{SAID.replace(str(NOW), '1e999')}}}"),
        (HEADER, f"{{{SAID.replace(str(NOW), 'NaN')}}}"),
    ],
)
def test_what_two_readers_would_read_differently_shows_nothing(header: str, payload: str) -> None:
    with pytest.raises(ProofError):
        shown(raw(header, payload), EXPECTED)


def test_what_is_written_by_hand_and_right_shows_a_key() -> None:
    assert shown(raw(HEADER, f"{{{SAID}}}"), EXPECTED).nonce == NONCE


def _second_spelling(token: str) -> str:
    """The same signature, with a bit set that base64url does not use."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return token[:-1] + alphabet[alphabet.index(token[-1]) | 1]


@pytest.mark.parametrize(
    "token",
    [
        "",
        "...",
        proof().rpartition(".")[0],
        proof().rpartition(".")[0] + ".",
        proof() + "=",
        _second_spelling(proof()),
        proof() + ".x",
        f" {proof()}",
        proof().replace(".", "\ud800", 1),
        "x" * 2_000_000,
    ],
)
def test_what_is_no_token_in_its_one_spelling_shows_nothing(token: str) -> None:
    with pytest.raises(ProofError):
        shown(token, EXPECTED)


@pytest.mark.parametrize(
    ("header", "fix"),
    [
        (HEADERS["a did:web"], "did:jwk of the signing key as kid"),
        (HEADERS["a kid that is no DID"], "did:jwk of the signing key as kid"),
        (HEADERS["the algorithm of another key"], "Sign with Ed25519 or EdDSA"),
    ],
)
def test_what_does_not_fit_says_what_would(header: dict[str, Any], fix: str) -> None:
    with pytest.raises((ProofError, KeyUnusable)) as refused:
        shown(proof(header=header), EXPECTED)

    assert fix in refused.value.fix


def test_another_payload_under_the_signature_shows_nothing() -> None:
    head, _, signature = proof().split(".")
    _, other, _ = proof(claims={"nonce": "other"}).split(".")

    with pytest.raises(ProofError):
        shown(f"{head}.{other}.{signature}", EXPECTED)


def test_an_rsa_key_shows_nothing_though_it_signed() -> None:
    private = rsa.generate_private_key(65537, 2048)
    public = jwk.public_jwk(private.public_key())
    unsigned = proof(header={"kid": None, "jwk": public, "alg": "RS256"}).rpartition(".")[0]
    signature = private.sign(unsigned.encode(), PKCS1v15(), SHA256())

    with pytest.raises((ProofError, KeyUnusable)):
        shown(f"{unsigned}.{base64url.encode(signature)}", EXPECTED)


OLDER = proof(header={"typ": None}, claims={"iat": None, "nbf": NOW, "exp": NOW + 60, "iss": ED25519.did})


class TestOlderProofs:
    """``typ`` and ``iat`` are of OpenID4VCI 1.0: some wallets send neither."""

    def test_are_taken_where_that_is_set_and_said_to_be_such(self) -> None:
        found = shown(OLDER, LEGACY)

        assert (found.holder.id, found.legacy) == (ED25519.did, True)

    def test_are_refused_otherwise(self) -> None:
        with pytest.raises(ProofError, match="typ"):
            shown(OLDER, EXPECTED)

    def test_are_not_told_of_proofs_that_have_both(self) -> None:
        assert shown(proof(), LEGACY).legacy is False

    @pytest.mark.parametrize(
        "claims",
        [
            {"iat": None},
            {"iat": None, "nbf": NOW - 361},
            {"iat": None, "nbf": NOW, "exp": NOW - 61},
            {"iat": None, "nbf": NOW, "iss": OTHER.did},
            {"iat": None, "nbf": NOW, "aud": f"{ISSUER}/"},
        ],
    )
    def test_show_nothing_all_the_same_when_they_are_old_or_for_others(self, claims: dict[str, Any]) -> None:
        with pytest.raises(ProofError):
            shown(proof(header={"typ": None}, claims=claims), LEGACY)

    def test_of_another_type_are_refused(self) -> None:
        with pytest.raises(ProofError, match="typ"):
            shown(proof(header={"typ": "JWT"}), LEGACY)
