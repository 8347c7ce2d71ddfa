"""The addresses of a fixture's issuer: at hosts that are nowhere, so that no verifier in the world finds them.

Names below ``.invalid`` lead to no address (RFC 6761 section 6.4) and no authority gives certificates for them. Only
the gateway itself answers for them, and only while it works for the very twin that the host is named after.
"""

import re
from urllib.parse import urlsplit

import msgspec

from adapters.hub.contract import LegalIdentity
from gateway.records.tenants import is_twin

DOMAIN = "issuer.invalid"

COUNTRY = "FR"
NUMBER = f"NTR{COUNTRY}-000000000"
"""Of every issuer that seals, as a register would have it (ETSI EN 319 412-1 section 5.1.4); nobody else has it."""

COPIES = 1_000_000
"""So many copies there are of a fixture, the first one counted."""

_FOLDER = re.compile(r"([a-z0-9-]+)(?:\.([1-9][0-9]{0,5}))?", re.ASCII)


class Certified(msgspec.Struct, frozen=True):
    """Whom a certificate of test mode names.

    Attributes:
        key: Name of the key that it is for.
        identity: What it calls them.
    """

    key: str
    identity: LegalIdentity


class Site(msgspec.Struct, frozen=True):
    """Where everything lies that one fixture needs; each fixture, and each copy of it, has an issuer of its own.

    Attributes:
        twin: For whom it is.
        fixture: Its name.
        copy: Which copy of it; 0 is the first.
    """

    twin: str
    fixture: str
    copy: int = 0

    @property
    def folder(self) -> str:
        """What its addresses begin with."""
        return f"{self.fixture}.{self.copy}" if self.copy else self.fixture

    @property
    def root(self) -> str:
        """The address below which all of it lies."""
        return f"https://{self.twin}.{DOMAIN}/{self.folder}"

    @property
    def did(self) -> str:
        """The issuer as a did:web, whose document lies at ``did.json``."""
        return f"did:web:{self.twin}.{DOMAIN}:{self.folder}"

    def __call__(self, name: str) -> str:
        """The address of one document."""
        return f"{self.root}/{name}"


def without_copy(folder: str) -> str:
    """The fixture whose addresses begin with this, whichever copy it is; "" for what no address begins with."""
    found = _FOLDER.fullmatch(folder)
    return found[1] if found else ""


def is_ours(url: str) -> bool:
    """Whether an address is a test issuer's, of whatever twin."""
    host = _host(url)
    return host == DOMAIN or host.endswith(f".{DOMAIN}")


def is_of_twin(name: str) -> bool:
    """Whether the id of an issuer is a test issuer's: an address, a did:web, or the number in a seal's certificate.

    The number counts even where an operator trusts what certified it: then nothing else would keep such a seal apart.
    """
    if name == f"urn:eidas:{NUMBER}":
        return True
    web = "did:web:"
    return is_ours(f"https://{name.removeprefix(web).partition(':')[0]}/" if name.startswith(web) else name)


def site_of(url: str) -> Site | None:
    """The site that an address lies in; None when it is no test issuer's, or none that there is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    twin = (parts.hostname or "").removesuffix(f".{DOMAIN}")
    if parts.netloc != f"{twin}.{DOMAIN}" or parts.scheme != "https" or not is_twin(twin):
        return None
    folder = _FOLDER.fullmatch(parts.path.removeprefix("/").partition("/")[0])
    return Site(twin, folder[1], int(folder[2] or 0)) if folder else None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
