"""The members of a platform: list, add, change, remove."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gateway.errors import NotFound, Taken
from gateway.ports import Clock, Platforms
from gateway.ports.tenants import Members
from gateway.records.access import Role
from gateway.records.mailbox import mailbox
from gateway.records.tenants import Member

_NONE = "there is no such member"


@dataclass(frozen=True, slots=True)
class ListMembers:
    """A platform to its members."""

    members: Members

    async def __call__(self, platform: str) -> Sequence[Member]:
        """Return every member, oldest first."""
        return await self.members.of(platform)


@dataclass(frozen=True, slots=True)
class AddMember:
    """An address and a role to a member."""

    clock: Clock
    platforms: Platforms
    members: Members
    new_id: Callable[[], str]

    async def __call__(self, platform: str, address: str, role: Role, actor: str) -> Member:
        """Add somebody; who they are shows when they sign in with that address.

        Raises:
            NotFound: There is no such platform.
            MalformedAddress: Mail cannot be sent there.
            Taken: They are a member already.
        """
        if await self.platforms.find(platform) is None:
            raise NotFound("there is no such platform")
        member = Member(id=self.new_id(), platform=platform, address=mailbox(address), role=role, created=self.clock())
        added = await self.members.put(member, actor)
        if added is None:
            raise Taken("this address is a member's already", fix="change that member's role instead")
        return added


@dataclass(frozen=True, slots=True)
class ChangeMember:
    """A member to the same one in another role."""

    clock: Clock
    members: Members

    async def __call__(self, platform: str, member_id: str, role: Role, actor: str) -> Member:
        """Give somebody another role.

        Raises:
            NotFound: The platform has no such member.
            LastOwner: Nobody else is an owner.
        """
        changed = await self.members.change(platform, member_id, role, actor, self.clock())
        if changed is None:
            raise NotFound(_NONE)
        return changed


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """A membership that ends."""

    clock: Clock
    members: Members

    async def __call__(self, platform: str, member_id: str, actor: str) -> None:
        """Remove somebody.

        Raises:
            NotFound: The platform has no such member.
            LastOwner: Nobody else is an owner.
        """
        if not await self.members.remove(platform, member_id, actor, self.clock()):
            raise NotFound(_NONE)
