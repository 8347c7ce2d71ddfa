"""What was issued anew of a badge that somebody holds no more: erased, or no longer offered."""

from contextlib import suppress
from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.erase import Erase
from gateway.ports.offers import NewOffers
from gateway.records.people import PEOPLE


@dataclass(frozen=True, slots=True)
class LetGo:
    """A record of a person to nothing, or to one of which nobody is offered anything."""

    erase: Erase
    offers: NewOffers

    async def __call__(self, record_id: str, person: str, *, forms: bool) -> None:
        """End what the person offered of it and nobody has claimed.

        Args:
            forms: Whether the record is erased, too, and so all its forms revoked.
        """
        caller = Caller(PEOPLE, person)
        if forms:
            with suppress(NotFound):  # erased meanwhile
                await self.erase(record_id, caller)
            return
        for each in await self.offers.of(PEOPLE, record_id):
            await self.offers.withdraw(PEOPLE, each.id, caller.actor, self.erase.clock())
