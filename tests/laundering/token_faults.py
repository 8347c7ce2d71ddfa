"""Everything that can be wrong with one token, for each algorithm and both data models."""

import functools
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.proofs import base64url, jwk
from tests.laundering.embedded_faults import OTHER_DOCUMENT
from tests.laundering.faults import TOMORROW, YESTERDAY, achievement
from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import STATUS_LIST, World, as_json
from tests.laundering.tokens import ALGORITHMS, MODELS, Token, envelope, flattened, general
from tests.simulators.clock import NOON

Fault = Callable[[Token], str | bytes | dict[str, Any]]

KEY_SET = "https://issuer.example/.well-known/jwks.json"
DAY = 86_400
CREDENTIALS = "https://www.w3.org/2018/credentials#"
REFRESH = "https://issuer.example/refresh/1"
REFRESH_TYPE = "https://purl.imsglobal.org/spec/vccr/v1p0/context.json#1EdTechCredentialRefresh"


def headed(**members: object) -> Fault:
    """The header has these members, and is signed."""
    return lambda token: token.signed(token.header(**members))


def claimed(**claims: Any) -> Fault:
    """The payload has these claims, and is signed."""
    return lambda token: token.signed(payload=token.payload(**claims))


def issued(**changes: object) -> Fault:
    """The credential has these members, and is signed."""
    return lambda token: token.signed(payload=token.payload(token.credential(**changes)))


def in_context(context: object, **changes: object) -> Fault:
    """The credential names this context too, and has these members."""

    def made(token: Token) -> str:
        contexts = [*token.credential()["@context"], context]
        return token.signed(payload=token.payload(token.credential(**{"@context": contexts}, **changes)))

    return made


def rewritten(change: Callable[[str, str, str], str]) -> Fault:
    """The three parts of a right token, put together otherwise."""
    return lambda token: change(*token.signed().split("."))


def header_bytes(change: Callable[[bytes], bytes]) -> Fault:
    """Another spelling of the header, signed."""
    return lambda token: token.raw(change(as_json(token.header())), as_json(token.payload()))


def payload_bytes(change: Callable[[bytes], bytes]) -> Fault:
    """Another spelling of the payload, signed."""
    return lambda token: token.raw(as_json(token.header()), change(as_json(token.payload())))


def signature_bytes(change: Callable[[bytes], bytes]) -> Fault:
    """Other bytes in the place of the signature."""
    return rewritten(lambda head, body, value: f"{head}.{body}.{base64url.encode(change(base64url.decode(value)))}")


def tampered(token: Token) -> str:
    """It says something else since."""
    head, _, signature = token.signed().split(".")
    credential = token.credential()
    achievement(credential)["name"] = "Surgery"
    return f"{head}.{base64url.encode(as_json(token.payload(credential)))}.{signature}"


def with_the_public_key_as_secret(token: Token) -> str:
    """HMAC, keyed with what everybody knows."""
    key = token.world.issuer.keys[token.alg].public_key()
    secret = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body = (base64url.encode(as_json(part)) for part in (token.header(alg="HS256"), token.payload()))
    return f"{head}.{body}.{base64url.encode(hmac.digest(secret, f'{head}.{body}'.encode(), hashlib.sha256))}"


def of_another_algorithm(token: Token) -> str:
    """The right signature under the name of another algorithm."""
    other = ALGORITHMS[(ALGORITHMS.index(token.alg) + 1) % len(ALGORITHMS)]
    return token.signed(token.header(alg=other))


def brings_a_key(token: Token, **members: object) -> str:
    """The header holds the stranger's key, and the stranger signed."""
    key = jwk.public_jwk(token.world.stranger.keys[token.alg].public_key())
    return token.signed(token.header(jwk=key, **members), by=token.world.stranger)


def brings_a_private_key(token: Token) -> str:
    """The header holds a key with a private member."""
    key = jwk.public_jwk(token.world.issuer.keys[token.alg].public_key())
    return token.signed(token.header(jwk={**key, "d": "AA"}))


