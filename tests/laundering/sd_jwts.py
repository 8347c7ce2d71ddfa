"""SD-JWT VCs with a fault: what is withheld, disclosed wrongly, or signed by another."""

import functools
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

from gateway.proofs import base64url, jwk
from tests.laundering.faults import TOMORROW, YESTERDAY
from tests.laundering.laundry import Case, Cases, Make
from tests.laundering.sources import Kind, World, as_json
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sd_jwts import (
    STATUS_TOKEN,
    SimulatedLearningCredential,
    SimulatedSdJwt,
    digest,
    disclosure,
    key_binding,
)

Fault = Callable[[SimulatedSdJwt], str]

DAY = 86_400
NOW = int(NOON.timestamp())


def claimed(**claims: Any) -> Fault:
    """The payload has these claims, and is signed."""
    return lambda badge: badge.text(badge.token(badge.payload(**claims)))


def headed(**members: Any) -> Fault:
    """The header has these members, and is signed."""
    return lambda badge: badge.text(badge.token(**members))


def after(change: Callable[[SimulatedSdJwt], object]) -> Fault:
    """The world changes before the badge is sent."""

    def made(badge: SimulatedSdJwt) -> str:
        change(badge)
        return badge.text()

    return made


def sent(*disclosures: Callable[[SimulatedSdJwt], str]) -> Fault:
    """A right token comes with these disclosures."""
    return lambda badge: "".join(f"{part}~" for part in (badge.token(), *(each(badge) for each in disclosures)))


def withheld(name: str, value: Any, *, shown: bool) -> Fault:
    """The issuer lets one more claim be withheld, and the holder discloses it or does not."""

    def made(badge: SimulatedSdJwt) -> str:
        text = disclosure("c2FsdCB0aHJlZSBvZiAxMjg", name, value)
        payload = badge.payload(**{name: None})
        payload["_sd"] = [*payload.get("_sd", []), digest(text)]
        return badge.text(badge.token(payload), badge.subject, badge.evidence, *([text] if shown else []))

    return made


def tampered(badge: SimulatedSdJwt) -> str:
    """The token says something else since."""
    head, _, signature = badge.token().split(".")
    other = base64url.encode(as_json(badge.payload(name="Surgery")))
    return badge.text(f"{head}.{other}.{signature}")


def by(name: str, **header: Any) -> Fault:
    """The key of another issuer signs under this one's name."""

    def made(badge: SimulatedSdJwt) -> str:
        other = SimulatedIssuer(badge.issuer.web, name)
        SimulatedSdJwt(other)
        badge.status()
        return badge.text(
            other.compact({"alg": "ES256", "typ": "dc+sd-jwt", "kid": "key-1", **header}, badge.payload())
        )

    return made


def _subject(badge: SimulatedSdJwt) -> str:
    return badge.subject


def _evidence(badge: SimulatedSdJwt) -> str:
    return badge.evidence


def _forged(badge: SimulatedSdJwt) -> str:
    del badge
    return disclosure("c2FsdCBvbmUgb2YgMTI4IGI", "id", "did:example:thief")


def _in_addition(badge: SimulatedSdJwt) -> str:
    del badge
    return disclosure("c2FsdCBvbmUgb2YgMTI4IGI", "validUntil", "2099-01-01T00:00:00Z")


def _key(badge: SimulatedSdJwt, **members: object) -> dict[str, Any]:
    return {**jwk.public_jwk(badge.issuer.keys["ES256"].public_key()), "kid": "key-1", **members}


def _withdrawn_by_host(badge: SimulatedSdJwt) -> None:
    badge.issuer.serve(f"{badge.issuer.host}/.well-known/jwks.json", {"keys": [_key(badge, revoked=YESTERDAY)]})


def _with_dot_segments(badge: SimulatedSdJwt) -> str:
    return type(badge)(SimulatedIssuer(badge.issuer.web, "https://issuer.example/profile/../users/evil")).text()


def _alone(badge: SimulatedSdJwt) -> str:
    """The token of an SD-JWT that names no type, as if it were a VC-JWT: its end and its status are but digests."""
    text = disclosure("c2FsdCB0aHJlZSBvZiAxMjg", "validUntil", YESTERDAY)
    payload = badge.payload(status=None, sub=None)
    badge.issuer.serve(f"{badge.issuer.host}/.well-known/jwks.json", {"keys": [_key(badge, iss=badge.issuer.id)]})
    return badge.token({**payload, "_sd": [*payload.get("_sd", []), digest(text)]}, typ=None)


STATUS_LIST = "https://issuer.example/status/credentials"


def _entry(index: int) -> dict[str, str]:
    return {
        "id": f"{STATUS_LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": STATUS_LIST,
    }


def _with_credential_status(index: int, *revoked: int, beside: bool = False) -> Fault:
    """Its status is said as verifiable credentials say it, beside the token's way or alone."""

    def made(badge: SimulatedSdJwt) -> str:
        badge.issuer.status_list(STATUS_LIST, *revoked)
        changes = {} if beside else {"status": None}
        return badge.text(badge.token(badge.payload(credentialStatus=_entry(index), **changes)))

    return made


