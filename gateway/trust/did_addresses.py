"""Where the DIDs that live on a web host publish: did:web and did:webvh to https addresses.

A DID is only as good as its one address: what two servers could take for different places is no DID here. Sources:
did:web method specification, "Target System" and "Read (Resolve)"; did:webvh v1.0, "The DID to HTTPS Transformation".
"""

import re
from typing import Final

import msgspec

from gateway.errors import Unreachable
from gateway.trust.addresses import lies_under

METHODS: Final = ("did:web:", "did:webvh:")
"""How the DIDs begin that lead to an address."""

_HOST: Final = r"(?P<host>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){0,10}[A-Za-z0-9-]{1,63})"
_PORT: Final = r"(?:%3[Aa](?P<port>[1-9][0-9]{0,4}))?"
_PATH: Final = r"(?P<path>(?::(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+)*)"
_WEB: Final = re.compile(rf"did:web:{_HOST}{_PORT}{_PATH}")
_WEBVH: Final = re.compile(rf"did:webvh:(?P<scid>[1-9A-HJ-NP-Za-km-z]{{46}}):{_HOST}{_PORT}{_PATH}")
# An encoded separator would make one segment two; an encoded dot, one place of another.
_SEPARATOR: Final = re.compile(r"%(?:2[eEfF]|5[cC]|00|25)")
_MAX_CHARS: Final = 2048
_MAX_HOST_CHARS: Final = 253
_MAX_PORT: Final = 65_535
_FIX: Final = {
    "web": "Write it as did:web:host or did:web:host:path, a port as %3A and its number.",
    "webvh": "Write it as did:webvh:SCID:host or did:webvh:SCID:host:path, a port as %3A and its number.",
}


class DidAddress(msgspec.Struct, frozen=True):
    """Where a DID publishes; ``scid`` is the hash in a did:webvh, "" in a did:web."""

    url: str
    scid: str = ""


def did_address(did: str) -> DidAddress:
    """Return where a did:web has its document or a did:webvh its log.

    Raises:
        Unreachable: It is no well-formed DID of these methods, or its host is an IP address.
    """
    web = did.startswith("did:web:")
    method, file = ("web", "did.json") if web else ("webvh", "did.jsonl")
    found = (_WEB if web else _WEBVH).fullmatch(did) if len(did) <= _MAX_CHARS else None
    if found is None or not _is_name(found["host"]) or int(found["port"] or 0) > _MAX_PORT:
        raise Unreachable(f"{did} is not a well-formed did:{method}", fix=_FIX[method])
    origin = f"https://{found['host']}" + (f":{found['port']}" if found["port"] else "")
    url = f"{origin}{found['path'].replace(':', '/') or '/.well-known'}/{file}"
    if _SEPARATOR.search(url) or not lies_under(url, f"{origin}/"):
        raise Unreachable(f"{did} has a path that servers may take for another place", fix=_FIX[method])
    return DidAddress(url, "" if web else found["scid"])


def _is_name(host: str) -> bool:
    """Whether it is a name in the domain name system; the methods allow no IP address, however it is written."""
    last = host.rpartition(".")[2]
    return len(host) <= _MAX_HOST_CHARS and not re.fullmatch(r"[0-9]+|0[xX][0-9A-Fa-f]*", last)
