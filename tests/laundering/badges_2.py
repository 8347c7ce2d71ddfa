"""Everything that can be wrong with an Open Badges 2.0 Assertion, signed or hosted, and with what vouches for it."""

import functools
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from gateway.proofs import jws
from gateway.proofs.signatures import PublicKey
from tests.laundering.faults import TOMORROW, YESTERDAY, base64url, recipient
from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import REVOCATIONS, Kind, World, as_json

Fault = Callable[[World], bytes]
Spoil = Callable[[World], object]

KEY = "https://issuer.example/keys/1"
ASSERTION = "https://issuer.example/assertions/1"
BADGE_CLASS = "https://issuer.example/badges/knots"
_SHORT_BITS = 1024

COPY = "https://stranger.example/copy"


def after(spoil: Spoil, kind: Kind) -> Fault:
    """A badge that was right when it was made."""

    def fault(world: World) -> bytes:
        badge = world.sound(kind)
        spoil(world)
        return badge

    return fault


def serving(url: str, body: bytes = b"", media_type: str = "application/json", status: int = 200) -> Spoil:
    """Something else is served there."""
    return lambda world: world.web.publish(url, body, media_type, status)


def changed(url: str, **members: object) -> Spoil:
    """What is served there has these members; None takes one away."""
    return lambda world: world.issuer.serve(url, {**json.loads(world.web.body(url)), **members})


def redirected(url: str) -> Spoil:
    """Another host answers for the address."""

    def spoil(world: World) -> None:
        world.web.publish(COPY, world.web.body(url), "application/ld+json")
        world.web.redirect(url, COPY)

    return spoil


def away(url: str) -> Spoil:
    """Nobody answers there."""
    return lambda world: world.web.unreachable(url)


def headed(**members: object) -> Fault:
    """A signed badge whose header has these members; the right key signed."""

    def fault(world: World) -> bytes:
        world.sound(Kind.JWS)
        header = {"alg": "RS256", **members}
        message = jws.signing_input(
            {name: value for name, value in header.items() if value is not None}, as_json(_assertion(world))
        )
        return jws.compact(message, world.issuer.signature("RS256", message)).encode()

    return fault


def _assertion(world: World, **changes: object) -> dict[str, Any]:
    verification = {"type": "SignedBadge", "creator": world.issuer.key_url}
    return world.issuer.assertion(**{"verification": verification, **changes})


def header_twice(world: World) -> bytes:
    """The header names two algorithms."""
    world.sound(Kind.JWS)
    head = base64url(b'{"alg": "none", "alg": "RS256"}')
    message = head + b"." + base64url(as_json(_assertion(world)))
    return message + b"." + base64url(world.issuer.signature("RS256", message))


def public_key_as_secret(world: World) -> bytes:
    """HMAC, keyed with what the issuer publishes."""
    world.sound(Kind.JWS)
    secret = str(world.issuer.cryptographic_key()["publicKeyPem"]).encode()
    message = jws.signing_input({"alg": "HS256"}, as_json(_assertion(world)))
    return jws.compact(message, hmac.digest(secret, message, hashlib.sha256)).encode()


def small_key(world: World) -> bytes:
    """The issuer signed with an RSA key of 1024 bits, and publishes it."""
    world.issuer.keys["RS256"] = key = rsa.generate_private_key(65_537, _SHORT_BITS)
    _serve_key(world, key.public_key())
    return world.sound(Kind.JWS)


def private_key_published(world: World) -> None:
    """The issuer publishes its private key, so anybody can sign."""
    key = world.issuer.keys["RS256"]
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    changed(KEY, publicKeyPem=pem)(world)


def key_of_a_stranger(world: World) -> None:
    """The address of the key serves another."""
    _serve_key(world, world.stranger.keys["RS256"].public_key())


def _serve_key(world: World, key: PublicKey) -> None:
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    changed(KEY, publicKeyPem=pem.decode())(world)


def profile(**members: object) -> Spoil:
    """The Profile that the issuer serves has these members beside its own."""
    return lambda world: world.issuer.publish(**{"revocationList": REVOCATIONS, **members})


def revokes(*entries: object, **members: object) -> Spoil:
    """The RevocationList of the issuer."""
    return lambda world: world.issuer.serve(
        REVOCATIONS,
        {"id": REVOCATIONS, "type": "RevocationList", "revokedAssertions": list(entries), **members},
    )


