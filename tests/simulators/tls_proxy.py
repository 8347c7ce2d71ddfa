"""A TLS proxy on loopback, as a gateway has one before it."""

import asyncio
import ssl
from typing import Self


class TlsProxy:
    """Ends TLS, and passes on to a port of this machine what clients send.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, tls: ssl.SSLContext, to_port: int) -> None:
        self._tls = tls
        self._to_port = to_port
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._to_port)
        self._tasks |= {asyncio.create_task(_pass_on(reader, forth)), asyncio.create_task(_pass_on(back, writer))}


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    finally:
        sink.close()
