"""The way out for what we send: one POST, to a public address, with a bounded answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
import pytest

from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.outbound import HttpsPost
from gateway.errors import FetchBlocked, NotAsked, Unreachable
from tests.corpora import corpus
from tests.simulators.https_server import LoopbackServer, redirect, response

LIMITS = Limits(turn_s=0.1, per_host=2, quiet_s=0.0)


@pytest.fixture
async def post(reach: Reach) -> AsyncIterator[HttpsPost]:
    async with HttpsPost(reach=reach, limits=LIMITS) as post:
        yield post


def at(server: LoopbackServer, path: str) -> str:
    return f"https://issuer.example:{server.port}{path}"


async def test_the_bytes_arrive_with_their_headers_and_nothing_of_our_own_secrets(
    post: HttpsPost, issuer: LoopbackServer
) -> None:
    issuer.replies["/in?a=1"] = response(b"thanks", "X-Answer: 1", status="202 Accepted")

    answer = await post(at(issuer, "/in?a=1"), b'{"a":1}', {"Content-Type": "application/json", "webhook-id": "msg_1"})

    assert issuer.bodies == [b'{"a":1}']
    assert (answer.status, answer.headers["x-answer"], answer.body, answer.whole) == (202, "1", b"thanks", True)
    head = issuer.requests[0].lower()
    assert head.startswith("post /in?a=1 http/1.1\r\n")
    names = {line.partition(":")[0] for line in head.split("\r\n")[1:] if line}
    assert names == {"host", "user-agent", "accept-encoding", "content-type", "webhook-id", "content-length"}


@pytest.mark.parametrize("status", ["204 No Content", "400 Bad", "410 Gone", "500 Oops", "503 Busy"])
async def test_every_status_is_an_answer(post: HttpsPost, issuer: LoopbackServer, status: str) -> None:
    issuer.replies["/in"] = response(b"", status=status)

    assert (await post(at(issuer, "/in"), b"{}", {})).status == int(status[:3])


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
async def test_no_redirect_is_followed(post: HttpsPost, issuer: LoopbackServer, status: str) -> None:
    issuer.replies["/in"] = redirect(at(issuer, "/there")).replace(b"302 Found", status.encode())

    answer = await post(at(issuer, "/in"), b"{}", {})

    assert (answer.status, len(issuer.requests)) == (int(status[:3]), 1)


async def test_an_answer_without_end_is_read_up_to_its_limit(post: HttpsPost, issuer: LoopbackServer) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
            await writer.drain()

    issuer.replies["/in"] = endless

    answer = await post(at(issuer, "/in"), b"{}", {}, answer_bytes=1500)

    assert (answer.status, answer.body, answer.whole) == (200, b"x" * 1500, False)


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"])
async def test_a_host_that_falls_silent_is_unreachable_after_the_deadline(
    reach: Reach, issuer: LoopbackServer, sent: bytes
) -> None:
    async def silent(writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        await asyncio.sleep(30)

    issuer.replies["/in"] = silent

    async with HttpsPost(reach=reach, limits=msgspec.structs.replace(LIMITS, deadline_s=0.6)) as post:
        with pytest.raises(Unreachable, match=r"within 0\.6 s"):
            await post(at(issuer, "/in"), b"{}", {})


async def test_a_header_without_end_and_broken_http_are_unreachable(post: HttpsPost, issuer: LoopbackServer) -> None:
    issuer.replies["/long"] = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000 + b"\r\n"
    issuer.replies["/broken"] = b"220 smtp.example ESMTP\r\n\r\n"

    for path in ("/long", "/broken"):
        with pytest.raises(Unreachable):
            await post(at(issuer, path), b"{}", {})


async def test_a_slow_host_keeps_its_own_turns_and_nobody_elses(reach: Reach, issuer: LoopbackServer) -> None:
    release = asyncio.Event()

    async def slow(writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.write(response(b""))

    issuer.replies["/slow"] = slow
    issuer.replies["/quick"] = response(b"")
    async with HttpsPost(reach=reach, limits=msgspec.structs.replace(LIMITS, deadline_s=20.0)) as post:
        waiting = [asyncio.create_task(post(at(issuer, "/slow"), b"{}", {})) for _ in range(2)]
        while len(issuer.requests) < len(waiting):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

        with pytest.raises(NotAsked):
            await post(at(issuer, "/quick"), b"{}", {})
        other = await post(at(issuer, "/quick").replace("issuer.example", "other.example"), b"{}", {})
        release.set()
        answers = await asyncio.gather(*waiting)

    assert other.status == 200
    assert [answer.status for answer in answers] == [200, 200]


async def test_an_exempt_origin_may_be_plain_http_on_loopback() -> None:
    async with LoopbackServer() as server:
        server.replies["/in"] = response(b"")
        origin = f"http://127.0.0.1:{server.port}"
        async with HttpsPost(reach=Reach(exempt_origins=frozenset({origin}))) as post:
            assert (await post(f"{origin}/in", b"{}", {})).status == 200
            with pytest.raises(FetchBlocked):
                await post(f"http://localhost:{server.port}/in", b"{}", {})


async def test_no_address_of_the_corpus_is_connected_to() -> None:
    rows: list[dict[str, Any]] = json.loads(corpus("sec/made/ssrf.json").read_bytes())
    addresses = [row["url"] for row in rows if "url" in row and row["expect"] == "block"]

    async def inside(host: str, port: int) -> Sequence[str]:
        del host, port
        return ["127.0.0.1"]

    async with LoopbackServer() as server:
        reach = Reach(ports=frozenset({80, 443, server.port}), resolve=inside)
        async with HttpsPost(reach=reach, limits=LIMITS) as post:
            for url in [*addresses, f"https://inside.example:{server.port}/", f"https://127.0.0.1:{server.port}/"]:
                with pytest.raises(Unreachable):
                    await post(url, b"{}", {})

    assert len(addresses) > 60
    assert server.connections == 0
