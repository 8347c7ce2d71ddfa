"""Around the application: HEAD and OPTIONS, public documents for every origin, bodies that come in time and fit."""

import asyncio
from collections.abc import Mapping
from typing import cast

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

from gateway.errors import Unavailable

BODY_TIMEOUT_S = 10.0
"""For the body of a request, and more as it comes in: who sends nothing, or a byte at a time, is not waited for."""

BODY_BYTES_PER_S = 64 * 1024
"""Every so many bytes give a second more: half a megabit a second is fast enough, up to 1.3 MB."""

WHOLE_BODY_S = 30.0
"""For a whole body, however large: at the pace above, somebody could keep one here for minutes."""

ROOM_BYTES = 128 * 1024 * 1024
"""For the bodies of all requests that are received or answered at this moment, beyond the beginning of each."""

FREE_BYTES = 64 * 1024
"""Of each body, beside that room; how many there can be, the number of connections says."""

REQUEST_TIMEOUT = 408
BAD_REQUEST = 400

PUBLIC_DOCUMENTS = (
    "/p/",
    "/.well-known/jwks.json",
    "/.well-known/jwt-vc-issuer/",
    "/credential-types/",
    "/openapi",
)
"""Beginnings of the addresses of public documents: everybody may read them, so scripts of every origin may too."""

FOR_EVERY_ORIGIN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Content-Digest"}
"""Without credentials: there are none for these documents (Fetch standard, section "HTTP extensions")."""

MAY_BE_SENT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Cache-Control, Content-Type, If-None-Match, Pragma",
    "Access-Control-Max-Age": "600",
}
"""To the doors of wallets, whose access tokens and proofs stand in the request itself.

Cache-Control and Pragma are what libraries of verifiers ask for status lists with (security-document-loader 8.0.0), so
that browsers ask first. If-None-Match is what a script says of the copy that it holds.
"""


class HeadAsGet:
    """An ASGI application that routes HEAD to the GET handler.

    The server leaves the body out, because its own scope still says HEAD.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite the method in a copy of the scope, and name HEAD wherever GET is allowed."""

        async def naming_head(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                allowed = headers.get("Allow", "").split(", ")
                if "GET" in allowed:
                    headers["Allow"] = ", ".join(sorted({*allowed, "HEAD"}))
            await send(message)

        if scope["type"] == ScopeType.HTTP and scope["method"] == "HEAD":
            scope = cast("Scope", {**scope, "method": "GET"})
        await self.app(scope, receive, naming_head if scope["type"] == ScopeType.HTTP else send)


class EveryMethod:
    """An ASGI application that answers OPTIONS with every method of an address.

    Litestar names those that the first handler of the address has, and not those of the others.
    """

    def __init__(self, app: ASGIApp, methods: Mapping[str, frozenset[str]]) -> None:
        """``methods`` are those of each route, by its path."""
        self.app = app
        self.methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name them; which route it is, is known when the answer begins."""

        async def naming_all(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                known = self.methods.get(scope.get("path_template", ""), frozenset())
                if known and "Allow" in headers:
                    headers["Allow"] = ", ".join(sorted(known))
            await send(message)

        asks = scope["type"] == ScopeType.HTTP and scope["method"] == "OPTIONS"
        await self.app(scope, receive, naming_all if asks else send)


class ForEveryOrigin:
    """An ASGI application whose public documents scripts of other origins may read, and whose doors they may use."""

    def __init__(self, app: ASGIApp, doors: tuple[str, ...] = ()) -> None:
        """``doors`` are the beginnings of addresses, see `gateway.http.surface.Surface`."""
        self.app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say so in the answers, refusals included: a script should see why it gets nothing."""

        async def opening(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                headers.update(_told(headers) if asks else FOR_EVERY_ORIGIN)
            await send(message)

        asks = scope["type"] == ScopeType.HTTP and scope["method"] == "OPTIONS"
        await self.app(scope, receive, opening if self._opens(scope) else send)

    def _opens(self, scope: Scope) -> bool:
        if scope["type"] != ScopeType.HTTP:
            return False
        # Routes take a slash at the end: the address that the doors lie below would pass for one of them.
        path = scope["path"].rstrip("/")
        read = scope["method"] in ("GET", "HEAD", "OPTIONS") and path.startswith(PUBLIC_DOCUMENTS)
        return read or path.startswith(self._doors)


class BodyDeadline:
    """An ASGI application that refuses with 408 a body that trickles in; uvicorn itself waits for ever.

    It also refuses, with 503, a large body while the others that are here fill ``room_bytes``: many that are almost
    complete would fill the memory. The beginning of each is not counted, so badges of usual size pass all the same.

    A body whose sender hung up is refused as well: Litestar would take that for a fault of its own.
    """

    def __init__(
        self,
        app: ASGIApp,
        timeout_s: float = BODY_TIMEOUT_S,
        whole_s: float = WHOLE_BODY_S,
        room_bytes: int = ROOM_BYTES,
    ) -> None:
        self.app = app
        self._timeout_s = timeout_s
        self._whole_s = whole_s
        self._room = room_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put a deadline on the body, which moves with what has come of it; its bytes count until it is answered."""
        begun = asyncio.get_running_loop().time()
        complete = False
        size = 0

        async def in_time() -> HTTPReceiveMessage:
            nonlocal complete, size
            moving = self._timeout_s + size / BODY_BYTES_PER_S
            deadline = None if complete else begun + min(moving, self._whole_s)
            try:
                async with asyncio.timeout_at(deadline):
                    message = cast("HTTPReceiveMessage", await receive())
            except TimeoutError as error:
                raise HTTPException("the body did not arrive in time", status_code=REQUEST_TIMEOUT) from error
            if message["type"] == "http.disconnect" and not complete:
                raise HTTPException("the client hung up", status_code=BAD_REQUEST)
            complete = not message.get("more_body", False)
            if message["type"] == "http.request":
                before, size = size, size + len(message.get("body", b""))
                self._room -= _counted(size) - _counted(before)
                if self._room < 0 and _counted(size):
                    raise Unavailable("too many large bodies are on their way at once", fix="try again in a moment")
            return message

        try:
            await self.app(scope, cast("Receive", in_time) if scope["type"] == ScopeType.HTTP else receive, send)
        finally:
            self._room += _counted(size)


def _counted(size: int) -> int:
    return max(0, size - FREE_BYTES)


def _told(headers: MutableScopeHeaders) -> dict[str, str]:
    """The answer to a browser that asks first (Fetch standard, section "CORS-preflight request")."""
    return {**MAY_BE_SENT, "Access-Control-Allow-Methods": headers.get("Allow", "GET")}
