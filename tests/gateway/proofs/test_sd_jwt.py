"""SD-JWTs that we make: what is hidden in them, that a retry gives the same, and that the reference reads them."""

import json
import warnings
from itertools import count
from typing import Any  # Any: members of JSON documents

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from adapters.hub.disclosures import disclosed
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.securing import of_sd_jwt
from gateway.proofs import base64url, jwk, jws, sd_jwt, sd_jwt_vc
from gateway.proofs.errors import ProofError
from tests.simulators.sd_jwts import AUDIENCE, HOLDER, NONCE

KEY = ec.derive_private_key(4_242_424, ec.SECP256R1())
HEADER = {"alg": "ES256", "typ": "dc+sd-jwt", "kid": "key-1"}
CLAIMS: dict[str, Any] = {
    "iss": "https://issuer.example",
    "vct": "https://issuer.example/types/badge",
    "person": {"name": "Möbius", "age": 30, "town": "Leipzig"},
    "evidence": [{"name": "A knot"}, {"name": "A rope"}],
    "level": 3,
    "cnf": {"jwk": jwk.public_jwk(HOLDER.public_key())},
}
WITHHELD = (("level",), ("person", "name"), ("person", "age"), ("evidence", "1"))


def _sealed(unsigned: bytes) -> str:
    r, s = decode_dss_signature(KEY.sign(sd_jwt.signing_input(unsigned), ec.ECDSA(hashes.SHA256())))
    return sd_jwt.sealed(unsigned, r.to_bytes(32) + s.to_bytes(32))


def _payload(unsigned: bytes) -> dict[str, Any]:
    return dict(json.loads(base64url.decode(sd_jwt.signing_input(unsigned).split(b".")[1].decode())))


def test_what_may_be_withheld_stands_as_digests_alone_and_in_no_telling_order() -> None:
    unsigned = sd_jwt.unsigned(HEADER, CLAIMS, WITHHELD)

    payload = _payload(unsigned)
    assert payload["_sd_alg"] == "sha-256"
    assert payload["person"].keys() == {"_sd", "town"}
    assert payload["person"]["_sd"] == sorted(payload["person"]["_sd"])
    assert payload["evidence"][0] == {"name": "A knot"}
    assert payload["evidence"][1].keys() == {"..."}
    assert not {"Möbius", "rope", "30"}.intersection(json.dumps(payload))
    assert sd_jwt.whole(unsigned) == CLAIMS


def test_each_salt_has_128_bits_and_is_used_once() -> None:
    disclosures = sd_jwt.unsigned(HEADER, CLAIMS, WITHHELD).decode().split("~")[1:-1]

    salts = [json.loads(base64url.decode(text))[0] for text in disclosures]

    assert len(set(salts)) == len(WITHHELD)
    assert {len(base64url.decode(salt)) for salt in salts} == {16}


def test_what_was_committed_is_sealed_to_the_same_bytes_but_for_the_signature() -> None:
    unsigned = sd_jwt.unsigned(HEADER, CLAIMS, WITHHELD)

    first, again = _sealed(unsigned), _sealed(unsigned)

    assert first.partition("~")[2] == again.partition("~")[2]
    assert first.rpartition(".")[0] == again.rpartition(".")[0]
    assert sd_jwt.read(first).disclosures == sd_jwt.read(again).disclosures


def test_nothing_to_withhold_is_an_sd_jwt_all_the_same() -> None:
    text = _sealed(sd_jwt.unsigned(HEADER, {"a": 1}, ()))

    assert text.endswith("~")
    assert text.count("~") == 1
    assert disclosed({"a": 1}, ()).withheld == 0


def test_salts_may_be_given() -> None:
    numbers = count()

    made = {sd_jwt.unsigned(HEADER, CLAIMS, WITHHELD, lambda: f"salt {next(numbers) % 4}") for _ in range(2)}

    assert len(made) == 1


@pytest.mark.parametrize("text", ["a.b.c", "", "a.b.c~~", "a~b.c~"])
def test_what_is_no_sd_jwt_is_not_read(text: str) -> None:
    with pytest.raises(ProofError):
        sd_jwt.read(text)


@pytest.fixture
def key() -> JWK:
    return JWK.from_pyca(KEY)


def _by_reference(text: str, key: JWK, **expected: str) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dict(SDJWTVerifier(text, lambda _issuer, _header: key, **expected).get_verified_payload())


def test_reference_reads_what_we_make_whole_and_in_part(key: JWK) -> None:
    text = _sealed(sd_jwt.unsigned(HEADER, CLAIMS, WITHHELD))

    whole = _by_reference(text, key)
    none = _by_reference(f"{text.split('~')[0]}~", key)

    assert whole == CLAIMS
    assert none["person"] == {"town": "Leipzig"}
    assert none["evidence"] == [{"name": "A knot"}]
    assert "level" not in none


def test_reference_presents_what_we_make_and_we_read_the_presentation(key: JWK) -> None:
    holder = SDJWTHolder(_sealed(sd_jwt.unsigned(HEADER, CLAIMS, WITHHELD)))
    holder.create_presentation({"person": {"name": True}}, NONCE, AUDIENCE, JWK.from_pyca(HOLDER))

    opened = open_bytes(holder.sd_jwt_presentation.encode())

    assert isinstance(opened, Opened)
    assert opened.presented is not None
    assert opened.document["person"] == {"town": "Leipzig", "name": "Möbius"}
    assert opened.presented.withheld == 3
    found = sd_jwt_vc.key_binding(of_sd_jwt(opened.presented, opened.document))
    assert (found.audience, found.nonce) == (AUDIENCE, NONCE)
    assert _by_reference(holder.sd_jwt_presentation, key, expected_aud=AUDIENCE, expected_nonce=NONCE)


def test_we_read_what_the_reference_makes(key: JWK) -> None:
    claims = {
        "iss": "https://issuer.example",
        SDObj("name"): "Möbius",
        "address": {SDObj("street"): "Strand 1", "town": "Leipzig"},
        "nationalities": [SDObj("DE"), "FR"],
    }
    issued = SDJWTIssuer(claims, key, extra_header_parameters={"typ": "dc+sd-jwt"}).sd_jwt_issuance

    opened = open_bytes(issued.encode())

    assert isinstance(opened, Opened)
    assert opened.presented is not None
    assert opened.presented.withheld == 0
    assert opened.document["name"] == "Möbius"
    assert opened.document["address"] == {"town": "Leipzig", "street": "Strand 1"}
    assert opened.document["nationalities"] == ["DE", "FR"]
    assert opened.token is not None
    jws.verify(jws.parse(opened.token), KEY.public_key(), {"ES256"})


def test_decoys_of_the_reference_are_withheld_as_far_as_anybody_can_tell(key: JWK) -> None:
    issued = SDJWTIssuer({SDObj("name"): "Möbius"}, key, add_decoy_claims=True).sd_jwt_issuance

    opened = open_bytes(issued.encode())

    assert isinstance(opened, Opened)
    assert opened.presented is not None
    assert opened.presented.withheld > 0
