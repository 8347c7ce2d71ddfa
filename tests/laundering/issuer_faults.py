"""Everything that can be wrong with what an issuer publishes of its keys, wherever it publishes them."""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from gateway.proofs import base64url, jwk, multikey
from tests.laundering import issuers
from tests.laundering.faults import NEUTRAL, TOMORROW, YESTERDAY
from tests.laundering.issuers import KEY_URL, LOG, Form, Place, Settle, webvh
from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import World
from tests.simulators.did_webvh import WebvhLog, public, update_key
from tests.simulators.issuer import SimulatedIssuer

Spoil = Callable[[Place], object]
"""Does something to what is published."""

COPY = "https://stranger.example/copy"
WEAK = {"kty": "OKP", "crv": "Ed25519", "x": base64url.encode(NEUTRAL)}


def with_document(**members: object) -> Spoil:
    """The document has these members; None takes one away."""
    return lambda place: place.serve({**place.document(), **members})


def with_method(**members: object) -> Spoil:
    """Each verification method has these members; None takes one away."""

    def spoil(place: Place) -> None:
        document = place.document()
        changed = [{**method, **members} for method in document["verificationMethod"]]
        kept = [{name: value for name, value in method.items() if value is not None} for method in changed]
        place.serve({**document, "verificationMethod": kept})

    return spoil


def serving(body: bytes, media_type: str = "application/json", status: int = 200) -> Spoil:
    """Something else is served."""
    return lambda place: place.world.web.publish(place.url, body, media_type, status)


def away(place: Place) -> None:
    """Nobody answers."""
    place.world.web.unreachable(place.url)


def redirected(place: Place) -> None:
    """Another host answers."""
    web = place.world.web
    web.publish(COPY, web.body(place.url), "application/ld+json")
    web.redirect(place.url, COPY)


def key_of_a_stranger(place: Place) -> None:
    """Another key has the name."""
    key = multikey.encode(place.world.stranger.keys["EdDSA"].public_key())
    with_method(publicKeyMultibase=key, publicKeyJwk=None)(place)


def key_of_another_curve(place: Place) -> None:
    """A key of another kind has the name."""
    key = multikey.encode(place.world.issuer.keys["ES256"].public_key())
    with_method(publicKeyMultibase=key, publicKeyJwk=None)(place)


def two_keys_of_one_name(place: Place) -> None:
    """Two methods have one id, and different keys."""
    document, key = place.document(), multikey.encode(place.world.stranger.keys["EdDSA"].public_key())
    other = {"id": place.method, "type": "Multikey", "controller": place.issuer.id, "publicKeyMultibase": key}
    place.serve({**document, "verificationMethod": [*document["verificationMethod"], other]})


def withdrawn_under_another_name(place: Place) -> None:
    """The key is held twice, and revoked under the other name."""
    document = place.document()
    held = next(method for method in document["verificationMethod"] if method["id"] == place.method)
    other = {**held, "id": f"{place.issuer.id}#former", "revoked": YESTERDAY}
    place.serve({**document, "verificationMethod": [*document["verificationMethod"], other]})


def withdrawn_in_another_spelling(place: Place) -> None:
    """The key is revoked under another name, and written there as nobody else writes it."""
    key = multikey.decode_base58btc(multikey.encode(place.issuer.keys["EdDSA"].public_key()))
    other = {"id": "#2023", "revoked": YESTERDAY, "publicKeyBase58": multikey.base58btc(key[2:])[1:]}
    place.serve({**place.document(), "verificationMethod": [*place.document()["verificationMethod"], other]})


def withdrawn_unreadably(place: Place) -> None:
    """A key is revoked, and nobody can read which."""
    other = {"@id": "#2023", "revoked": YESTERDAY, "publicKeyMultibase": "bmzxw6ytb"}
    place.serve({**place.document(), "verificationMethod": [*place.document()["verificationMethod"], other]})


def two_keys_in_one_method(place: Place) -> None:
    """Each method holds a second key."""
    document, key = place.document(), multikey.encode(place.world.stranger.keys["EdDSA"].public_key())
    own = jwk.public_jwk(place.issuer.keys["EdDSA"].public_key())
    both = [{**one, "publicKeyJwk": own, "publicKeyMultibase": key} for one in document["verificationMethod"]]
    place.serve({**document, "verificationMethod": both})


