"""Methods, segments of addresses, headers and ways to frame a body that nobody should send."""

import random
from collections.abc import Iterator

METHODS = (
    "GET",
    "GET",
    "GET",
    "POST",
    "HEAD",
    "OPTIONS",
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "CONNECT",
    "get",
    "pOsT",
    "",
)
SEGMENTS = (
    *("", ".", "..", "\0", "a\0b", "\ud800", "\uffff", "%00", "%2e%2e%2f", "..%2f", "a" * 3000, "\U0001f4a9", "\u202e"),
    *("null", "{}", "*", "' or 1=1 --", "\r\n", "00000000-0000-0000-0000-000000000000", "x.json", "x.png", "x.svg.jwt"),
)
HEADERS = {
    b"content-type": (
        *(b"application/json", b"application/json; charset=utf-16", b"text/plain", b"multipart/form-data; boundary=x"),
        *(b"multipart/form-data", b"multipart/form-data; boundary=", b"multipart/form-data; boundary=\xff"),
        *(b"application/x-www-form-urlencoded", b"application/x-msgpack", b"image/png", b";", b""),
    ),
    b"content-length": (b"0", b"-1", b"many", b"99999999999999999999", b"1e3", b"", b"\xb2", b"1", b"100000"),
    b"transfer-encoding": (b"chunked", b"gzip, chunked", b"identity"),
    b"content-encoding": (b"gzip", b"br", b"identity", b"\xff"),
    b"accept": (
        *(b"*/*", b"text/html", b"text/html;q=nan", b"a/b;q=1e999", b"image/*", b"application/jwt, */*;q=0.1"),
        *(b"application/json", b"text/markdown", b";;;,,,", b"\xff"),
    ),
    b"accept-language": (b"fr", b"fr;q=0, en;q=inf", b"*", b"-", b"x" * 2000),
    b"authorization": (
        *(b"", b"Bearer", b"Bearer ", b"Basic Og==", b"Basic !", b"Basic /w==", b"bearer \xff", b"DPoP x"),
        *(b"Bearer bgk_live_" + b"a" * 3000, b"Bearer bgk_test_a", b"Bearer bga_a", b"Bearer e30.e30."),
    ),
    b"idempotency-key": (b"", b"one", b"two", b"\xff", b"a" * 300, b"a b"),
    b"if-none-match": (b"*", b'W/"x"', b'"', b"," * 500, b"\xff"),
    b"if-modified-since": (b"0", b"Thu, 01 Jan 1970 00:00:00 GMT", b"\xff"),
    b"x-forwarded-for": (b"1.2.3.4", b"::1, \xff", b"," * 1000, b"a" * 3000),
    b"x-http-method-override": (b"DELETE", b"\xff"),
    b"origin": (b"null", b"https://evil.example", b"\xff"),
    b"sec-fetch-site": (b"same-origin", b"cross-site", b"\xff"),
    b"access-control-request-method": (b"POST", b"\xff"),
    b"access-control-request-headers": (b"authorization", b"," * 300, b"\xff"),
    b"host": (b"", b"evil.example", b"badges.example.net:99999", b"[::1", b"\xff\xfe", b"a" * 3000),
    b"cookie": (b"a=b", b"=;=;", b"\xff=\x00", b'a="\\777"', b"__Host-session=", b"__Host-session=\xff"),
    b"range": (b"bytes=0-", b"bytes=-1", b"bytes=9-1"),
    b"expect": (b"100-continue", b"?"),
    b"dpop": (b"e30.e30.", b"\xff"),
    b"\xff\xfe": (b"x",),
    b"": (b"",),
}

FLOOD = 200
"""So many headers, once in a while; a server lets a hundred or so through."""


def flood(chance: random.Random) -> tuple[tuple[bytes, bytes], ...]:
    """Many headers, or a long one."""
    if chance.random() < 1 / 2:
        return ((b"x-long", b"a" * 60_000),)
    name = chance.choice((b"x-many", b"cookie", b"accept", b"content-type", b"idempotency-key"))
    return ((name, b"a=%d" % chance.randrange(9)),) * FLOOD


def pieces(body: bytes, chance: random.Random) -> tuple[bytes, ...]:
    """The body, cut at up to two places, seldom at forty; some pieces may be empty."""
    many = 40 if chance.random() < 1 / 40 else chance.randrange(3)
    cuts = sorted(chance.randrange(len(body) + 1) for _ in range(many))
    return tuple(_cut(body, cuts))


def _cut(body: bytes, cuts: list[int]) -> Iterator[bytes]:
    for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True):
        yield body[start:end]
