"""A badge back to who holds it: exactly as it came, or in its picture."""

import asyncio
from dataclasses import dataclass

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, bake_png
from adapters.hub.contract import Format
from adapters.hub.opened import Carrier, Opened, open_bytes
from gateway.errors import NotFound
from gateway.flows.backpack.picture import picture_of
from gateway.flows.show import Page, Show, Wanted
from gateway.ports import Records
from gateway.ports.holdings import Holdings
from gateway.records.holdings import Holding
from gateway.records.people import PEOPLE


@dataclass(frozen=True, slots=True)
class HandOut:
    """A person and a badge of theirs to its bytes."""

    holdings: Holdings
    records: Records
    show: Show

    async def __call__(self, person: str, holding_id: str) -> Holding:
        """Return the badge with its exact bytes.

        Raises:
            NotFound: The person holds no such badge.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            raise NotFound("you hold no such badge")
        return holding

    async def form(self, person: str, holding_id: str, form_id: str) -> Page:
        """Return a form that was made of the badge, whole: its address serves an SD-JWT without what it may withhold.

        Raises:
            NotFound: The person holds no such badge, or no such form was made of it, or it is bound to a wallet's key.
        """
        holding = await self(person, holding_id)
        record = await self.records.find(PEOPLE, holding.record) if holding.record else None
        if record is None or form_id not in {form.intent.id for form in record.unbound}:
            raise NotFound("no such form was made of this badge")
        return await self.show.to_holder(Wanted(PEOPLE, "issued", form_id))

    async def baked(self, person: str, holding_id: str) -> bytes:
        """Return its picture as a PNG with the badge in it, unchanged.

        Raises:
            NotFound: The person holds no such badge, or one that no reader looks for in a picture.
        """
        holding = await self(person, holding_id)
        if holding.format is Format.ELM_3 or holding.carrier is Carrier.SD_JWT:
            kind = "a credential in ELM" if holding.format is Format.ELM_3 else "an SD-JWT"
            raise NotFound(f"{kind} is not put into a picture", fix="take it as it came: original")
        return await asyncio.to_thread(_baked, holding)


def _baked(holding: Holding) -> bytes:
    opened = open_bytes(holding.received)
    payload = opened.payload if isinstance(opened, Opened) else holding.received
    return bake_png(picture_of(holding), payload, KEYWORD_3 if holding.format is Format.OPEN_BADGES_3 else KEYWORD_2)