def withdrawn(token: Token) -> str:
    """The issuer lists no key any more, neither does its host."""
    token.publish(verificationMethod=[], assertionMethod=[])
    token.world.issuer.serve(KEY_SET, {"keys": []})
    return token.signed()


def with_methods(**members: object) -> Fault:
    """The issuer says this of its key; the key set of its host still has it."""

    def fault(token: Token) -> str:
        methods = token.world.issuer.controller_document()["verificationMethod"]
        token.publish(verificationMethod=[{**method, **members} for method in methods])
        return token.signed()

    return fault


def for_nothing(token: Token) -> str:
    """The issuer holds the key, and not for assertions."""
    token.publish(assertionMethod=["#other"])
    return token.signed()


def unreachable(token: Token) -> str:
    """Neither the issuer nor its host can be asked."""
    token.world.web.unreachable(token.world.issuer.id)
    token.world.web.unreachable(KEY_SET)
    return token.signed()


def revoked(token: Token) -> str:
    """The issuer took it back."""
    token.world.issuer.status_list(STATUS_LIST, 7)
    return token.signed()


def list_unreachable(token: Token) -> str:
    """Nobody can be asked whether the issuer took it back."""
    token.world.web.unreachable(STATUS_LIST)
    return token.signed()


def stranger_under_the_issuers_kid(token: Token) -> str:
    """The header names the issuer's key, and another one signed."""
    return token.signed(by=token.world.stranger)


def strangers_own(token: Token) -> str:
    """All is right with it, but it is the stranger's."""
    return token.signed(token.header(kid=token.world.stranger.method(token.alg)), by=token.world.stranger)


def of_another_issuer(token: Token) -> str:
    """The credential says that somebody else issued it."""
    issuer = {"id": token.world.stranger.id, "type": ["Profile"], "name": "Example University"}
    return token.signed(payload=token.payload(token.credential(issuer=issuer)))


def enclosed(change: Callable[[str], dict[str, Any]]) -> Fault:
    """A right token in an envelope that is not."""
    return lambda token: change(token.signed())


def two_signatures(token: Token) -> dict[str, Any]:
    """The issuer's signature and a stranger's over one payload."""
    both = [json.loads(general(token.signed(by=by))) for by in (None, token.world.stranger)]
    return {**both[0], "signatures": [one["signatures"][0] for one in both]}


def unprotected(token: Token) -> dict[str, Any]:
    """A header that no signature covers."""
    found: dict[str, Any] = json.loads(flattened(token.signed()))
    return {**found, "header": {"kid": token.kid}}


_SECONDS = int(NOON.timestamp())

