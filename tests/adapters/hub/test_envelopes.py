"""Envelopes that only carry a token: the same as the token, or refused."""

import json
from typing import Any

import pytest

from adapters.hub.envelopes import UnsupportedCarrier, UnsupportedJwsJson, enclosed
from adapters.hub.errors import Malformed
from adapters.hub.opened import Carrier, Opened, open_bytes

V2 = "https://www.w3.org/ns/credentials/v2"
TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJpZCI6InVybjp4In0.c2ln"
HEADER, PAYLOAD, SIGNATURE = TOKEN.split(".")
SIGNED = {"protected": HEADER, "signature": SIGNATURE}
ENVELOPE = {"@context": V2, "id": f"data:application/vc+jwt,{TOKEN}", "type": "EnvelopedVerifiableCredential"}

CARRYING: dict[str, dict[str, Any]] = {
    "flattened JWS": {"payload": PAYLOAD, **SIGNED},
    "general JWS with one signature": {"payload": PAYLOAD, "signatures": [SIGNED]},
    "enveloped credential": ENVELOPE,
    "its type and context in lists": {
        **ENVELOPE,
        "@context": [V2, "https://issuer.example/more"],
        "type": [ENVELOPE["type"]],
    },
    "its media type in capitals": {**ENVELOPE, "id": f"data:Application/VC+JWT,{TOKEN}"},
}


@pytest.mark.parametrize("case", CARRYING)
def test_envelope_opens_as_the_token_in_it(case: str) -> None:
    received = json.dumps(CARRYING[case]).encode()

    opened = open_bytes(received)

    assert isinstance(opened, Opened)
    assert (opened.received, opened.carrier) == (received, Carrier.JSON)
    assert (opened.token, opened.payload) == (TOKEN, TOKEN.encode())
    assert (opened.document, opened.header) == ({"id": "urn:x"}, {"alg": "ES256"})


NOT_ONE_SIGNATURE: dict[str, dict[str, Any]] = {
    "no signature": {"payload": PAYLOAD, "signatures": []},
    "two signatures": {"payload": PAYLOAD, "signatures": [SIGNED, SIGNED]},
    "signatures in no list": {"payload": PAYLOAD, "signatures": SIGNED},
    "a signature that is text": {"payload": PAYLOAD, "signatures": ["x"]},
    "a header that is not signed": {"payload": PAYLOAD, **SIGNED, "header": {"alg": "none"}},
    "a header that is not signed, in a list": {"payload": PAYLOAD, "signatures": [{**SIGNED, "header": {}}]},
    "both serialisations at once": {"payload": PAYLOAD, **SIGNED, "signatures": [SIGNED]},
    "no protected header": {"payload": PAYLOAD, "signature": SIGNATURE},
    "a credential beside": {"payload": PAYLOAD, **SIGNED, "credentialSubject": {}},
    "a payload that is an object": {"payload": {}, **SIGNED},
    "a payload with a dot": {"payload": f"{PAYLOAD}.{PAYLOAD}", **SIGNED},
    "a payload with padding": {"payload": f"{PAYLOAD}=", **SIGNED},
    "a detached payload": {"payload": "", **SIGNED},
}


@pytest.mark.parametrize("case", NOT_ONE_SIGNATURE)
def test_jws_that_is_not_one_compact_jws_written_otherwise_is_refused(case: str) -> None:
    with pytest.raises(UnsupportedJwsJson) as caught:
        enclosed(NOT_ONE_SIGNATURE[case])

    assert caught.value.code == "unsupported-jws-json"
    assert caught.value.fix == "Send it as a compact JWS."


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "a member that nothing signs": ({**ENVELOPE, "validUntil": "2030-01-01T00:00:00Z"}, "/validUntil"),
    "a proof of its own": ({**ENVELOPE, "proof": {}}, "/proof"),
    "no context": ({"id": ENVELOPE["id"], "type": ENVELOPE["type"]}, "/@context"),
    "another context first": ({**ENVELOPE, "@context": ["https://issuer.example/more", V2]}, "/@context"),
    "no id": ({"@context": V2, "type": ENVELOPE["type"]}, "/id"),
    "an address as id": ({**ENVELOPE, "id": "https://issuer.example/1.jwt"}, "/id"),
    "base64": ({**ENVELOPE, "id": f"data:application/vc+jwt;base64,{TOKEN}"}, "/id"),
    "percent-encoding": ({**ENVELOPE, "id": f"data:application/vc+jwt,{TOKEN.replace('.', '%2E')}"}, "/id"),
    "white space": ({**ENVELOPE, "id": f"data:application/vc+jwt, {TOKEN}"}, "/id"),
    "no token": ({**ENVELOPE, "id": "data:application/vc+jwt,"}, "/id"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_envelope_is_told_where_and_how_to_mend_it(case: str) -> None:
    envelope, pointer = BROKEN[case]

    with pytest.raises(Malformed) as caught:
        enclosed(envelope)

    assert caught.value.pointer == pointer
    assert caught.value.fix


@pytest.mark.parametrize("media_type", ["application/vc+sd-jwt", "application/vc+cose", "text/plain", ""])
def test_envelope_of_another_kind_of_token_is_unsupported(media_type: str) -> None:
    with pytest.raises(UnsupportedCarrier) as caught:
        enclosed({**ENVELOPE, "id": f"data:{media_type},{TOKEN}"})

    assert caught.value.code == "unsupported-carrier"


@pytest.mark.parametrize(
    "document",
    [
        {"type": ["VerifiableCredential", "EnvelopedVerifiableCredential"]},
        {"payload": "e30"},
        {"signature": "c2ln"},
        {},
    ],
)
def test_other_documents_are_no_envelopes(document: dict[str, Any]) -> None:
    assert enclosed(document) is None
