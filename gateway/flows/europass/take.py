"""What platforms put aside for a person's addresses, and the person's word on it: into the backpack, or erased."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from gateway.errors import NotFound
from gateway.flows.europass.details import Details, ShowDetails
from gateway.flows.hold import Held, Hold
from gateway.flows.verdict import Verdict
from gateway.ports import Clock, Platforms
from gateway.ports.europass import Waiting
from gateway.records.europass import Deposit
from gateway.records.holdings import Via
from gateway.records.people import AddressKind, Person

AT_ONCE = 20


class Offered(msgspec.Struct, frozen=True):
    """What waits for a person: the deposit, how it verified, and the name of the platform that put it there."""

    deposit: Deposit
    verdict: Verdict
    sender: str


@dataclass(frozen=True, slots=True)
class TakeDeposit:
    """A person, by the addresses that they confirmed, to what waits for them."""

    clock: Clock
    platforms: Platforms
    waiting: Waiting
    hold: Hold

    async def offered(self, person: Person) -> Sequence[Offered]:
        """Return up to ``AT_ONCE`` of what waits, newest first; further ones come when these are answered."""
        found = []
        for deposit in await self.waiting.among(_emails(person), AT_ONCE):
            platform = await self.platforms.find(deposit.platform)
            name = platform.name if platform else ""
            found.append(Offered(deposit, msgspec.json.decode(deposit.report, type=Verdict), name))
        return found

    async def look(self, person: Person, deposit_id: str, language: str) -> tuple[Deposit, Details]:
        """Return what waits, and what it says; it goes on waiting.

        Raises:
            NotFound: Nothing such waits for them.
        """
        deposit = await self.waiting.find(_emails(person), deposit_id)
        if deposit is None:
            raise NotFound("nothing such waits for you")
        return deposit, await ShowDetails(self.hold.verify.receive)(deposit.received, language)

    async def __call__(self, person: Person, deposit_id: str) -> Held:
        """Verify it anew and put it into the person's backpack; the platform is not told.

        Raises:
            NotFound: Nothing such waits for them.
            InvalidBadge, RecipientMismatch, BackpackFull: See ``gateway.flows.hold``; it goes on waiting.
        """
        emails = _emails(person)
        deposit = await self.waiting.find(emails, deposit_id)
        if deposit is None:
            raise NotFound("nothing such waits for you")
        held = await self.hold(deposit.received, person.id, Via.EUROPASS)
        await self.waiting.take(emails, deposit_id, self.clock())
        return held

    async def declined(self, person: Person, deposit_id: str) -> None:
        """Erase it, and every link to it: the platform finds nothing there any more.

        Raises:
            NotFound: Nothing such waits for them.
        """
        if not await self.waiting.decline(_emails(person), deposit_id):
            raise NotFound("nothing such waits for you")


def _emails(person: Person) -> Sequence[str]:
    return [address.value for address in person.addresses if address.kind is AddressKind.EMAIL]