def profile_inside(world: World) -> bytes:
    """The Profile in the badge names no revocation list, the served one does; and it is revoked."""
    inside = {name: value for name, value in world.issuer.controller_document().items() if name != "revocationList"}
    world.revoke(ASSERTION)
    return world.issuer.signed_badge(badge=world.issuer.badge_class(issuer=inside)).encode()


def beside(world: World, revocation_list: object, **members: object) -> bytes:
    """Revoked; the badge holds its issuer, and the Profile that is served names the list in this form."""
    inside = {name: value for name, value in world.issuer.controller_document().items() if name != "revocationList"}
    world.revoke(ASSERTION)
    world.issuer.publish(**{"revocationList": revocation_list, **members})
    return world.issuer.signed_badge(badge=world.issuer.badge_class(issuer=inside)).encode()


def vouched_elsewhere(world: World, scope: object) -> bytes:
    """The badge holds its issuer, and the Profile that is served limits what it vouches for in this form."""
    inside = {name: value for name, value in world.issuer.controller_document().items() if name != "@context"}
    badge = world.sound(Kind.HOSTED, badge=world.issuer.badge_class(issuer=inside))
    world.issuer.publish(verification=scope)
    return badge


def other_kind_first(world: World) -> bytes:
    """The host names the same kinds of identity in another order, and the first is read."""
    kinds = recipient("learner@example.org") | {"type": ["email", "id"]}
    badge = world.sound(Kind.HOSTED, recipient=kinds)
    changed(ASSERTION, recipient={**kinds, "type": ["id", "email"]})(world)
    return badge


def _aliased(iri: str) -> dict[str, object]:
    """The member ``ends`` means this."""
    return {"@context": ["https://w3id.org/openbadges/v2", {"ends": iri}]}


def with_uid(world: World) -> bytes:
    """It is revoked by its older name."""
    revokes({"uid": "knots-1"})(world)
    return world.sound(Kind.JWS, uid="knots-1")


def elsewhere(world: World, verification: dict[str, Any]) -> bytes:
    """The issuer hosts another badge under its address; a stranger serves this one, and the badge leads there."""
    world.sound(Kind.HOSTED)
    forged = world.issuer.assertion(recipient=recipient("x@example.org"), verification=verification)
    world.web.publish(COPY, as_json(forged))
    return as_json(forged)


_SIGNED = functools.partial(after, kind=Kind.JWS)
_HOSTED = functools.partial(after, kind=Kind.HOSTED)


def _issued(kind: Kind, **changes: object) -> Fault:
    return lambda world: world.sound(kind, **changes)


