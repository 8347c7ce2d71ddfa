"""JSON that only carries a token: a JWS in JSON serialisation, an EnvelopedVerifiableCredential.

What stands beside the token in such an envelope is covered by no signature, so an envelope has exactly the members that
it needs. Sources: RFC 7515 section 7.2; VCDM 2.0 section 4.13; Securing VCs using JOSE and COSE section 3.1.3.
"""

import re
from typing import Any, Final  # Any: members of JSON objects

from adapters.hub.errors import Malformed

_CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
_ENVELOPED: Final = "EnvelopedVerifiableCredential"
_DATA_URL: Final = re.compile(r"data:([^;,]*)(;[^,]*)?,(.*)", re.DOTALL)
_TOKENS: Final = frozenset({"application/vc+jwt", "application/vc+ld+jwt", "application/jwt"})
_COMPACT: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
_FLATTENED: Final = frozenset({"payload", "protected", "signature"})
_GENERAL: Final = frozenset({"payload", "signatures"})
_ONE: Final = frozenset({"protected", "signature"})


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


def _serialised(document: dict[str, Any]) -> str:
    """Both serialisations of one signature with only a protected header are a compact JWS written otherwise."""
    parts = document
    if document.keys() == _GENERAL:
        signatures = document["signatures"]
        if not isinstance(signatures, list) or len(signatures) != 1:
            raise _unsupported("a JWS in JSON serialisation that has not exactly one signature", "/signatures")
        if not isinstance(signatures[0], dict) or signatures[0].keys() != _ONE:
            reason = "a JWS in JSON serialisation whose signature is not protected and signature alone"
            raise _unsupported(reason, "/signatures/0")
        parts = {"payload": document["payload"], **signatures[0]}
    elif document.keys() != _FLATTENED:
        raise _unsupported("a JWS in JSON serialisation with members beside payload, protected and signature")
    token = ".".join(str(parts[name]) for name in ("protected", "payload", "signature"))
    if not all(isinstance(part, str) for part in parts.values()) or not _COMPACT.fullmatch(token):
        raise _unsupported("a JWS in JSON serialisation whose parts are not base64url")
    return token


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
