"""The picture of an issued badge: the source's own where it brought one, else an emblem drawn here."""

import binascii
import importlib
from base64 import b64decode
from hashlib import sha256

from adapters.hub.baking import plain_png
from adapters.hub.errors import AdapterError
from gateway.records import Source

PNG_DATA_URI = "data:image/png;base64,"


def picture(source: Source | None, image: str, title: str) -> bytes:
    """A PNG without any badge in it.

    Args:
        source: What was converted; None when it was issued from plain data.
        image: Address or data URI of the badge's own image, "" for none; addresses are not fetched here.
        title: Chooses the emblem's colour, so that the same badge always looks the same.
    """
    if source is not None and source.carrier == "png":
        return plain_png(source.received)
    return achievement_picture(image, title)


def achievement_picture(image: str, title: str) -> bytes:
    """A PNG that shows the achievement and nobody's award; ``image`` and ``title`` as for ``picture``."""
    embedded = _embedded(image)
    return embedded if embedded is not None else _drawn(title)


def test_picture(image: bytes, title: str) -> bytes:
    """The picture with a band that says TEST; an emblem with one where the picture cannot be drawn on."""
    stamp = importlib.import_module("gateway.issuing.stamp")
    return bytes(stamp.stamped(image) or stamp.stamped(_drawn(title)))


def _drawn(title: str) -> bytes:
    """An emblem; the drawing library is loaded only here, because few badges come without a picture."""
    drawing = importlib.import_module("gateway.issuing.emblem")
    return bytes(drawing.emblem(sha256(title.encode()).digest()[0] % drawing.HUES))


def _embedded(image: str) -> bytes | None:
    """The PNG in a data URI, when it is a sound one."""
    if not image.startswith(PNG_DATA_URI):
        return None
    try:
        return plain_png(b64decode(image.removeprefix(PNG_DATA_URI), validate=True))
    except (binascii.Error, AdapterError):
        return None
