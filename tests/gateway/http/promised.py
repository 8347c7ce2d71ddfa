"""Every answer that any test is given, held against the published documents."""

import functools
from collections.abc import Iterator
from typing import Any, cast  # Any: ASGI's own dictionaries, parts of OpenAPI documents

import jsonschema_rs
import msgspec
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.contract.exemplary import is_binary
from gateway.http.contract.references import SCHEMAS, resolved
from tests.house.sources import ROOT

UNPUBLISHED_HEADERS = frozenset(
    {
        # Of every HTTP answer, whatever it is.
        "content-type",
        "content-length",
        "vary",
        "allow",
        # What browsers are told of every answer: it says nothing of the operation.
        "x-content-type-options",
        "referrer-policy",
        "content-security-policy",
        "access-control-allow-origin",
        "access-control-expose-headers",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-max-age",
    }
)
"""Headers that no operation has to name."""

ELSEWHERE = frozenset({405})
"""Said of methods that are in no document."""

LONGEST = 300
"""Characters that are shown of what is wrong; of a message its end, for it begins with the value."""

SECRETS = frozenset({"capability", "exchange_id", "offer_id", "share_hash"})
"""Parameters of a path that let in whoever knows them, and nobody else."""

OF_JSON = frozenset({"application/vc", "application/vp"})
"""Media types of JSON whose names do not say so (Verifiable Credentials 2.0, appendix C)."""


class AsPromised:
    """An ASGI application whose answers have to be those that the documents promise.

    A deviation is an ``AssertionError`` in the test that sent the request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and look at what was answered."""
        sent: list[Message] = []

        async def kept(message: Message) -> None:
            sent.append(message)
            await send(message)

        await self.app(scope, receive, kept)
        operation = _operations().get((str(scope.get("path_template", "")), str(scope.get("method", "")).lower()))
        if operation is not None and sent:
            start, *rest = [cast("dict[str, Any]", message) for message in sent]
            body = b"".join(message.get("body", b"") for message in rest)
            faults = operation.faults(start["status"], _text(start["headers"]), body)
            assert not faults, f"{operation.document}: {operation.said['operationId']}: {faults}"


class Promise(msgspec.Struct, frozen=True):
    """What a document says of one operation."""

    document: str
    said: dict[str, Any]

    def faults(self, status: int, headers: dict[str, str], body: bytes) -> list[str]:
        """What is not as the document says."""
        if status in ELSEWHERE and str(status) not in self.said["responses"]:
            return []
        if str(status) not in self.said["responses"]:
            return [f"{status} is not documented: {body[:LONGEST]!r}"]
        said = self._resolved(self.said["responses"][str(status)])
        found = (*self._of_headers(said, headers), *self._of_caches(headers), *self._of_body(said, headers, body))
        return [f"{status}: {fault}" for fault in found]

    def _of_caches(self, headers: dict[str, str]) -> list[str]:
        """What only some may see is kept by no cache that serves others (RFC 9111 section 5.2.2.9)."""
        needed = self.said.get("security", _documents()[self.document].get("security", []))
        named = {self._resolved(each)["name"] for each in self.said.get("parameters", ())}
        for_some = bool(named & SECRETS) or (bool(needed) and {} not in needed)
        return ["a cache may serve others"] if for_some and "public" in headers.get("cache-control", "") else []

    def _of_headers(self, said: dict[str, Any], headers: dict[str, str]) -> list[str]:
        known = {name.lower(): self._resolved(each) for name, each in said.get("headers", {}).items()}
        missing = [name for name, each in known.items() if each.get("required") and name not in headers]
        return [
            *(f"lacks {name}" for name in missing),
            *(f"{name} is not documented" for name in headers.keys() - known.keys() - UNPUBLISHED_HEADERS),
            *(
                f"{name}: {misfit}"
                for name, each in known.items()
                if name in headers and (misfit := self._misfit(each["schema"], _value(each["schema"], headers[name])))
            ),
        ]

    def _of_body(self, said: dict[str, Any], headers: dict[str, str], body: bytes) -> list[str]:
        media_type = headers.get("content-type", "").partition(";")[0] if body else ""
        content = said.get("content", {})
        if not content:
            return [f"has a body: {body[:100]!r}"] if body else []
        if media_type not in content:
            return [f"{media_type or 'no body'} is not documented"]
        if is_binary(media_type):
            return []
        value = msgspec.json.decode(body) if is_json(media_type) else body.decode()
        schema = content[media_type].get("schema", {})
        misfit = self._misfit(schema, value)
        return [f"the body does not fit: {misfit}"] if misfit else [*_unlisted(schema, value, said["description"])]

    def _misfit(self, schema: dict[str, Any], value: Any) -> str:
        """What a schema has first against a value; "" when it fits."""
        valid = _validator(self.document, msgspec.json.encode(schema))
        if valid.is_valid(value):
            return ""
        error = next(iter(valid.iter_errors(value)))
        return f"{'/'.join(map(str, error.instance_path))}: {error.message[-LONGEST:]}"

    def _resolved(self, value: dict[str, Any]) -> dict[str, Any]:
        return resolved(_documents()[self.document], value)


def _unlisted(schema: dict[str, Any], value: Any, description: str) -> Iterator[str]:
    """The code of a problem document, where the document does not say that it may have it."""
    if schema == {"$ref": f"{SCHEMAS}Problem"} and f"`{value['code']}`" not in description:
        yield f"the code {value['code']} is not listed"


@functools.cache
def _documents() -> dict[str, dict[str, Any]]:
    """As they are committed; that they are what the routes say, tests/gateway/http/contract proves."""
    found = {path.name: msgspec.json.decode(path.read_bytes()) for path in (ROOT / "openapi").glob("*.json")}
    return {name: document for name, document in found.items() if "paths" in document}


@functools.cache
def _operations() -> dict[tuple[str, str], Promise]:
    return {
        (path, method): Promise(name, said)
        for name, document in _documents().items()
        for path, item in document["paths"].items()
        for method, said in item.items()
    }


@functools.lru_cache(2000)
def _validator(document: str, schema: bytes) -> Any:
    """Of a schema that may refer to the components of its document."""
    whole = {**msgspec.json.decode(schema), "components": _documents()[document]["components"]}
    return jsonschema_rs.validator_for(whole, validate_formats=True)


def is_json(media_type: str) -> bool:
    """Whether a body in this media type is JSON."""
    return media_type.endswith(("/json", "+json")) or media_type in OF_JSON


def _text(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _value(schema: dict[str, Any], text: str) -> Any:
    """A header as its schema calls for it."""
    return int(text) if schema.get("type") == "integer" and text.isdigit() else text
