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
from tests.fuzz.mutations import FRAGMENTS, SCALARS, as_bytes, broken_bytes, broken_document
from tests.laundering.sources import DRAWING, PICTURE, Kind, World

DOORS = (
    ("/v1/inspections", (b"", b"repair=true")),
    ("/v1/verifications", (b"", b"recipient=learner%40example.org")),
    (
        "/v1/credentials",
        (b"to=open-badges-3", b"to=open-badges-2&to=open-badges-3", b"to=open-badges-3&securing=vc-jwt"),
    ),
)
METHODS = ("GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "get", "")
SEGMENTS = (
    *("", ".", "..", "\0", "a\0b", "\ud800", "\uffff", "%00", "%2e%2e%2f", "..%2f", "a" * 3000, "\U0001f4a9", "\u202e"),
    *("null", "{}", "*", "' or 1=1 --", "\r\n", "00000000-0000-0000-0000-000000000000", "x.json", "x.png", "x.svg.jwt"),
)
HEADERS = {
    b"content-type": (
        *(b"application/json", b"application/json; charset=utf-16", b"text/plain", b"multipart/form-data; boundary=x"),
        *(
            b"multipart/form-data",
            b"application/x-www-form-urlencoded",
            b"application/x-msgpack",
            b"image/png",
            b";",
            b"",
        ),
    ),
    b"content-length": (b"0", b"-1", b"many", b"99999999999999999999", b"1e3", b"", b"\xb2"),
    b"transfer-encoding": (b"chunked", b"gzip, chunked", b"identity"),
    b"content-encoding": (b"gzip", b"br", b"identity", b"\xff"),
    b"accept": (
        b"*/*",
        b"text/html",
        b"text/html;q=nan",
        b"a/b;q=1e999",
        b"image/*",
        b"application/jwt, */*;q=0.1",
        b";;;,,,",
    ),
    b"accept-language": (b"fr", b"fr;q=0, en;q=inf", b"*", b"-", b"x" * 2000),
    b"authorization": (b"", b"Bearer", b"Bearer ", b"Basic Og==", b"bearer \xff", b"Bearer bgk_live_" + b"a" * 3000),
    b"idempotency-key": (b"", b"one", b"two", b"\xff", b"a" * 300, b"a b"),
    b"if-none-match": (b"*", b'W/"x"', b'"', b"," * 500, b"\xff"),
    b"x-forwarded-for": (b"1.2.3.4", b"::1, \xff", b"," * 1000, b"a" * 3000),
    b"origin": (b"null", b"https://evil.example", b"\xff"),
    b"host": (b"", b"evil.example", b"badges.example.net:99999", b"[::1", b"\xff\xfe", b"a" * 3000),
    b"cookie": (b"a=b", b"=;=;", b"\xff=\x00", b'a="\\777"'),
    b"range": (b"bytes=0-", b"bytes=-1", b"bytes=9-1"),
    b"expect": (b"100-continue", b"?"),
    b"\xff\xfe": (b"x",),
    b"": (b"",),
}


class Request(msgspec.Struct, frozen=True):
    """What is sent, in the words of ASGI; each item of ``body`` is a message of its own."""

    method: str
    path: str
    query: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: tuple[bytes, ...] = ()


class Requests:
    """An endless supply; the same seed and number give the same request.

    Args:
        world: Whose badges are broken.
        paths: Of every route, with their parameters in braces.
        known: Segments that lead somewhere: ids of records and forms, names of keys.
        more: Further bodies to break.
    """

    def __init__(
        self, world: World, paths: Sequence[str], known: Sequence[str], key: str, more: Sequence[bytes] = ()
    ) -> None:
        self._world = world
        self._paths = paths
        self._known = known
        self._key = b"Bearer " + key.encode()
        self._tokens = [world.sound(kind).decode() for kind in (Kind.JWS, Kind.VC_JWT)]
        documents = [json.loads(world.sound(kind)) for kind in (Kind.HOSTED, Kind.DATA_INTEGRITY)]
        documents += [world.credential(), world.issuer.badge_class(), {"url": "https://issuer.example/assertions/1"}]
        self._documents: list[dict[str, Any]] = documents
        self._whole = [*map(as_bytes, documents), *(token.encode() for token in self._tokens), *more]
        self._whole += [baked for body in self._whole[:7] for baked in _baked(body)]

    def made(self, chance: random.Random) -> Request:
        """One request: two in three bring a badge to a door, the others ask for any address by any method."""
        if chance.random() < 2 / 3:
            return self._brought(chance)
        return self._asked(chance)

    def _brought(self, chance: random.Random) -> Request:
        path, queries = chance.choice(DOORS)
        query = chance.choice(queries)
        if chance.random() < 0.1:
            query = broken_bytes(query, chance)
        body = self._body(chance)
        cuts = sorted(chance.randrange(len(body) + 1) for _ in range(chance.randrange(3)))
        pieces = tuple(body[start:end] for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True))
        return Request("POST", path, query, self._headers(chance, often=0.15), pieces)

    def _asked(self, chance: random.Random) -> Request:
        path = chance.choice(self._paths)
        while "{" in path:
            before, _, rest = path.partition("{")
            path = before + self._segment(chance) + rest.partition("}")[2]
        if chance.random() < 0.1:
            path = broken_bytes(path.encode("utf-8", "surrogatepass"), chance).decode("utf-8", "replace")
        query = b""
        if chance.random() < 0.4:
            query = broken_bytes(chance.choice((b"lang=fr", b"limit=5&after=x", b"to=open-badges-3", b"")), chance)
        body = (chance.choice(FRAGMENTS),) if chance.random() < 0.2 else ()
        return Request(chance.choice(METHODS), path, query, self._headers(chance, often=0.6), body)

    def _segment(self, chance: random.Random) -> str:
        if self._known and chance.random() < 0.6:
            segment = chance.choice(self._known)
            return segment + chance.choice(("", "", "", ".json", ".jwt", ".png", ".svg", ".exe", "."))
        return chance.choice(SEGMENTS)

    def _headers(self, chance: random.Random, often: float) -> tuple[tuple[bytes, bytes], ...]:
        headers = [(b"authorization", self._key)] if chance.random() < 0.95 else []
        while chance.random() < often:
            name = chance.choice(list(HEADERS))
            value = chance.choice(HEADERS[name])
            headers.append((name, broken_bytes(value, chance) if chance.random() < 0.2 else value))
        return tuple(headers)

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