FAULTS_OF_ONE: dict[str, tuple[str, Fault]] = {
    "nothing-disclosed": ("context unknown", sent()),
    "token-alone": ("opening unsupported-carrier", _alone),
    "one-withheld": ("context unknown", sent(_evidence)),
    "element-withheld": ("context unknown", sent(_subject)),
    "end-withheld": ("context unknown", withheld("validUntil", YESTERDAY, shown=False)),
    "status-withheld": (
        "context unknown",
        withheld("status", {"status_list": {"idx": 7, "uri": STATUS_TOKEN}}, shown=False),
    ),
    "status-disclosed": (
        "claims failed",
        withheld("status", {"status_list": {"idx": 7, "uri": STATUS_TOKEN}}, shown=True),
    ),
    "exp-disclosed": ("claims failed", withheld("exp", NOW + DAY, shown=True)),
    "nbf-disclosed": ("claims failed", withheld("nbf", NOW - DAY, shown=True)),
    "cnf-disclosed": ("claims failed", withheld("cnf", {}, shown=True)),
    "end-disclosed-in-the-past": ("validity-period failed", withheld("validUntil", YESTERDAY, shown=True)),
    "decoy": ("context unknown", claimed(_sd=[digest("a decoy")])),
    "forged-disclosure": ("opening malformed", sent(_forged, _evidence)),
    "disclosure-in-addition": ("opening malformed", sent(_subject, _evidence, _in_addition)),
    "disclosure-twice": ("opening malformed", sent(_subject, _subject, _evidence)),
    "digest-twice": (
        "opening malformed",
        lambda badge: badge.text(badge.token(badge.payload(_sd=[digest(badge.subject)]))),
    ),
    "unknown-hash": ("opening malformed", claimed(_sd_alg="md5")),
    "tampered": ("proof failed", tampered),
    "signed-by-a-stranger": ("proof failed", by("https://stranger.example/profile")),
    "signed-by-a-neighbour": ("proof failed", by("https://issuer.example/users/evil")),
    "brings-its-own-key": ("proof failed", by("https://stranger.example/profile", kid=None, jwk={"kty": "EC"})),
    "a-strangers-did": ("issuer failed", by("https://stranger.example/profile", kid="did:web:stranger.example#key-1")),
    "brings-a-chain": ("proof failed", headed(x5c=["MIIB"])),
    "another-kid": ("issuer failed", headed(kid="key-2")),
    "algorithm-none": ("proof failed", lambda badge: badge.text(_unsigned(badge))),
    "type-of-a-token": ("claims failed", headed(typ="vc+jwt")),
    "no-type": ("claims failed", headed(typ=None)),
    "no-vct": ("claims failed", claimed(vct=None)),
    "iss-another": ("claims failed", claimed(iss="https://stranger.example/profile")),
    "issuer-another": ("claims failed", claimed(issuer="https://issuer.example/users/evil")),
    "sub-another": ("claims failed", claimed(sub="did:example:other")),
    "jti-another": ("claims failed", claimed(jti="urn:uuid:1d3a8a2e-8f6c-4b7c-9b89-6f5cb1d3a1f2")),
    "ends-in-two-ways": ("claims failed", claimed(exp=NOW + DAY, validUntil="2099-01-01T00:00:00Z")),
    "expired": ("validity-period failed", claimed(validUntil=YESTERDAY)),
    "expired-by-its-claim": ("validity-period failed", claimed(exp=NOW - 1)),
    "not-yet-valid": ("validity-period failed", claimed(validFrom=TOMORROW)),
    "revoked": ("status failed", after(lambda badge: badge.status(7))),
    "list-unreachable": ("status unknown", after(lambda badge: badge.issuer.web.unreachable(STATUS_TOKEN))),
    "list-of-a-stranger": ("status unknown", after(lambda badge: badge.status(iss="https://stranger.example"))),
    "list-of-another-address": ("status unknown", after(lambda badge: badge.status(sub="https://issuer.example/s/2"))),
    "status-without-a-mechanism": ("status unknown", claimed(status={})),
    "key-withdrawn": ("issuer failed", after(lambda badge: badge.publish(jwks={"keys": []}))),
    "key-revoked": (
        "issuer failed",
        after(lambda badge: badge.publish(jwks={"keys": [_key(badge, revoked=YESTERDAY)]})),
    ),
    "key-expired": ("issuer failed", after(lambda badge: badge.publish(jwks={"keys": [_key(badge, exp=1)]}))),
    "key-revoked-by-its-host": ("issuer failed", after(_withdrawn_by_host)),
    "issuer-with-dot-segments": ("issuer unknown", _with_dot_segments),
    "issuer-unreachable": ("issuer unknown", after(lambda badge: badge.issuer.web.unreachable(badge.metadata))),
    "metadata-of-another": ("issuer unknown", after(lambda badge: badge.publish(issuer="https://issuer.example/"))),
    "own-context": (
        "context unknown",
        lambda badge: badge.text(
            badge.token(badge.payload(**{"@context": [*badge.payload()["@context"], "https://issuer.example/context"]}))
        ),
    ),
    "broken-key-binding": ("key-binding failed", lambda badge: key_binding(badge.text(), sd_hash=digest("x"))),
}


