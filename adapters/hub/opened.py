"""Received bytes, opened exactly once: the bytes decide, the envelope comes off, JSON is read strictly."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.badgr import badgr_entry
from adapters.hub.baking import NotAnSvg, unbake_png, unbake_svg
from adapters.hub.disclosures import Presented as Presented
from adapters.hub.disclosures import SdJwt, disclosed, parted, serialised
from adapters.hub.envelopes import Sealed as Sealed
from adapters.hub.envelopes import UnsupportedCarrier as UnsupportedCarrier
from adapters.hub.envelopes import UnsupportedJwsJson as UnsupportedJwsJson
from adapters.hub.envelopes import enclosed, sealed
from adapters.hub.errors import AdapterError, Malformed, TooLarge
from adapters.hub.other_xml import other_xml
from adapters.hub.strict_json import DEFAULT, Limits

_ACCEPTED = (
    "Accepted are Open Badges as JSON, as a compact JWS, VC-JWT or SD-JWT VC, baked into a PNG or an SVG, "
    "European Digital Credentials of version 3 as JSON-LD, sealed with JAdES (.jsonld), or the address of one (https)."
)
_DIGESTS = frozenset({"_sd", "_sd_alg", "..."})
"""Members of an SD-JWT that stand where something may be disclosed, or say how (RFC 9901 section 4.2)."""

_AS_ISSUED = "Send the token as it was issued, character for character."
_WHOLE = f"The issuer signs it whole, without _sd, _sd_alg and the member .... {_ACCEPTED}"
_MAX_URL_CHARACTERS = 2048
_JWS_PARTS = 3
_JWE_PARTS = 5

_WHITE = b" \t\r\n"
_JSON_OBJECT = ("ey", "ew", "e3")  # how base64url begins of `{` and a quote, white space or `}`
_URL = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_SEGMENTS = re.compile(r"[\w-]+(?:\.[\w-]*)+", re.ASCII)
_OTHER_JSON = re.compile(rb"\[|\"|(?:true|false|null|-?[0-9][0-9.eE+-]*)\Z")
_PNG_START = b"\x89PNG"  # a damaged signature is still meant to be a PNG
_HTML_START = (b"<!doctype html", b"<html", b"<head", b"<body")
_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG image, which cannot hold a badge"),
    (b"GIF8", "a GIF image, which cannot hold a badge"),
    (b"RIFF", "a WebP image or another RIFF file"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "data compressed with gzip (an .svgz?)"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)


class Carrier(StrEnum):
    """The outermost envelope in which a badge arrived."""

    JSON = "json"
    JWS = "jws"
    SD_JWT = "sd-jwt"
    PNG = "png"
    SVG = "svg"
    URL = "url"  # only in Elsewhere


class Opened(msgspec.Struct, frozen=True):
    """One received credential with its envelope off. No signature has been checked.

    Attributes:
        received: The exact bytes that arrived; the digest of the source covers these.
        carrier: The outermost envelope.
        payload: The innermost secured text, UTF-8: the JSON as it stood there, the compact JWS or SD-JWT, or what was
            sealed.
        document: The JSON object, parsed once. For a token its whole payload: a `vc` claim is still inside. For an
            SD-JWT its claims, what is disclosed in its place.
        token: The compact JWS that secures the document, or None. Of an SD-JWT the issuer's JWT.
        header: The token's JOSE header, parsed as strictly; not to be trusted before the signature is.
        seal: The JAdES seal round the document, or None; never together with a token.
        presented: What the holder of an SD-JWT sent with its token; None for everything else. Whoever relies on the
            token has to look at it: something may be withheld.
        url: Where the document itself was fetched from, "" when it came with the request: whoever opens it says so.
    """

    received: bytes
    carrier: Carrier
    payload: bytes
    document: dict[str, Any]
    token: str | None = None
    header: dict[str, Any] | None = None
    seal: Sealed | None = None
    presented: Presented | None = None
    url: str = ""

    def fetched_from(self, url: str) -> "Opened":
        """The same, which that address serves; a picture or a token with a badge inside is not the badge itself."""
        return msgspec.structs.replace(self, url=url) if self.carrier is Carrier.JSON and self.token is None else self


class Elsewhere(msgspec.Struct, frozen=True):
    """Received bytes that only say where the badge is.

    Attributes:
        received: The exact bytes that arrived.
        carrier: What the address came in.
        url: Absolute, http or https, printable ASCII. Whether it may be fetched is for the fetcher to say.
    """

    received: bytes
    carrier: Carrier
    url: str


def media_type(carrier: Carrier) -> str:
    """Name the media type under which bytes of this kind are kept and served."""
    return _MEDIA_TYPES[carrier]


_MEDIA_TYPES = {
    Carrier.JSON: "application/json",
    Carrier.JWS: "application/jose",  # RFC 7515 section 9.2.1
    Carrier.SD_JWT: "application/dc+sd-jwt",  # draft-ietf-oauth-sd-jwt-vc section 2.1
    Carrier.PNG: "image/png",
    Carrier.SVG: "image/svg+xml",
    Carrier.URL: "text/plain; charset=utf-8",
}


def open_bytes(received: bytes, limits: Limits = DEFAULT) -> Opened | Elsewhere:
    """Open received bytes, whatever name or media type came with them.

    Args:
        received: JSON, a compact JWS (also in JSON serialisation, or as EnvelopedVerifiableCredential), an SD-JWT with
            or without the holder's JWT (also in JSON serialisation), a PNG, an SVG, or the address of one, as text,
            as `{"url": "https://..."}`, or as Badgr lists it.
        limits: Bounds on the JSON. Images have bounds of their own, see adapters.hub.baking.

    Raises:
        UnsupportedCarrier: None of these; says what the bytes look like.
            Also digests of what a holder may withhold in what is no SD-JWT: nobody can see whether that is its end.
        TooLarge, Malformed: One of these, but too large, broken or ambiguous; images raise the kinds of
            adapters.hub.baking.
    """
    carrier, text = _unwrapped(received)
    if len(text) > limits.max_bytes:
        raise TooLarge(f"{len(text)} bytes of badge, at most {limits.max_bytes} are accepted")
    text = text.strip(_WHITE)
    if text.startswith(b"{"):
        return _from_json(received, carrier or Carrier.JSON, text, limits)
    if not text:
        raise UnsupportedCarrier("nothing at all, or only white space", fix=_ACCEPTED)
    line = text.decode("ascii", "replace")
    if line.lower().startswith(("https://", "http://")):
        return Elsewhere(received, carrier or Carrier.URL, _url(line))
    if line.startswith(_JSON_OBJECT) and _SEGMENTS.fullmatch(line) and line.count(".") == _JWS_PARTS - 1:
        return _from_token(received, carrier or Carrier.JWS, line, limits)
    if line.startswith(_JSON_OBJECT) and (sd_jwt := parted(line)) is not None:
        return _from_sd_jwt(received, carrier or Carrier.SD_JWT, sd_jwt, limits)
    raise UnsupportedCarrier(_likeness(text, line), fix=_ACCEPTED)


def _unwrapped(received: bytes) -> tuple[Carrier | None, bytes]:
    """Take the image away, if the bytes are one."""
    if received.startswith(_PNG_START):
        return Carrier.PNG, unbake_png(received).payload
    for magic, name in _MAGIC:
        if received.startswith(magic):
            raise UnsupportedCarrier(name, fix=_ACCEPTED)
    start = received.removeprefix(b"\xef\xbb\xbf").lstrip(_WHITE)[:64]
    if start.startswith(b"<"):
        if start.lower().startswith(_HTML_START):
            raise UnsupportedCarrier("an HTML page", fix=f"Send the badge that it shows. {_ACCEPTED}")
        if found := other_xml(received):
            raise UnsupportedCarrier(found[0], fix=f"{found[1]} {_ACCEPTED}".strip())
        try:
            return Carrier.SVG, unbake_svg(received).payload
        except NotAnSvg as error:
            raise UnsupportedCarrier(error.reason, fix=_ACCEPTED) from error
    return None, received


def _from_json(received: bytes, carrier: Carrier, text: bytes, limits: Limits) -> Opened | Elsewhere:
    document = strict_json.decode(text, limits)
    if document.keys() == {"url"} and isinstance(document["url"], str):
        return Elsewhere(received, carrier, _url(document["url"], pointer="/url"))
    if (listed := badgr_entry(document)) is not None:
        return Elsewhere(received, carrier, _url(*listed))
    if (sd_jwt := serialised(document)) is not None:
        return _from_sd_jwt(received, carrier, sd_jwt, limits)
    if (seal := sealed(document)) is not None:
        return _from_seal(received, carrier, seal, limits)
    if (token := enclosed(document)) is not None:
        return _from_token(received, carrier, token, limits)
    if "ciphertext" in document:
        raise UnsupportedCarrier("an encrypted JWE in JSON serialisation", fix=f"Decrypt it. {_ACCEPTED}")
    _require_whole(document)
    return Opened(received, carrier, text, document)


def _from_token(received: bytes, carrier: Carrier, token: str, limits: Limits) -> Opened:
    head, body = _decoded(token, limits)
    _require_whole(body)
    return Opened(received, carrier, token.encode(), body, token, head)


def _from_sd_jwt(received: bytes, carrier: Carrier, sd_jwt: SdJwt, limits: Limits) -> Opened:
    head, body = _decoded(sd_jwt.token, limits)
    found = disclosed(body, sd_jwt.disclosures, limits)
    presented = Presented(sd_jwt, found.withheld, found.places)
    text = sd_jwt.compact.encode()
    return Opened(received, carrier, text, found.claims, sd_jwt.token, head, presented=presented)


def _decoded(token: str, limits: Limits) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload of a compact JWS."""
    header, payload, signature = token.split(".")
    if not payload:
        raise UnsupportedCarrier("a JWS with detached payload", fix=f"Send the payload inside. {_ACCEPTED}")
    head = _object("the JOSE header", _base64url("the JOSE header", header), limits)
    body = _object("the JWS payload", _base64url("the JWS payload", payload), limits)
    _base64url("the JWS signature", signature)
    return head, body