OF_A_DOCUMENT: Mapping[str, tuple[str, Spoil]] = {
    "unreachable": ("issuer unknown", away),
    "gone": ("issuer unknown", serving(b"", "", 410)),
    "web-page": ("issuer unknown", serving(b"<!doctype html><p>Welcome", "text/html")),
    "redirected": ("issuer unknown", redirected),
    "another-id": ("issuer unknown", with_document(id="https://stranger.example/profile")),
    "no-id": ("issuer unknown", with_document(id=None)),
    "no-assertion-method": ("issuer failed", with_document(assertionMethod=None)),
    "for-authentication": (
        "issuer failed",
        lambda place: with_document(assertionMethod=[], authentication=[place.method])(place),
    ),
    "key-withdrawn": ("issuer failed", with_document(verificationMethod=[], assertionMethod=["#other"])),
    "key-revoked": ("issuer failed", with_method(revoked=YESTERDAY)),
    "key-expired": ("issuer failed", with_method(expires=YESTERDAY)),
    "end-that-cannot-be-read": ("issuer failed", with_method(revoked="last week")),
    "revoked-under-another-name": ("issuer failed", withdrawn_under_another_name),
    "revoked-in-another-spelling": ("issuer failed", withdrawn_in_another_spelling),
    "revoked-unreadably": ("issuer unknown", withdrawn_unreadably),
    "two-keys-in-one-method": ("issuer unknown", two_keys_in_one_method),
    "another-controller": ("issuer failed", with_method(controller="https://stranger.example/profile")),
    "no-controller": ("issuer failed", with_method(controller=None)),
    "key-of-a-stranger": ("proof failed", key_of_a_stranger),
    "key-of-another-curve": ("proof failed", key_of_another_curve),
    "two-keys-of-one-name": ("issuer unknown", two_keys_of_one_name),
    "key-that-is-none": ("issuer unknown", with_method(publicKeyMultibase="z6Mk", publicKeyJwk=None)),
    "weak-key": ("issuer unknown", with_method(publicKeyJwk=WEAK, publicKeyMultibase=None)),
    "private-key": ("issuer unknown", with_method(publicKeyJwk={**WEAK, "d": "AA"}, publicKeyMultibase=None)),
}


def _spoiled(settle: Settle, spoil: Spoil, form: Form, world: World) -> bytes:
    place = settle(world)
    spoil(place)
    return place.badge(form)


def _key_document(**members: object) -> Spoil:
    def spoil(place: Place) -> None:
        document = {**json.loads(place.world.web.body(KEY_URL)), **members}
        place.issuer.serve(KEY_URL, document)

    return spoil


OF_A_KEY_DOCUMENT: Mapping[str, tuple[str, Spoil]] = {
    "key-unreachable": ("issuer unknown", lambda place: place.world.web.unreachable(KEY_URL)),
    "issuer-unreachable": ("issuer unknown", away),
    "key-with-another-id": ("issuer unknown", _key_document(id="https://issuer.example/keys/8")),
    "key-revoked": ("issuer failed", _key_document(revoked=YESTERDAY)),
    "key-expired": ("issuer failed", _key_document(expires=YESTERDAY)),
    "another-controller": ("issuer failed", _key_document(controller="https://issuer.example/users/evil")),
    "no-controller": ("issuer failed", _key_document(controller=None)),
    "not-listed": ("issuer failed", with_document(assertionMethod=[])),
    "listed-for-authentication": ("issuer failed", with_document(assertionMethod=[], authentication=[KEY_URL])),
    "key-of-a-stranger": (
        "proof failed",
        lambda place: _key_document(
            publicKeyMultibase=multikey.encode(place.world.stranger.keys["EdDSA"].public_key())
        )(place),
    ),
}


def named(method: Callable[[Place], str], settle: Settle, form: Form, world: World) -> bytes:
    """A badge that names its key otherwise."""
    place = settle(world)
    return place.badge(form, method(place))


