"""Pictures: of achievements, and of forms with the sealed bytes in them; the form's bytes stay as they are."""

from base64 import b64decode, b64encode
from typing import Any  # Any: members of JSON documents

import msgspec

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, bake_png, bake_svg
from adapters.hub.contract import Format
from adapters.hub.errors import AdapterError
from adapters.hub.rasters import check_picture
from gateway.errors import NotFound
from gateway.issuing.achievement import achievement_of
from gateway.issuing.picture import achievement_picture, picture, test_picture
from gateway.issuing.seal import document_of
from gateway.records import Achievement, Form, Intent, Source

BAKED = {"png": "image/png", "svg": "image/svg+xml"}
PNG_START = b"\x89PNG"


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


def shown_page(intent: Intent) -> bytes:
    """The first page of an ELM credential that shows it to people: a PNG or a JPEG.

    Raises:
        NotFound: It has none that can be told apart from something else.
    """
    found: Any = document_of(intent).get("displayParameter")
    for name in ("individualDisplay", "displayDetail", "image", "content"):
        first = found[0] if isinstance(found, list) and found else found
        found = first.get(name) if isinstance(first, dict) else None
    try:
        picture = b64decode(found, validate=True) if isinstance(found, str) else b""
    except ValueError:
        picture = b""
    try:
        check_picture(picture, "image/png" if picture.startswith(PNG_START) else "image/jpeg")
    except AdapterError as error:
        raise NotFound("nothing in it shows it to people") from error
    return picture


def _shown(achievement: dict[str, Any]) -> tuple[str, str]:
    """The address of an achievement's image, and its name."""
    image = achievement.get("image")
    address = image.get("id", "") if isinstance(image, dict) else image or ""
    return address, str(achievement.get("name", ""))
