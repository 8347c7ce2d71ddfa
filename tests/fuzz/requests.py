"""Requests made by chance: a sound one for any route, and then something wrong with it."""

import contextlib
import json
import random
from collections.abc import Sequence
from typing import Any  # Any: JSON values

import msgspec

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, bake_png, bake_svg
from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError
from gateway.proofs import base64url
from tests.fuzz.contract.ground import Prepared, Shown
from tests.fuzz.doors import Door, Doors
from tests.fuzz.mutations import FRAGMENTS, SCALARS, as_bytes, broken_bytes, broken_document
from tests.fuzz.oddities import HEADERS, METHODS, SEGMENTS, flood, pieces
from tests.laundering.sources import DRAWING, PICTURE, Kind, World
from tests.simulators.clock import SimulatedClock

DOORS = (
    ("/v1/inspections", (b"", b"repair=true")),
    ("/v1/verifications", (b"", b"recipient=learner%40example.org")),
    (
        "/v1/credentials",
        (b"to=open-badges-3", b"to=open-badges-2&to=open-badges-3", b"to=open-badges-3&securing=vc-jwt"),
    ),
)
ORIGIN = b"https://badges.example.net"
Headers = tuple[tuple[bytes, bytes], ...]

LEFT = "left"
"""A client that goes away before all of its body was sent."""


class Request(msgspec.Struct, frozen=True):
    """What is sent, in the words of ASGI; each item of ``body`` is a message of its own.

    Attributes:
        ending: "" where the body ends as it should; `LEFT`.
    """

    method: str
    path: str
    query: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: tuple[bytes, ...] = ()
    ending: str = ""


