"""The picture of an issued badge: the source's own where it brought one, else an emblem or a page drawn here."""

import binascii
import importlib
import re
from base64 import b64decode, b64encode
from hashlib import sha256

from adapters.hub.baking import plain_png
from adapters.hub.contract import Issuance
from adapters.hub.credential import Credential, Image, LangText
from adapters.hub.errors import AdapterError
from gateway.records import Source

PNG_DATA_URI = "data:image/png;base64,"
_JPEG_DATA_URI = "data:image/jpeg;base64,"
JPEG_START = b"\xff\xd8\xff"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


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


def display_image(image: str, title: str) -> bytes:
    """The image that an ELM credential is displayed by, a PNG or a JPEG; an emblem where it is neither."""
    if image.startswith(_JPEG_DATA_URI):
        try:
            found = b64decode(image.removeprefix(_JPEG_DATA_URI), validate=True)
        except binascii.Error:
            found = b""
        if found.startswith(JPEG_START):
            return found
    return achievement_picture(image, title)


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
    language = _language(credential, facts)
    page = drawing.display(
        drawing.Shown(
            title=_said(title, language),
            awarded_by=_said(awarder.name, language),
            sealed_by=_said(credential.issuer.name, language) if credential.source else "",
            at=(credential.awarded or facts.at).date(),
            language=language,
            test=test,
        )
    )
    return Image(id=PNG_DATA_URI + b64encode(page).decode())


def _said(texts: LangText, language: str) -> str:
    return texts.get(language) or texts.get("und") or next(iter(texts.values()), "")


def _language(credential: Credential, facts: Issuance) -> str:
    """The primary language of what is displayed: the achievement's own, else the set one, else one that the title has.

    A title that does not say which language it is in is taken to be in the first of these.
    """
    said = credential.achievement.in_language
    first = said if said is not None and _TAG.fullmatch(said) else facts.language
    tags = [first if tag == "und" else tag for tag in credential.achievement.name]
    return first if first in tags or not tags else tags[0]


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
