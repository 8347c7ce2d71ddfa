"""Seals of our own: reproducible, and what the schemas of ETSI describe."""

import base64
import datetime as dt
import hashlib
import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from adapters.hub.opened import Opened, open_bytes
from gateway.proofs import jades
from gateway.proofs.errors import ProofError
from gateway.proofs.jades import TimeMember
from tests.corpora import corpus
from tests.simulators.seals import NOW, Authority, der, key, sealed, self_made

PAYLOAD = '{"id":"urn:credential:1","name":"Été \\u00e9 漢 😀"}'.encode()
ROOT = Authority()
CHAIN = der(ROOT.seal(key()), ROOT.certificate)


def protected(file: bytes) -> dict[str, Any]:
    text = json.loads(file)["signatures"][0]["protected"]
    return dict(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))


@cache
def validator(part: str) -> jsonschema_rs.Draft7Validator:
    """One of ETSI's schemas, with those of the RFCs that it leads to.

    Where they say that a text is base64, base64url is meant: that keyword is taken out.
    """
    folder = corpus("elm/schemas/jades")
    resources = [
        (found.relative_to(folder).as_posix(), _annotated(found.read_text())) for found in folder.rglob("*.json")
    ]
    registry = jsonschema_rs.Registry([(f"json-schema:///{name}", body) for name, body in resources])
    schema = _annotated((folder / f"{part}.json").read_text())
    return jsonschema_rs.Draft7Validator(schema, registry=registry, base_uri=f"json-schema:///{part}.json")


def _annotated(schema: str) -> Any:
    def without(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {name: value for name, value in pairs if name != "contentEncoding"}

    return json.loads(schema, object_pairs_hook=without)


@pytest.mark.parametrize("member", TimeMember)
@pytest.mark.parametrize("chain", [CHAIN, (self_made(),)], ids=["chain", "self-made"])
def test_schemas_of_etsi_accept_our_seals(member: TimeMember, chain: tuple[bytes, ...]) -> None:
    file = sealed(PAYLOAD, chain=chain, member=member)

    assert list(validator("rfcs/rfc7515-jws").iter_errors(json.loads(file))) == []
    assert list(validator("19182-protected-jsonSchema").iter_errors(protected(file))) == []


def test_schemas_of_etsi_refuse_both_times() -> None:
    both = {**protected(sealed(PAYLOAD)), "sigT": "2025-01-01T00:00:00Z"}

    assert not validator("19182-protected-jsonSchema").is_valid(both)


def test_header_says_what_a_seal_needs_and_nothing_twice() -> None:
    said = protected(sealed(PAYLOAD, chain=CHAIN))

    assert said == {
        "alg": "ES256",
        "kid": "did:web:seal.example#key",
        "x5t#S256": base64.urlsafe_b64encode(hashlib.sha256(CHAIN[0]).digest()).rstrip(b"=").decode(),
        "x5c": [base64.b64encode(one).decode() for one in CHAIN],
        "typ": "jose+json",
        "b64": False,
        "iat": int(NOW.timestamp()),
        "crit": ["b64"],
    }


def test_older_time_stands_alone_and_is_critical() -> None:
    at = dt.datetime(2026, 6, 1, 14, 0, 0, 999_999, tzinfo=dt.timezone(dt.timedelta(hours=2)))

    said = protected(sealed(PAYLOAD, at=at, member=TimeMember.SIG_T))

    assert (said["sigT"], said["crit"]) == ("2026-06-01T12:00:00Z", ["b64", "sigT"])
    assert "iat" not in said


def test_rsa_seals_with_rs256() -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    assert protected(sealed(PAYLOAD, private, der(ROOT.seal(private))))["alg"] == "RS256"


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300))
def test_sealed_file_opens_to_the_payload_and_is_the_same_again(text: str) -> None:
    payload = json.dumps({"name": text}, ensure_ascii=False).encode()

    file = sealed(payload)

    opened = open_bytes(file)
    assert isinstance(opened, Opened)
    assert opened.payload == payload
    assert sealed(payload) == file


def test_payload_comes_back_out_of_what_is_to_be_signed() -> None:
    header = jades.header("ES256", CHAIN, "kid", NOW)

    assert jades.payload_of(jades.signing_input(header, PAYLOAD)) == PAYLOAD


@pytest.mark.parametrize("text", [b"", b"no dot", b".{}"])
def test_other_bytes_are_no_signing_input(text: bytes) -> None:
    with pytest.raises(ProofError):
        jades.payload_of(text)


@pytest.mark.parametrize(("alg", "chain"), [("EdDSA", CHAIN), ("none", CHAIN), ("ES256", ())])
def test_other_algorithms_and_no_certificate_are_our_mistake(alg: str, chain: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="ES256 or RS256"):
        jades.header(alg, chain, "kid", NOW)
