"""URLs compared as places: who answers there, and whether one lies under another."""

import re
from urllib.parse import unquote, urlsplit

_SEPARATORS = re.compile(r"[/\\]")
_MAX_DECODINGS = 4
_DEFAULT_PORTS = {"http": 80, "https": 443}


def authority(url: str) -> str | None:
    """Return ``host`` or ``host:port`` of an http(s) URL, lower case, without a default port; None for everything else.

    The scheme is left out: what counts was fetched over https, whatever scheme its id is written with. A URL with a
    user name has none, because ``https://issuer.example@other.example`` only looks like the issuer's.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.hostname if port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{parts.hostname}:{port}"


def lies_under(url: str, prefix: str) -> bool:
    """Say whether ``url`` begins with ``prefix`` and is on its host.

    A bare comparison of text would let ``https://issuer.example`` vouch for ``https://issuer.example.other.example``,
    and ``/mine/`` for ``/mine/../theirs/``.
    """
    return (
        url.startswith(prefix)
        and authority(url) is not None
        and authority(url) == authority(prefix)
        and not _climbs(url)
    )


def _climbs(url: str) -> bool:
    """Say whether any server might take a segment of the path for ``.`` or ``..``.

    Servers differ in how often they decode, in what separates segments, and in what they cut off before they resolve
    (``..;x`` at some): whatever one of them climbs by counts. A path that never ends being encoded counts as well.
    """
    path = urlsplit(url).path
    for _ in range(_MAX_DECODINGS):
        if any(segment.partition(";")[0].strip(" \t\0") in {".", ".."} for segment in _SEPARATORS.split(path)):
            return True
        encoded, path = path, unquote(path)
        if path == encoded:
            return False
    return True


def origin_path(url: str, path: str) -> str:
    """Return the https address of ``path`` on the host of ``url``."""
    return f"https://{authority(url)}{path}"


def without_fragment(url: str) -> str:
    """Return the address of the document that a URL with a fragment points into."""
    return url.partition("#")[0]
