"""How bytes are handed out: strong ETag, Content-Digest, the right type, no sniffing, no scripts."""

from base64 import b64encode
from hashlib import sha256
from typing import Any  # Any: of a connection only headers are read

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import State

from gateway.apart import apart

GET = "GET"
OK = 200
NOT_MODIFIED = 304

NOSNIFF = {"X-Content-Type-Options": "nosniff"}
DEFAULTS = {**NOSNIFF, "Cache-Control": "no-store"}
"""On every answer that does not say otherwise."""

NO_REFERRER = {"Referrer-Policy": "no-referrer"}
INERT = {"Content-Security-Policy": "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"}
"""For what strangers sent: an SVG runs nothing and loads nothing but the picture it holds."""

HttpRequest = Request[object, object, State]
"""A request as Litestar types it; who asks is not kept in it."""


def delivered(
    request: HttpRequest,
    body: bytes,
    media_type: str,
    *,
    cache: str,
    status: int = OK,
    headers: dict[str, str] | None = None,
    digest: bytes = b"",
) -> Response[bytes]:
    """Answer with exact bytes, or with 304 when the client asks for what it has.

    Args:
        cache: The value of Cache-Control.
        headers: Further ones, which win over the usual ones.
        digest: As ``digested`` gives it, of what may be large.

    Source: RFC 9110 section 13.1.2 (If-None-Match); RFC 9530 (Content-Digest).
    """
    digest = digest or sha256(body).digest()
    etag = f'"{digest.hex()}"'
    sent = {**NOSNIFF, **NO_REFERRER, **INERT, **(headers or {}), "ETag": etag, "Cache-Control": cache}
    if request.method == GET and status == OK and _matches(header(request, "If-None-Match"), etag):
        return Response(b"", status_code=NOT_MODIFIED, headers=sent)
    sent["Content-Digest"] = f"sha-256=:{b64encode(digest).decode()}:"
    return Response(body, status_code=status, media_type=media_type, headers=sent)


def header(request: ASGIConnection[Any, Any, Any, Any], name: str) -> str:
    """A header that holds a list, whichever number of lines it came on; "" where there is none.

    Source: RFC 9110 section 5.3.
    """
    return ", ".join(request.headers.getall(name, []))


async def digested(body: bytes) -> bytes:
    """SHA-256 of what may be large."""
    return await apart(len(body), _digest, body)


def for_everybody(max_age_s: int) -> str:
    """Cache-Control of a public page."""
    return f"public, max-age={max_age_s}"


def saved_as(filename: str) -> dict[str, str]:
    """Under which name a browser saves it, rather than opening it (RFC 6266); nothing for a page without one."""
    return {"Content-Disposition": f'attachment; filename="{filename}"'} if filename else {}


def _digest(body: bytes) -> bytes:
    return sha256(body).digest()


def _matches(condition: str, etag: str) -> bool:
    candidates = [candidate.strip().removeprefix("W/") for candidate in condition.split(",")]
    return etag in candidates or "*" in candidates
