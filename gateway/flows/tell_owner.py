"""Whoever owns an account hears of a change to its addresses, at each address that it had before."""

import asyncio
from dataclasses import dataclass

from gateway.errors import Misconfigured, Unavailable
from gateway.flows.letters import AddressChange, change_letter
from gateway.ports.people import Mail
from gateway.records.people import AddressKind, Person


@dataclass(frozen=True, slots=True)
class TellOwner:
    """A person as they were, and what has changed, to letters."""

    mail: Mail
    public_url: str

    async def __call__(self, person: Person, change: AddressChange) -> None:
        """Mail to every address, also to one that was removed; what has changed stays so when no mail goes out."""
        to = [each.value for each in person.addresses if each.kind is AddressKind.EMAIL]
        await asyncio.gather(*(self._told(address, person.language, change) for address in to))

    async def _told(self, address: str, language: str, change: AddressChange) -> None:
        try:
            await self.mail(change_letter(address, language, change, f"{self.public_url}/account"))
        except (Misconfigured, Unavailable):
            return  # the change is done, and its page says so
