"""Pictures: of achievements, and of forms with the sealed bytes in them; the form's bytes stay as they are."""

from base64 import b64encode
from typing import Any

import msgspec

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, bake_png, bake_svg
from adapters.hub.contract import Format
from gateway.issuing.achievement import achievement_of
from gateway.issuing.picture import achievement_picture, picture, test_picture
from gateway.issuing.seal import document_of
from gateway.records import Achievement, Form, Intent, Source

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


def picture_for(intent: Intent, source: Source | None, *, test: bool) -> bytes:
    """The picture of one form: the source's own, else that of what it attests; marked where it is a test."""
    image, title = _shown(achievement_of(intent.format, document_of(intent)))
    plain = picture(source, image, title)
    return test_picture(plain, title) if test else plain


def picture_of(achievement: Achievement, *, test: bool) -> bytes:
    """The picture of what many earned: its own image where that is embedded, else an emblem.

    Never the picture that a source came in, which is one person's and may show a name.
    """
    image, title = _shown(msgspec.json.decode(achievement.document))
    plain = achievement_picture(image, title)
    return test_picture(plain, title) if test else plain


def _shown(achievement: dict[str, Any]) -> tuple[str, str]:
    """The address of an achievement's image, and its name."""
    image = achievement.get("image")
    address = image.get("id", "") if isinstance(image, dict) else image or ""
    return address, str(achievement.get("name", ""))
