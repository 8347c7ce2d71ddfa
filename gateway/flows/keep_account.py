"""What people change about their account: addresses, language, sessions."""

import datetime as dt
from dataclasses import dataclass

from gateway.errors import GatewayError
from gateway.flows.letters import AddressChange
from gateway.flows.recognise import SignedIn
from gateway.flows.tell_owner import TellOwner
from gateway.ports import Clock
from gateway.ports.people import Addresses, People, Sessions
from gateway.records.people import PEOPLE


class LastAddress(GatewayError):
    """An account without any address could never be signed in to again."""

    code = "last-address"

    def __init__(self) -> None:
        super().__init__("the last address of an account cannot be removed", fix="add another address first")


FRESH = dt.timedelta(minutes=10)
"""So long after signing in, an address can be removed."""

SETTLED = dt.timedelta(days=7)
"""After so long an address counts as much as those that were there before it: their owner has heard of it."""


class SignInAgain(GatewayError):
    """Whoever found a browser open, or has just added an address of their own, would get the whole account."""

    code = "sign-in-again"

    def __init__(self) -> None:
        super().__init__(
            "to remove an address, one has to have signed in just now, and not with a newer address that is new here",
            fix=f"sign in again with the address that is to go, or with an older one, and remove it within "
            f"{FRESH // dt.timedelta(minutes=1)} minutes; an address counts as old after {SETTLED.days} days",
        )


@dataclass(frozen=True, slots=True)
class RemoveAddress:
    """An address that is the person's no more; every browser but this one is signed out."""

    clock: Clock
    addresses: Addresses
    tell: TellOwner

    async def __call__(self, signed: SignedIn, address_id: str) -> None:
        """Remove it.

        Raises:
            NotFound: The person has no such address.
            LastAddress: It is the only one.
            SignInAgain: They signed in too long ago, or with an address that is newer and of the last days.
        """
        if len(signed.person.addresses) > 1:
            _require_fresh(signed, address_id, self.clock())
        if not await self.addresses.remove(PEOPLE, signed.person.id, address_id, signed.session):
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


def _require_fresh(signed: SignedIn, address_id: str, now: dt.datetime) -> None:
    confirmed = {each.id: each.confirmed_at for each in signed.person.addresses}
    if address_id not in confirmed:
        return  # the store says so
    by = confirmed.get(signed.address)
    trusted = by is not None and (by <= confirmed[address_id] or now - by >= SETTLED)
    if not trusted or now - signed.since >= FRESH:
        raise SignInAgain
