"""JSON that only carries something signed: a JWS in JSON serialisation, a JAdES, an EnvelopedVerifiableCredential.

What stands beside the token in such an envelope is covered by no signature, so an envelope has exactly the members that
it needs. Sources: RFC 7515 section 7.2; RFC 7797; ETSI TS 119 182-1; VCDM 2.0 section 4.13; Securing VCs using JOSE and
COSE section 3.1.3.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError, Malformed
from adapters.hub.losses import escaped

_CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
_ENVELOPED: Final = "EnvelopedVerifiableCredential"
_DATA_URL: Final = re.compile(r"data:([^;,]*)(;[^,]*)?,(.*)", re.DOTALL)
_TOKENS: Final = frozenset({"application/vc+jwt", "application/vc+ld+jwt", "application/jwt"})
_COMPACT: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
_PART: Final = re.compile(r"[\w-]*", re.ASCII)
_FLATTENED: Final = frozenset({"payload", "protected", "signature"})
_GENERAL: Final = frozenset({"payload", "signatures"})
_ONE: Final = frozenset({"protected", "signature"})
_SEAL: Final = frozenset({"protected", "signature", "header"})
_ETSI_U: Final = frozenset({"etsiU"})
MAX_SEALS: Final = 8
_BASE64URL: Final = re.compile(r"[\w-]+", re.ASCII)
_HEADER_LIMITS: Final = strict_json.Limits(max_bytes=128 * 1024, max_depth=8, max_nodes=512)
"""Of a protected header: those of real seals are 10 kB, most of it a chain of certificates and a timestamp."""
_AS_SEALED: Final = "Send the sealed file as it was made, byte for byte."


class UnsupportedCarrier(Malformed):
    """The bytes are none of the envelopes that a badge comes in; the reason says what they look like."""

    code = "unsupported-carrier"


class UnsupportedJwsJson(UnsupportedCarrier):
    """A JWS in JSON serialisation that is not the same as one compact JWS."""

    code = "unsupported-jws-json"


def enclosed(document: dict[str, Any]) -> str | None:
    """Return the compact token that an envelope carries, None for a document that is no envelope.

    Raises:
        UnsupportedJwsJson: Several signatures, a header that is not signed, further members.
        UnsupportedCarrier: It carries another kind of token.
        Malformed: The envelope is broken, or says more than its token.
    """
    if "payload" in document and document.keys() & {"signatures", "signature"}:
        return _serialised(document)
    if document.get("type") in (_ENVELOPED, [_ENVELOPED]):
        return _enveloped(document)
    return None


class Sealed(msgspec.Struct, frozen=True):
    """A JAdES seal (ETSI TS 119 182-1) taken apart; nothing about it is verified yet.

    Attributes:
        payload: What was sealed: with ``b64: false`` the UTF-8 of the JSON string ``payload``, else what that
            decodes to.
        signatures: ``{protected, header?, signature}`` of each, as received; at least one. ``protected`` and
            ``signature`` are base64url text, and ``header``, which is not signed, is ``{"etsiU": ...}``.
        literal: Whether the payload stood there as literal text (``b64: false``, RFC 7797).
    """

    payload: bytes
    signatures: tuple[dict[str, Any], ...]
    literal: bool


def sealed(document: dict[str, Any]) -> Sealed | None:
    """Take a seal apart: a JWS in JSON serialisation with a literal payload, or with a header that is not signed.

    One signature over base64url and nothing else is a compact JWS written otherwise, and no seal: see ``enclosed``.

    Raises:
        UnsupportedJwsJson: Further members, no or more than eight signatures, a detached payload, ``b64`` not the
            same in all signatures, members beside ``etsiU`` in a header that is not signed.
        Malformed: A header that is not strict JSON, half a character in the payload, second spellings of base64url.
        TooLarge: A header beyond 128 KiB or 512 values.
    """
    if document.keys() in (_ONE, _SEAL):
        raise _unsealed("a seal without what is sealed, which is detached")
    if "payload" not in document or not document.keys() & {"signatures", "signature"}:
        return None
    flattened = "signatures" not in document
    entries = [document] if flattened else document["signatures"]
    if not isinstance(entries, list) or not any(_seals(entry) for entry in entries[:MAX_SEALS]):
        return None
    beyond = document.keys() - (_SEAL | {"payload"} if flattened else _GENERAL)
    if beyond:
        raise _unsealed(
            f"a seal with members that are no part of one: {_listed(beyond)}", f"/{escaped(min(beyond)[:64])}"
        )
    if len(entries) > MAX_SEALS:
        raise _unsealed(f"more than {MAX_SEALS} signatures on one document", "/signatures")
    places = [""] if flattened else [f"/signatures/{index}" for index in range(len(entries))]
    signatures = tuple(_signature(entry, place) for entry, place in zip(entries, places, strict=True))
    literal = {_is_literal(entry, place) for entry, place in zip(signatures, places, strict=True)}
    if len(literal) != 1:
        raise _unsealed("signatures that do not agree on b64 (RFC 7797 section 3)", "/signatures")
    return Sealed(_payload(document["payload"], literal=True in literal), signatures, True in literal)


def _seals(entry: object) -> bool:
    """Whether a signature is that of a seal, as far as one look tells; what is broken is told about later."""
    if not isinstance(entry, dict):
        return False
    header, protected = entry.get("header"), entry.get("protected")
    if isinstance(header, dict) and "etsiU" in header:
        return True
    return isinstance(protected, str) and b'"b64"' in _decoded(protected)


def _decoded(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def _signature(entry: object, place: str) -> dict[str, Any]:
    """The members of one signature; of a flattened serialisation without its payload."""
    if not isinstance(entry, dict):
        raise _unsealed("a signature that is not an object", place)
    members = {name: value for name, value in entry.items() if place or name != "payload"}
    if beyond := members.keys() - _SEAL:
        raise _unsealed(
            f"a signature with members that are no part of one: {_listed(beyond)}",
            f"{place}/{escaped(min(beyond)[:64])}",
        )
    for name in ("protected", "signature"):
        text = members.get(name)
        if not isinstance(text, str) or not _BASE64URL.fullmatch(text):
            raise _unsealed(f"a signature whose {name} is not base64url", f"{place}/{name}")
        if urlsafe_b64encode(_decoded(text)).rstrip(b"=") != text.encode():
            raise Malformed("not base64url as it is written canonically", pointer=f"{place}/{name}", fix=_AS_SEALED)
    header = members.get("header", {})
    if not isinstance(header, dict) or header.keys() - _ETSI_U:
        raise _unsealed("a header that is not signed and has members beside etsiU", f"{place}/header")
    return members


def _is_literal(entry: dict[str, Any], place: str) -> bool:
    try:
        header = strict_json.decode(_decoded(entry["protected"]), _HEADER_LIMITS)
    except AdapterError as error:
        reason = f"{error.reason} (in the protected header)"
        raise type(error)(reason, pointer=f"{place}/protected", fix=error.fix or _AS_SEALED) from error
    b64 = header.get("b64", True) if isinstance(header, dict) else None
    if not isinstance(b64, bool):
        raise Malformed(
            "a protected header that is not an object, or whose b64 is neither true nor false",
            pointer=f"{place}/protected",
            fix=_AS_SEALED,
        )
    return not b64


def _payload(payload: object, *, literal: bool) -> bytes:
    if not isinstance(payload, str) or not payload:
        raise _unsealed("a seal whose payload is not in it as text", "/payload")
    if literal:
        # strict_json let no half of a surrogate pair through, so this is the one UTF-8 of the text.
        return payload.encode()
    if not _BASE64URL.fullmatch(payload) or urlsafe_b64encode(_decoded(payload)).rstrip(b"=") != payload.encode():
        raise Malformed("not base64url as it is written canonically", pointer="/payload", fix=_AS_SEALED)
    return _decoded(payload)


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(name[:64] for name in names)[:4])


def _unsealed(reason: str, pointer: str = "") -> UnsupportedJwsJson:
    return UnsupportedJwsJson(reason, pointer=pointer, fix=_AS_SEALED)


def _serialised(document: dict[str, Any]) -> str:
    """Both serialisations of one signature with only a protected header are a compact JWS written otherwise."""
    wanted = _GENERAL if "signatures" in document else _FLATTENED
    if document.keys() != wanted:
        reason = "a JWS in JSON serialisation with members beside " + (
            "payload and signatures" if wanted is _GENERAL else "payload, protected and signature"
        )
        raise _unsupported(reason, _odd("", document, wanted))
    place, signature = "", document
    if wanted is _GENERAL:
        signatures = document["signatures"]
        if not isinstance(signatures, list) or len(signatures) != 1:
            raise _unsupported("a JWS in JSON serialisation that has not exactly one signature", "/signatures")
        place, signature = "/signatures/0", signatures[0]
        if not isinstance(signature, dict) or signature.keys() != _ONE:
            reason = "a JWS in JSON serialisation whose signature is not protected and signature alone"
            raise _unsupported(reason, _odd(place, signature, _ONE) if isinstance(signature, dict) else place)
    parts = {f"{place}/protected": signature["protected"], "/payload": document["payload"]}
    parts[f"{place}/signature"] = signature["signature"]
    for at, part in parts.items():
        if not isinstance(part, str) or not _PART.fullmatch(part) or not (part or at.endswith("/signature")):
            raise _unsupported("a JWS in JSON serialisation whose parts are not base64url", at)
    return ".".join(parts.values())


def _odd(place: str, members: dict[str, Any], wanted: frozenset[str]) -> str:
    """Where the first member is that is not wanted, or else the first that is missing."""
    return f"{place}/{escaped(min(members.keys() - wanted or wanted - members.keys())[:64])}"


def _enveloped(document: dict[str, Any]) -> str:
    for name in document.keys() - {"@context", "id", "type"}:
        fix = "Say it inside the token, which is signed, and leave only @context, id and type round it."
        raise Malformed("stands in the envelope, where no signature covers it", pointer=f"/{name}", fix=fix)
    contexts = document.get("@context")
    if (contexts[0] if isinstance(contexts, list) and contexts else contexts) != _CREDENTIALS_V2:
        raise Malformed(
            f"an {_ENVELOPED} without the context that defines it",
            pointer="/@context",
            fix=f'Write "@context": "{_CREDENTIALS_V2}".',
        )
    found = _DATA_URL.fullmatch(document["id"]) if isinstance(document.get("id"), str) else None
    fix = 'Write "id": "data:application/vc+jwt," and the compact JWS.'
    if found is None:
        raise Malformed(f"the id of an {_ENVELOPED} is not a data: URL", pointer="/id", fix=fix)
    media_type, parameters, token = found.groups()
    if media_type.lower() not in _TOKENS:
        reason = f"an {_ENVELOPED} of type {media_type or 'text/plain'}, not application/vc+jwt"
        raise UnsupportedCarrier(reason, pointer="/id", fix=fix)
    if parameters or not _COMPACT.fullmatch(token):
        reason = f"the id of an {_ENVELOPED} does not hold a compact JWS as it stands"
        raise Malformed(reason, pointer="/id", fix=fix)
    return token


def _unsupported(reason: str, pointer: str = "") -> UnsupportedJwsJson:
    return UnsupportedJwsJson(reason, pointer=pointer, fix="Send it as a compact JWS.")