OF_EVERY_TOKEN: Mapping[str, tuple[str, Fault]] = {
    "tampered": ("proof failed", tampered),
    "header-changed": (
        "proof failed",
        rewritten(lambda head, body, value: f"{base64url.encode(base64url.decode(head) + b' ')}.{body}.{value}"),
    ),
    "signed-by-a-stranger": ("proof failed", stranger_under_the_issuers_kid),
    "a-strangers-own": ("issuer failed", strangers_own),
    "brings-its-own-key": ("issuer failed", lambda token: brings_a_key(token, kid=None)),
    "brings-a-key-beside-the-kid": ("proof failed", brings_a_key),
    "brings-a-private-key": ("claims failed", brings_a_private_key),
    "of-another-issuer": ("issuer failed", of_another_issuer),
    "no-key-named": ("issuer failed", headed(kid=None)),
    "kid-is-a-number": ("proof failed", headed(kid=7)),
    "kid-of-nothing": ("issuer failed", headed(kid="https://issuer.example/profile#other")),
    "kid-is-an-address-elsewhere": ("issuer failed", headed(kid="https://stranger.example/keys/1")),
    "kid-with-a-path": ("issuer failed", headed(kid="../../etc/passwd")),
    "signature-truncated": ("proof failed", signature_bytes(lambda value: value[:-1])),
    "signature-longer": ("proof failed", signature_bytes(lambda value: value + b"\0")),
    "signature-zero": ("proof failed", signature_bytes(lambda value: bytes(len(value)))),
    "signature-empty": ("proof failed", rewritten(lambda head, body, _: f"{head}.{body}.")),
    "signature-as-der": ("proof failed", signature_bytes(lambda value: b"\x30\x06\x02\x01\x01\x02\x01\x01" + value)),
    "padded": ("opening unsupported-carrier", rewritten(lambda head, body, value: f"{head}.{body}.{value}==")),
    "detached": ("opening unsupported-carrier", rewritten(lambda head, _, value: f"{head}..{value}")),
    "two-parts": ("opening unsupported-carrier", rewritten(lambda head, body, _: f"{head}.{body}")),
    "five-parts": ("opening unsupported-carrier", rewritten(lambda head, body, value: f"{head}.{body}.{value}.A.A")),
    "with-disclosures": ("opening malformed", rewritten(lambda *parts: ".".join(parts) + "~WyJhIl0~")),
    "disclosures-taken-away": ("opening unsupported-carrier", issued(_sd=["x"], _sd_alg="sha-256")),
    "end-by-a-prefix": ("shape failed", issued(**{"cred:expirationDate": YESTERDAY})),
    "end-by-an-alias": ("shape failed", in_context({"ends": f"{CREDENTIALS}validUntil"}, ends=YESTERDAY)),
    "end-by-a-context": ("context unknown", in_context("https://issuer.example/words", ends=YESTERDAY)),
    "type-by-iri": ("context failed", issued(refreshService={"id": REFRESH, "type": REFRESH_TYPE})),
    "alg-none": ("proof failed", headed(alg="none")),
    "alg-none-unsigned": (
        "proof failed",
        lambda token: ".".join([*token.signed(token.header(alg="none")).split(".")[:2], ""]),
    ),
    "alg-missing": ("proof failed", headed(alg=None)),
    "alg-in-lower-case": ("proof failed", lambda token: token.signed(token.header(alg=token.alg.lower()))),
    "alg-is-a-list": ("proof failed", lambda token: token.signed(token.header(alg=[token.alg]))),
    "public-key-as-secret": ("proof failed", with_the_public_key_as_secret),
    "another-algorithm": ("proof failed", of_another_algorithm),
    "crit": ("proof failed", headed(crit=["exp"], exp=1)),
    "crit-empty": ("proof failed", headed(crit=[])),
    "b64-false": ("proof failed", headed(b64=False)),
    "zip": ("proof failed", headed(zip="DEF")),
    "jku": ("proof failed", headed(jku="https://stranger.example/.well-known/jwks.json")),
    "x5u": ("proof failed", headed(x5u="https://stranger.example/chain.pem")),
    "x5c": ("proof failed", headed(x5c=["MIIB"])),
    "type-of-a-status-list": ("claims failed", headed(typ="statuslist+jwt")),
    "type-of-a-presentation": ("claims failed", headed(typ="vp+jwt")),
    "header-member-twice": (
        "opening malformed",
        header_bytes(lambda head: head.replace(b'"typ"', b'"alg": "none", "typ"')),
    ),
    "payload-member-twice": (
        "opening malformed",
        payload_bytes(lambda body: body.replace(b'"jti"', b'"jti": "urn:uuid:1", "jti"')),
    ),
    "payload-not-utf-8": ("opening malformed", payload_bytes(lambda body: body.replace(b"Knots", b"Knot\xff"))),
    "payload-of-a-list": ("opening malformed", payload_bytes(lambda body: b"[" + body + b"]")),
    "other-iss": ("claims failed", claimed(iss="https://stranger.example/profile")),
    "other-sub": ("claims failed", claimed(sub="did:example:somebody")),
    "other-jti": ("claims failed", claimed(jti=OTHER_DOCUMENT)),
    "other-nbf": ("claims failed", claimed(nbf=_SECONDS - DAY)),
    "other-exp": ("claims failed", lambda token: token.signed(payload=_dated(token, exp=_SECONDS + 2 * DAY))),
    "nbf-is-text": ("claims failed", claimed(nbf="2025-12-02T12:00:00Z")),
    "iat-is-text": ("claims failed", claimed(iat="now")),
    "exp-past": ("validity-period failed", claimed(exp=_SECONDS - 1)),
    "nbf-future": ("validity-period failed", claimed(nbf=_SECONDS + DAY)),
    "iat-future": ("validity-period failed", claimed(iat=_SECONDS + DAY)),
    "header-says-otherwise": ("claims failed", headed(iss="https://stranger.example/profile")),
    "expired": ("validity-period failed", issued(validUntil=YESTERDAY)),
    "not-yet-valid": ("validity-period failed", issued(validFrom=TOMORROW)),
    "revoked": ("status failed", revoked),
    "list-unreachable": ("status unknown", list_unreachable),
    "status-claim-without-a-mechanism": ("status unknown", claimed(status={})),
    "status-claim-of-another-kind": ("status unknown", claimed(status={"identifier_list": {"id": "7"}})),
    "key-withdrawn": ("issuer failed", withdrawn),
    "key-revoked": ("issuer failed", with_methods(revoked=YESTERDAY)),
    "key-expired": ("issuer failed", with_methods(expires=YESTERDAY)),
    "key-of-another-controller": ("issuer failed", with_methods(controller="https://stranger.example/profile")),
    "key-for-something-else": ("issuer failed", for_nothing),
    "issuer-unreachable": ("issuer unknown", unreachable),
    "envelope-says-more": ("opening malformed", enclosed(lambda token: {**envelope(token), "name": "Surgery"})),
    "envelope-of-another-type": (
        "opening unsupported-carrier",
        enclosed(lambda token: envelope(token, "application/sd-jwt")),
    ),
    "envelope-without-context": ("opening malformed", enclosed(lambda token: {**envelope(token), "@context": []})),
    "envelope-with-base64": (
        "opening malformed",
        enclosed(lambda token: envelope(token, "application/vc+jwt;base64")),
    ),
    "two-signatures": ("opening unsupported-jws-json", two_signatures),
    "unprotected-header": ("opening unsupported-jws-json", unprotected),
    "serialised-with-more": (
        "opening unsupported-jws-json",
        enclosed(lambda token: {**json.loads(flattened(token)), "name": "Surgery"}),
    ),
}

