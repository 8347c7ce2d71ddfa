"""Which addresses the gateway may fetch from: rules for URLs, networks it never enters, look-up of names."""

import asyncio
import functools
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urljoin

import idna
import msgspec

from gateway.errors import FetchBlocked

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

Origin = tuple[str, str, int]
"""Scheme, host in lower case, port: what two URLs share that lead to the same server."""

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""All addresses of a host name (and port), in order of preference; raises OSError when there are none."""

MAX_URL_CHARS = 4096
MAX_PORT = 65535

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNQUOTED = "/?%:@!$&'()*+,;=[]"

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

# A getaddrinfo that never answers cannot be cancelled: it may starve look-ups, never the default executor. There are
# more threads than one caller may have fetches under way, several times over.
_LOOKUPS = ThreadPoolExecutor(max_workers=128, thread_name_prefix="name-lookup")

# Without a parser of somebody else's: those of CPython before 3.11.12 take `https://[::1].issuer.example/` for ::1.
# The authority is capped because encoding a long international name takes quadratic time.
_WEB = re.compile(r"(https?)://([^/?#]{1,320})([/?#].*)?", re.ASCII | re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\[\]:]+))(?::([0-9]{0,5}))?", re.ASCII | re.IGNORECASE)
_USER = re.compile(r"//[^/?#]*@")
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
# getaddrinfo and the URL standard read such a host as an IPv4 address: 2130706433, 0x7f.1, 0177.0.0.1
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")


def is_inside(address: IPAddress) -> bool:
    """Tell whether an address belongs to a network that strangers must not reach through us."""
    return any(address in network for network in INSIDE)


class WebAddress(msgspec.Struct, frozen=True):
    """An http or https URL, taken apart.

    Attributes:
        scheme: ``http`` or ``https``.
        host: ASCII in lower case, international names in their ``xn--`` form; an IPv6 address without brackets.
        port: Written out, 1 to 65535.
        target: Path and query as a request line carries them: ASCII, at least ``/``.
        text: The URL as it was written.
    """

    scheme: str
    host: str
    port: int
    target: str
    text: str

    @property
    def origin(self) -> Origin:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """Value of the Host header: a default port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    def resolved(self, reference: str) -> str:
        """Return the absolute URL, without fragment, that a reference found here means.

        Raises:
            ValueError: It means none.

        Source: RFC 3986, section 5.2.
        """
        return urljoin(self.text, reference).partition("#")[0]


def configured(text: str) -> WebAddress:
    """Parse an address from the settings.

    Raises:
        ValueError: It is no http or https address.
    """
    try:
        return web_address(text)
    except FetchBlocked as error:
        raise ValueError(error.reason) from error


def shown(url: str) -> str:
    """Render a URL safe for a message: printable ASCII, at most 200 characters of it, without user and password."""
    return ascii(_USER.sub("//(user information)@", url)[:200])[1:-1]


def web_address(url: str) -> WebAddress:
    """Parse an http or https URL that a stranger wrote.

    Raises:
        FetchBlocked: Another scheme, user information, spaces, control characters, a malformed host or port.
    """
    if len(url) > MAX_URL_CHARS:
        raise FetchBlocked(f"{shown(url)}: longer than {MAX_URL_CHARS} characters")
    web = _WEB.fullmatch(url)
    if web is None or not url.isprintable() or "\\" in url or " " in url:
        raise FetchBlocked(f"{shown(url)}: not an https address")
    scheme, authority, rest = web[1].lower(), web[2], web[3] or "/"
    if "@" in authority:
        raise FetchBlocked(f"{shown(url)}: user information in the address")
    found = _host_and_port(authority, _DEFAULT_PORTS[scheme])
    if found is None:
        raise FetchBlocked(f"{shown(url)}: not a host and port")
    path_and_query = quote(rest.partition("#")[0], safe=_UNQUOTED)
    target = path_and_query if path_and_query.startswith("/") else f"/{path_and_query}"
    return WebAddress(scheme, *found, target, url)


def _host_and_port(authority: str, default_port: int) -> tuple[str, int] | None:
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        return None
    in_brackets, name, digits = parts.groups()
    port = int(digits) if digits else default_port
    host = in_brackets.lower() if in_brackets else _ascii(name)
    well_formed = ":" in host and literal(host) is not None if in_brackets else _NAME.fullmatch(host)
    return (host, port) if well_formed and 0 < port <= MAX_PORT else None


def _ascii(name: str) -> str:
    """Return a host name as it is looked up; "" when it has no such form. Source: RFC 5891 (IDNA 2008)."""
    if name.isascii():
        return name.lower()
    try:
        return idna.encode(name.lower()).decode()
    except idna.IDNAError:
        return ""


def refuse_inside(url: WebAddress, ports: Collection[int], inside: Callable[[IPAddress], bool]) -> None:
    """Refuse an address when its text alone shows that it is not a public https one.

    What a host name leads to is checked when connecting: between two look-ups the answer can change.

    Raises:
        FetchBlocked: Not https, a port not in ``ports``, an address that is ``inside`` or disguised, a name
            without a dot.
    """
    scheme, host, port = url.origin
    if scheme != "https":
        raise FetchBlocked(f"{shown(url.text)}: only https is fetched")
    if port not in ports:
        raise FetchBlocked(f"{shown(url.text)}: port {port} is not fetched from")
    address = literal(host)
    if address is not None:
        if inside(address):
            raise FetchBlocked(f"{shown(url.text)}: not a public address")
    elif "." not in host or _NUMERIC.fullmatch(host):
        raise FetchBlocked(f"{shown(url.text)}: not a public host name")


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
