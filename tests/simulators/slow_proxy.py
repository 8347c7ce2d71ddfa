"""A TCP proxy on loopback that holds back what the server answers."""

import asyncio
from typing import Self
from urllib.parse import urlsplit


class SlowProxy:
    """Passes on at once what the client sends, and after ``delay_s`` what the server answers."""

    def __init__(self, url: str, delay_s: float) -> None:
        self._target = urlsplit(url)
        self._delay_s = delay_s
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = self._target._replace(netloc=f"127.0.0.1:{port}").geturl()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection(self._target.hostname, self._target.port)
        for task in (
            asyncio.create_task(_pass_on(reader, forth, 0.0)),
            asyncio.create_task(_pass_on(back, writer, self._delay_s)),
        ):
            self._tasks.add(task)


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter, delay_s: float) -> None:
    try:
        while data := await source.read(65536):
            await asyncio.sleep(delay_s)
            sink.write(data)
            await sink.drain()
    finally:
        sink.transport.abort()