def _from_seal(received: bytes, carrier: Carrier, seal: Sealed, limits: Limits) -> Opened:
    body = _object("the sealed payload", seal.payload, limits)
    _require_whole(body)
    return Opened(received, carrier, seal.payload, body, seal=seal)


def _require_whole(document: dict[str, Any]) -> None:
    """Refuse digests in place of members, at any depth: what is withheld may be the end, or the status.

    Raises:
        UnsupportedCarrier: It holds one; in an SD-JWT also when every disclosure was taken away.

    Source: RFC 9901 (SD-JWT) sections 4.2.4.1 and 4.2.4.2.
    """
    text = msgspec.json.encode(document)
    # One look at the text spares nearly all documents a walk.
    if not any(f'"{name}"'.encode() in text for name in _DIGESTS):
        return
    left: list[Any] = [document]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if found := _DIGESTS.intersection(value):
                reason = f"an SD-JWT: where {min(found)} stands, parts are disclosed selectively, or withheld unseen"
                raise UnsupportedCarrier(reason, fix=_WHOLE)
            value = value.values()
        left += [child for child in value if isinstance(child, dict | list)]


def _object(name: str, text: bytes, limits: Limits) -> dict[str, Any]:
    try:
        value = strict_json.decode(text, limits)
    except AdapterError as error:
        fix = error.fix or f"Sign it again with {name} as strict JSON, which all readers understand alike."
        raise type(error)(f"{error.reason} (in {name})", pointer=error.pointer, fix=fix) from error
    if not isinstance(value, dict):
        raise Malformed(f"{name} is not a JSON object", fix=f"Sign it again with one JSON object as {name}.")
    return value


