"""What is taken from a stranger's HTTP response: bounded reading, decoding, and how long it may be kept."""

import asyncio
import contextlib
import zlib

import httpcore2
import msgspec

from gateway.errors import NoDocument, Unreachable

REDIRECTS = frozenset({301, 302, 303, 307, 308})
DOCUMENTS = frozenset({200, 410})
ABSENT = 404

_GZIP = 31  # zlib's number for a gzip header and the largest window


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much a fetch may cost; the defaults fit badges, profiles, keys and status lists.

    Attributes:
        deadline_s: For all of it: waiting, looking up, connecting, every redirect, the last byte.
        turn_s: Waiting for a turn at a busy host; its end is not held against the document.
        connect_s: For each address of a host.
        max_body_bytes: Of the body as sent, and again after decoding.
        max_header_bytes: Of all that comes before the body, informational responses included.
        max_pieces: Chunks of a body; one chunk a byte would keep the processor busy for seconds.
        quiet_s: No failure to connect shows earlier than this, whatever its reason: an inside name that we know and
            one that nobody knows take equally long.
        per_host: Connections to one host name at a time.
        per_host_burst: Requests to one host name that may follow each other at once...
        per_host_per_s: ... and how many a second may follow for long.
        per_caller: Connections for one caller at a time.
        at_once: Connections in all, of requests that are quick.
        patience_s: After so long a request is slow.
        aside: Connections of slow requests.
        ttl_s: How long an answer without Cache-Control is kept.
        max_ttl_s: How long any answer is kept at most.
        failure_ttl_s: How long a failure is kept, so that nobody can make us hammer a host.
    """

    deadline_s: float = 5.0
    turn_s: float = 2.0
    connect_s: float = 2.0
    max_redirects: int = 3
    max_body_bytes: int = 1 << 20
    max_header_bytes: int = 32 << 10
    max_pieces: int = 4096
    quiet_s: float = 0.25
    per_host: int = 2
    per_host_burst: int = 60
    per_host_per_s: float = 20.0
    per_caller: int = 16
    at_once: int = 128
    patience_s: float = 1.0
    aside: int = 256
    ttl_s: float = 300.0
    max_ttl_s: float = 3600.0
    failure_ttl_s: float = 30.0


class Answer(msgspec.Struct, frozen=True):
    """One HTTP response: a document with its decoded body, or a redirect without."""

    status: int
    headers: dict[str, str]
    """Names in lower case; repeated fields are joined by commas."""
    body: bytes

    @property
    def media_type(self) -> str:
        """Content-Type in lower case, without parameters; "" when there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def lifetime_s(self, limits: Limits) -> float:
        """How long a shared cache may keep this, within our own bounds.

        Source: RFC 9111, sections 4.2 (freshness) and 5.2.2 (response directives).
        """
        directives: dict[str, str] = {}
        for part in self.headers.get("cache-control", "").lower().split(","):
            name, _, value = part.strip().partition("=")
            directives[name] = value.strip('"')
        if directives.keys() & {"no-store", "no-cache", "private"}:
            return 0.0
        max_age = directives.get("s-maxage", directives.get("max-age"))
        if max_age is None:
            return limits.ttl_s
        age = self.headers.get("age", "0")
        if not (max_age.isdecimal() and age.isdecimal()):
            return 0.0
        return min(max(float(max_age) - float(age), 0.0), limits.max_ttl_s)


async def read_answer(response: httpcore2.Response, limits: Limits) -> Answer:
    """Read a response whose body has not been touched yet.

    Raises:
        NoDocument: 404.
        Unreachable: Another status, a large body, an encoding that was not asked for.
    """
    headers = fields(response.headers)
    if response.status in REDIRECTS:
        return Answer(response.status, headers, b"")
    if response.status not in DOCUMENTS:
        raise (NoDocument if response.status == ABSENT else Unreachable)(f"answered {response.status}")
    body = await _body(response, limits)
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in {"gzip", "x-gzip"}:
        body = _inflated(body, limits.max_body_bytes)
    elif encoding not in {"", "identity"}:
        raise Unreachable("sent in a content encoding that was not asked for")
    return Answer(response.status, headers, body)


def fields(received: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Header fields by name in lower case; repeated ones are joined by commas."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in received:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def _body(response: httpcore2.Response, limits: Limits) -> bytes:
    body = bytearray()
    pieces = 0
    async with contextlib.aclosing(response.aiter_stream()) as stream:
        async for piece in stream:
            body += piece
            pieces += 1
            if len(body) > limits.max_body_bytes:
                raise Unreachable(f"larger than {limits.max_body_bytes} bytes")
            if pieces > limits.max_pieces:
                raise Unreachable(f"sent in more than {limits.max_pieces} pieces")
            if pieces % 256 == 0:
                await asyncio.sleep(0)  # many pieces of one read come without any wait between them
    return bytes(body)


def _inflated(packed: bytes, max_bytes: int) -> bytes:
    if not packed:
        return b""
    inflater = zlib.decompressobj(_GZIP)
    try:
        body = inflater.decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise Unreachable("broken gzip") from error
    if len(body) > max_bytes:
        raise Unreachable(f"larger than {max_bytes} bytes after decoding")
    if not inflater.eof or inflater.unused_data:
        raise Unreachable("broken gzip")
    return body
