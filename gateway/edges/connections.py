"""Pools of connections to where strangers point: which addresses may be reached, and how."""

import functools
import ssl
from collections.abc import Callable

import httpcore2
import msgspec

from gateway.edges.addresses import (
    IPAddress,
    Resolver,
    WebAddress,
    configured,
    is_inside,
    refuse_inside,
    system_resolver,
)
from gateway.edges.answers import Limits
from gateway.edges.pinned import NO_CONNECTION, PinnedConnections

TROUBLE = (
    OSError,
    httpcore2.ConnectionNotAvailable,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
)
"""What a connection breaks with, ``httpcore2.ConnectError`` (see ``connection_trouble``) among it."""


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What may be reached, and how.

    Attributes:
        exempt_origins: Exact origins (``http://127.0.0.1:8000``) for which scheme, port and address are not
            checked: development and intranets. They are open to everybody who may name a URL.
        ports: Ports of all other origins.
        inside: Addresses that are refused.
        tls: What servers are authenticated with; None means the machine's certificate authorities.
    """

    exempt_origins: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset({443})
    inside: Callable[[IPAddress], bool] = is_inside
    resolve: Resolver = system_resolver
    tls: ssl.SSLContext | None = None


class Connections:
    """The connections of one client; each goes to the very address that was checked."""

    def __init__(self, reach: Reach, limits: Limits) -> None:
        self._reach = reach
        self._limits = limits
        self._exempt = frozenset(configured(text).origin for text in reach.exempt_origins)
        self._pools: dict[tuple[str, bool], httpcore2.AsyncConnectionPool] = {}

    def is_exempt(self, url: WebAddress) -> bool:
        """Tell whether the settings name this origin."""
        return url.origin in self._exempt

    def allow(self, url: WebAddress) -> None:
        """Refuse an address whose text alone shows that it is none to connect to.

        Raises:
            FetchBlocked: It is not https, not public, or at another port.
        """
        if not self.is_exempt(url):
            refuse_inside(url, self._reach.ports, self._reach.inside)

    def pool(self, url: WebAddress) -> httpcore2.AsyncConnectionPool:
        """The connections through which this address is asked; exempt origins have their own."""
        kind = url.scheme, self.is_exempt(url)
        if kind not in self._pools:
            self._pools[kind] = self._opened(*kind)
        return self._pools[kind]

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    def _opened(self, scheme: str, exempt: bool) -> httpcore2.AsyncConnectionPool:
        inside = (lambda _: False) if exempt else self._reach.inside
        return httpcore2.AsyncConnectionPool(
            ssl_context=self._tls if scheme == "https" else None,
            max_connections=self._limits.at_once + self._limits.aside,
            max_keepalive_connections=self._limits.at_once // 4,
            keepalive_expiry=5.0,
            network_backend=PinnedConnections(self._reach.resolve, inside, self._limits),
        )

    @functools.cached_property
    def _tls(self) -> ssl.SSLContext:
        # At the first need: the machine's authorities take 20 ms to read, and a command may well ask nobody.
        return self._reach.tls or httpcore2.default_ssl_context()


def connection_trouble(error: httpcore2.ConnectError) -> str:
    """Say what the host's owner can mend; TLS was only tried at an address that passed the check."""
    if NO_CONNECTION in error.args:
        return NO_CONNECTION
    if isinstance(trouble := error.args[0], ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({trouble.verify_message})"
    return "no TLS session could be agreed on"