def _base64url(name: str, segment: str) -> bytes:
    """Decode base64url without padding, of which each value has exactly one spelling (RFC 7515 section 2)."""
    try:
        value = urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except ValueError as error:
        raise Malformed(f"{name} is not base64url", fix=_AS_ISSUED) from error
    if urlsafe_b64encode(value).rstrip(b"=") != segment.encode():
        raise Malformed(f"{name} is not base64url as it is written canonically", fix=_AS_ISSUED)
    return value


def _url(text: str, pointer: str = "") -> str:
    if len(text) > _MAX_URL_CHARACTERS or not _URL.fullmatch(text):
        raise Malformed(
            f"not an https address in printable ASCII of at most {_MAX_URL_CHARACTERS} characters",
            pointer=pointer,
        )
    return text


def _likeness(text: bytes, line: str) -> str:
    """Say what bytes look like that nothing here can open."""
    if _OTHER_JSON.match(text):
        return "JSON that is not an object"
    if line.startswith(_JSON_OBJECT):
        if "~" in line:
            return "almost an SD-JWT, which is a compact JWS and disclosures in base64url, a tilde after each"
        if _SEGMENTS.fullmatch(line) and line.count(".") == _JWE_PARTS - 1:
            return "an encrypted JWE"
        return "almost a compact JWS, which is three parts of base64url with dots between and nothing else"
    if text.startswith(b"\xef\xbb\xbf"):
        return "text that begins with a byte order mark"
    return "neither JSON nor a compact JWS, an image or an address"
