"""What a person has authorised, and the end of it (Badge Connect demands both)."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.ports import Clock
from gateway.ports.oauth import Consents
from gateway.records.oauth import Authorised
from gateway.records.people import PEOPLE


@dataclass(frozen=True, slots=True)
class ListApplications:
    """A person to the applications that they said yes to."""

    consents: Consents

    async def __call__(self, person: str) -> Sequence[Authorised]:
        """Return them, the latest first."""
        return await self.consents.of(PEOPLE, person)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A person's no to an application that they said yes to."""

    clock: Clock
    consents: Consents

    async def __call__(self, person: str, client: str) -> bool:
        """End all its tokens for this person at once; tell whether it had any."""
        return await self.consents.withdraw(PEOPLE, person, client, self.clock())
