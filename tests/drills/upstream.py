"""An issuer on loopback: what a simulated web holds, served over HTTP, with the time of every answer."""

import asyncio
import time
from typing import Self

from gateway.errors import Unreachable
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


class Upstream:
    """Serves the documents of an issuer whose id is its key; an async context manager.

    Attributes:
        origin: Where it listens; has to be among the exempt origins of the gateway.
        answered: When each path was served last, by the monotonic clock.
    """

    def __init__(self) -> None:
        self.web = SimulatedWeb()
        self.issuer = SimulatedIssuer.of_did_key(self.web)
        self.answered: dict[str, float] = {}
        self.origin = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()
        self.origin = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = request.split(" ", 2)[1]
        try:
            found = await self.web(f"{self.origin}{path}")
            head = f"HTTP/1.1 {found.status} OK\r\nContent-Type: {found.media_type}"
            body = found.body
        except Unreachable:
            head, body = "HTTP/1.1 404 Not Found", b""
        writer.write(f"{head}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        self.answered[path] = time.monotonic()
        await writer.drain()
        writer.close()
