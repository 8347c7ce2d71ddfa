"""Around the application: HEAD is answered like GET, and a body has to arrive in time."""

import asyncio
from typing import cast

from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

BODY_TIMEOUT_S = 30.0
"""For the whole body of a request; 5 MiB in this time are 1.4 Mbit/s."""

REQUEST_TIMEOUT = 408


class HeadAsGet:
    """An ASGI application that routes HEAD to the GET handler.

    The server leaves the body out, because its own scope still says HEAD.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite the method in a copy of the scope."""
        if scope["type"] == ScopeType.HTTP and scope["method"] == "HEAD":
            scope = cast("Scope", {**scope, "method": "GET"})
        await self.app(scope, receive, send)


class BodyDeadline:
    """An ASGI application that refuses with 408 a body that trickles in; uvicorn itself waits for ever."""

    def __init__(self, app: ASGIApp, timeout_s: float = BODY_TIMEOUT_S) -> None:
        self.app = app
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put a deadline on every part of the body, the same for all."""
        deadline = asyncio.get_running_loop().time() + self._timeout_s
        complete = False

        async def in_time() -> HTTPReceiveMessage:
            nonlocal complete
            try:
                async with asyncio.timeout_at(None if complete else deadline):
                    message = cast("HTTPReceiveMessage", await receive())
            except TimeoutError as error:
                raise HTTPException("the body did not arrive in time", status_code=REQUEST_TIMEOUT) from error
            complete = not message.get("more_body", False)
            return message

        await self.app(scope, cast("Receive", in_time) if scope["type"] == ScopeType.HTTP else receive, send)
