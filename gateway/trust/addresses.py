"""URLs compared as places: who answers there, and whether one lies under another."""

from urllib.parse import unquote, urlsplit

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
    return any(unquote(segment) in {".", ".."} for segment in urlsplit(url).path.split("/"))


def origin_path(url: str, path: str) -> str:
    """Return the https address of ``path`` on the host of ``url``."""
    return f"https://{authority(url)}{path}"


def without_fragment(url: str) -> str:
    """Return the address of the document that a URL with a fragment points into."""
    return url.partition("#")[0]
