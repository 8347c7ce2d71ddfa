"""A badge that somebody holds, in another format at their wish: issued anew, or the original that it holds."""

from dataclasses import dataclass

from adapters.hub.contract import WRITTEN, Format
from gateway.errors import NotFound
from gateway.flows.backpack.found_out import found_out
from gateway.flows.backpack.keep_issued import KeepIssued
from gateway.flows.convert import Caller, NotTrusted
from gateway.flows.hand_back import HandBack, HandedBack
from gateway.flows.hold import Hold
from gateway.flows.prepare import target
from gateway.flows.verify import Verify
from gateway.issuing.issuance import SECURINGS
from gateway.ports.holdings import Holdings
from gateway.records import Securing
from gateway.records.holdings import Via
from gateway.records.people import PEOPLE


@dataclass(frozen=True, slots=True)
class ConvertHeld:
    """A person, a badge of theirs and a format to the badge of theirs that they find it with."""

    verify: Verify
    hand_back: HandBack
    hold: Hold
    holdings: Holdings
    keep_issued: KeepIssued

    async def __call__(self, person: str, holding_id: str, to: Format) -> str:
        """Verify the badge again and issue it; what was found out is kept beside the badge in any case.

        Returns:
            The id of the badge; another one when what it was converted from is in it: that goes into the backpack.

        Raises:
            NotFound: The person holds no such badge, or no more.
            NotTrusted: A check failed or could not be made; nothing was signed.
            AdapterError: The format cannot hold it.
            RecipientMismatch, BackpackFull: See ``Hold``, of an original.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            raise NotFound("you hold no such badge")
        verified = await self.verify(holding.received, holding.url)
        try:
            made = await self.hand_back(verified, (target(to),), Caller(PEOPLE, person))
        except NotTrusted:
            await self.holdings.learn(found_out(holding, verified))
            raise
        if isinstance(made, HandedBack):
            if not await self.holdings.learn(found_out(holding, verified)):
                raise NotFound("you hold no such badge")
            held = await self.hold(made.original.received.opened.received, person, Via.BACKPACK)
            return held.holding.id
        await self.keep_issued(found_out(holding, verified), made)
        return holding_id

    async def formats(self) -> tuple[Format, ...]:
        """Those that a badge can be had in: one that is sealed only where it is known who seals for people.

        What only wallets read is not among them: they want it bound to their key (see `OfferHeld`).
        """
        sealing = await self.hand_back.convert.prepare.certify.possible(PEOPLE, self.verify.clock())
        as_files = [each for each in WRITTEN if SECURINGS[each] != (Securing.SD_JWT,)]
        return tuple(each for each in as_files if sealing or Securing.JADES not in SECURINGS[each])
