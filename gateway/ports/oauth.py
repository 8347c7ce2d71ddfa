"""What the OAuth 2.0 authorization server asks of the store. Only digests of secrets ever reach it."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from gateway.records.oauth import (
    AccessToken,
    Authorised,
    Client,
    Code,
    Consent,
    RefreshToken,
)


class Clients(Protocol):
    """Registered clients. A client that was revoked is found nowhere, and neither is any token of it."""

    async def add(self, client: Client, actor: str = "") -> None:
        """Return once the client is durable; registrations older than a day that nobody used are forgotten.

        Args:
            actor: Who made it for a platform, for the audit trail; "" where it registered itself.

        Raises:
            InsufficientScope: The member by whose rights it is made is no owner any more.
        """

    async def find(self, client_id: str) -> Client | None:
        """Return the client with this id, of whichever platform: the id cannot be guessed."""

    async def of(self, platform: str) -> Sequence[Client]:
        """Return every client of a platform, oldest first; not those that registered themselves for people."""

    async def revoke(self, platform: str, client_id: str, actor: str, at: dt.datetime) -> bool:
        """End a client of the platform with all its tokens; tell whether there was one."""


class ClientUses(Protocol):
    """Which clients are of use to anybody: registrations that are not are forgotten."""

    async def used(self, platform: str, client_id: str, at: dt.datetime) -> None:
        """Keep that a client got something."""


class Consents(Protocol):
    """What people said yes to."""

    async def grant(self, code: Code, at: dt.datetime) -> bool:
        """Commit a consent with its code. Tell whether the code can be used.

        The same code again, while nobody has exchanged it, changes nothing and is True; exchanged or expired, False.
        """

    async def of(self, platform: str, person: str) -> Sequence[Authorised]:
        """Return what a person has authorised, by client, latest first."""

    async def held(self, platform: str, person: str, client_id: str) -> Sequence[Consent]:
        """Return the consents of a person to one client that hold."""

    async def withdraw(self, platform: str, person: str, client_id: str, at: dt.datetime) -> bool:
        """End every consent of a person to a client, with all its tokens, at once; tell whether there was one."""


class Codes(Protocol):
    """Authorization codes: of any number of exchanges of one, at most one succeeds."""

    async def take(self, sha256: bytes, client: Client, at: dt.datetime) -> Code | None:
        """Use the code up and return it; None where the client has no such code.

        A code that was used before ends its whole family (RFC 6749 section 4.1.2) and is None.
        """


class Tokens(Protocol):
    """Access and refresh tokens."""

    async def issue(self, access: AccessToken, refresh: RefreshToken | None, at: dt.datetime) -> None:
        """Commit tokens. They are dead from the beginning where their consent has ended meanwhile."""

    async def access(self, sha256: bytes, platform: str | None, at: dt.datetime) -> AccessToken | None:
        """Return the access token while it, its consent and its client live; ``platform`` None looks in all."""

    async def refresh(self, sha256: bytes, client: Client) -> RefreshToken | None:
        """Return a refresh token of the client, used or not, whose consent holds."""

    async def rotate(self, used: RefreshToken, access: AccessToken, refresh: RefreshToken, at: dt.datetime) -> bool:
        """Use one up and commit its successors; False, and nothing happens, when somebody was faster."""


class Revocations(Protocol):
    """Ends tokens and families (RFC 7009)."""

    async def end_access(self, sha256: bytes, client: Client) -> None:
        """End one access token of the client, if there is one."""

    async def end_family(self, consent: Consent, at: dt.datetime) -> None:
        """End a consent with every code and token of it."""
