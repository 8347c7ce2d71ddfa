"""Whose browser is this? A cookie's token to the person who is signed in there."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from gateway.ports import Clock
from gateway.ports.people import People, Sessions
from gateway.records import Instant
from gateway.records.people import PEOPLE, Person


class SignedIn(msgspec.Struct, frozen=True):
    """Who is signed in.

    Attributes:
        session: Id of the session; no secret.
        csrf: What every form of theirs sends back in its field ``csrf``; other sites cannot know it.
        since: When they signed in.
        address: Id of the address by which they did; "" when that is not known.
    """

    person: Person
    session: str
    csrf: str
    since: Instant
    address: str

    def __repr__(self) -> str:
        """Without the secret of the forms."""
        return f"SignedIn(person={self.person.id!r}, session={self.session!r})"


@dataclass(frozen=True, slots=True)
class Recognise:
    """The token of a session's cookie to the person it signs in."""

    clock: Clock
    people: People
    sessions: Sessions
    secret: bytes

    async def __call__(self, token: str) -> SignedIn | None:
        """Return who is signed in with this token; None when nobody is, or not any more."""
        if not token:
            return None
        session = await self.sessions.find(PEOPLE, token_sha256(token), self.clock())
        person = await self.people.find(PEOPLE, session.person) if session else None
        if session is None or person is None:
            return None
        return SignedIn(person, session.id, self._csrf(session.id), session.created, session.address)

    def _csrf(self, session_id: str) -> str:
        """Follows from the session, so nothing has to be stored for it."""
        digest = hmac.digest(self.secret, session_id.encode(), "sha256")
        return urlsafe_b64encode(digest).decode().rstrip("=")


def token_sha256(token: str) -> bytes:
    """The digest under which a token is stored, 32 bytes; its 256 random bits need no salt."""
    return sha256(token.encode(errors="replace")).digest()
