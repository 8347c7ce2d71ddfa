"""What is asked of the store of passwords for applications. Only digests of secrets ever reach it."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from gateway.records.app_passwords import AppPassword, AppToken


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

    async def take(self, platform: str, sha256: bytes, at: dt.datetime) -> AppToken | None:
        """Use up a refresh token and return it; of many at once, one gets it."""
