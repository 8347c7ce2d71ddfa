"""What a converted credential says of where it comes from, and the original itself inside of it."""

import binascii
from base64 import b64decode, b64encode
from typing import Any, Final  # Any: decoded JSON

from adapters.elm_3.codecs import each
from adapters.elm_3.vocabulary import BASE64, CONVERSION, Vocabulary, concept
from adapters.hub.contract import Format, Origin

ORIGINAL: Final = "Original credential id"
"""The ``schemeName`` of the Identifier that names what was converted."""

_NAMES: Final = {
    Format.OPEN_BADGES_1: "Open Badges",
    Format.OPEN_BADGES_2: "Open Badges",
    Format.OPEN_BADGES_3: "Open Badges",
    Format.ELM_3: "European Learning Model",
    Format.LEARNING_CREDENTIAL_1: "the EU learning credential",
}
_FILES: Final = {
    "application/json": ("JSON", "json"),
    "application/ld+json": ("JSON_LD", "jsonld"),
    "image/png": ("PNG", "png"),
    "image/svg+xml": ("SVG", "svg"),
    "application/pdf": ("PDF", "pdf"),
}
_OTHER_FILE = ("TXT", "txt")
_CONVERSION: Final = f"http://data.europa.eu/snb/evidence-type/{CONVERSION}"


def identifier(origin: Origin) -> dict[str, Any] | None:
    """The original's id as an Identifier of the new document; None when it has none."""
    if not origin.id:
        return None
    return {"type": "Identifier", "notation": origin.id, "schemeName": ORIGINAL}


def evidence(origin: Origin) -> dict[str, Any]:
    """The evidence of the *converted* profile: what was converted, how it verified, and the exact bytes.

    Source: ``EDC-converted.ttl``; evidence type "conversion".
    """
    file_type, suffix = _FILES.get(origin.media_type.partition(";")[0], _OTHER_FILE)
    return {
        "type": "Evidence",
        "dcType": concept(Vocabulary.EVIDENCE, CONVERSION),
        "evidenceStatement": _statement(origin),
        "embeddedEvidence": [
            {
                "type": "MediaObject",
                "title": {"en": f"original-{origin.sha256[:12]}.{suffix}"},
                "content": b64encode(origin.received).decode(),
                "contentEncoding": concept(Vocabulary.ENCODING, BASE64),
                "contentType": concept(Vocabulary.FILE_TYPE, file_type),
            }
        ],
    }


def _statement(origin: Origin) -> str:
    name = _NAMES.get(origin.format, str(origin.format))
    checks = ", ".join(f"{check} {outcome}" for check, outcome in origin.checks) or "none"
    return (
        f"Converted from {name} {origin.version}. SHA-256 of the original: {origin.sha256}. "
        f"Verified at {origin.verified_at.isoformat()}: {checks}. Conversion receipt: {origin.receipt_url}"
    )


def embedded_original(document: dict[str, Any]) -> bytes | None:
    """The exact bytes of what a credential was converted from; None when it does not hold them, and just them.

    Args:
        document: The credential, its seal off. Nothing here is verified: whoever uses the bytes verifies them as what
            they are, and compares their digest with what the issuer says.
    """
    found: list[bytes] = []
    for item, _ in each(document.get("evidence", []), ""):
        kind = item.get("dcType") if isinstance(item, dict) else None
        if not isinstance(kind, dict) or kind.get("id") != _CONVERSION:
            continue
        for media, _ in each(item.get("embeddedEvidence", []), ""):
            content = media.get("content") if isinstance(media, dict) else None
            if isinstance(content, str):
                try:
                    found.append(b64decode(content, validate=True))
                except binascii.Error:
                    return None
    return found[0] if len(found) == 1 else None
