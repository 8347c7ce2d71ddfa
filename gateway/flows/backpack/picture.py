"""The picture of a badge that somebody holds: drawn here, or taken out of the badge; never fetched."""

import asyncio
from dataclasses import dataclass

from adapters.hub.baking import plain_png
from adapters.hub.contract import Format, Reading
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Carrier, Opened, open_bytes
from adapters.registry import adapter_for
from gateway.errors import NotFound
from gateway.issuing import picture
from gateway.ports.holdings import Holdings
from gateway.records.holdings import Holding
from gateway.records.people import PEOPLE

_OURS = "Open Badges gateway"


def emblem() -> bytes:
    """Our own picture, a PNG."""
    return picture.achievement_picture("", _OURS)


@dataclass(frozen=True, slots=True)
class ShowPicture:
    """One badge that a person holds to a PNG without any badge in it; a credential in ELM may show itself as a JPEG."""

    holdings: Holdings

    async def __call__(self, person: str, holding_id: str) -> bytes:
        """Return the picture.

        Raises:
            NotFound: The person holds no such badge.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            raise NotFound("you hold no such badge")
        return await asyncio.to_thread(picture_of, holding)


def picture_of(holding: Holding) -> bytes:
    """The picture of a badge without any badge in it; drawn when it brought none that can be shown."""
    try:
        if holding.carrier is Carrier.PNG:
            return plain_png(holding.received)
        if holding.format is Format.ELM_3:
            return display_of(holding.received, holding.title)
        return picture.achievement_picture(_image(holding), holding.title)
    except AdapterError:
        return picture.achievement_picture("", holding.title)


def display_of(received: bytes, title: str) -> bytes:
    """What shows a credential in ELM to people, a PNG or a JPEG; an emblem where it brings none.

    Raises:
        AdapterError: It cannot be read.
    """
    opened = open_bytes(received)
    if not isinstance(opened, Opened):
        return picture.achievement_picture("", title)
    [credential, *_] = adapter_for(Format.ELM_3).read(opened, {}).credentials
    found = credential.award_image or credential.image or credential.achievement.image
    return picture.display_image(found.id if found else "", title)


def picture_type(shown: bytes) -> str:
    """The media type of such a picture."""
    return "image/jpeg" if shown.startswith(picture.JPEG_START) else "image/png"


def _image(holding: Holding) -> str:
    """The data URI of the badge's own picture, "" where it is elsewhere or there is none."""
    opened = open_bytes(holding.received)
    if not isinstance(opened, Opened):
        return ""
    reading: Reading = adapter_for(holding.format).read(opened, {})
    [credential, *_] = reading.credentials
    found = credential.image or credential.achievement.image
    return found.id if found else ""
