"""Put a sealed form into its picture, PNG or SVG; nothing is signed and the form's bytes stay as they are."""

from base64 import b64encode
from typing import Any

import msgspec

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, bake_png, bake_svg
from adapters.hub.contract import Format
from gateway.issuing.picture import picture
from gateway.issuing.seal import document_of
from gateway.records import Form, Intent, Source

BAKED = {"png": "image/png", "svg": "image/svg+xml"}


def baked(form: Form, image: bytes, suffix: str) -> bytes:
    """The sealed bytes of ``form`` inside ``image`` (a PNG without badge).

    Args:
        suffix: ``png``, or ``svg``: then the PNG stands in a drawing of ours, because a foreign SVG may hold scripts.
    """
    sealed = form.sealed or b""
    second = form.intent.format is Format.OPEN_BADGES_2
    if suffix == "png":
        return bake_png(image, sealed, KEYWORD_2 if second else KEYWORD_3)
    return bake_svg(_framed(image), sealed, 2 if second else 3)


def _framed(image: bytes) -> bytes:
    shown = b64encode(image)
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
        b'<image width="400" height="400" href="data:image/png;base64,' + shown + b'"/></svg>'
    )


def picture_for(intent: Intent, source: Source) -> bytes:
    """The picture of what a form attests: the source's own, else an emblem."""
    found = achievement_of(intent)
    image = found.get("image")
    address = image.get("id", "") if isinstance(image, dict) else image or ""
    return picture(source, address, str(found.get("name", "")))


def achievement_of(intent: Intent) -> dict[str, Any]:
    """The BadgeClass or Achievement inside a form."""
    document = document_of(intent)
    second = intent.format is Format.OPEN_BADGES_2
    return dict(document["badge"] if second else document["credentialSubject"]["achievement"])


def achievement_page(intent: Intent) -> bytes:
    """The BadgeClass or Achievement of a form as the document that its own address serves."""
    return msgspec.json.encode({"@context": document_of(intent)["@context"], **achievement_of(intent)})
