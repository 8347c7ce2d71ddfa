"""A badge out of the backpack."""

from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.erase import Erase
from gateway.ports.holdings import Holdings
from gateway.ports.offers import NewOffers
from gateway.records.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Remove:
    """A person and a badge of theirs: it is erased with its key. What was issued anew from it is erased too, or stays.

    What they have offered of it and nobody has claimed ends in any case.
    """

    holdings: Holdings
    erase: Erase
    offers: NewOffers

    async def __call__(self, person: str, holding_id: str, *, forms: bool) -> None:
        """Erase the badge.

        Args:
            forms: Whether what was issued anew from it is erased, too, and so revoked.

        Raises:
            NotFound: The person holds no such badge.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is not None and holding.record:
            await (self._erased if forms else self._withdrawn)(holding.record, person)
        if not await self.holdings.remove(PEOPLE, person, holding_id):
            raise NotFound("you hold no such badge")

    async def _erased(self, record_id: str, person: str) -> None:
        try:
            await self.erase(record_id, Caller(PEOPLE, person))
        except NotFound:
            return  # erased meanwhile

    async def _withdrawn(self, record_id: str, person: str) -> None:
        for each in await self.offers.of(PEOPLE, record_id):
            await self.offers.withdraw(PEOPLE, each.id, Caller(PEOPLE, person).actor, self.erase.clock())
