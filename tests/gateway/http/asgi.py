"""One request to an ASGI application, as a server would make it, with nothing in between that mends it."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, cast  # Any: ASGI's own dictionaries

import msgspec
from httpx import ASGITransport
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope

from tests.gateway.http.promised import AsPromised

Headers = Sequence[tuple[bytes, bytes]]


def transport(app: ASGIApp, client: str = "127.0.0.1") -> ASGITransport:
    """What httpx sends through, in the loop of the test; ``client`` is the address that it connects from.

    What comes back is held against the published documents.
    """
    return ASGITransport(cast("Any", AsPromised(app)), client=(client, 123))


class Answer(msgspec.Struct, frozen=True):
    """What came back; header names in lower case."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes


async def asked(
    app: ASGIApp,
    method: str,
    path: str,
    *,
    query: bytes = b"",
    headers: Headers = (),
    body: Iterable[bytes] = (),
    pause_s: float = 0,
    receive: Receive | None = None,
) -> Answer:
    """Send one request; each item of ``body`` is one chunk, and comes after a pause.

    Args:
        receive: Gives the messages of the body instead.
    """
    chunks = iter(body)
    sent: list[Message] = []

    async def chunk_by_chunk() -> HTTPReceiveMessage:
        await asyncio.sleep(pause_s)
        chunk = next(chunks, None)
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": query,
        "root_path": "",
        "headers": list(headers),
        "client": ("192.0.2.1", 50000),
        "server": ("192.0.2.2", 443),
    }
    await AsPromised(app)(cast("Scope", scope), receive or cast("Receive", chunk_by_chunk), send)
    start, *rest = [cast("dict[str, Any]", message) for message in sent]
    return Answer(start["status"], dict(start["headers"]), b"".join(message.get("body", b"") for message in rest))


def receiving(*messages: HTTPReceiveMessage) -> Receive:
    """What a server hands on: these messages, one after the other."""
    left = iter(messages)

    async def receive() -> HTTPReceiveMessage:
        return next(left)

    return cast("Receive", receive)
