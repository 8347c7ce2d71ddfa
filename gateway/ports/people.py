"""What is asked of the store of people, their addresses, mailed links and sessions; and of the mail."""

import datetime as dt
from typing import Protocol

import msgspec

from gateway.records.people import Address, AddressKind, Link, Person, Session


class People(Protocol):
    """Who owns badges. Names and addresses are encrypted at rest and found by HMAC."""

    async def find(self, platform: str, person_id: str) -> Person | None:
        """Return the person with this id."""

    async def spelled(self, platform: str, kind: AddressKind, value: str) -> str:
        """Return an address as its owner confirmed it, whatever its case here; as it is when nobody has confirmed it.

        It takes equally long for both.
        """

    async def ensure(self, person: Person) -> Person:
        """Return whom the person's only address belongs to; store the person when it belongs to nobody.

        The first writer wins, across all users of the implementation.
        """

    async def speak(self, platform: str, person_id: str, language: str) -> None:
        """Write to the person in this language from now on."""


class Addresses(Protocol):
    """The confirmed addresses of people; no two people have the same one."""

    async def add(self, platform: str, person_id: str, address: Address) -> bool:
        """Give the person this address; False when somebody else has it. One that is theirs already stays as it is."""

    async def remove(self, platform: str, person_id: str, address_id: str, session_id: str) -> bool:
        """Take an address of the person away; False when it is their last one. All their sessions but this one end.

        Raises:
            NotFound: The person has no such address.
        """


class Links(Protocol):
    """Mailed links; of those for one purpose, address and person, one is good once."""

    async def put(self, link: Link) -> None:
        """Keep it beside the others."""

    async def find(self, platform: str, sha256: bytes) -> Link | None:
        """Return the link whose token has this digest, used or expired or not, until it is forgotten."""

    async def use(self, platform: str, sha256: bytes, at: dt.datetime) -> Link | None:
        """Return the link and make it used; None when it is used, expired or void. Of many at once, one gets it.

        All others of the same purpose for the same address and person count as used from now on.
        """


class Sessions(Protocol):
    """Who is signed in where."""

    async def start(self, session: Session) -> None:
        """Return once the session is stored."""

    async def find(self, platform: str, sha256: bytes, at: dt.datetime) -> Session | None:
        """Return the session whose token has this digest, unless it is over; it counts as used at ``at``."""

    async def end(self, platform: str, session_id: str) -> None:
        """End a session."""

    async def end_all(self, platform: str, person_id: str) -> None:
        """End every session of a person."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message in plain text to one address."""

    to: str
    subject: str
    text: str
    language: str


class Mail(Protocol):
    """Hands letters over for delivery."""

    async def __call__(self, letter: Letter) -> None:
        """Return when the letter was accepted for delivery, or refused for its address alone.

        Raises:
            NoMail: No way to deliver letters is configured.
            Unavailable: The server of our own that takes letters does not answer.
        """
