"""Passwords that a person makes for applications, sees a list of, and ends."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from gateway.errors import NotFound, Refused
from gateway.flows.backpack.refusals import RequestInvalid
from gateway.ports import Clock
from gateway.ports.app_passwords import AppPasswords
from gateway.records.app_passwords import PASSWORD_PREFIX, AppPassword
from gateway.records.people import PEOPLE

AT_MOST = 20
MAX_NAME = 80


class TooManyPasswords(Refused):
    """The person has as many passwords for applications as they may have."""

    code = "too-many-passwords"


@dataclass(frozen=True, slots=True)
class KeepPasswords:
    """A person's passwords for applications."""

    clock: Clock
    passwords: AppPasswords
    new_id: Callable[[], str]

    async def made(self, person: str, name: str) -> str:
        """Make a password and return it, which nobody can do again.

        Raises:
            RequestInvalid: It has no name to know it by.
            TooManyPasswords: There are enough.
        """
        name = name.strip()
        if not name or len(name) > MAX_NAME:
            raise RequestInvalid(f"name the application, with at most {MAX_NAME} characters")
        text = PASSWORD_PREFIX + secrets.token_urlsafe(32)
        password = AppPassword(
            id=self.new_id(),
            platform=PEOPLE,
            person=person,
            name=name,
            sha256=sha256(text.encode()).digest(),
            created=self.clock(),
        )
        if not await self.passwords.add(password, AT_MOST):
            raise TooManyPasswords(f"there are {AT_MOST} passwords already", fix="end one that is not needed")
        return text

    async def listed(self, person: str) -> Sequence[AppPassword]:
        """Return them, oldest first."""
        return await self.passwords.of(PEOPLE, person)

    async def ended(self, person: str, password_id: str) -> None:
        """End one; every token that an application got for it is dead from now on.

        Raises:
            NotFound: The person has no such password.
        """
        if not await self.passwords.revoke(PEOPLE, person, password_id, self.clock()):
            raise NotFound("you have no such password")
