"""What a person has authorised, and the end of it (Badge Connect demands both)."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.ports import Clock
from gateway.ports.holdings import Profiles
from gateway.ports.oauth import Consents
from gateway.records.holdings import ProfileKind
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
    profiles: Profiles

    async def __call__(self, person: str, client: str) -> bool:
        """End all its tokens for this person at once, and forget the Profile that it wrote; tell whether it had any."""
        had = await self.consents.withdraw(PEOPLE, person, client, self.clock())
        written = await self.profiles.find(PEOPLE, person, ProfileKind.OPEN_BADGES_3)
        if written is not None and written.client == client:
            await self.profiles.remove(PEOPLE, person, ProfileKind.OPEN_BADGES_3, written.updated)
        return had
