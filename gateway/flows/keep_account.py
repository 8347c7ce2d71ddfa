"""What people change about their account: addresses, language, sessions."""

from dataclasses import dataclass

from gateway.errors import GatewayError
from gateway.flows.letters import AddressChange
from gateway.flows.recognise import SignedIn
from gateway.flows.tell_owner import TellOwner
from gateway.ports.people import Addresses, People, Sessions
from gateway.records.people import PEOPLE


class LastAddress(GatewayError):
    """An account without any address could never be signed in to again."""

    code = "last-address"

    def __init__(self) -> None:
        super().__init__("the last address of an account cannot be removed", fix="add another address first")


@dataclass(frozen=True, slots=True)
class RemoveAddress:
    """An address that is the person's no more."""

    addresses: Addresses
    tell: TellOwner

    async def __call__(self, signed: SignedIn, address_id: str) -> None:
        """Remove it.

        Raises:
            NotFound: The person has no such address.
            LastAddress: It is the only one.
        """
        if not await self.addresses.remove(PEOPLE, signed.person.id, address_id):
            raise LastAddress
        await self.tell(signed.person, AddressChange.REMOVED)


@dataclass(frozen=True, slots=True)
class Speak:
    """The language of pages and mails."""

    people: People

    async def __call__(self, signed: SignedIn, language: str) -> None:
        """Use it from now on."""
        await self.people.speak(PEOPLE, signed.person.id, language)


@dataclass(frozen=True, slots=True)
class SignOut:
    """The end of a session, or of all of them."""

    sessions: Sessions

    async def __call__(self, signed: SignedIn, *, everywhere: bool = False) -> None:
        """End the session of this browser, or those of every browser."""
        if everywhere:
            await self.sessions.end_all(PEOPLE, signed.person.id)
        else:
            await self.sessions.end(PEOPLE, signed.session)
