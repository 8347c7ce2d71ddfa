"""Passwords for applications that know no OAuth, and what such an application got for one."""

import datetime as dt
from enum import StrEnum

import msgspec

from gateway.records import Instant

PASSWORD_PREFIX = "bgp_"  # noqa: S105 - only how one begins
TOKEN_PREFIX = "bgb_"  # noqa: S105 - only how one begins
"""How secrets of each kind begin, so that whoever finds one knows what it is and whose (secret scanners do)."""

TOKEN_LIFE = dt.timedelta(hours=1)
REFRESH_LIFE = dt.timedelta(days=60)


class AppPassword(msgspec.Struct, frozen=True, kw_only=True):
    """A password that a person made for one application; it opens the backpack and nothing else.

    Attributes:
        name: What the person calls the application.
        sha256: Of the whole password, 32 bytes; the password itself is shown once and kept nowhere.
        used: When a token was last got for it.
    """

    id: str
    platform: str
    person: str
    name: str
    sha256: bytes
    created: Instant
    used: Instant | None = None

    def __repr__(self) -> str:
        """Without what is personal."""
        return f"AppPassword(id={self.id!r})"


class TokenKind(StrEnum):
    """What a token is good for."""

    ACCESS = "access"
    REFRESH = "refresh"


class AppToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token that an application got for a password.

    Attributes:
        sha256: Of the whole token, 32 bytes.
        password: Id of the password, with which it ends.
    """

    sha256: bytes
    platform: str
    password: str
    person: str
    kind: TokenKind
    expires: Instant
