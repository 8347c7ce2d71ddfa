"""Members of platforms: their addresses encrypted, and found by a keyed digest of each."""

import datetime as dt
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.audit import noted
from gateway.edges.database import EVERYWHERE, Database, Row, Work, instant, micros
from gateway.edges.envelope import Envelope
from gateway.edges.makers import made_by_ended
from gateway.errors import LastOwner
from gateway.records.access import Role
from gateway.records.mailbox import normal
from gateway.records.tenants import Member

_OF = "select id, platform, address, role, created from members where platform = $1 order by created, id"
_PUT = """
insert into members (id, platform, address_hmac, address, role, created) values ($1, $2, $3, $4, $5, $6)
on conflict (platform, address_hmac) do nothing
returning id
"""
_CHANGE = "update members set role = $3 where platform = $1 and id = $2"
_REMOVE = "delete from members where platform = $1 and id = $2"
_FIND = "select id, platform, address, role, created from members where platform = $1 and id = $2"
# Locks the rows on PostgreSQL, so that of two owners who leave at once one stays; SQLite has one writer anyway.
_OWNERS = "update members set role = role where platform = $1 and role = 'owner' returning id"
_WHEREVER = """
select id, platform, address, role, created from members where address_hmac = $1 order by platform
"""


@dataclass(frozen=True, slots=True)
class StoredMembers:
    """The port ``Members``."""

    database: Database
    envelope: Envelope

    async def of(self, platform: str) -> Sequence[Member]:
        """Return every member, oldest first."""
        return [_member_of(row, self.envelope) for row in await self.database.within(platform).fetch(_OF, platform)]

    async def put(self, member: Member, actor: str) -> Member | None:
        """Commit a new member; None, and nothing happens, when the address is a member's already."""
        encrypted = self.envelope.sealed(_place(member.platform, member.id), member.address.encode())
        digest = _digest(self.envelope, member.address)

        def work() -> Work[Member | None]:
            values = member.id, member.platform, digest, encrypted, member.role.value, micros(member.created)
            if not (yield _PUT, values):
                return None
            yield from noted(member.platform, actor, f"member.added as {member.role}", member.id, member.created)
            return member

        return await self.database.within(member.platform).transaction(work)

    async def change(self, platform: str, member_id: str, role: Role, actor: str, at: dt.datetime) -> Member | None:
        """Give a member another role; None when there is no such member.

        Raises:
            LastOwner: Nobody else is an owner.
        """

        def work() -> Work[Member | None]:
            if role is not Role.OWNER:
                yield from _leaving(platform, member_id)
            yield _CHANGE, (platform, member_id, role.value)
            for row in (yield _FIND, (platform, member_id)):
                yield from noted(platform, actor, f"member.made {role}", member_id, at)
                if role is not Role.OWNER:
                    yield from made_by_ended(member_id, actor, at)
                return _member_of(row, self.envelope)
            return None

        return await self.database.within(EVERYWHERE).transaction(work)

    async def remove(self, platform: str, member_id: str, actor: str, at: dt.datetime) -> bool:
        """End a membership; False when there is none.

        Raises:
            LastOwner: Nobody else is an owner.
        """

        def work() -> Work[bool]:
            yield from _leaving(platform, member_id)
            if not (yield _FIND, (platform, member_id)):
                return False
            yield _REMOVE, (platform, member_id)
            yield from noted(platform, actor, "member.removed", member_id, at)
            yield from made_by_ended(member_id, actor, at)
            return True

        return await self.database.within(EVERYWHERE).transaction(work)


@dataclass(frozen=True, slots=True)
class StoredMemberships:
    """The port ``Memberships``."""

    database: Database
    envelope: Envelope

    async def of(self, addresses: Sequence[str]) -> Sequence[Member]:
        """Return the memberships of whoever has these addresses, by platform."""
        database = self.database.within(EVERYWHERE)
        rows = [row for address in addresses for row in await database.fetch(_WHEREVER, self._digest(address))]
        return [_member_of(row, self.envelope) for row in rows]

    def _digest(self, address: str) -> bytes:
        return _digest(self.envelope, address)


def _leaving(platform: str, member_id: str) -> Work[None]:
    owners = {row["id"] for row in (yield _OWNERS, (platform,))}
    if owners == {member_id}:
        raise LastOwner("a platform needs an owner, and this is its last one", fix="make somebody else an owner first")


def _digest(envelope: Envelope, address: str) -> bytes:
    """The same for every platform, so that whoever signs in finds all of theirs."""
    return hmac.digest(envelope.derived("members"), normal(address).encode(), "sha256")


def _place(platform: str, member_id: str) -> str:
    return f"members.address/{platform}/{member_id}"


def _member_of(row: Row, envelope: Envelope) -> Member:
    return Member(
        id=row["id"],
        platform=row["platform"],
        address=envelope.opened(_place(row["platform"], row["id"]), row["address"]).decode(),
        role=Role(row["role"]),
        created=instant(row["created"]),
    )
