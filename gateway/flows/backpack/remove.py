"""A badge out of the backpack."""

from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.flows.backpack.let_go import LetGo
from gateway.ports.holdings import Holdings
from gateway.records.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Remove:
    """A person and a badge of theirs: it is erased with its key. What was issued anew from it is erased too, or stays.

    What they have offered of it and nobody has claimed ends in any case.
    """

    holdings: Holdings
    let_go: LetGo

    async def __call__(self, person: str, holding_id: str, *, forms: bool) -> None:
        """Erase the badge.

        Args:
            forms: Whether what was issued anew from it is erased, too, and so revoked.

        Raises:
            NotFound: The person holds no such badge.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is not None and holding.record:
            await self.let_go(holding.record, person, forms=forms)
        record = await self.holdings.remove(PEOPLE, person, holding_id)
        if record is None:
            raise NotFound("you hold no such badge")
        if record:  # issued or offered since the badge was looked at
            await self.let_go(record, person, forms=forms)
