"""How bytes are handed out: strong ETag, Content-Digest, the right type, no sniffing, no scripts."""

from base64 import b64encode
from hashlib import sha256

from litestar import Request, Response

NOT_MODIFIED = 304
OK = 200

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
}
"""On everything that shows what strangers sent: an SVG or a page of ours runs nothing and loads nothing."""


def delivered(
    request: Request, body: bytes, media_type: str, *, max_age_s: int, status: int = OK, private: bool = False
) -> Response[bytes]:
    """Answer with exact bytes, or with 304 when the client has them.

    Source: RFC 9110 section 13.1.2 (If-None-Match); RFC 9530 (Content-Digest).
    """
    digest = sha256(body).digest()
    etag = f'"{digest.hex()}"'
    headers = {
        **SAFE,
        "ETag": etag,
        "Content-Digest": f"sha-256=:{b64encode(digest).decode()}:",
        "Cache-Control": f"{'private' if private else 'public'}, max-age={max_age_s}",
    }
    if status == OK and _matches(request.headers.get("If-None-Match", ""), etag):
        return Response(b"", status_code=NOT_MODIFIED, headers=headers)
    return Response(body, status_code=status, media_type=media_type, headers=headers)


def _matches(condition: str, etag: str) -> bool:
    candidates = [candidate.strip().removeprefix("W/") for candidate in condition.split(",")]
    return etag in candidates or "*" in candidates
