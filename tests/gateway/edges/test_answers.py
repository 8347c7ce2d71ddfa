"""Slow, endless, huge, packed and broken answers."""

import asyncio
import gzip
import tracemalloc
import zlib

import pytest

from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.https import HttpsFetch
from gateway.edges.memory import MemoryCache
from gateway.errors import Unreachable
from tests.gateway.edges.conftest import AT
from tests.simulators.https_server import LoopbackServer, Reply, response

MIB = 1 << 20
PATIENCE_S = 10
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
GZIP = "Content-Encoding: gzip"
GZIPPED = gzip.compress(b"{}", mtime=0)


async def slow_body(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def slow_header(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def endless_body(writer: asyncio.StreamWriter) -> None:
    writer.write(CHUNKED)
    while True:
        writer.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
        await writer.drain()


async def endless_informational(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 102 Processing\r\n\r\n" * 100)
        await writer.drain()
        await asyncio.sleep(0.001)


async def endless_trailers(writer: asyncio.StreamWriter) -> None:
    writer.write(CHUNKED + b"2\r\n{}\r\n0\r\n")
    while True:
        writer.write(b"X: y\r\n" * 100)
        await writer.drain()


async def cut_off(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}")
    writer.close()


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (slow_body, "no complete answer within 1 s"),
        (slow_header, "no complete answer within 1 s"),
        (endless_informational, "a header larger than 32768 bytes"),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2000 + response(b"{}"), "a header larger than 32768 bytes"),
        (CHUNKED + (b"1;" + b"x" * 2048 + b"\r\n \r\n") * 2000, "sent in more than 2097152 bytes"),
        (endless_body, "larger than 1048576 bytes"),
        (endless_trailers, "broke off or was no HTTP"),
        (cut_off, "broke off or was no HTTP"),
        (response(b" " * (MIB + 1)), "larger than 1048576 bytes"),
        (CHUNKED + b"1\r\n \r\n" * 5000 + b"0\r\n\r\n", "in more than 4096 pieces"),
        (response(b"{}", f"X: {'y' * 40_000}"), "a header larger than"),
        (response(b"{}", *(f"X-{n}: y" for n in range(10_000))), "."),
        (response(b"{}", f"X: {'y' * MIB}"), "a header larger than"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "broke off or was no HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "broke off or was no HTTP"),
        (response(GZIPPED[:-3], GZIP), "broken gzip"),
        (response(GZIPPED + b"x", GZIP), "broken gzip"),
        (response(b"{}", GZIP), "broken gzip"),
        (response(zlib.compress(b"{}"), "Content-Encoding: deflate"), "not asked for"),
        (response(b"{}", "Content-Encoding: br"), "not asked for"),
        (response(gzip.compress(GZIPPED, mtime=0), "Content-Encoding: gzip, gzip"), "not asked for"),
    ],
)
async def test_a_hostile_answer_is_unreachable(
    fetch: HttpsFetch, issuer: LoopbackServer, reply: Reply, said: str
) -> None:
    issuer.replies["/a"] = reply

    with pytest.raises(Unreachable, match=said):
        async with asyncio.timeout(PATIENCE_S):
            await fetch(f"https://issuer.example:{issuer.port}/a")


async def test_a_bomb_is_inflated_no_further_than_the_limit(fetch: HttpsFetch, issuer: LoopbackServer) -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(squeeze.compress(bytes(MIB)) for _ in range(128)) + squeeze.flush()
    issuer.replies["/a"] = response(bomb, GZIP)
    tracemalloc.start()

    with pytest.raises(Unreachable, match="larger than 1048576 bytes after decoding"):
        await fetch(f"https://issuer.example:{issuer.port}/a")

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(bomb) < MIB
    assert peak < 16 * MIB


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (response(GZIPPED, GZIP), b"{}"),
        (response(GZIPPED, "content-encoding: X-GZIP"), b"{}"),
        (response(b"", GZIP), b""),
        (response(b"{}", "Content-Encoding: identity"), b"{}"),
        (response(b" " * MIB), b" " * MIB),
        (CHUNKED + b"2\r\n{}\r\n0\r\nX-Trailer: y\r\n\r\n", b"{}"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + response(b"{}"), b"{}"),
    ],
)
async def test_a_decent_answer_is_read_whole(
    fetch: HttpsFetch, issuer: LoopbackServer, reply: bytes, body: bytes
) -> None:
    issuer.replies["/a"] = reply

    fetched = await fetch(f"https://issuer.example:{issuer.port}/a")

    assert fetched.body == body


async def test_a_slow_host_does_not_keep_others_waiting(reach: Reach, issuer: LoopbackServer) -> None:
    issuer.replies |= {f"/{n}": slow_body for n in range(20)}
    issuer.replies["/a"] = response(b"{}")
    limits = Limits(deadline_s=PATIENCE_S, turn_s=PATIENCE_S, at_once=4)
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=limits) as fetch:
        slow = [asyncio.create_task(fetch(f"https://issuer.example:{issuer.port}/{n}")) for n in range(20)]
        while not issuer.requests:  # noqa: ASYNC110
            await asyncio.sleep(0.001)

        fetched = await fetch(f"https://other.example:{issuer.port}/a")

        waiting = [task for task in slow if not task.done()]
    await asyncio.gather(*slow, return_exceptions=True)

    assert fetched.body == b"{}"
    assert len(waiting) == 20


async def test_fetches_that_ran_out_of_time_leave_no_connection_behind(reach: Reach, issuer: LoopbackServer) -> None:
    issuer.replies |= {f"/{n}": slow_body for n in range(10)}
    limits = Limits(deadline_s=0.05, at_once=2)
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=limits) as hasty:
        for n in range(10):
            with pytest.raises(Unreachable):
                await hasty(f"https://issuer.example:{issuer.port}/{n}")
        async with asyncio.timeout(PATIENCE_S):
            while issuer.open:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
