"""What is asked of the store of passwords for applications. Only digests of secrets ever reach it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Protocol

from gateway.records.app_passwords import AppPassword, AppToken

Successors = Callable[[str, str], Sequence[AppToken]]
"""Ids of a password and of a person to the tokens that they get next."""


class AppPasswords(Protocol):
    """Passwords that people made for applications; making and ending one is noted in the audit trail with it."""

    async def add(self, password: AppPassword, at_most: int) -> bool:
        """Keep it; False, and nothing is kept, when the person has ``at_most`` already."""

    async def of(self, platform: str, person: str) -> Sequence[AppPassword]:
        """Return every password of a person, oldest first."""

    async def find(self, platform: str, sha256: bytes) -> AppPassword | None:
        """Return the password with this digest."""

    async def revoke(self, platform: str, person: str, password_id: str, at: dt.datetime) -> bool:
        """End a password of the person with all its tokens; False when they have none with this id."""


class AppTokens(Protocol):
    """Tokens that applications got for passwords."""

    async def issue(self, tokens: Sequence[AppToken], at: dt.datetime) -> None:
        """Commit tokens of one password, which counts as used; nothing happens when it has ended meanwhile."""

    async def find(self, platform: str, sha256: bytes, at: dt.datetime) -> AppToken | None:
        """Return the access token with this digest while it lives."""

    async def exchange(self, platform: str, sha256: bytes, successors: Successors, at: dt.datetime) -> bool:
        """Use up a refresh token and commit what follows it; False, and nothing is committed, when there is none.

        One that was used before ends every token of its password, which is noted in the audit trail; of many at once,
        the first is exchanged and all others end it.
        """