OF_A_SIGNED_BADGE: Mapping[str, tuple[str, Fault]] = {
    "header-twice": ("opening malformed", header_twice),
    "public-key-as-secret": ("proof failed", public_key_as_secret),
    "alg-missing": ("proof failed", headed(alg=None)),
    "alg-none": ("proof failed", headed(alg="none")),
    "alg-of-another-padding": ("proof failed", headed(alg="PS256")),
    "alg-of-another-key": ("proof failed", headed(alg="ES256")),
    "alg-that-is-not-accepted": ("proof failed", headed(alg="RS512")),
    "crit": ("proof failed", headed(crit=["exp"])),
    "b64-false": ("proof failed", headed(b64=False)),
    "jku": ("proof failed", headed(jku="https://stranger.example/.well-known/jwks.json")),
    "x5c": ("proof failed", headed(x5c=["MIIB"])),
    "key-unreachable": ("proof unknown", _SIGNED(away(KEY))),
    "key-redirected": ("proof unknown", _SIGNED(redirected(KEY))),
    "key-of-a-stranger": ("proof failed", _SIGNED(key_of_a_stranger)),
    "key-of-another-owner": ("issuer failed", _SIGNED(changed(KEY, owner="https://issuer.example/users/evil"))),
    "key-of-nobody": ("issuer failed", _SIGNED(changed(KEY, owner=None))),
    "key-with-another-id": ("issuer failed", _SIGNED(changed(KEY, id="https://issuer.example/keys/2"))),
    "key-revoked": ("issuer failed", _SIGNED(changed(KEY, revoked=YESTERDAY))),
    "key-expired": ("issuer failed", _SIGNED(changed(KEY, expires=YESTERDAY))),
    "key-that-is-none": ("proof unknown", _SIGNED(changed(KEY, publicKeyPem="-----BEGIN PUBLIC KEY-----"))),
    "key-without-its-text": ("proof unknown", _SIGNED(changed(KEY, publicKeyPem=None))),
    "private-key-published": ("proof unknown", _SIGNED(private_key_published)),
    "key-of-1024-bits": ("proof unknown", small_key),
    "key-revoked-in-a-second-entry": (
        "issuer failed",
        _SIGNED(profile(publicKey=[KEY, {"id": KEY, "revoked": YESTERDAY}])),
    ),
    "key-withdrawn": ("issuer failed", _SIGNED(profile(publicKey=None))),
    "class-redirected": ("references unknown", _SIGNED(redirected(BADGE_CLASS))),
    "profile-redirected": ("references unknown", _SIGNED(redirected("https://issuer.example/profile"))),
    "revoked": ("status failed", _SIGNED(revokes(ASSERTION))),
    "revoked-with-a-reason": ("status failed", _SIGNED(revokes({"id": ASSERTION, "revocationReason": "Plagiarism"}))),
    "revoked-by-its-older-name": ("status failed", with_uid),
    "revoked-percent-encoded": ("status failed", _SIGNED(revokes(ASSERTION.replace("assertions", "%61ssertions")))),
    "revoked-where-only-the-served-profile-says": ("status failed", profile_inside),
    "revoked-in-a-list-of-lists": ("status failed", _SIGNED(revokes([{"@id": ASSERTION}]))),
    "revoked-in-capital-letters": ("status failed", _SIGNED(revokes(ASSERTION.replace("https://i", "HTTPS://I")))),
    "revoked-under-another-name": (
        "status failed",
        _SIGNED(changed(REVOCATIONS, revokedAssertions=[], revokedCredentials=[ASSERTION])),
    ),
    "revoked-in-an-entry-that-is-not-read": ("status unknown", _SIGNED(revokes({"assertion": ASSERTION}))),
    "revoked-in-a-map": ("status unknown", _SIGNED(changed(REVOCATIONS, revokedAssertions={ASSERTION: "Plagiarism"}))),
    "revoked-in-one-text": ("status unknown", _SIGNED(revokes(f"{BADGE_CLASS},{ASSERTION}"))),
    "list-in-the-served-profile": (
        "status failed",
        lambda world: beside(world, {"type": "RevocationList", "revokedAssertions": [ASSERTION]}),
    ),
    "list-in-a-list": ("status failed", lambda world: beside(world, [REVOCATIONS])),
    "list-by-its-iri": (
        "status failed",
        lambda world: beside(world, None, **{"https://w3id.org/openbadges#revocationList": REVOCATIONS}),
    ),
    "list-in-a-form-that-is-not-read": ("status unknown", lambda world: beside(world, {"address": REVOCATIONS})),
    "ended-under-an-alias": ("shape failed", _issued(Kind.JWS, **_aliased("sec:expiration"), ends=YESTERDAY)),
    "revoked-under-an-alias": ("shape failed", _issued(Kind.JWS, **_aliased("obi:revoked"), ends=True)),
    "ended-by-its-token": ("validity-period failed", _issued(Kind.JWS, exp=1_600_000_000)),
    "ended-as-a-credential": ("validity-period failed", _issued(Kind.JWS, validUntil=YESTERDAY)),
    "status-of-a-credential": ("shape failed", _issued(Kind.JWS, credentialStatus={"id": REVOCATIONS})),
    "list-unreachable": ("status unknown", _SIGNED(away(REVOCATIONS))),
    "list-gone": ("status unknown", _SIGNED(serving(REVOCATIONS, status=410))),
    "list-redirected": ("status unknown", _SIGNED(redirected(REVOCATIONS))),
    "list-is-a-page": ("status unknown", _SIGNED(serving(REVOCATIONS, b"<html>", "text/html"))),
    "list-without-entries": ("status unknown", _SIGNED(changed(REVOCATIONS, revokedAssertions=None))),
    "list-of-another-issuer": ("status unknown", _SIGNED(revokes(issuer="https://stranger.example/profile"))),
    "list-with-another-id": ("status unknown", _SIGNED(revokes(id="https://issuer.example/revocations/2"))),
    "expired": ("validity-period failed", _issued(Kind.JWS, expires=YESTERDAY)),
    "not-yet-issued": ("validity-period failed", _issued(Kind.JWS, issuedOn=TOMORROW)),
}

