"""Whose address it is, however it is spelled."""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote, urlsplit

_DECODINGS: Final = 3
"""Nobody who reads an address undoes percent-encoding more often than twice; one more is for good measure."""

_DEFAULT_PORTS: Final = frozenset({"", "80", "443"})
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//+([^/?#]*)|(?:https?|wss?|ftp):/*([^/?#]*)", re.IGNORECASE)
_DID_WEB = re.compile(r"did:web(?:vh:[^:]*)?:([^:/?#]*)", re.IGNORECASE)


def is_at(iri: str, public_url: str) -> bool:
    """Say whether an address leads to an origin, or a ``did:web`` to its host, for anybody who reads it at all.

    Case, a dot at the end of the host, a default port, who is named before the host, percent-encoding, backslashes,
    slashes too many or too few and the scheme make no difference.

    Args:
        public_url: An origin.

    Source: RFC 3986 section 6.2 (normalisation) and the WHATWG URL Standard (what browsers read as a slash).
    """
    own_host, own_port = _split(urlsplit(public_url).netloc)
    found = _authority(iri)
    if found is None:
        return False
    host, port = _split(found)
    return host == own_host and (port == own_port or port in _DEFAULT_PORTS)


def _authority(iri: str) -> str | None:
    text = "".join(iri.split()).replace("\\", "/")
    if did := _DID_WEB.match(text):
        return _plain(did[1])
    address = _ADDRESS.match(text)
    return None if address is None else _plain(address[1] or address[2] or "")


def _plain(authority: str) -> str:
    for _ in range(_DECODINGS):
        authority = unquote(authority)
    return re.split(r"[/\\?#]", authority.rpartition("@")[2])[0]


def _split(authority: str) -> tuple[str, str]:
    """Host and port; digits, letters and dots of other scripts are the ones that they stand for (IDNA, UTS 46)."""
    plain = unicodedata.normalize("NFKC", authority).replace("\u3002", ".").lower()
    bracketed, bracket, rest = plain.rpartition("]")
    if bracket:
        return f"{bracketed}]", rest.removeprefix(":").lstrip("0")
    host, _, port = plain.partition(":")
    return host.rstrip("."), port.lstrip("0")
