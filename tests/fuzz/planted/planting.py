"""The application with a small change in it: another answer to one operation, or another request that it takes."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, cast  # Any: ASGI's own dictionaries, members of JSON documents

import msgspec
from litestar.types import HTTPReceiveMessage, Message, Receive, Scope, Send

from tests.fuzz.doors import doors

AUTHORIZATION = b"authorization"

App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]


class Asked(msgspec.Struct, frozen=True):
    """A request, whole."""

    scope: dict[str, Any]
    body: bytes

    @property
    def query(self) -> str:
        """As it was sent."""
        return str(self.scope["query_string"].decode("latin-1"))

    def by(self, authorization: str) -> "Asked":
        """The same, by somebody else."""
        others = [header for header in self.scope["headers"] if header[0].lower() != AUTHORIZATION]
        return self.with_headers([*others, (AUTHORIZATION, authorization.encode())])

    def with_headers(self, headers: Sequence[tuple[bytes, bytes]]) -> "Asked":
        """The same with these headers instead."""
        return Asked({**self.scope, "headers": list(headers)}, self.body)

    def without(self, name: bytes) -> "Asked":
        """The same without a header."""
        return self.with_headers([header for header in self.scope["headers"] if header[0].lower() != name])

    def saying(self, body: Any) -> "Asked":
        """The same with another body in JSON."""
        content = json.dumps(body).encode()
        kept = self.without(b"content-length")
        return Asked(
            kept.with_headers([*kept.scope["headers"], (b"content-length", b"%d" % len(content))]).scope, content
        )


class Reply(msgspec.Struct, frozen=True):
    """An answer, whole."""

    status: int
    headers: Headers
    body: bytes

    def with_json(self, change: Callable[[Any], Any]) -> "Reply":
        """The same with something else in its JSON; what is no JSON, or a refusal, stays."""
        if self.status >= 300 or not self.body.startswith((b"{", b"[")):
            return self
        return self.with_body(json.dumps(change(json.loads(self.body))).encode())

    def with_body(self, body: bytes) -> "Reply":
        """The same with another body."""
        return Reply(self.status, self.with_header(b"content-length", b"%d" % len(body)).headers, body)

    def with_header(self, name: bytes, value: bytes | None) -> "Reply":
        """The same with another header, or with None without it."""
        others = tuple(header for header in self.headers if header[0].lower() != name)
        return Reply(self.status, (*others, *(((name, value),) if value is not None else ())), self.body)


Ask = Callable[[Asked], Awaitable[Reply]]
Owner = Callable[[], Mapping[str, str]]
"""What the owner of everything shows, by security scheme."""

Plant = Callable[[Ask, Asked, Mapping[str, str]], Awaitable[Reply]]
"""How the bug answers: it may ask the application itself."""


class Bug(msgspec.Struct, frozen=True, kw_only=True):
    """One small change.

    Attributes:
        name: What it does.
        kind: Of contract bug.
        operation: Where; its operationId.
        found_by: What is to find it: a check of schemathesis, or ``model``, ``examples`` or ``raw``.
    """

    name: str
    kind: str
    surface: str
    operation: str
    found_by: str
    plant: Plant


class Planted:
    """An ASGI application with bugs in it."""

    def __init__(self, app: App, bugs: Sequence[Bug], owner: Owner) -> None:
        self._app, self._owner = app, owner
        places = {door.id: (door.method, re.compile(re.sub(r"\{\w+\}", "[^/]+", door.path))) for door in doors()}
        self._bugs = [(*places[bug.operation], bug) for bug in bugs]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        asked = cast("dict[str, Any]", scope)
        found = next((bug for method, path, bug in self._bugs if self._is_at(asked, method, path)), None)
        if found is None:
            await self._app(scope, receive, send)
            return
        reply = await found.plant(self._ask, Asked(asked, await _body(receive)), self._owner())
        start = {"type": "http.response.start", "status": reply.status, "headers": list(reply.headers)}
        await send(cast("Message", start))
        await send(cast("Message", {"type": "http.response.body", "body": reply.body, "more_body": False}))

    @staticmethod
    def _is_at(scope: dict[str, Any], method: str, path: re.Pattern[str]) -> bool:
        return scope["type"] == "http" and scope["method"] == method and path.fullmatch(scope["path"]) is not None

    async def _ask(self, asked: Asked) -> Reply:
        sent: list[dict[str, Any]] = []
        left = iter([{"type": "http.request", "body": asked.body, "more_body": False}])

        async def receive() -> HTTPReceiveMessage:
            return cast("HTTPReceiveMessage", next(left, {"type": "http.disconnect"}))

        async def send(message: Message) -> None:
            sent.append(cast("dict[str, Any]", message))

        await self._app(cast("Scope", asked.scope), cast("Receive", receive), send)
        start, *rest = sent
        body = b"".join(message.get("body", b"") for message in rest)
        return Reply(start["status"], tuple((bytes(name), bytes(value)) for name, value in start["headers"]), body)


async def _body(receive: Receive) -> bytes:
    pieces = []
    while True:
        message = cast("dict[str, Any]", await receive())
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(pieces)


def answers(change: Callable[[Reply], Reply]) -> Plant:
    """Answer something else than the application does."""

    async def plant(ask: Ask, asked: Asked, owner: Mapping[str, str]) -> Reply:
        del owner
        return change(await ask(asked))

    return plant


def says(change: Callable[[Any], Any]) -> Plant:
    """Say something else in the JSON of what is no refusal."""
    return answers(lambda reply: reply.with_json(change))


def takes(change: Callable[[Asked], Asked]) -> Plant:
    """Take another request than was sent."""

    async def plant(ask: Ask, asked: Asked, owner: Mapping[str, str]) -> Reply:
        del owner
        return await ask(change(asked))

    return plant


def refuses(unwanted: Callable[[Asked], bool], status: int, body: bytes) -> Plant:
    """Refuse what is right, or fail over it."""

    async def plant(ask: Ask, asked: Asked, owner: Mapping[str, str]) -> Reply:
        del owner
        if not unwanted(asked):
            return await ask(asked)
        head = ((b"content-type", b"application/problem+json"), (b"cache-control", b"no-store"))
        return Reply(status, (*head, (b"x-content-type-options", b"nosniff")), body)

    return plant


def for_everybody(scheme: str) -> Plant:
    """Take whoever asks for the owner, whatever they show."""

    async def plant(ask: Ask, asked: Asked, owner: Mapping[str, str]) -> Reply:
        return await ask(asked.by(owner[scheme]))

    return plant
