"""A badge out of the backpack."""

from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.ports.holdings import Holdings
from gateway.records.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Remove:
    """A person and a badge of theirs: it is erased with its key. What was issued anew from it stays issued."""

    holdings: Holdings

    async def __call__(self, person: str, holding_id: str) -> None:
        """Erase the badge.

        Raises:
            NotFound: The person holds no such badge.
        """
        if not await self.holdings.remove(PEOPLE, person, holding_id):
            raise NotFound("you hold no such badge")
