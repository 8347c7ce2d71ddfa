"""A badge out of the backpack."""

from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.revoke import Revoke
from gateway.ports.holdings import Holdings
from gateway.ports.offers import NewOffers
from gateway.records.people import PEOPLE

REASON = "removed by its holder"


@dataclass(frozen=True, slots=True)
class Remove:
    """A person and a badge of theirs: it is erased with its key. What was issued anew from it is revoked or stays.

    What they have offered of it and nobody has claimed ends in any case.
    """

    holdings: Holdings
    revoke: Revoke
    offers: NewOffers

    async def __call__(self, person: str, holding_id: str, *, forms: bool) -> None:
        """Erase the badge.

        Args:
            forms: Whether what was issued anew from it is revoked, too.

        Raises:
            NotFound: The person holds no such badge.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is not None and holding.record:
            await self._withdrawn(holding.record, person)
            if forms:
                await self._taken_back(holding.record, person)
        if not await self.holdings.remove(PEOPLE, person, holding_id):
            raise NotFound("you hold no such badge")

    async def _taken_back(self, record_id: str, person: str) -> None:
        try:
            await self.revoke(record_id, REASON, Caller(PEOPLE, person))
        except NotFound:
            return  # erased meanwhile

    async def _withdrawn(self, record_id: str, person: str) -> None:
        for each in await self.offers.of(PEOPLE, record_id):
            await self.offers.withdraw(PEOPLE, each.id, Caller(PEOPLE, person).actor, self.revoke.clock())
