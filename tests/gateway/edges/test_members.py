"""Members of platforms: one per address, encrypted, and never without an owner."""

import asyncio

import pytest

from gateway.edges.database import Database
from gateway.edges.members import StoredMembers, StoredMemberships
from gateway.edges.platforms import StoredPlatforms
from gateway.errors import LastOwner
from gateway.records import Platform
from gateway.records.access import Role
from gateway.records.tenants import Member
from tests.gateway.edges.stores import AT, ENVELOPE, dumped


@pytest.fixture
async def members(database: Database) -> StoredMembers:
    """Members of two platforms that are there."""
    for platform in ("default", "other"):
        await StoredPlatforms(database).ensure(Platform(id=platform, name=platform))
    return StoredMembers(database, ENVELOPE)


def member(number: int, role: Role = Role.OWNER, address: str = "", platform: str = "default") -> Member:
    shown = address or f"member-{number}@example.org"
    return Member(id=f"{platform}-{number}", platform=platform, address=shown, role=role, created=AT)


async def test_an_address_is_a_member_once(members: StoredMembers) -> None:
    added = await members.put(member(1), "command line")

    again = await members.put(member(2, address="Member-1@EXAMPLE.org"), "command line")

    assert (added, again) == (member(1), None)
    assert await members.of("default") == [member(1)]


async def test_an_address_is_nowhere_in_plain(members: StoredMembers) -> None:
    await members.put(member(1), "command line")

    written = await dumped(members.database, "members", "audit")

    assert b"member-1" not in written


async def test_a_person_finds_the_platforms_of_all_their_addresses(members: StoredMembers) -> None:
    await members.put(member(1, address="me@example.org"), "command line")
    await members.put(member(1, Role.READER, "me@work.example", "other"), "command line")
    await members.put(member(2), "command line")

    found = await StoredMemberships(members.database, ENVELOPE).of(["ME@example.org", "me@work.example"])

    assert [(each.platform, each.role) for each in found] == [("default", Role.OWNER), ("other", Role.READER)]


async def test_a_member_of_another_platform_is_out_of_reach(members: StoredMembers) -> None:
    await members.put(member(1), "command line")

    assert await members.change("other", "default-1", Role.READER, "key 1", AT) is None
    assert not await members.remove("other", "default-1", "key 1", AT)

    assert await members.of("default") == [member(1)]


async def test_the_last_owner_stays_one(members: StoredMembers) -> None:
    await members.put(member(1), "command line")
    await members.put(member(2, Role.ISSUER), "command line")

    with pytest.raises(LastOwner):
        await members.remove("default", "default-1", "key 1", AT)
    with pytest.raises(LastOwner):
        await members.change("default", "default-1", Role.READER, "key 1", AT)

    assert [each.role for each in await members.of("default")] == [Role.OWNER, Role.ISSUER]


async def test_of_all_owners_who_leave_at_once_one_stays(members: StoredMembers) -> None:
    for number in range(10):
        await members.put(member(number), "command line")

    left = await asyncio.gather(
        *(members.remove("default", f"default-{number}", "key 1", AT) for number in range(10)), return_exceptions=True
    )

    assert sorted(map(str, left)).count("True") == 9
    assert len(await members.of("default")) == 1
