"""Whatever one document names, its verification asks for few addresses: nobody makes a flood of us."""

from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.flows.receive import Receive
from gateway.flows.verify import Verify
from tests.laundering.sources import World, as_json
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer

MANY = 200
ENDORSERS = 40
AT_MOST = 100
"""Sixteen endorsements at the utmost, with what vouches for them and a few status lists each."""


def endorsement(number: int) -> dict[str, Any]:
    issuer = f"https://endorser{number}.example/profile"
    lists = [{"id": f"https://lists{number}.example/{n}", "type": "1EdTechRevocationList"} for n in range(10)]
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"urn:x:{number}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": issuer, "type": ["Profile"]},
        "name": "endorsed",
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {"id": "https://issuer.example/achievements/knots", "type": ["EndorsementSubject"]},
        "credentialStatus": lists,
        "refreshService": {"id": f"https://endorser{number}.example/refresh", "type": "1EdTechCredentialRefresh"},
        "relatedResource": [{"id": f"https://endorser{number}.example/{n}", "digestSRI": DIGEST} for n in range(10)],
    }


DIGEST = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def endorsed(world: World) -> bytes:
    tokens = []
    for number in range(ENDORSERS):
        document = endorsement(number)
        claims = {"iss": document["issuer"]["id"], "nbf": 0, "jti": document["id"]}
        header = {"alg": "EdDSA", "typ": "JWT", "kid": f"{document['issuer']['id']}#1"}
        tokens.append(world.issuer.compact(header, {**document, **claims}))
    return world.issuer.token(world.issuer.credential(endorsementJwt=tokens), "EdDSA").encode()


def rightly_endorsed(world: World) -> bytes:
    """Whose signatures are right, so that all the rest is looked at as well."""
    endorser = SimulatedIssuer.of_did_key(world.web)
    named = [{**endorsement(n), "issuer": {"id": endorser.id, "type": ["Profile"]}} for n in range(ENDORSERS)]
    tokens = [endorser.token(document, "EdDSA") for document in named]
    return world.issuer.token(world.issuer.credential(endorsementJwt=tokens), "EdDSA").encode()


def embedded(world: World) -> bytes:
    proof = world.issuer.signed(world.issuer.credential())["proof"][0]
    named = [
        {**endorsement(n), "proof": {**proof, "verificationMethod": f"https://endorser{n}.example/profile#1"}}
        for n in range(ENDORSERS)
    ]
    return world.issuer.token(world.issuer.credential(endorsement=named), "EdDSA").encode()


def addresses(member: str, **members: object) -> Callable[[World], bytes]:
    def named(world: World) -> bytes:
        entries = [{"id": f"https://host{n}.example/{member}", **members} for n in range(MANY)]
        return world.issuer.token(world.issuer.credential(**{member: entries}), "EdDSA").encode()

    return named


def proofs(world: World) -> bytes:
    signed = world.issuer.signed(world.issuer.credential())
    [proof] = signed["proof"]
    return as_json(
        {**signed, "proof": [{**proof, "verificationMethod": f"did:web:host{n}.example#1"} for n in range(MANY)]}
    )


def keys(world: World) -> bytes:
    named = [f"https://issuer.example/keys/{n}" for n in range(MANY)]
    world.issuer.publish(publicKey=named, revocationList=[f"https://issuer.example/lists/{n}" for n in range(MANY)])
    return world.issuer.signed_badge(verification={"type": "SignedBadge", "creator": named[0]}).encode()


@pytest.mark.parametrize(
    "made",
    [
        endorsed,
        rightly_endorsed,
        embedded,
        proofs,
        keys,
        addresses("relatedResource", digestSRI=DIGEST),
        addresses("credentialSchema", type="JsonSchema"),
        addresses("credentialStatus", type="1EdTechRevocationList"),
        addresses("refreshService", type="1EdTechCredentialRefresh"),
        addresses("evidence", type=["Evidence"]),
    ],
)
async def test_one_verification_asks_for_few_addresses(made: Callable[[World], bytes]) -> None:
    world = World()
    badge = made(world)

    await Verify(SimulatedClock(), world.web, Receive(world.web))(badge)

    assert len(world.web.requests) <= AT_MOST
