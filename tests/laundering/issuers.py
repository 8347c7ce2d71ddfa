"""Issuers of every kind, by where they publish their keys; each secures a credential as JSON and as a token."""

import functools
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.proofs import jwk, multikey
from tests.laundering.sources import World, as_json
from tests.simulators.did_webvh import WebvhLog
from tests.simulators.issuer import SimulatedIssuer

KEY_SET = "https://issuer.example/.well-known/jwks.json"
KEY_URL = "https://issuer.example/keys/7"
LOG = "https://issuer.example/academy/did.jsonl"


class Form(StrEnum):
    """How a credential is secured."""

    EMBEDDED = "embedded"
    TOKEN = "token"


class Place(msgspec.Struct, frozen=True):
    """An issuer and its Ed25519 key.

    Attributes:
        world: Where it lives.
        issuer: It.
        method: What it calls the key.
        url: Of the document that lists the key; "" where the DID is the key.
    """

    world: World
    issuer: SimulatedIssuer
    method: str
    url: str = ""

    def badge(self, form: Form, method: str = "", **changes: object) -> bytes:
        """A credential, signed with the key under its own or another name."""
        document, name = self.issuer.credential(**changes), method or self.method
        if form is Form.EMBEDDED:
            return as_json(self.issuer.signed(document, verificationMethod=name))
        return self.issuer.token(document, "EdDSA", header={"kid": name}).encode()

    def document(self) -> dict[str, Any]:
        """What is served there now."""
        found: dict[str, Any] = json.loads(self.world.web.body(self.url))
        return found

    def serve(self, document: dict[str, Any]) -> None:
        """Serve another document there; members that are None are left out."""
        self.issuer.serve(self.url, document)


Settle = Callable[[World], Place]


def method_of(place_id: str, name: str, issuer: SimulatedIssuer, *, as_jwk: bool = False) -> dict[str, Any]:
    """The verification method of the issuer's Ed25519 key."""
    key = issuer.keys["EdDSA"].public_key()
    held = {"publicKeyJwk": jwk.public_jwk(key)} if as_jwk else {"publicKeyMultibase": multikey.encode(key)}
    return {"id": name, "type": "JsonWebKey" if as_jwk else "Multikey", "controller": place_id, **held}


def _https(world: World, *, as_jwk: bool) -> Place:
    issuer = world.issuer
    method = method_of(issuer.id, issuer.method(), issuer, as_jwk=as_jwk)
    issuer.publish(verificationMethod=[method], assertionMethod=[method["id"]])
    world.web.unreachable(KEY_SET)
    return Place(world, issuer, method["id"], issuer.id)


def _key_document(world: World) -> Place:
    issuer = world.issuer
    issuer.publish(verificationMethod=[], assertionMethod=[KEY_URL])
    issuer.serve(KEY_URL, method_of(issuer.id, KEY_URL, issuer))
    world.web.unreachable(KEY_SET)
    return Place(world, issuer, KEY_URL, issuer.id)


def _did_web(did: str, url: str, world: World) -> Place:
    issuer = SimulatedIssuer(world.web, did)
    issuer.publish()
    world.web.unreachable(KEY_SET)
    return Place(world, issuer, issuer.method(), url)


def _did_key(world: World) -> Place:
    issuer = SimulatedIssuer.of_did_key(world.web)
    return Place(world, issuer, issuer.method())


def _did_jwk(world: World) -> Place:
    issuer = SimulatedIssuer(world.web, "did:jwk")
    issuer.id = issuer.did_jwk()
    return Place(world, issuer, f"{issuer.id}#0")


def _key_set(world: World) -> Place:
    """The document of this issuer lists no keys, so the key set of its host speaks alone."""
    issuer = world.issuer
    issuer.publish(verificationMethod=None, assertionMethod=None)
    return Place(world, issuer, issuer.method(), KEY_SET)


def webvh(world: World, **parameters: object) -> tuple[Place, WebvhLog]:
    """An issuer that is a did:webvh, and its log, which is not served yet."""
    issuer = SimulatedIssuer(world.web, "did:webvh")
    key = multikey.encode(issuer.keys["EdDSA"].public_key())
    method = method_of("{DID}", f"{{DID}}#{key}", issuer)
    held = {"verificationMethod": [method], "assertionMethod": [method["id"]]}
    log = WebvhLog("issuer.example:academy", held, parameters=dict(parameters))
    issuer.id = log.did
    return Place(world, issuer, issuer.method(), LOG), log


def _did_webvh(world: World) -> Place:
    place, log = webvh(world)
    world.web.publish(LOG, log.lines(), "text/jsonl")
    return place


WITH_DOCUMENT: Mapping[str, Settle] = {
    "https, Multikey": functools.partial(_https, as_jwk=False),
    "https, JsonWebKey": functools.partial(_https, as_jwk=True),
    "did:web": functools.partial(_did_web, "did:web:issuer.example", "https://issuer.example/.well-known/did.json"),
    "did:web, port": functools.partial(
        _did_web, "did:web:issuer.example%3A8443", "https://issuer.example:8443/.well-known/did.json"
    ),
    "did:web, path": functools.partial(
        _did_web, "did:web:issuer.example:academy:knots", "https://issuer.example/academy/knots/did.json"
    ),
}
"""Those whose document holds the key itself."""

OTHERS: Mapping[str, Settle] = {
    "https, key document": _key_document,
    "did:key": _did_key,
    "did:jwk": _did_jwk,
    "did:webvh": _did_webvh,
    "key set": _key_set,
}


def _sound(kind: str, settle: Settle, form: Form, world: World) -> bytes:
    return settle(world).badge(form, name=kind)  # two kinds may share a key, and the same badge is signed only once


SOUND = {
    f"{name}, {form}": functools.partial(_sound, name, settle, form)
    for name, settle in {**WITH_DOCUMENT, **OTHERS}.items()
    for form in Form
    if (name, form) != ("key set", Form.EMBEDDED)  # speaks for tokens alone
}