def by_a_stranger(settle: Settle, form: Form, world: World) -> bytes:
    """A badge of the issuer that somebody who is a did:key signed as such."""
    place, stranger = settle(world), SimulatedIssuer.of_did_key(world.web, "somebody else")
    method = f"{stranger.id}#{stranger.id.removeprefix('did:key:')}"
    stranger.id = place.issuer.id
    return Place(world, stranger, method).badge(form)


def _logged(change: Callable[[WebvhLog], object], form: Form, world: World) -> bytes:
    place, log = webvh(world, portable=True)
    change(log)
    world.web.publish(LOG, log.lines(), "text/jsonl")
    return place.badge(form)


def _served(change: Callable[[bytes], bytes], form: Form, world: World) -> bytes:
    place, log = webvh(world)
    log.add()
    world.web.publish(LOG, change(log.lines()), "text/jsonl")
    return place.badge(form)


def _moved(log: WebvhLog) -> None:
    moved = log.did.replace("issuer.example", "stranger.example")
    log.add({"id": moved, "alsoKnownAs": [log.did]})


def _other_log(form: Form, world: World) -> bytes:
    place, _ = webvh(world)
    other = WebvhLog("issuer.example:academy", {"name": "another"}, key=update_key(5))
    world.web.publish(LOG, other.lines(), "text/jsonl")
    return place.badge(form)


_WITNESSES = {"threshold": 1, "witnesses": [{"id": f"did:key:{public(update_key(9))}"}]}

OF_A_LOG: Mapping[str, tuple[str, Callable[[Form, World], bytes]]] = {
    "unreachable": ("issuer unknown", lambda form, world: webvh(world)[0].badge(form)),
    "of-another-did": ("issuer unknown", _other_log),
    **{
        name: (stop, functools.partial(_logged, change))
        for name, (stop, change) in {
            "unauthorised-entry": ("issuer unknown", lambda log: log.add(key=update_key(7))),
            "key-withdrawn": ("issuer failed", lambda log: log.add({"verificationMethod": [], "assertionMethod": []})),
            "deactivated": ("issuer failed", lambda log: log.add(parameters={"deactivated": True, "updateKeys": []})),
            "moved": ("issuer unknown", _moved),
            "witnesses": ("issuer unknown", lambda log: log.add(parameters={"witness": _WITNESSES})),
            "unknown-method": ("issuer unknown", lambda log: log.add(parameters={"method": "did:webvh:9.0"})),
            "unknown-parameter": ("issuer unknown", lambda log: log.add(parameters={"trustMe": True})),
            "other-scid": ("issuer unknown", lambda log: log.add(parameters={"scid": log.scid[::-1]})),
            "from-the-future": ("issuer unknown", lambda log: log.add(at=TOMORROW)),
            "going-back-in-time": ("issuer unknown", lambda log: log.add(at="2024-01-01T00:00:00Z")),
        }.items()
    },
    **{
        name: ("issuer unknown", functools.partial(_served, change))
        for name, change in {
            "empty": lambda _: b"",
            "not-json": lambda log: log + b"end\n",
            "hash-chain-broken": lambda log: log.replace(b'"versionId": "2-', b'"versionId": "2-Q', 1),
            "first-entry-missing": lambda log: log.splitlines(keepends=True)[1],
            "entry-twice": lambda log: log + log.splitlines(keepends=True)[1],
            "changed-after-signing": lambda log: log.replace(b"assertionMethod", b"assertionMethoD", 2),
            "time-changed": lambda log: log.replace(b"2025-01-02T", b"2025-01-03T"),
        }.items()
    },
}


