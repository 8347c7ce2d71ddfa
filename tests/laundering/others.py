"""Right signatures of the issuer over what is no award of it, names that look like it, and images with two badges."""

import functools
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, bake_png, bake_svg
from gateway.proofs import base64url, multikey
from tests.laundering.embedded import Badge
from tests.laundering.faults import signed_assertion, tampered
from tests.laundering.issuers import Form
from tests.laundering.laundry import Case, Cases, Make
from tests.laundering.parts import endorsement
from tests.laundering.sources import DRAWING, PICTURE, STATUS_LIST, Kind, World, as_json

V2 = "https://www.w3.org/ns/credentials/v2"
Bake = Callable[[bytes, bytes], bytes]

GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of Ed25519: a second spelling of a signature adds it to its second half."""


def secured(form: Form, document: Callable[[World], dict[str, Any]], world: World) -> bytes:
    """Any document, secured as a credential of the issuer is."""
    if form is Form.TOKEN:
        header = {"alg": "ES256", "typ": "JWT", "kid": world.issuer.method("ES256")}
        return world.issuer.compact(header, document(world)).encode()
    badge = Badge("eddsa-jcs-2022", world)  # signs whatever it is given
    return as_json(badge.signed(document(world)))


def _credential(**changes: object) -> Callable[[World], dict[str, Any]]:
    return lambda world: world.credential(**changes)


def presentation(world: World) -> dict[str, Any]:
    """A presentation that holds the badge: whoever presents signs that, and does not issue it."""
    return {
        "@context": [V2],
        "id": "urn:uuid:6b6cf7d6-6a41-4a4f-a0d0-8d9fbc6a4a11",
        "type": ["VerifiablePresentation"],
        "holder": world.issuer.id,
        "verifiableCredential": [world.issuer.signed(world.credential())],
    }


def list_credential(world: World) -> dict[str, Any]:
    """A status list."""
    world.issuer.status_list(STATUS_LIST)
    found: dict[str, Any] = json.loads(world.web.body(STATUS_LIST))
    return {name: value for name, value in found.items() if name != "proof"}


NO_AWARDS: Mapping[str, tuple[str, Callable[[World], dict[str, Any]]]] = {
    "endorsement": ("opening unknown-format", lambda world: endorsement(world.issuer)),
    "presentation": ("opening unknown-format", presentation),
    "status-list": ("opening unknown-format", list_credential),
    "achievement": (
        "opening unknown-format",
        lambda world: {"@context": [V2], **world.credential()["credentialSubject"]["achievement"]},
    ),
    "profile": ("opening unknown-format", lambda world: {"@context": [V2], **world.credential()["issuer"]}),
    "no-badge-type": ("shape failed", _credential(type=["VerifiableCredential"])),
    "no-subject": ("opening unknown-format", _credential(credentialSubject=None)),
    "no-achievement": ("shape failed", _credential(credentialSubject={"type": ["AchievementSubject"]})),
    "two-subjects": (
        "shape failed",
        lambda world: world.credential(credentialSubject=[world.credential()["credentialSubject"]] * 2),
    ),
    "no-issuer": ("shape failed", _credential(issuer=None)),
    "two-issuers": ("shape failed", lambda world: world.credential(issuer=[world.issuer.id, world.stranger.id])),
    "issuer-without-an-id": ("shape failed", _credential(issuer={"type": ["Profile"], "name": "Example University"})),
    "no-begin": ("shape failed", _credential(validFrom=None)),
    "begin-that-is-no-date": ("shape failed", _credential(validFrom="last year")),
    "end-that-is-no-date": ("shape failed", _credential(validUntil="never")),
}
"""Each is signed by the issuer itself."""

NAMES: Mapping[str, str] = {
    "with-a-fragment": "https://issuer.example/profile#me",
    "with-a-query": "https://issuer.example/profile?me",
    "with-a-slash": "https://issuer.example/profile/",
    "with-a-port": "https://issuer.example:443/profile",
    "in-upper-case": "https://ISSUER.example/profile",
    "with-a-dot": "https://issuer.example./profile",
    "with-a-user": "https://issuer.example@stranger.example/profile",
    "climbing": "https://issuer.example/users/../profile",
    "percent-encoded": "https://issuer.example/%70rofile",
    "without-tls": "http://issuer.example/profile",
    "with-white-space": "https://issuer.example/profile ",
    "look-alike": "https://issuer.ex\u0430mple/profile",
    "of-the-host": "https://issuer.example",
    "did-of-the-host": "did:web:issuer.example",
    "did-of-nobody": "did:example:issuer",
    "urn": "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d11",
}
"""Ids that are not the issuer's; its own key signed, under its own name."""