OF_A_HOSTED_BADGE: Mapping[str, tuple[str, Fault]] = {
    "revoked-in-the-copy": ("status failed", _issued(Kind.HOSTED, revoked=True)),
    "revoked-at-its-address": ("status failed", _HOSTED(changed(ASSERTION, revoked=True))),
    "gone": ("status failed", _HOSTED(serving(ASSERTION, status=410))),
    "unreachable": ("proof unknown", _HOSTED(away(ASSERTION))),
    "is-a-page-there": ("proof unknown", _HOSTED(serving(ASSERTION, b"<!doctype html>", "text/html"))),
    "is-not-json-there": ("proof unknown", _HOSTED(serving(ASSERTION, b"{"))),
    "another-recipient-there": ("proof failed", _HOSTED(changed(ASSERTION, recipient=recipient("x@example.org")))),
    "another-badge-there": ("proof unknown", _HOSTED(changed(ASSERTION, badge=f"{BADGE_CLASS}/2"))),
    "another-end-there": ("proof failed", _HOSTED(changed(ASSERTION, expires=TOMORROW))),
    "redirected": ("hosted-scope failed", _HOSTED(redirected(ASSERTION))),
    "class-unreachable": ("references unknown", _HOSTED(away(BADGE_CLASS))),
    "class-redirected": ("references unknown", _HOSTED(redirected(BADGE_CLASS))),
    "verified-elsewhere": (
        "proof failed",
        lambda world: elsewhere(world, {"type": "HostedBadge", "url": COPY}),
    ),
    "verified-elsewhere-as-of-old": ("proof failed", lambda world: elsewhere(world, {"type": "hosted", "url": COPY})),
    "issuer-unreachable": ("references unknown", _HOSTED(away("https://issuer.example/profile"))),
    "class-of-another-issuer": (
        "hosted-scope failed",
        _HOSTED(changed(BADGE_CLASS, issuer="https://stranger.example/profile")),
    ),
    "outside-the-prefix": (
        "hosted-scope failed",
        _HOSTED(profile(verification={"startsWith": "https://issuer.example/badges/"})),
    ),
    "outside-the-origins": (
        "hosted-scope failed",
        _HOSTED(profile(verification={"allowedOrigins": "badges.example"})),
    ),
    "prefix-in-a-list": (
        "hosted-scope failed",
        lambda world: vouched_elsewhere(world, [{"startsWith": [{"@value": "https://issuer.example/badges/"}]}]),
    ),
    "scope-in-a-form-that-is-not-read": (
        "hosted-scope unknown",
        lambda world: vouched_elsewhere(world, "https://issuer.example/scope"),
    ),
    "ended-under-an-alias": ("shape failed", _issued(Kind.HOSTED, **_aliased("sec:expiration"), ends=YESTERDAY)),
    "kinds-of-identity-in-another-order-there": ("proof failed", other_kind_first),
    "prefix-and-origins-contradict": (
        "hosted-scope unknown",
        _HOSTED(profile(verification={"startsWith": "https://issuer.example/b/", "allowedOrigins": "issuer.example"})),
    ),
    "expired": ("validity-period failed", _issued(Kind.HOSTED, expires=YESTERDAY)),
    "not-yet-issued": ("validity-period failed", _issued(Kind.HOSTED, issuedOn=TOMORROW)),
}


def _cases(kind: Kind, rows: Mapping[str, tuple[str, Fault]]) -> dict[str, Case]:
    return {name: Case(stop, fault, kind=kind) for name, (stop, fault) in rows.items()}


FAULTS: Cases = {
    str(Kind.JWS): _cases(Kind.JWS, OF_A_SIGNED_BADGE),
    str(Kind.HOSTED): _cases(Kind.HOSTED, OF_A_HOSTED_BADGE),
}

SOUND = {str(kind): functools.partial(World.sound, kind=kind) for kind in (Kind.JWS, Kind.HOSTED)}
