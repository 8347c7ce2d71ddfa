"""What a client may do to a connection, on a real server."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, cast  # Any: ASGI's own dictionaries

import pytest
import uvicorn
from litestar.types import ASGIApp

from gateway.commands.connection import HEAD_BYTES, MAX_PIECES, BoundedConnection
from gateway.commands.listener import listening

GET = b"GET / HTTP/1.1\r\nHost: gateway.example\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: gateway.example\r\nTransfer-Encoding: chunked\r\n\r\n"

PATIENCE_S = 5

Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Opened = Callable[..., Awaitable[Client]]


class Impatient(BoundedConnection):
    """The same, in a test's time and size."""

    head_s = 0.3
    open_at_once = 4


async def answering(scope: Any, receive: Any, send: Any) -> None:
    """Read a body, and answer with its size; under /early without reading it, under /slow after a while."""
    size = 0
    if scope["path"] == "/slow":
        await asyncio.sleep(0.6)
    while scope["path"] != "/early":
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    body = str(size).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
async def port(unused_tcp_port: int) -> AsyncIterator[int]:
    """A server with short patience."""
    app = cast("ASGIApp", answering)
    config = uvicorn.Config(cast("Any", app), http=Impatient, ws="none", lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    with listening("127.0.0.1", unused_tcp_port) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield unused_tcp_port
        server.should_exit = server.force_exit = True
        await serving


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that a client does is a fault of the server's."""
    yield
    assert [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR] == []


@pytest.fixture
async def opened(port: int) -> AsyncIterator[Opened]:
    """Opens a connection to the server, and sends something on it."""
    writers = []

    async def client(data: bytes = b"") -> Client:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writers.append(writer)
        writer.write(data)
        return reader, writer

    yield client
    for writer in writers:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def rest(client: Client) -> bytes:
    """All that still comes until the server closes the connection."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await client[0].read()
    except ConnectionError:
        return b""


async def trickled(client: Client, data: bytes) -> float:
    """Send the same again and again until the server closes; seconds until then."""
    start = time.perf_counter()
    with contextlib.suppress(ConnectionError):
        while not client[0].at_eof() and time.perf_counter() < start + PATIENCE_S:
            client[1].write(data)
            await client[1].drain()
            await asyncio.sleep(0.02)
    return time.perf_counter() - start


@pytest.mark.parametrize("filler", [b"x", b"a:b\r\n", b"X: " + b"y" * 1000 + b"\r\n"])
async def test_a_header_without_end_is_refused_once_it_is_large(opened: Opened, filler: bytes) -> None:
    client = await opened(GET[:-2] + filler * (4 * HEAD_BYTES // len(filler)))

    assert (await rest(client))[:12] in (b"HTTP/1.1 400", b"")


async def test_a_large_header_is_refused_though_it_comes_whole_and_at_once(opened: Opened) -> None:
    client = await opened(GET[:-2] + b"a:b\r\n" * HEAD_BYTES + b"\r\n")

    assert (await rest(client))[:12] in (b"HTTP/1.1 400", b"")


@pytest.mark.parametrize("before", [b"", GET])
async def test_a_header_that_trickles_in_is_not_waited_for(opened: Opened, before: bytes) -> None:
    client = await opened(before + GET[:-2])

    assert 0.2 < await trickled(client, b"a: b\r\n") < PATIENCE_S


async def test_a_connection_that_says_nothing_is_closed(opened: Opened) -> None:
    assert await rest(await opened()) == b""


async def test_a_body_that_goes_on_after_its_answer_is_not_waited_for(opened: Opened) -> None:
    client = await opened(CHUNKED.replace(b"/ ", b"/early ", 1))

    assert await client[0].readline() == b"HTTP/1.1 200 OK\r\n"
    assert 0.2 < await trickled(client, b"1\r\n \r\n") < PATIENCE_S


async def test_a_request_that_is_being_answered_has_all_the_time_it_needs(opened: Opened) -> None:
    client = await opened(GET.replace(b"/", b"/slow", 1))

    assert (await rest(client)).startswith(b"HTTP/1.1 200")


async def test_a_body_in_more_pieces_than_any_needs_is_refused(opened: Opened) -> None:
    few, many = await opened(CHUNKED), await opened(CHUNKED)

    few[1].write(b"1\r\n \r\n" * MAX_PIECES + b"0\r\n\r\n")
    many[1].write(b"1\r\n \r\n" * (MAX_PIECES + 1) + b"0\r\n\r\n")

    assert (await rest(few)).endswith(b"\r\n\r\n%d" % MAX_PIECES)
    assert (await rest(many))[:12] in (b"HTTP/1.1 400", b"")


async def test_who_is_waited_for_longest_makes_room_and_who_is_answered_stays(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Impatient, "head_s", 10 * PATIENCE_S)
    slow = await opened(GET.replace(b"/", b"/slow", 1))
    await asyncio.sleep(0.02)
    idle = []
    for _ in range(Impatient.open_at_once):
        idle.append(await opened(GET[:-2]))
        await asyncio.sleep(0.02)

    idle[-1][1].write(b"\r\n")

    assert await rest(idle[0]) == b""
    assert await idle[-1][0].readline() == b"HTTP/1.1 200 OK\r\n"
    assert await slow[0].readline() == b"HTTP/1.1 200 OK\r\n"
