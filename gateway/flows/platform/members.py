"""The members of a platform: list, add, change, remove."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gateway.errors import NotFound, Taken
from gateway.flows.convert import Caller
from gateway.flows.platform.giving import require_end, require_scopes
from gateway.ports import Clock, Platforms
from gateway.ports.tenants import Members
from gateway.records.access import SCOPES_OF, Role
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

    async def __call__(
        self, platform: str, address: str, role: Role, actor: str, *, maker: Caller | None = None
    ) -> Member:
        """Add somebody; who they are shows when they sign in with that address.

        Args:
            maker: Whose rights the role may not exceed; None where somebody may give everything.

        Raises:
            NotFound: There is no such platform.
            InsufficientScope: The role has a scope that the maker lacks.
            OutlivesMaker: The maker ends some day, which a membership does not.
            MalformedAddress: Mail cannot be sent there.
            Taken: They are a member already.
        """
        if await self.platforms.find(platform) is None:
            raise NotFound("there is no such platform")
        require_scopes(maker, SCOPES_OF[role], "a member", "/role")
        require_end(maker, None, "a membership")
        member = Member(id=self.new_id(), platform=platform, address=mailbox(address), role=role, created=self.clock())
        added = await self.members.put(member, actor)
        if added is None:
            raise Taken(
                "this address is a member's already", pointer="/address", fix="change that member's role instead"
            )
        return added


@dataclass(frozen=True, slots=True)
class ChangeMember:
    """A member to the same one in another role."""

    clock: Clock
    members: Members

    async def __call__(
        self, platform: str, member_id: str, role: Role, actor: str, *, maker: Caller | None = None
    ) -> Member:
        """Give somebody another role; who was an owner loses the keys and clients that they made.

        Args:
            maker: Whose rights neither role may exceed: a weak key takes no rights from those who watch over it.

        Raises:
            NotFound: The platform has no such member.
            LastOwner: Nobody else is an owner.
            InsufficientScope: One of the roles has a scope that the maker lacks.
            OutlivesMaker: They would get more rights from a maker that ends some day.
        """
        if maker is not None:
            before = await _role(self.members, platform, member_id)
            require_scopes(maker, SCOPES_OF[before] | SCOPES_OF[role], "a member", "/role")
            if not SCOPES_OF[role] <= SCOPES_OF[before]:
                require_end(maker, None, "a membership")
        changed = await self.members.change(platform, member_id, role, actor, self.clock())
        if changed is None:
            raise NotFound(_NONE)
        return changed


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """A membership that ends."""

    clock: Clock
    members: Members

    async def __call__(self, platform: str, member_id: str, actor: str, *, maker: Caller | None = None) -> None:
        """Remove somebody, with the keys and clients that they made.

        Args:
            maker: Whose rights theirs may not exceed.

        Raises:
            NotFound: The platform has no such member.
            LastOwner: Nobody else is an owner.
            InsufficientScope: Their role has a scope that the maker lacks.
        """
        if maker is not None:
            require_scopes(maker, SCOPES_OF[await _role(self.members, platform, member_id)], "a member", "")
        if not await self.members.remove(platform, member_id, actor, self.clock()):
            raise NotFound(_NONE)


async def _role(members: Members, platform: str, member_id: str) -> Role:
    for member in await members.of(platform):
        if member.id == member_id:
            return member.role
    raise NotFound(_NONE)
