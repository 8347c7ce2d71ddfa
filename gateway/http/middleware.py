"""Around the application: HEAD is answered like GET, public documents are for every origin, bodies arrive in time."""

import asyncio
from typing import cast

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

BODY_TIMEOUT_S = 10.0
"""For the body of a request, and more as it comes in: who sends nothing, or a byte at a time, is not waited for."""

BODY_BYTES_PER_S = 64 * 1024
"""Every so many bytes give a second more: half a megabit a second is fast enough for any size."""

REQUEST_TIMEOUT = 408
BAD_REQUEST = 400

PUBLIC_DOCUMENTS = ("/p/", "/.well-known/jwks.json")
"""Beginnings of the addresses of public documents: everybody may read them, so scripts of every origin may too."""

FOR_EVERY_ORIGIN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Content-Digest"}
"""Without credentials: there are none for these documents (Fetch standard, section "HTTP extensions")."""


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


class ForEveryOrigin:
    """An ASGI application whose public documents scripts of other origins may read; nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say so in the answers to GET and HEAD, refusals included: a script should see why it gets nothing."""

        async def opening(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableScopeHeaders.from_message(message).update(FOR_EVERY_ORIGIN)
            await send(message)

        shared = (
            scope["type"] == ScopeType.HTTP
            and scope["method"] in ("GET", "HEAD")
            and scope["path"].startswith(PUBLIC_DOCUMENTS)
        )
        await self.app(scope, receive, opening if shared else send)


class BodyDeadline:
    """An ASGI application that refuses with 408 a body that trickles in; uvicorn itself waits for ever.

    A body whose sender hung up is refused as well: Litestar would take that for a fault of its own.
    """

    def __init__(self, app: ASGIApp, timeout_s: float = BODY_TIMEOUT_S) -> None:
        self.app = app
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put a deadline on the body, which moves with what has come of it."""
        deadline = asyncio.get_running_loop().time() + self._timeout_s
        complete = False

        async def in_time() -> HTTPReceiveMessage:
            nonlocal complete, deadline
            try:
                async with asyncio.timeout_at(None if complete else deadline):
                    message = cast("HTTPReceiveMessage", await receive())
            except TimeoutError as error:
                raise HTTPException("the body did not arrive in time", status_code=REQUEST_TIMEOUT) from error
            if message["type"] == "http.disconnect" and not complete:
                raise HTTPException("the client hung up", status_code=BAD_REQUEST)
            complete = not message.get("more_body", False)
            if message["type"] == "http.request":
                deadline += len(message.get("body", b"")) / BODY_BYTES_PER_S
            return message

        await self.app(scope, cast("Receive", in_time) if scope["type"] == ScopeType.HTTP else receive, send)
