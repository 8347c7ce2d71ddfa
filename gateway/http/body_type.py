"""What a body may call itself. The bytes decide what it is; its name only shows whether it was meant for us."""

from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler

from gateway.errors import GatewayError

BADGES = (
    "application/json",
    "application/ld+json",
    "application/vc",
    "application/vc+ld+json",
    "application/vc+jwt",
    "application/vc+ld+json+jwt",
    "application/vc+ld+jwt",
    "application/jwt",
    "application/dc+sd-jwt",
    "application/vc+sd-jwt",
    "application/jose",
    "application/jose+json",
    "image/png",
    "image/apng",
    "image/svg+xml",
    "application/octet-stream",
)

FROM_ANY_PAGE = ("", "text/plain", "application/x-www-form-urlencoded")
"""What a page of any origin may send without asking first (Fetch standard, CORS-safelisted); curl sends the last one,
and a VC-JWT is text/plain (Open Badges 3.0 section 6)."""

ACCEPTED = "application/json, application/jwt, image/png, image/svg+xml or application/octet-stream"


class UnsupportedMediaType(GatewayError):
    """The body calls itself something that no badge is, or something that any web page could send."""

    code = "unsupported-media-type"


async def only_badges(
    connection: ASGIConnection[BaseRouteHandler, object, object, State],
    handler: BaseRouteHandler,  # noqa: ARG001
) -> None:
    """Let only bodies pass that are named like a badge, before a byte of them is read.

    A page of another origin cannot send those without asking, and nobody is told yes. What it can send is taken only
    from what is no browser: browsers name the origin of every POST, and who can leave it out needs no victim.

    Raises:
        UnsupportedMediaType: It is named otherwise.

    Source: Fetch standard, sections 2.2.2 (CORS-safelisted request-header) and 3.2 (Origin).
    """
    named = connection.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    browser = "Origin" in connection.headers or "Sec-Fetch-Site" in connection.headers
    if named in BADGES or (named in FROM_ANY_PAGE and not browser):
        return
    if named.startswith("multipart/"):
        fix = "send the badge itself as the body, not as a field of a form: curl --data-binary @badge.png"
    else:
        fix = f"send the badge itself, as {ACCEPTED}; its address goes as application/json too"
    said = "which any web page could send unasked" if named in FROM_ANY_PAGE else "which no badge is"
    raise UnsupportedMediaType(f"the body is declared as {named[:100] or 'nothing'}, {said}", fix=fix)
