"""The files that the pages of the interface load: Swagger UI from its package, and the few of ours."""

import functools
import gzip
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import msgspec

PLACE = "/docs/assets"
PACKAGE = "flask_swagger_ui"
"""Bundles Swagger UI. It is looked up and never imported: its Python needs Flask, which is not installed."""

THEIRS = ("swagger-ui.css", "swagger-ui-bundle.js")
OURS = ("interface.css", "interface.js")
"""Nothing else is served, whatever else lies in either folder."""

REDIRECT = "oauth2-redirect.js"
"""Of Swagger UI: the script of the page that an authorization server sends its window back to, which hands the code on.

Clients register the address of the page, so both have the same for good.
"""
AWAITED = b"if(window.opener&&window.opener.swaggerUIRedirectOauth2){%s}"
"""It runs where something waits for the code, and fails elsewhere."""

MEDIA_TYPES = {"css": "text/css", "js": "text/javascript"}
DIGITS = 16


class Asset(msgspec.Struct, frozen=True):
    """A file.

    Attributes:
        name: Under which it is served: with the digest of the content in it, so that it may be kept for good.
        packed: The content, compressed with gzip.
    """

    name: str
    media_type: str
    body: bytes
    packed: bytes

    @property
    def address(self) -> str:
        """Its path."""
        return f"{PLACE}/{self.name}"


@functools.cache
def assets() -> dict[str, Asset]:
    """Every file by its name in its folder, ``swagger-ui.css``."""
    folder, ours = _folder(), files("gateway.http.api_pages")
    found = {name: (folder / name).read_bytes() for name in THEIRS} | {
        name: (ours / name).read_bytes() for name in OURS
    }
    return {name: _asset(name, body) for name, body in found.items()}


@functools.cache
def served() -> dict[str, Asset]:
    """The same by the names under which they are served."""
    return {asset.name: asset for asset in assets().values()}


@functools.cache
def redirect() -> bytes:
    """The script ``REDIRECT``."""
    return AWAITED % (_folder() / REDIRECT).read_bytes()


def _asset(name: str, body: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    digest = sha256(body).hexdigest()[:DIGITS]
    return Asset(f"{stem}.{digest}.{ending}", MEDIA_TYPES[ending], body, gzip.compress(body, mtime=0))


def _folder() -> Path:
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise RuntimeError(f"{PACKAGE} is not installed: it holds Swagger UI, which {PLACE} serves")
    return Path(found.submodule_search_locations[0]) / "dist"
