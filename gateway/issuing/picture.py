"""The picture of an issued badge: the source's own where it brought one, else an emblem or a page drawn here."""

import binascii
import importlib
from base64 import b64decode, b64encode
from hashlib import sha256

from adapters.hub.baking import plain_png
from adapters.hub.contract import Issuance
from adapters.hub.credential import Credential, Image, LangText
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


def display_page(credential: Credential, facts: Issuance, *, test: bool) -> Image:
    """A page that shows the credential to people, as the data URI of a PNG; it says nothing of its recipient.

    Args:
        credential: Already reissued: its source awarded it, and its issuer is the gateway.
    """
    drawing = importlib.import_module("gateway.issuing.display")
    awarder = credential.source or credential.issuer
    title = credential.achievement.name
    language = next((tag for tag in (facts.language, "en", *title) if tag in title), facts.language)
    page = drawing.display(
        drawing.Shown(
            title=_said(title, language),
            awarded_by=_said(awarder.name, language),
            sealed_by=_said(credential.issuer.name, language) if credential.source else "",
            at=(credential.awarded or facts.at).date(),
            language=facts.language if language == "und" else language,
            test=test,
        )
    )
    return Image(id=PNG_DATA_URI + b64encode(page).decode())


def _said(texts: LangText, language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


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