def _unsigned(badge: SimulatedSdJwt) -> str:
    parts = (as_json({"alg": "none", "typ": "dc+sd-jwt"}), as_json(badge.payload()))
    return f"{'.'.join(map(base64url.encode, parts))}."


def _made(kind: type[SimulatedSdJwt], fault: Fault, world: World) -> bytes:
    return fault(kind(world.issuer)).encode()


LEARNING: dict[str, tuple[str, Fault]] = {
    "expired": ("validity-period failed", claimed(date_of_expiry="2025-12-31")),
    "expired-by-its-claim": ("validity-period failed", claimed(exp=NOW - 1)),
    "end-withheld": ("context unknown", withheld("date_of_expiry", "2025-12-31", shown=False)),
    "end-disclosed-in-the-past": ("validity-period failed", withheld("date_of_expiry", "2025-12-31", shown=True)),
    "expired-as-credentials-say-it": ("validity-period failed", claimed(validUntil=YESTERDAY)),
    "expired-as-they-said-it": ("validity-period failed", claimed(expirationDate=YESTERDAY)),
    "end-that-nobody-can-read": ("shape failed", claimed(validUntil="2099-01-01")),
    "hash-that-is-said-to-be-none": ("shape failed", claimed(learner_identification=f"sha256${'0' * 64}")),
    "no-hash-that-is-said-to-be-one": (
        "shape failed",
        claimed(learner_identity={"kind": "identifier", "hashed": True, "salt": "s"}),
    ),
    "day-of-no-year": ("shape failed", claimed(date_of_issuance="0001-01-01T00:00:00+14:00")),
    "ends-in-two-ways": ("claims failed", claimed(exp=NOW + DAY, validUntil="2099-01-01T00:00:00Z")),
    "ends-in-two-older-ways": ("claims failed", claimed(exp=NOW + DAY, expirationDate="2099-01-01T00:00:00Z")),
    "revoked-as-credentials-are": ("status failed", _with_credential_status(3, 3)),
    "revoked-in-both-ways-or-one": ("status failed", _with_credential_status(3, 3, beside=True)),
    "list-of-credentials-unreachable": ("status unknown", claimed(credentialStatus=_entry(3))),
    "list-of-ids-unreachable": (
        "status unknown",
        claimed(credentialStatus={"type": "1EdTechRevocationList", "id": "https://issuer.example/revoked"}),
    ),
    "status-of-another-type": ("status unknown", claimed(credentialStatus={"type": "Surprise", "id": STATUS_LIST})),
    "status-without-an-entry": ("status unknown", claimed(credentialStatus=[])),
    "status-as-text": ("status unknown", claimed(credentialStatus="valid")),
    "issuer-another": ("claims failed", claimed(issuer={"id": "https://issuer.example/users/evil"})),
    "token-alone": ("opening unsupported-carrier", _alone),
    "another-credential": ("opening unknown-format", claimed(vct="urn:eu.europa.ec.eudi:pid:1")),
    "iss-another": ("issuer unknown", claimed(iss="https://stranger.example/profile")),
    **{
        name: FAULTS_OF_ONE[name]
        for name in (
            "one-withheld",
            "exp-disclosed",
            "forged-disclosure",
            "disclosure-in-addition",
            "disclosure-twice",
            "unknown-hash",
            "tampered",
            "signed-by-a-stranger",
            "another-kid",
            "algorithm-none",
            "type-of-a-token",
            "revoked",
            "list-unreachable",
            "status-without-a-mechanism",
            "key-withdrawn",
            "key-revoked",
            "key-expired",
            "key-revoked-by-its-host",
            "issuer-with-dot-segments",
            "issuer-unreachable",
            "metadata-of-another",
            "broken-key-binding",
        )
    },
}

FAULTS: Cases = {
    name: {
        fault: Case(stop, functools.partial(_made, kind, make), kind=Kind.VC_JWT)
        for fault, (stop, make) in faults.items()
    }
    for name, kind, faults in (
        ("SD-JWT VC", SimulatedSdJwt, FAULTS_OF_ONE),
        ("SD-JWT VC, learning credential", SimulatedLearningCredential, LEARNING),
    )
}
"""What is withheld is verified and never converted; a disclosure that the issuer did not sign opens nothing."""

SOUND: dict[str, Make] = {
    "SD-JWT VC, learning credential with a status list of credentials": functools.partial(
        _made, SimulatedLearningCredential, _with_credential_status(3, 4)
    ),
    "SD-JWT VC": functools.partial(_made, SimulatedSdJwt, lambda badge: badge.text()),
    # Another one: what is presented of the same is the same badge, and has its forms already.
    "SD-JWT VC, presented": functools.partial(
        _made, SimulatedSdJwt, lambda badge: key_binding(claimed(iat=NOW - 90)(badge))
    ),
    "SD-JWT VC, learning credential": functools.partial(_made, SimulatedLearningCredential, lambda badge: badge.text()),
}
