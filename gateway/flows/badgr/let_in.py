"""A password for applications, or a refresh token, to tokens; a token to the person it acts for."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from gateway.errors import Unauthorised
from gateway.ports import Clock
from gateway.ports.app_passwords import AppPasswords, AppTokens
from gateway.ports.people import People
from gateway.records.app_passwords import REFRESH_LIFE, TOKEN_LIFE, TOKEN_PREFIX, AppToken, TokenKind
from gateway.records.mailbox import MalformedAddress, normal
from gateway.records.people import PEOPLE, AddressKind, Person


class WrongPassword(Unauthorised):
    """The address, the password or the refresh token is wrong; the same answer for each."""

    code = "wrong-password"

    def __init__(self) -> None:
        super().__init__(
            "the e-mail address or the application password is wrong",
            fix="make an application password in the backpack, and give it with your e-mail address",
        )


class Got(msgspec.Struct, frozen=True):
    """What an application gets, once."""

    access: str
    refresh: str
    expires_in_s: int


@dataclass(frozen=True, slots=True)
class LetIn:
    """What an application shows to what it may do."""

    clock: Clock
    people: People
    passwords: AppPasswords
    tokens: AppTokens

    async def __call__(self, username: str, password: str) -> Got:
        """Exchange a password; ``username`` is any confirmed e-mail address of its owner.

        Raises:
            WrongPassword: There is no such password, or it is somebody else's.
        """
        found = await self.passwords.find(PEOPLE, _digest(password))
        owner = await self.people.find(PEOPLE, found.person) if found else None
        if found is None or owner is None or not _is_of(owner, username):
            raise WrongPassword
        now = self.clock()
        got = _got()
        await self.tokens.issue(_tokens(got, found.id, found.person, now), now)
        return got

    async def refreshed(self, refresh: str) -> Got:
        """Exchange a refresh token, which is used up.

        Shown once more it ends all tokens of its password: one of the two who had it should not have, and nobody can
        tell which (RFC 9700 section 4.14.2). The password, which the other one does not know, opens again.

        Raises:
            WrongPassword: It is unknown, used, expired, or its password has ended.
        """
        now = self.clock()
        got = _got()

        def successors(password: str, person: str) -> Sequence[AppToken]:
            return _tokens(got, password, person, now)

        if not await self.tokens.exchange(PEOPLE, _digest(refresh), successors, now):
            raise WrongPassword
        return got

    async def recognised(self, presented: str) -> str:
        """Return the id of the person for whom the bearer of an access token acts.

        Raises:
            Unauthorised: The token is missing, unknown or expired.
        """
        found = await self.tokens.find(PEOPLE, _digest(presented), self.clock()) if presented else None
        if found is None:
            raise Unauthorised("the access token is missing, unknown or expired", fix="get one at /o/token")
        return found.person


def _got() -> Got:
    return Got(_secret(), _secret(), int(TOKEN_LIFE.total_seconds()))


def _tokens(got: Got, password: str, person: str, now: dt.datetime) -> Sequence[AppToken]:
    """What is stored of it."""

    def token(text: str, kind: TokenKind) -> AppToken:
        life = TOKEN_LIFE if kind is TokenKind.ACCESS else REFRESH_LIFE
        return AppToken(
            sha256=_digest(text), platform=PEOPLE, password=password, person=person, kind=kind, expires=now + life
        )

    return token(got.access, TokenKind.ACCESS), token(got.refresh, TokenKind.REFRESH)


def _digest(text: str) -> bytes:
    return sha256(text.encode(errors="replace")).digest()


def _secret() -> str:
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def _is_of(owner: Person, username: str) -> bool:
    try:
        wanted = normal(username)
    except MalformedAddress:
        return False
    return any(each.kind is AddressKind.EMAIL and normal(each.value) == wanted for each in owner.addresses)
