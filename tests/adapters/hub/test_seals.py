"""Seals of JAdES: opened to the very bytes that were sealed, or refused with a reason."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hub.envelopes import Sealed, UnsupportedJwsJson, sealed
from adapters.hub.errors import AdapterError, Malformed, TooLarge, Unwritable
from adapters.hub.opened import Carrier, Opened, open_bytes
from tests.corpora import corpus


def segment(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


LITERAL = segment(b'{"alg":"ES256","b64":false,"crit":["b64"]}')
ENCODED = segment(b'{"alg":"ES256"}')
PAYLOAD = '{"id": "urn:x", "name": "\u00e9\u6f22\U0001f600\\n/"}'
SIGNED: dict[str, Any] = {"protected": LITERAL, "signature": "c2ln"}
GENERAL: dict[str, Any] = {"payload": PAYLOAD, "signatures": [SIGNED]}
TWICE = {"payload": segment(PAYLOAD.encode()), "signatures": [{"protected": ENCODED, "signature": "c2ln"}] * 2}

OPENING: dict[str, dict[str, Any]] = {
    "general": GENERAL,
    "general with a header": {"payload": PAYLOAD, "signatures": [{**SIGNED, "header": {"etsiU": ["e30"]}}]},
    "flattened": {"payload": PAYLOAD, **SIGNED},
    "flattened with a header": {"payload": PAYLOAD, **SIGNED, "header": {"etsiU": []}},
    "base64url with a header": {
        "payload": segment(PAYLOAD.encode()),
        "signatures": [{"protected": ENCODED, "signature": "c2ln", "header": {"etsiU": [{"sigTst": {}}]}}],
    },
    "two signatures": {"payload": PAYLOAD, "signatures": [SIGNED, SIGNED]},
}


@pytest.mark.parametrize("case", OPENING)
def test_seal_opens_to_the_bytes_that_were_sealed(case: str) -> None:
    received = json.dumps(OPENING[case]).encode()

    opened = open_bytes(received)

    assert isinstance(opened, Opened)
    assert (opened.received, opened.carrier) == (received, Carrier.JSON)
    assert (opened.token, opened.header) == (None, None)
    assert opened.document == json.loads(PAYLOAD)
    assert opened.seal is not None
    assert opened.payload == opened.seal.payload == PAYLOAD.encode()
    assert opened.seal.signatures[0]["signature"] == "c2ln"
    assert "payload" not in opened.seal.signatures[0]


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_escapes_of_the_envelope_make_no_difference(text: str) -> None:
    payload = json.dumps({"name": text}, ensure_ascii=False)
    envelope = {"payload": payload, "signatures": [SIGNED]}

    opened = [open_bytes(json.dumps(envelope, ensure_ascii=ascii_only).encode()) for ascii_only in (True, False)]

    assert [one.payload for one in opened if isinstance(one, Opened)] == [payload.encode()] * 2


REFUSED: dict[str, tuple[dict[str, Any], type[AdapterError], str]] = {
    "a member beside": ({**GENERAL, "evil": 1}, UnsupportedJwsJson, "/evil"),
    "a proof beside": ({**GENERAL, "proof": {}}, UnsupportedJwsJson, "/proof"),
    "both serialisations": ({**GENERAL, **SIGNED}, UnsupportedJwsJson, "/protected"),
    "a member beside, flattened": ({"payload": PAYLOAD, **SIGNED, "evil": 1}, UnsupportedJwsJson, "/evil"),
    "a member in a signature": (
        {"payload": PAYLOAD, "signatures": [{**SIGNED, "evil": 1}]},
        UnsupportedJwsJson,
        "/signatures/0/evil",
    ),
    "an unsigned algorithm": (
        {"payload": PAYLOAD, "signatures": [{**SIGNED, "header": {"alg": "none"}}]},
        UnsupportedJwsJson,
        "/signatures/0/header",
    ),
    "a header that is a list": ({"payload": PAYLOAD, **SIGNED, "header": []}, UnsupportedJwsJson, "/header"),
    "no signature in one": (
        {"payload": PAYLOAD, "signatures": [SIGNED, {"protected": LITERAL}]},
        UnsupportedJwsJson,
        "/signatures/1/signature",
    ),
    "a signature that is text": (
        {"payload": PAYLOAD, "signatures": [SIGNED, "x"]},
        UnsupportedJwsJson,
        "/signatures/1",
    ),
    "nine signatures": ({"payload": PAYLOAD, "signatures": [SIGNED] * 9}, UnsupportedJwsJson, "/signatures"),
    "two minds about b64": (
        {"payload": PAYLOAD, "signatures": [SIGNED, {**SIGNED, "protected": ENCODED}]},
        UnsupportedJwsJson,
        "/signatures",
    ),
    "a payload that is an object": ({"payload": {}, **SIGNED}, UnsupportedJwsJson, "/payload"),
    "a detached payload": ({"payload": "", **SIGNED}, UnsupportedJwsJson, "/payload"),
    "no payload": (SIGNED, UnsupportedJwsJson, ""),
    "padding in a signature": (
        {**GENERAL, "signatures": [{**SIGNED, "signature": "c2k="}]},
        UnsupportedJwsJson,
        "/signatures/0/signature",
    ),
    "a second spelling of a signature": (
        {"payload": PAYLOAD, **SIGNED, "signature": "c2lh", "protected": LITERAL[:-1] + "1"},
        Malformed,
        "/protected",
    ),
    "b64 that is text": (
        {"payload": PAYLOAD, **SIGNED, "protected": segment(b'{"b64":"false"}')},
        Malformed,
        "/protected",
    ),
    "a name twice in the header": (
        {"payload": PAYLOAD, **SIGNED, "protected": segment(b'{"b64":false,"b64":true}')},
        Malformed,
        "/protected",
    ),
    "a header beyond measure": (
        {"payload": PAYLOAD, **SIGNED, "protected": segment(b'{"b64":false,"kid":"' + b"k" * 131_072 + b'"}')},
        TooLarge,
        "/protected",
    ),
    "a name twice in the payload": ({"payload": '{"a":1,"a":2}', **SIGNED}, Malformed, "/a"),
    "half a character in the payload": ({"payload": '{"a":"\\ud800"}', **SIGNED}, Unwritable, "/a"),
    "half a character that was escaped outside": ({"payload": '{"a":"\ud800"}', **SIGNED}, Unwritable, "/payload"),
    "a payload that is a list": ({"payload": "[]", **SIGNED}, Malformed, ""),
    "a payload in a second spelling": (
        {"payload": "e31", "protected": ENCODED, "signature": "c2ln", "header": {"etsiU": []}},
        Malformed,
        "/payload",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_seal_that_could_be_read_in_two_ways_is_refused(case: str) -> None:
    envelope, error, pointer = REFUSED[case]

    with pytest.raises(error) as caught:
        open_bytes(json.dumps(envelope).encode())

    assert type(caught.value) is error
    assert caught.value.pointer == pointer


@pytest.mark.parametrize("document", [{}, {"payload": "e30"}, {"signatures": []}, {"payload": "e30", "signatures": 1}])
def test_other_documents_are_no_seals(document: dict[str, Any]) -> None:
    assert sealed(document) is None


def test_two_compact_signatures_are_no_seal() -> None:
    with pytest.raises(UnsupportedJwsJson):
        open_bytes(json.dumps(TWICE).encode())


OFFICIAL = (
    *(f"eu-2025/{name}-signed.jsonld" for name in ("AA-Annex1-MC", "Sample-CertOfPart", "Sample-JointDegree")),
    *(f"eu-2025/{name}-signed.jsonld" for name in ("Sample-MastersDegree", "Sample-TranscriptOfRecords")),
    *(f"eu-2023/{name}-signed.jsonld" for name in ("Sample-CertOfPart", "Sample-MC-Annex1")),
    *(f"edci-tests/{name}.jsonld" for name in ("credential-signed", "signed_credential")),
)


@pytest.mark.parametrize("name", OFFICIAL)
def test_official_seal_opens(name: str) -> None:
    received = corpus(f"elm/samples/{name}").read_bytes()

    opened = open_bytes(received)

    assert isinstance(opened, Opened)
    assert isinstance(opened.seal, Sealed)
    assert opened.payload.decode() == json.loads(received)["payload"]
    assert opened.seal.literal


@pytest.mark.parametrize("name", ["Sample-TranscriptOfRecords", "Sample-JointDegree"])
def test_largest_official_documents_open_unsealed_as_well(name: str) -> None:
    opened = open_bytes(corpus(f"elm/samples/eu-2025/{name}-unsigned.json").read_bytes())

    assert isinstance(opened, Opened)
    assert opened.seal is None