class Requests:
    """An endless supply; the same seed and number give the same request, but for what the gateway names and signs.

    Args:
        world: Whose badges are broken.
        paths: Of every route, with their parameters in braces.
        operations: All that are documented.
        prepared: What is there, and what opens it.
        clock: The gateway's.
        nonces: For wallets, not used yet.
        more: Further bodies to break.
    """

    def __init__(
        self,
        world: World,
        paths: Sequence[str],
        operations: Sequence[Door],
        prepared: Prepared,
        clock: SimulatedClock,
        nonces: list[str],
        more: Sequence[bytes] = (),
    ) -> None:
        self._world = world
        self._paths = paths
        self._operations = operations
        self._prepared = prepared
        self._doors = Doors(prepared, world, clock, nonces)
        self._known = sorted({value for values in prepared.named.values() for value in values} | _segments(prepared))
        self._tokens = [world.sound(kind).decode() for kind in (Kind.JWS, Kind.VC_JWT)]
        documents = [json.loads(world.sound(kind)) for kind in (Kind.HOSTED, Kind.DATA_INTEGRITY)]
        documents += [world.credential(), world.issuer.badge_class(), {"url": "https://issuer.example/assertions/1"}]
        self._documents: list[dict[str, Any]] = documents
        self._whole = [*map(as_bytes, documents), *(token.encode() for token in self._tokens), *more]
        self._whole += [baked for body in self._whole[:7] for baked in _baked(body)]

    def made(self, chance: random.Random) -> Request:
        """One request: a badge to a door, an operation with a body that is nearly sound, or any address."""
        match chance.randrange(10):
            case 0 | 1 | 2:
                return self._brought(chance)
            case 3 | 4 | 5 | 6:
                return self._opened(chance)
        return self._asked(chance)

    def _brought(self, chance: random.Random) -> Request:
        path, queries = chance.choice(DOORS)
        query = chance.choice(queries)
        if chance.random() < 0.1:
            query = broken_bytes(query, chance)
        headers = (*self._key(chance), *self._headers(chance, often=0.15))
        return self._framed("POST", path, query, headers, self._body(chance), chance)

    def _opened(self, chance: random.Random) -> Request:
        door = chance.choice(self._operations)
        path = self._at(door.path, chance, known=0.9)
        headers = list(self._headers(chance, often=0.15))
        shown = self._doors.shown(door)
        if shown and chance.random() < 0.95:
            headers += _as_headers(shown)
        body = b""
        if door.method != "GET":
            body, media_type = self._doors.body(door, chance)
            headers.append((b"content-type", media_type.encode()))
        query = self._doors.query(door, chance)
        query = broken_bytes(query, chance) if query and chance.random() < 0.1 else query
        return self._framed(door.method, path, query, tuple(headers), body, chance)

    def _framed(
        self, method: str, path: str, query: bytes, headers: Headers, body: bytes, chance: random.Random
    ) -> Request:
        ending = LEFT if chance.random() < 1 / 60 else ""
        if chance.random() < 1 / 60:
            length = chance.choice((len(body) // 2, len(body) + 1, len(body) * 2 + 100))
            headers = (*headers, (b"content-length", b"%d" % length))
        return Request(method, path, query, headers, pieces(body, chance), ending)

    def _asked(self, chance: random.Random) -> Request:
        path = self._at(chance.choice(self._paths), chance, known=0.6)
        if chance.random() < 0.1:
            path = broken_bytes(path.encode("utf-8", "surrogatepass"), chance).decode("utf-8", "replace")
        query = b""
        if chance.random() < 0.4:
            query = broken_bytes(chance.choice((b"lang=fr", b"limit=5&after=x", b"to=open-badges-3", b"")), chance)
        body = (chance.choice(FRAGMENTS),) if chance.random() < 0.2 else ()
        opened = chance.choice(("apiKey", "session", "session", "OAuth2ACG", "applicationToken", "walletToken"))
        shown = _as_headers(self._prepared.mine[opened]) if opened in self._prepared.mine else []
        return Request(chance.choice(METHODS), path, query, (*shown, *self._headers(chance, often=0.6)), body)

    def _at(self, path: str, chance: random.Random, known: float) -> str:
        if path in self._prepared.at and chance.random() < known:
            for name, value in chance.choice(self._prepared.at[path]).items():
                path = path.replace(f"{{{name}}}", value)
        while "{" in path:
            before, _, rest = path.partition("{")
            name, _, after = rest.partition("}")
            path = before + self._segment(name, chance, known) + after
        return path

    def _segment(self, name: str, chance: random.Random, known: float) -> str:
        if chance.random() < known and name in self._prepared.named:
            return chance.choice(self._prepared.named[name])
        if chance.random() < 1 / 2:
            segment = chance.choice(self._known)
            return segment + chance.choice(("", "", "", ".json", ".jwt", ".png", ".svg", ".exe", "."))
        return chance.choice(SEGMENTS)

    def _key(self, chance: random.Random) -> Headers:
        return tuple(_as_headers(self._prepared.mine["apiKey"])) if chance.random() < 0.95 else ()

    def _headers(self, chance: random.Random, often: float) -> Headers:
        headers = []
        while chance.random() < often:
            name = chance.choice(list(HEADERS))
            value = chance.choice(HEADERS[name])
            headers.append((name, broken_bytes(value, chance) if chance.random() < 0.2 else value))
        return (*headers, *(flood(chance) if chance.random() < 1 / 200 else ()))

    def _body(self, chance: random.Random) -> bytes:
        match chance.randrange(12):
            case 0 | 10 | 11:
                return self._vouched(chance)
            case 1 | 2:
                return broken_bytes(chance.choice(self._whole), chance)
            case 3 | 4 | 5 | 6 | 7:
                body = as_bytes(broken_document(chance.choice(self._documents), chance))
                return chance.choice(_baked(body)) if chance.random() < 0.1 else body
            case 8 | 9:
                return _broken_token(chance.choice(self._tokens), chance)
        return as_bytes(chance.choice(SCALARS)) if chance.random() < 0.5 else chance.choice(self._whole)

    def _vouched(self, chance: random.Random) -> bytes:
        """A broken document that its issuer signs or serves all the same: what breaks only later is reached."""
        issuer = self._world.issuer
        if chance.random() < 1 / 3:
            document = broken_document(issuer.assertion(), chance, 1)
            self._world.web.publish("https://issuer.example/assertions/1", as_bytes(document))
            return as_bytes(document)
        document = broken_document(self._world.credential(), chance, 1)
        if chance.random() < 1 / 8:
            with contextlib.suppress(GatewayError, AdapterError, ValueError):
                return as_bytes(issuer.signed(document))
        with contextlib.suppress(GatewayError, KeyError, TypeError, ValueError, AttributeError):
            return issuer.token(document, "EdDSA").encode()
        claims = {"iss": issuer.id, "nbf": 0, "jti": "urn:x", "sub": "did:example:learner"}
        header = {"alg": "EdDSA", "typ": "JWT", "kid": issuer.method()}
        return issuer.compact(header, {**claims, **document}).encode()


def _broken_token(token: str, chance: random.Random) -> bytes:
    """A token whose parts decode: its header or its payload says something else."""
    parts = token.split(".")
    part = chance.randrange(2)
    document = json.loads(base64url.decode(parts[part]))
    broken = as_bytes(broken_document(document, chance))
    parts[part] = base64url.encode(broken_bytes(broken, chance) if chance.random() < 0.2 else broken)
    return ".".join(parts).encode()


def _baked(body: bytes) -> list[bytes]:
    baked = [bake_png(PICTURE, body, keyword) for keyword in (KEYWORD_2, KEYWORD_3)]
    with contextlib.suppress(AdapterError, ValueError):  # XML cannot carry every broken badge
        baked += [bake_svg(DRAWING, body, version) for version in (2, 3)]
    return baked


def _as_headers(shown: Shown) -> list[tuple[bytes, bytes]]:
    if shown.is_cookie:
        cookie = f"{shown.name}={shown.value}".encode()
        return [(b"cookie", cookie), (b"origin", ORIGIN), (b"sec-fetch-site", b"same-origin")]
    return [(shown.name.lower().encode(), shown.value.encode())]


def _segments(prepared: Prepared) -> set[str]:
    return {value for places in prepared.at.values() for place in places for value in place.values()}
