"""TCP connections that reach the very address that was checked, for httpcore2 to speak TLS and HTTP over."""

import asyncio
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2

from gateway.edges.addresses import IPAddress, Resolver, literal

NO_CONNECTION = "no connection could be made"
"""One text for an inside address, an unknown name and a refused connection: nobody maps our network by it."""

MAX_ADDRESSES = 3


class PinnedConnections(httpcore2.AsyncNetworkBackend):
    """Looks a name up once, refuses it when any address is inside, and connects to one that was checked.

    A second look-up could give another answer (DNS rebinding), so there is none. TLS is the caller's: the
    name in SNI and in the certificate stays the host's.

    Raises ``httpcore2.ConnectError`` with the text ``NO_CONNECTION`` and nothing else, and not before ``quiet_s``: the
    time that it took would tell an inside name from one that does not exist.
    """

    def __init__(
        self, resolve: Resolver, inside: Callable[[IPAddress], bool], connect_s: float, quiet_s: float
    ) -> None:
        self._resolve = resolve
        self._inside = inside
        self._connect_s = connect_s
        self._quiet_s = quiet_s
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of ``host`` that answers; each has ``connect_s``, not ``timeout``."""
        del timeout
        clock = asyncio.get_running_loop().time
        quiet_until = clock() + self._quiet_s
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
                stream = await self._network.connect_tcp(address, port, self._connect_s, local_address, socket_options)
            except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
                trouble = error
            else:
                return _Plain(stream)
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


class _Plain(httpcore2.AsyncNetworkStream):
    """A TCP stream that does not outlive a TLS handshake which was cancelled.

    httpcore2 closes it after errors only: a host that is silent then would cost a socket each time.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except asyncio.CancelledError:
            await self._stream.aclose()
            raise

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:  # as httpcore2 declares it
        return self._stream.get_extra_info(info)
