"""One form of a stored credential, in the carrier that is asked for: the exact bytes that its address serves.

What wallets fetched is theirs: the record says that it was made, and it is not handed out here.
"""

from dataclasses import dataclass
from enum import StrEnum

from adapters.hub.contract import Format
from gateway.errors import Erased, NotFound
from gateway.flows.convert import Caller
from gateway.flows.show import Page, Show, Wanted, suffixes
from gateway.ports import Records
from gateway.records import Form, Record, Securing

_NONE = "there is no such credential"


class Carrier(StrEnum):
    """In what a form is handed out."""

    JSON = "json"
    JSON_LD = "jsonld"
    JWT = "jwt"
    SD_JWT = "sdjwt"
    PNG = "png"
    SVG = "svg"


class NotMade(NotFound):
    """The credential has no such form."""

    code = "not-made"


@dataclass(frozen=True, slots=True)
class Export:
    """A record id and what is wanted of it to the bytes."""

    records: Records
    show: Show

    async def __call__(
        self,
        record_id: str,
        format: Format,
        caller: Caller,
        *,
        securing: Securing | None = None,
        carrier: Carrier | None = None,
    ) -> Page:
        """Return one form; nothing is made here.

        Args:
            securing: None for whichever there is, the first that was made.
            carrier: None for the form's own.

        Raises:
            NotFound: The caller's platform has no such record.
            NotMade: The record has no such form but a wallet's, or none that comes in this carrier.
        """
        record = await self.records.find(caller.platform, record_id)
        if record is None:
            raise NotFound(_NONE)
        made = [form for form in record.unbound if form.sealed is not None]
        for form in made:
            if _fits(form, format, securing, carrier):
                return await self._page(Wanted(form.platform, "issued", form.intent.id, carrier or ""))
        raise NotMade(
            f"this credential has no form in {format}{f' sealed with {securing}' if securing else ''}"
            f"{f' that comes as {carrier}' if carrier else ''}",
            fix=_fix(record, made),
        )

    async def _page(self, page: Wanted) -> Page:
        try:
            return await self.show.to_holder(page)
        except Erased as error:  # meanwhile: to its platform it is no record
            raise NotFound(_NONE) from error


def _fits(form: Form, format: Format, securing: Securing | None, carrier: Carrier | None) -> bool:
    intent = form.intent
    return (
        intent.format is format
        and securing in (None, intent.securing)
        and (carrier is None or carrier in suffixes(form))
    )


def _fix(record: Record, made: list[Form]) -> str:
    there = ", ".join(f"{form.intent.format} sealed with {form.intent.securing}" for form in made) or "none yet"
    return f"it has: {there}; make another one first: POST /v1/credentials/{record.id}/forms"
