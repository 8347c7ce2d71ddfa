"""A badge that somebody holds, issued anew in another format at their wish."""

from dataclasses import dataclass

import msgspec

from adapters.hub.contract import WRITTEN, Format
from gateway.errors import NotFound
from gateway.flows.backpack.found_out import found_out
from gateway.flows.convert import Caller, Convert, NotTrusted
from gateway.flows.prepare import target
from gateway.flows.verify import Verify
from gateway.issuing.issuance import SECURINGS
from gateway.ports.holdings import Holdings
from gateway.records import Record, Securing
from gateway.records.people import PEOPLE


@dataclass(frozen=True, slots=True)
class ConvertHeld:
    """A person, a badge of theirs and a format to the record with that form."""

    verify: Verify
    convert: Convert
    holdings: Holdings

    async def __call__(self, person: str, holding_id: str, to: Format) -> Record:
        """Verify the badge again and issue it; what was found out is kept beside the badge in any case.

        Raises:
            NotFound: The person holds no such badge.
            NotTrusted: A check failed or could not be made; nothing was signed.
            AdapterError: The format cannot hold it.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            raise NotFound("you hold no such badge")
        verified = await self.verify(holding.received, holding.url)
        try:
            made = await self.convert(verified, holding.url, (target(to),), Caller(PEOPLE, person))
        except NotTrusted:
            await self.holdings.learn(found_out(holding, verified))
            raise
        await self.holdings.learn(msgspec.structs.replace(found_out(holding, verified), record=made.record.id))
        return made.record

    async def formats(self) -> tuple[Format, ...]:
        """Those that a badge can be had in: one that is sealed only where it is known who seals for people."""
        sealing = await self.convert.prepare.certify.possible(PEOPLE, self.verify.clock())
        return tuple(each for each in WRITTEN if sealing or Securing.JADES not in SECURINGS[each])