_OF_ONE_MODEL: Mapping[str, Mapping[str, tuple[str, Fault]]] = {
    "VCDM 2.0": {
        "vc-beside": ("claims failed", lambda token: token.signed(payload=token.payload(vc=token.credential()))),
        "no-contexts": ("shape failed", claimed(**{"@context": None})),
    },
    "VCDM 1.1": {
        "status-beside-the-claim": ("claims failed", claimed(credentialStatus={"id": STATUS_LIST, "type": "A"})),
        "end-beside-the-claim": ("claims failed", claimed(validUntil=YESTERDAY)),
        "subject-beside-the-claim": ("claims failed", claimed(credentialSubject={"id": "did:example:somebody"})),
        "claim-that-is-no-object": ("opening unknown-format", claimed(vc="Knots")),
    },
}


def _dated(token: Token, **claims: object) -> dict[str, Any]:
    return token.payload(token.credential(validUntil=TOMORROW), **claims)


def _made(alg: str, model: str, fault: Fault, world: World) -> bytes:
    made = fault(Token(alg, model, world))
    return as_json(made) if isinstance(made, dict) else made.encode() if isinstance(made, str) else made


FAULTS: Cases = {
    f"{alg}, {model}": {
        name: Case(stop, functools.partial(_made, alg, model, fault))
        for name, (stop, fault) in {**OF_EVERY_TOKEN, **_OF_ONE_MODEL[model]}.items()
    }
    for alg in ALGORITHMS
    for model in MODELS
}
