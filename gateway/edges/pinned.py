"""TCP connections that reach the very address that was checked, for httpcore2 to speak TLS and HTTP over."""

import asyncio
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2

from gateway.edges.addresses import IPAddress, Resolver, literal
from gateway.edges.answers import Limits
from gateway.errors import Unreachable

NO_CONNECTION = "no connection could be made"
"""One text for an inside address, an unknown name and a refused connection: nobody maps our network by it."""

MAX_ADDRESSES = 3

HEAD_READ_BYTES = 4096
"""Of a head at a time: thousands of tiny responses, none of them final, fit into what a socket holds."""


class PinnedConnections(httpcore2.AsyncNetworkBackend):
    """Looks a name up once, refuses it when any address is inside, and connects to one that was checked.

    A second look-up could give another answer (DNS rebinding), so there is none. TLS is the caller's: the
    name in SNI and in the certificate stays the host's. What it connects to is ``Bounded``.

    Raises ``httpcore2.ConnectError`` with the text ``NO_CONNECTION`` and nothing else, and not before ``quiet_s``: the
    time that it took would tell an inside name from one that does not exist.
    """

    def __init__(self, resolve: Resolver, inside: Callable[[IPAddress], bool], limits: Limits) -> None:
        self._resolve = resolve
        self._inside = inside
        self._limits = limits
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of ``host`` that answers; each has ``limits.connect_s``, not ``timeout``."""
        del timeout
        clock = asyncio.get_running_loop().time
        quiet_until = clock() + self._limits.quiet_s
        try:
            return await self._connected(host, port, local_address, socket_options)
        except httpcore2.ConnectError:
            await asyncio.sleep(quiet_until - clock())
            raise

    async def _connected(
        self,
        host: str,
        port: int,
        local_address: str | None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None,
    ) -> httpcore2.AsyncNetworkStream:
        trouble: Exception | None = None
        for address in (await self._checked(host, port))[:MAX_ADDRESSES]:
            try:
                stream = await self._network.connect_tcp(
                    address, port, self._limits.connect_s, local_address, socket_options
                )
            except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
                trouble = error
            else:
                return Bounded(stream, self._limits)
        raise httpcore2.ConnectError(NO_CONNECTION) from trouble

    async def sleep(self, seconds: float) -> None:
        """Sleep between attempts, as the pool asks."""
        await self._network.sleep(seconds)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            found = [host] if literal(host) else await self._resolve(host, port)
        except OSError as error:
            raise httpcore2.ConnectError(NO_CONNECTION) from error
        addresses = [literal(text) for text in found]
        if any(address is None or self._inside(address) for address in addresses):
            raise httpcore2.ConnectError(NO_CONNECTION)
        return found


class Bounded(httpcore2.AsyncNetworkStream):
    """A stream of which no answer is read without end, and that does not outlive a TLS handshake which was cancelled.

    Until ``head_is_read``, an answer has ``max_header_bytes`` for all that comes before its body: a host may send any
    number of informational responses (RFC 9110, section 15.2), which are taken apart and thrown away one by one.
    Afterwards it has as much again as two bodies, for how chunks are framed.

    httpcore2 closes a stream after errors only: a host that is silent in the handshake would cost a socket each time.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._left = 0
        self._in_head = True

    def head_is_read(self) -> None:
        """Let the body of the answer be read, whose head has come."""
        self._in_head = False
        self._left = 2 * self._limits.max_body_bytes

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return Bounded(await self._stream.start_tls(ssl_context, server_hostname, timeout), self._limits)
        except asyncio.CancelledError:
            await self._stream.aclose()
            raise

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Read on.

        Raises:
            Unreachable: More of this answer has come than any honest one needs.
        """
        if self._left <= 0:
            what = "a header larger" if self._in_head else "a body sent in more"
            limit = self._limits.max_header_bytes if self._in_head else 2 * self._limits.max_body_bytes
            raise Unreachable(f"{what} than {limit} bytes")
        at_once = min(max_bytes, self._left, HEAD_READ_BYTES) if self._in_head else min(max_bytes, self._left)
        read = await self._stream.read(at_once, timeout)
        self._left -= len(read)
        return read

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send a request, or the rest of one: what is read next is the head of its answer."""
        self._in_head = True
        self._left = self._limits.max_header_bytes
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:  # as httpcore2 declares it
        return self._stream.get_extra_info(info)
