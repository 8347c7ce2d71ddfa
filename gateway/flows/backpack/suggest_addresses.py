"""Addresses that an application says are a person's: kept for the person to see, and worth nothing by themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from gateway.errors import NotFound
from gateway.flows.backpack.refusals import RequestInvalid
from gateway.ports import Clock
from gateway.ports.holdings import Profiles
from gateway.ports.people import People
from gateway.records.holdings import ProfileKind, StoredProfile
from gateway.records.people import PEOPLE, AddressKind, Person

KEPT = 10
"""The latest so many suggestions are kept; an application cannot fill the store with others."""

_EMAIL = re.compile(r"[^@\s<>\"'\x00-\x1f\x7f]{1,64}@[^@\s<>\"'\x00-\x1f\x7f]{1,189}")


@dataclass(frozen=True, slots=True)
class SuggestAddresses:
    """Suggested e-mail addresses of a person, and the person, who has to confirm them by mail."""

    clock: Clock
    people: People
    profiles: Profiles

    async def __call__(self, person_id: str, emails: Sequence[str]) -> Person:
        """Keep what is new of ``emails``; return the person, with confirmed addresses alone.

        Raises:
            RequestInvalid: There is none, or one of them is no e-mail address.
            NotFound: There is no such person any more.
        """
        if not emails or not all(map(_EMAIL.fullmatch, emails)):
            raise RequestInvalid(
                "only e-mail addresses can be added: the person confirms each by mail",
                pointer="/email",
                fix='send "email": "learner@example.org", or a list of such',
            )
        person = await self._person(person_id)
        there = await self.suggested(person)
        kept = list(dict.fromkeys((*there, *_new(emails, person))))[-KEPT:]
        profile = StoredProfile(document=msgspec.json.encode(kept), updated=self.clock())
        await self.profiles.put(PEOPLE, person_id, ProfileKind.BADGE_CONNECT, profile)
        return person

    async def suggested(self, person: Person) -> tuple[str, ...]:
        """Return what was suggested and is not confirmed, oldest first."""
        stored = await self.profiles.find(PEOPLE, person.id, ProfileKind.BADGE_CONNECT)
        return _new(msgspec.json.decode(stored.document, type=list[str]), person) if stored else ()

    async def _person(self, person_id: str) -> Person:
        person = await self.people.find(PEOPLE, person_id)
        if person is None:
            raise NotFound("there is no such person")
        return person


def _new(emails: Sequence[str], person: Person) -> tuple[str, ...]:
    confirmed = {address.value.casefold() for address in person.addresses if address.kind is AddressKind.EMAIL}
    return tuple(email for email in emails if email.casefold() not in confirmed)
