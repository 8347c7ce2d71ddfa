"""Who calls: the platform's API key as a bearer token, or as user name or password of HTTP basic authentication."""

import binascii
from base64 import b64decode

from litestar.handlers import BaseRouteHandler

from gateway.http.account.session import is_own_origin
from gateway.http.admission import Connection, admit, presented
from gateway.http.body_type import UnsupportedMediaType, only_badges
from gateway.http.multipart_form import MULTIPART
from gateway.http.sign_in_first import ForeignForm

BASIC = "basic"
_LONGEST = 4000


async def let_in(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let only holders of an API key pass that has the scope of the handler; looked at before the body is read.

    What a browser sends for a page of another origin is refused, because it may know a password without the page
    knowing it: a multipart form is among what any page may make it send.

    Raises:
        ForeignForm: It came from a page of another origin.
        Unauthorised, InsufficientScope, TooManyRequests: See ``gateway.http.admission``.

    Source: RFC 7617; Fetch standard, section 2.2.2 (CORS-safelisted request-header).
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    scheme, _, shown = connection.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == BASIC and _is_foreign(connection):
        raise ForeignForm
    await admit(connection, handler, presented(connection) or _of_basic(scheme, shown))


async def only_uploads(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let only bodies pass that are a multipart form, or named like a document.

    Raises:
        UnsupportedMediaType: It is named otherwise.
    """
    named = connection.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if named == MULTIPART:
        return
    if named.startswith("multipart/"):
        raise UnsupportedMediaType("the body is a multipart body, and no form", fix=f"send it as {MULTIPART}")
    await only_badges(connection, handler)


def _is_foreign(connection: Connection) -> bool:
    """Whether a page of another origin sent it; browsers too old to say so name the origin (Fetch Metadata)."""
    site = connection.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in ("none", "same-origin")
    return "Origin" in connection.headers and not is_own_origin(connection)


def _of_basic(scheme: str, shown: str) -> str:
    """The key, wherever it stands: programs differ in which of the two fields they take a token for."""
    if scheme.lower() != BASIC or len(shown) > _LONGEST:
        return ""
    try:
        user, _, password = b64decode(shown.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return password or user
