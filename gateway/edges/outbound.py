"""The Post port over HTTPS: sends to addresses that strangers name, through connections that are checked as Fetch's."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Self

import httpcore2

from gateway.edges.addresses import WebAddress, shown, web_address
from gateway.edges.answers import Limits, fields
from gateway.edges.connections import TROUBLE, Connections, Reach, connection_trouble
from gateway.edges.turns import Turns
from gateway.errors import Unreachable
from gateway.ports.outbound import Posted

POST_LIMITS = Limits(deadline_s=15.0, turn_s=2.0, per_host=8)
"""The webhook specification asks for 15 to 30 seconds; a host that uses them all keeps 8 connections, not ours."""

USER_AGENT = "open-badges-gateway"


class HttpsPost:
    """POST to public https addresses; an async context manager, entered inside the event loop.

    Guarantees: no connection to an inside address, not by name, notation or rebinding; no redirect followed; no proxy
    from the environment; bounded time, bytes and concurrency, in all and for each host. Nothing is sent twice:
    a connection that breaks is not tried again here.
    """

    def __init__(self, *, reach: Reach = Reach(), limits: Limits = POST_LIMITS) -> None:  # noqa: B008
        self._limits = limits
        self._connections = Connections(reach, limits)
        self._turns = Turns(limits)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connections.aclose()

    def allow(self, url: str) -> None:
        """Refuse an address whose text alone shows that nothing is ever sent to it.

        Raises:
            FetchBlocked: It is not https, not public, at another port, or no address at all.
        """
        self._connections.allow(web_address(url))

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str], *, answer_bytes: int = 65536) -> Posted:
        """POST once; see ``gateway.ports.outbound.Post``.

        Raises:
            FetchBlocked: The text of the address forbids it.
            NotAsked: No turn came in time.
            Unreachable: No connection, no trusted certificate, broken HTTP, too slow.
        """
        address = web_address(url)
        self._connections.allow(address)
        try:
            async with asyncio.timeout(self._limits.deadline_s), self._turns(address.host):
                return await self._exchanged(address, body, headers, answer_bytes)
        except TimeoutError as error:
            late = f"no complete answer within {self._limits.deadline_s:g} s"
            raise Unreachable(f"{shown(address.text)}: {late}") from error

    async def _exchanged(self, url: WebAddress, body: bytes, headers: Mapping[str, str], answer_bytes: int) -> Posted:
        target = httpcore2.URL(scheme=url.scheme, host=url.host, port=url.port, target=url.target)
        sent = {
            "Host": url.authority,
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "identity",
            **headers,
            "Content-Length": str(len(body)),
        }
        try:
            pool = self._connections.pool(url)
            async with pool.stream("POST", target, headers=list(sent.items()), content=body) as response:
                response.extensions["network_stream"].head_is_read()
                read, whole = await self._read(response, answer_bytes)
                return Posted(status=response.status, headers=fields(response.headers), body=read, whole=whole)
        except httpcore2.ConnectError as error:
            raise Unreachable(f"{shown(url.text)}: {connection_trouble(error)}") from error
        except TROUBLE as error:
            raise Unreachable(f"{shown(url.text)}: the answer broke off or was no HTTP") from error

    async def _read(self, response: httpcore2.Response, answer_bytes: int) -> tuple[bytes, bool]:
        """Read the body up to its end or a limit; what comes after that is never read."""
        body = bytearray()
        pieces = 0
        async with contextlib.aclosing(response.aiter_stream()) as stream:
            async for piece in stream:
                body += piece
                pieces += 1
                if len(body) > answer_bytes or pieces > self._limits.max_pieces:
                    return bytes(body[:answer_bytes]), False
                if pieces % 256 == 0:
                    await asyncio.sleep(0)  # many pieces of one read come without any wait between them
        return bytes(body), True
