"""What managing a platform asks of the store. Every change is in the audit trail of its platform, or did not happen."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Protocol

from gateway.records import ApiKey, Platform
from gateway.records.access import Role
from gateway.records.tenants import AuditEntry, Member


class PlatformChanges(Protocol):
    """Making and changing tenants."""

    async def make(self, platform: Platform, actor: str) -> bool:
        """Commit a platform and its twin for tests; False, and nothing happens, when its id is taken."""

    async def change(
        self, platform_id: str, decide: Callable[[Platform], Platform], actor: str, at: dt.datetime
    ) -> Platform | None:
        """Commit everything that a platform decides for itself; return it as it is then, None when there is none.

        Args:
            decide: From what is stored to what is to be; nobody else changes the platform in between. It may run more
                than once, and what it raises is raised here.
        """


class ManagedKeys(Protocol):
    """The API keys of a platform, as who manages them sees them."""

    async def of(self, platform: str) -> Sequence[ApiKey]:
        """Return every key, oldest first; those that ended too."""

    async def make(self, key: ApiKey, actor: str) -> None:
        """Return once the key is durable.

        Raises:
            InsufficientScope: The member by whose rights it is made is no owner any more.
        """

    async def revoke(self, platform: str, key_id: str, actor: str, at: dt.datetime) -> bool:
        """End a key for good; False when the platform has no such key. Repeating it changes nothing."""


class KeyUses(Protocol):
    """When keys were last used. It may be lost, and is right to a minute."""

    def note(self, key: ApiKey, at: dt.datetime) -> None:
        """Remember it, soon and elsewhere: who asks does not wait."""


class Members(Protocol):
    """Who may act for a platform."""

    async def of(self, platform: str) -> Sequence[Member]:
        """Return every member, oldest first."""

    async def put(self, member: Member, actor: str) -> Member | None:
        """Commit a new member; None, and nothing happens, when the address is a member's already."""

    async def change(self, platform: str, member_id: str, role: Role, actor: str, at: dt.datetime) -> Member | None:
        """Give a member another role; None when there is no such member. The last owner stays one (``LastOwner``).

        With the role of an owner, every key and client ends that they made, or that a key of theirs made.
        """

    async def remove(self, platform: str, member_id: str, actor: str, at: dt.datetime) -> bool:
        """End a membership, with every key and client that was made by virtue of it; False when there is none.

        The last owner stays (``LastOwner``).
        """


class Memberships(Protocol):
    """The same, seen from a person."""

    async def of(self, addresses: Sequence[str]) -> Sequence[Member]:
        """Return the memberships of whoever has these addresses, by platform."""


class AuditTrail(Protocol):
    """What was done for a platform."""

    async def page(self, platform: str, after: str, limit: int) -> Sequence[AuditEntry]:
        """Return up to ``limit`` entries, latest first, after the one with id ``after`` ("" from the latest)."""

    async def note(self, platform: str, actor: str, action: str, target: str, at: dt.datetime) -> None:
        """Write an entry on something that no transaction of the store holds."""


class IssuedCount(Protocol):
    """How much a platform has issued."""

    async def since(self, platform: str, at: dt.datetime) -> int:
        """Return the number of forms that were intended at or after that time."""
