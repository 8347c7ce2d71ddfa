"""A TCP proxy on loopback that keeps the server's answer to itself and cuts the connection."""

import asyncio
import re
from typing import Self

LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)
HEAD_ENDS = b"\r\n\r\n"


class SwallowingProxy:
    """Passes on what a client sends; when the whole answer is there, the client gets a reset in its place.

    Attributes:
        address: Where it listens.
        swallowed: The body of the last answer.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self.address = ""
        self.swallowed = b""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._port)
        forward = asyncio.create_task(_pass_on(reader, forth))
        try:
            head = await back.readuntil(HEAD_ENDS)
            length = LENGTH.search(head)
            self.swallowed = await back.readexactly(int(length[1])) if length else b""
        finally:
            forward.cancel()
            writer.transport.abort()
            forth.transport.abort()


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        sink.write(data)
        await sink.drain()
