"""Which addresses the gateway may fetch from: rules for URLs, networks it never enters, look-up of names."""

import asyncio
import functools
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx2

from gateway.errors import FetchBlocked

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

Origin = tuple[str, str, int]
"""Scheme, host in lower case, port: what two URLs share that lead to the same server."""

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""All addresses of a host name (and port), in order of preference; raises OSError when there are none."""

MAX_URL_CHARS = 4096
MAX_PORT = 65535

# `ipaddress.is_global` is not enough: CPython 3.11 says True for NAT64, 6to4, IPv4-compatible and multicast
# addresses. Sources: IANA Special-Purpose Address Registries (RFC 6890), IANA IPv6 Address Space.
INSIDE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a carrier; metadata at Alibaba
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # looks public, is the host of every virtual machine at Azure
        "169.254.0.0/16",  # link-local; metadata at most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; metadata at Oracle
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # automatic multicast tunnelling
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        # Global unicast is 2000::/3 alone. The three networks around it hold loopback, IPv4-mapped,
        # -compatible and -translated, NAT64, discard, unique, link- and site-local, SRv6 and multicast.
        "::/3",
        "4000::/2",
        "8000::/1",
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)

# A getaddrinfo that never answers cannot be cancelled: it may starve look-ups, never the default executor.
_LOOKUPS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="name-lookup")

_WEB = re.compile(r"https?://([^/?#]{1,320})(?:[/?#].*)?", re.IGNORECASE)
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
# getaddrinfo and the URL standard read such a host as an IPv4 address: 2130706433, 0x7f.1, 0177.0.0.1
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")


def is_inside(address: IPAddress) -> bool:
    """Tell whether an address belongs to a network that strangers must not reach through us."""
    return any(address in network for network in INSIDE)


def origin(url: httpx2.URL) -> Origin:
    """Scheme, host and port of a web address; the host is ASCII, the port is written out."""
    port = url.port
    if port is None:
        port = 443 if url.scheme == "https" else 80
    return url.scheme, url.raw_host.decode("ascii"), port


def configured(text: str) -> httpx2.URL:
    """Parse an address from the settings.

    Raises:
        ValueError: It is no http or https address.
    """
    try:
        return web_address(text)
    except FetchBlocked as error:
        raise ValueError(error.reason) from error


def shown(url: str) -> str:
    """Render a URL safe for a message: printable ASCII, at most 200 characters of it."""
    return ascii(url[:200])[1:-1]


def web_address(url: str) -> httpx2.URL:
    """Parse an http or https URL that a stranger wrote.

    Raises:
        FetchBlocked: Another scheme, user information, spaces, control characters, a malformed host or port.
    """
    if len(url) > MAX_URL_CHARS:
        raise FetchBlocked(f"{shown(url)}: longer than {MAX_URL_CHARS} characters")
    # Before parsing: the authority is capped because encoding a long international name takes quadratic time.
    web = _WEB.fullmatch(url)
    if web is None or not url.isprintable() or "\\" in url or " " in url:
        raise FetchBlocked(f"{shown(url)}: not an https address")
    if "@" in web[1]:
        raise FetchBlocked(f"{shown(url)}: user information in the address")
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise FetchBlocked(f"{shown(url)}: not an https address") from error
    _, host, port = origin(parsed)
    well_formed = _NAME.fullmatch(host) or (literal(host) is not None and "%" not in host)
    if not well_formed or not 0 < port <= MAX_PORT:
        raise FetchBlocked(f"{shown(url)}: not a host and port")
    return parsed


def refuse_inside(url: httpx2.URL, ports: Collection[int], inside: Callable[[IPAddress], bool]) -> None:
    """Refuse an address when its text alone shows that it is not a public https one.

    What a host name leads to is checked when connecting: between two look-ups the answer can change.

    Raises:
        FetchBlocked: Not https, a port not in ``ports``, an address that is ``inside`` or disguised, a name
            without a dot.
    """
    scheme, host, port = origin(url)
    if scheme != "https":
        raise FetchBlocked(f"{shown(str(url))}: only https is fetched")
    if port not in ports:
        raise FetchBlocked(f"{shown(str(url))}: port {port} is not fetched from")
    address = literal(host)
    if address is not None:
        if inside(address):
            raise FetchBlocked(f"{shown(str(url))}: not a public address")
    elif "." not in host or _NUMERIC.fullmatch(host):
        raise FetchBlocked(f"{shown(str(url))}: not a public host name")


def literal(host: str) -> IPAddress | None:
    """Read a host as an IP address; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the operating system for the addresses of a name."""
    look_up = functools.partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_LOOKUPS, look_up)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
