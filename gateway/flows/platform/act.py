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
    """A person and a platform to the role in which they act for it."""

    list_memberships: ListMemberships

    async def __call__(self, person: Person, platform: str, scope: Scope | None = None) -> Role:
        """Return the role; of several memberships, by several addresses, the strongest.

        Args:
            scope: What they are about to do; None only to look.

        Raises:
            NotFound: They are no member: whether there is such a platform is not said.
            InsufficientScope: Their role does not allow it.
        """
        roles = {member.role for member in await self.list_memberships(person) if member.platform == platform}
        if not roles:
            raise NotFound("there is no such platform")
        role = next(each for each in _STRONGEST if each in roles)
        if scope is not None and scope not in SCOPES_OF[role]:
            raise InsufficientScope(f"as {role} you may not do this", fix="ask an owner of the platform")
        return role