def named(form: Form, name: str, world: World) -> bytes:
    """A badge whose issuer calls itself something else."""
    issuer = {"id": name, "type": ["Profile"], "name": "Example University"}
    return secured(form, _credential(issuer=issuer), world)


def second_spelling(form: Form, world: World) -> bytes:
    """The same signature with the order of the group added: right by the equation, and not by the standard."""
    if form is Form.TOKEN:
        head, body, value = world.issuer.token(world.credential(), "EdDSA").split(".")
        return f"{head}.{body}.{base64url.encode(_malleated(base64url.decode(value)))}".encode()
    badge = Badge("eddsa-rdfc-2022", world)
    assert isinstance(badge.prover.key, Ed25519PrivateKey)
    return as_json(badge.altered(proofValue=multikey.base58btc(_malleated(multikey.decode_base58btc(badge.value)))))


def _malleated(signature: bytes) -> bytes:
    return signature[:32] + (int.from_bytes(signature[32:], "little") + GROUP_ORDER).to_bytes(32, "little")


def png_with_two(first: bytes, second: bytes) -> bytes:
    """A picture with two badges, under the keywords of both versions."""
    image = bake_png(PICTURE, first, KEYWORD_3)
    other = b"iTXt" + KEYWORD_2.encode() + b"\0\0\0\0\0" + second
    chunk = struct.pack(">I", len(other) - 4) + other + struct.pack(">I", zlib.crc32(other))
    return image[:-12] + chunk + image[-12:]


def svg_with_two(first: bytes, second: bytes) -> bytes:
    """A drawing with two badges."""
    one, other = bake_svg(DRAWING, first, 3), bake_svg(DRAWING, second, 3)
    end = b"</openbadges:credential>"
    element = other[other.index(b"<openbadges:credential") : other.index(end) + len(end)]
    return one.replace(end, end + element)


def right_first(bake: Bake, world: World) -> bytes:
    """A right badge, and behind it one that was tampered with."""
    return bake(world.sound(Kind.DATA_INTEGRITY), tampered(world, Kind.DATA_INTEGRITY))


def right_last(bake: Bake, world: World) -> bytes:
    """A badge that was tampered with, and behind it the right one."""
    return bake(tampered(world, Kind.DATA_INTEGRITY), world.sound(Kind.DATA_INTEGRITY))


def _of_2(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Make:
    """A JWS of the issuer over something of Open Badges 2.0."""

    def make(world: World) -> bytes:
        world.sound(Kind.JWS)
        return world.issuer.compact({"alg": "RS256"}, change(signed_assertion(world, world.issuer.key_url))).encode()

    return make


OF_2: Mapping[str, tuple[str, Make]] = {
    "badge-class": (
        "opening unknown-format",
        lambda world: world.issuer.compact({"alg": "RS256"}, world.issuer.badge_class()).encode(),
    ),
    "profile": (
        "opening unknown-format",
        lambda world: world.issuer.compact({"alg": "RS256"}, world.issuer.controller_document()).encode(),
    ),
    "hosted-in-a-signature": (
        "shape failed",
        _of_2(lambda it: {**it, "verification": {"type": "HostedBadge"}, "id": "urn:uuid:1"}),
    ),
    "no-recipient": ("shape failed", _of_2(lambda it: {name: it[name] for name in it if name != "recipient"})),
    "no-badge": ("shape failed", _of_2(lambda it: {name: it[name] for name in it if name != "badge"})),
    "no-date": ("shape failed", _of_2(lambda it: {name: it[name] for name in it if name != "issuedOn"})),
    "another-type": ("shape failed", _of_2(lambda it: {**it, "type": "BadgeClass"})),
}


_BY_FORM = {Form.EMBEDDED: "issuer failed", Form.TOKEN: "issuer unknown"}
"""Of a token the host could still say whose key it is."""


def _cases(form: Form) -> dict[str, Case]:
    awards = {
        name: Case(stop, functools.partial(secured, form, document)) for name, (stop, document) in NO_AWARDS.items()
    }
    names = {f"issuer-{name}": Case(_BY_FORM[form], functools.partial(named, form, id)) for name, id in NAMES.items()}
    return {**awards, **names, "second-spelling": Case("proof failed", functools.partial(second_spelling, form))}


_IMAGES = {
    f"{name}, {order}": Case("opening bake-ambiguous", functools.partial(make, bake))
    for name, bake in (("png", png_with_two), ("svg", svg_with_two))
    for order, make in (("right one first", right_first), ("right one last", right_last))
}

FAULTS: Cases = {
    **{f"no award, {form}": _cases(form) for form in Form},
    "no award, Open Badges 2.0": {name: Case(stop, make, kind=Kind.JWS) for name, (stop, make) in OF_2.items()},
}

BAKED: Cases = {"two badges in an image": _IMAGES}
"""Images already, which come in nothing else."""
