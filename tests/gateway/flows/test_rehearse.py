"""Nothing is planned that our own verifier would not let out once it is sealed."""

import json
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.contract import Format
from adapters.hub.errors import NotWritable
from gateway.flows.rehearse import Rehearse
from gateway.proofs import jades, jws, sd_jwt, vc_jwt
from gateway.records import Securing
from tests.simulators import seals
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import credential
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def rehearse(clock: SimulatedClock, web: SimulatedWeb) -> Rehearse:
    return Rehearse(clock, web)


NO_HASH = {"type": "IdentityObject", "hashed": True, "identityHash": "learner", "identityType": "identifier"}


def unsigned(document: dict[str, Any], securing: Securing) -> bytes:
    """As an intent has it."""
    payload = json.dumps(document).encode()
    if securing is Securing.DATA_INTEGRITY:
        proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
        return json.dumps({**document, "proof": [proof]}).encode()
    if securing is Securing.SD_JWT:
        claims = {**document, "iss": document["issuer"]["id"], "vct": "https://issuer.example/types/badge"}
        return sd_jwt.unsigned({"alg": "ES256", "kid": "key-1", "typ": "dc+sd-jwt"}, claims, [("name",)])
    if securing is Securing.JWS:
        return jws.signing_input({"alg": "ES256", "kid": "key-1"}, payload)
    return jws.signing_input(
        {"alg": "ES256", "kid": "key-1", "typ": "JWT"}, json.dumps(vc_jwt.claims(document)).encode()
    )


def to_be_sealed(document: dict[str, Any]) -> bytes:
    header = jades.header("ES256", [seals.self_made()], "did:web:issuer.example#1", NOON)
    return jades.signing_input(header, json.dumps(document).encode())


async def test_what_keeps_all_rules_needs_no_signature_to_be_let_through(rehearse: Rehearse) -> None:
    await rehearse(to_be_sealed(credential()))


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"validUntil": "2025-12-31T00:00:00Z"}, "/valid", "validity-period"),
        ({"validFrom": "2027-01-01T00:00:00Z"}, "/validFrom", "validity-period"),
        ({"id": "javascript:alert(1)"}, "/id", "shape"),
        ({"credentialProfiles": None}, "/credentialProfiles", "shape"),
        ({"credentialSubject": []}, "/credentialSubject", "could not be read"),
    ],
)
async def test_what_breaks_one_is_refused_with_the_place(
    rehearse: Rehearse, changes: dict[str, Any], pointer: str, said: str
) -> None:
    with pytest.raises(NotWritable, match=said) as caught:
        await rehearse(to_be_sealed(credential(**changes)))

    assert caught.value.pointer.startswith(pointer)
    assert caught.value.fix


async def test_what_is_too_large_to_be_opened_again_is_refused(rehearse: Rehearse) -> None:
    with pytest.raises(NotWritable, match="bytes"):
        await rehearse(to_be_sealed(credential(notes="x" * 11_000_000)))


@pytest.mark.parametrize("securing", [Securing.VC_JWT, Securing.JWS, Securing.SD_JWT, Securing.DATA_INTEGRITY])
async def test_what_asks_nobody_is_let_through_by_what_it_says_itself(
    securing: Securing, rehearse: Rehearse, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    is_assertion = securing is Securing.JWS
    whole = {**issuer.badge_class(), "issuer": issuer.controller_document()}
    signed = {"type": "SignedBadge", "creator": issuer.key_url}
    document = issuer.assertion(badge=whole, verification=signed) if is_assertion else issuer.credential()
    format = Format.OPEN_BADGES_2 if is_assertion else Format.OPEN_BADGES_3
    asked = len(web.requests)

    await rehearse.alone(unsigned(document, securing), format, securing)

    assert len(web.requests) == asked


@pytest.mark.parametrize("securing", [Securing.VC_JWT, Securing.SD_JWT, Securing.DATA_INTEGRITY])
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"validUntil": "2025-12-31T00:00:00Z"}, "validity-period"),
        ({"validFrom": "2027-01-01T00:00:00Z"}, "validity-period"),
        ({"type": ["VerifiableCredential"]}, "read|shape"),
        ({"credentialSubject": {"type": ["AchievementSubject"], "identifier": [NO_HASH]}}, "shape"),
        ({"credentialSubject": []}, "could not be read"),
    ],
)
async def test_what_breaks_a_rule_by_itself_is_refused_in_every_securing(
    changes: dict[str, Any], said: str, securing: Securing, rehearse: Rehearse, issuer: SimulatedIssuer
) -> None:
    document = {**issuer.credential(), **changes}

    with pytest.raises(NotWritable, match=said):
        await rehearse.alone(unsigned(document, securing), Format.OPEN_BADGES_3, securing)


async def test_claims_that_contradict_the_document_are_refused(rehearse: Rehearse, issuer: SimulatedIssuer) -> None:
    payload = json.dumps({**issuer.credential(), "nbf": "never"}).encode()
    token = jws.signing_input({"alg": "ES256", "kid": "key-1", "typ": "JWT"}, payload)

    with pytest.raises(NotWritable, match="claims"):
        await rehearse.alone(token, Format.OPEN_BADGES_3, Securing.VC_JWT)
