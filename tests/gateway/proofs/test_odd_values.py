"""Values of any type, wherever a stranger may write one: an error of ours, never another."""

import contextlib
import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.hub.claims import claimed
from adapters.hub.envelopes import enclosed
from adapters.hub.errors import AdapterError
from gateway.proofs import jwk, vc_jwt
from gateway.proofs.did_webvh import history
from gateway.proofs.errors import KeyUnusable, ProofError
from tests.simulators.clock import NOON
from tests.simulators.did_webvh import WebvhLog, commitment, public, update_key

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
CLAIMS = st.dictionaries(
    st.sampled_from(["iss", "sub", "jti", "nbf", "exp", "iat", "aud", "vc", "@context", "issuer", "credentialSubject"]),
    VALUES,
)
WITNESSES = {"threshold": 1, "witnesses": [{"id": f"did:key:{public(update_key(9))}"}]}


def log() -> WebvhLog:
    parameters = {"nextKeyHashes": [commitment(update_key(1))], "portable": True, "witness": WITNESSES}
    written = WebvhLog("issuer.example", {"alsoKnownAs": ["https://issuer.example"]}, parameters=parameters)
    written.add(parameters={"updateKeys": [public(update_key(1))], "nextKeyHashes": []})
    return written


LOG = log()


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items: list[tuple[Any, Any]] = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for key, inner in items:
        found += places(inner, (*path, key))
    return found


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(places(LOG.entries)), VALUES)
def test_log_of_a_did_webvh_with_an_odd_value_is_refused(place: tuple[Any, ...], value: object) -> None:
    entries = copy.deepcopy(LOG.entries)
    holder: Any = entries
    for step in place[:-1]:
        holder = holder[step]
    unchanged = holder[place[-1]] == value and type(holder[place[-1]]) is type(value)
    holder[place[-1]] = value

    try:
        found = history(LOG.scid, b"".join(json.dumps(entry).encode() + b"\n" for entry in entries), NOON)
    except ProofError:
        return
    # An id and the time of a proof are of no account; a proof's other members and all else are signed.
    assert unchanged or found.versions == history(LOG.scid, LOG.lines(), NOON).versions


HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "typ": st.text(max_size=8),
        "cty": st.just("vc"),
        "iss": VALUES,
        "jwk": st.dictionaries(st.sampled_from(["kty", "crv", "x", "y", "n", "e"]), VALUES),
    },
)
"""As ``jws.parse`` lets them through."""


@settings(max_examples=100, deadline=None)
@given(CLAIMS, HEADERS)
def test_claims_of_any_type_are_judged(payload: dict[str, Any], header: dict[str, Any]) -> None:
    found = claimed(payload)

    assert all(claim[1:] in payload for claim in found.filled.values())
    assert all(finding.fix for finding in vc_jwt.claim_findings(header, payload))


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(["kty", "crv", "x", "y", "n", "e", "alg", "use", "key_ops"]), VALUES))
def test_key_of_any_type_is_read_or_refused(members: dict[str, Any]) -> None:
    with contextlib.suppress(KeyUnusable):
        jwk.allowed(members)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["payload", "protected", "signature", "signatures", "header"]), VALUES)
    | st.fixed_dictionaries({"type": st.just("EnvelopedVerifiableCredential"), "id": VALUES, "@context": VALUES})
)
def test_envelope_of_any_type_is_opened_or_refused(document: dict[str, Any]) -> None:
    with contextlib.suppress(AdapterError):
        assert enclosed(document) is None
