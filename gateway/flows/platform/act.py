"""A person who acts for a platform of which they are a member."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.errors import InsufficientScope, NotFound
from gateway.ports.tenants import Memberships
from gateway.records.access import SCOPES_OF, Role, Scope
from gateway.records.people import AddressKind, Person
from gateway.records.tenants import Member

_STRONGEST = (Role.OWNER, Role.ISSUER, Role.READER)


@dataclass(frozen=True, slots=True)
class ListMemberships:
    """A person to the platforms that they may act for."""

    memberships: Memberships

    async def __call__(self, person: Person) -> Sequence[Member]:
        """Return every membership, by platform."""
        addresses = [address.value for address in person.addresses if address.kind is AddressKind.EMAIL]
        return sorted(await self.memberships.of(addresses), key=lambda member: member.platform)


@dataclass(frozen=True, slots=True)
class Act:
    """A person and a platform to the membership by which they act for it."""

    list_memberships: ListMemberships

    async def __call__(self, person: Person, platform: str, scope: Scope | None = None) -> Member:
        """Return the membership; of several memberships, by several addresses, the strongest.

        Args:
            scope: What they are about to do; None only to look.

        Raises:
            NotFound: They are no member: whether there is such a platform is not said.
            InsufficientScope: Their role does not allow it.
        """
        found = [member for member in await self.list_memberships(person) if member.platform == platform]
        if not found:
            raise NotFound("there is no such platform")
        strongest = min(found, key=lambda member: _STRONGEST.index(member.role))
        if scope is not None and scope not in SCOPES_OF[strongest.role]:
            raise InsufficientScope(f"as {strongest.role} you may not do this", fix="ask an owner of the platform")
        return strongest