def _keys(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Spoil:
    """Each key of the set is changed."""
    return lambda place: place.serve({"keys": [change(key) for key in place.document()["keys"]]})


def _crowd(place: Place) -> None:
    place.serve({"keys": [*place.document()["keys"], *place.world.neighbour.jwks()]})


OF_A_KEY_SET: Mapping[str, tuple[str, Spoil]] = {
    "unreachable": ("issuer unknown", away),
    "document-not-heard": ("issuer unknown", lambda place: place.world.web.unreachable(place.issuer.id)),
    "document-not-understood": (
        "issuer unknown",
        lambda place: place.issuer.publish(verificationMethod=[{"@id": "#1"}], assertionMethod=[{"@id": "#1"}]),
    ),
    "revoked": ("issuer failed", _keys(lambda key: {**key, "revoked": YESTERDAY})),
    "revoked-as-in-archives": ("issuer failed", _keys(lambda key: {**key, "revoked": {"revoked_at": 1_735_689_600}})),
    "expired": ("issuer failed", _keys(lambda key: {**key, "expires": YESTERDAY})),
    "expired-in-seconds": ("issuer failed", _keys(lambda key: {**key, "exp": 1_735_689_600})),
    "empty": ("issuer failed", lambda place: place.serve({"keys": []})),
    "redirected": ("issuer unknown", redirected),
    "shared-with-a-neighbour": ("issuer unknown", _crowd),
    "of-another-issuer": ("issuer failed", _keys(lambda key: {**key, "iss": "https://issuer.example/users/evil"})),
    "plain-names": ("issuer failed", _keys(lambda key: {**key, "kid": "key-1"})),
    "for-encryption": ("proof failed", _keys(lambda key: {**key, "use": "enc"})),
    "for-signing-alone": ("proof failed", _keys(lambda key: {**key, "key_ops": ["sign"]})),
    "for-another-algorithm": ("proof failed", _keys(lambda key: {**key, "alg": "ES384"})),
    "private": ("proof failed", _keys(lambda key: {**key, "d": "AA"})),
    "symmetric": ("proof failed", _keys(lambda key: {"kty": "oct", "k": "AA", "kid": key["kid"]})),
    "weak": ("proof failed", _keys(lambda key: {**WEAK, "kid": key["kid"]})),
    "too-many": ("issuer unknown", lambda place: place.serve({"keys": place.document()["keys"] * 70})),
}


OF_A_NAME: Mapping[str, tuple[str, Callable[[Settle, Form, World], bytes]]] = {
    "signed-by-a-strangers-did": ("issuer failed", by_a_stranger),
    "name-of-no-key": ("issuer failed", functools.partial(named, lambda place: f"{place.issuer.id}#other")),
    "name-off-the-host": ("issuer failed", functools.partial(named, lambda _: "https://stranger.example/keys/1")),
}

_PUBLISHED: Mapping[str, Mapping[str, tuple[str, Spoil]]] = {
    **dict.fromkeys(issuers.WITH_DOCUMENT, OF_A_DOCUMENT),
    "https, key document": OF_A_KEY_DOCUMENT,
    "key set": OF_A_KEY_SET,
}
_ITS_OWN = ("did:key", "did:jwk")
_HTTPS = ("https, Multikey", "https, JsonWebKey", "https, key document")

_UNLIKE: Mapping[tuple[str, str], str] = {
    # The key set of the host could hold it, and is away.
    **{
        (f"{name}, {Form.TOKEN}", fault): "issuer unknown"
        for name in _HTTPS
        for fault in ("key-withdrawn", "not-listed", "listed-for-authentication", "name-of-no-key", "name-off-the-host")
    },
    # A DID that is a key has one name for it, and the others are malformed.
    **{(f"{name}, {form}", "name-of-no-key"): "issuer unknown" for name in _ITS_OWN for form in Form},
}


def _cases(name: str, settle: Settle, form: Form) -> dict[str, Case]:
    made = {
        **{
            fault: (stop, functools.partial(_spoiled, settle, spoil, form))
            for fault, (stop, spoil) in _PUBLISHED.get(name, {}).items()
        },
        **{fault: (stop, functools.partial(make, settle, form)) for fault, (stop, make) in OF_A_NAME.items()},
        **{
            fault: (stop, functools.partial(make, form))
            for fault, (stop, make) in (OF_A_LOG if name == "did:webvh" else {}).items()
        },
    }
    if name in _ITS_OWN and form is Form.TOKEN:
        del made["name-off-the-host"]  # whatever the kid says, only the key that the issuer is is tried
    return {fault: Case(_UNLIKE.get((f"{name}, {form}", fault), stop), make) for fault, (stop, make) in made.items()}


FAULTS: Cases = {
    f"{name}, {form}": _cases(name, settle, form)
    for name, settle in {**issuers.WITH_DOCUMENT, **issuers.OTHERS}.items()
    for form in Form
    if f"{name}, {form}" in issuers.SOUND
}
