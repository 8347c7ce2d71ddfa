"""What a member made ends with their membership, in whichever tenant it is, and nothing else does."""

import asyncio
import uuid
from hashlib import sha256

import pytest

from gateway.edges.audit import StoredAuditTrail
from gateway.edges.database import Database
from gateway.edges.members import StoredMembers
from gateway.edges.oauth import StoredClients
from gateway.edges.platforms import StoredApiKeys, StoredPlatforms
from gateway.errors import InsufficientScope
from gateway.records import ApiKey, Platform
from gateway.records.access import EVERY_SCOPE, Role
from gateway.records.oauth import Client, ClientAuthentication, GrantType
from gateway.records.tenants import Member, twin_of
from tests.gateway.edges.stores import AT, ENVELOPE

OURS, THEIRS = "ours", "theirs"
ACTOR = "command line"


def member(address: str, platform: str = OURS) -> Member:
    return Member(id=str(uuid.uuid4()), platform=platform, address=address, role=Role.OWNER, created=AT)


def key(platform: str, of: str) -> ApiKey:
    name = str(uuid.uuid4())
    return ApiKey(
        id=name,
        platform=platform,
        prefix="bgk_live_abcd",
        sha256=sha256(name.encode()).digest(),
        created=AT,
        scopes=EVERY_SCOPE,
        made_by="person ann",
        member=of,
    )


def client(platform: str, of: str) -> Client:
    return Client(
        id=str(uuid.uuid4()),
        platform=platform,
        name="a server",
        authentication=ClientAuthentication.BASIC,
        secret_sha256=bytes(32),
        redirect_uris=(),
        grant_types=(GrantType.CLIENT_CREDENTIALS,),
        scopes=("credentials.read",),
        created=AT,
        made_by="person ann",
        member=of,
    )


@pytest.fixture
async def members(database: Database) -> StoredMembers:
    for platform in (OURS, THEIRS):
        await StoredPlatforms(database).make(Platform(id=platform, name=platform, created=AT), ACTOR)
    return StoredMembers(database, ENVELOPE)


@pytest.fixture
async def ann(members: StoredMembers) -> Member:
    for each in (member("bob@example.org"), found := member("ann@example.org")):
        await members.put(each, ACTOR)
    return found


@pytest.mark.parametrize("role", [None, Role.READER])
async def test_it_ends_in_every_tenant_and_is_noted_there(
    database: Database, members: StoredMembers, ann: Member, role: Role | None
) -> None:
    keys, clients = StoredApiKeys(database), StoredClients(database)
    made = [key(platform, ann.id) for platform in (OURS, twin_of(OURS), THEIRS)]
    server, others = client(OURS, ann.id), key(OURS, "")
    for each in (*made, others):
        await keys.make(each, "person ann")
    await clients.add(server, "person ann")

    if role is None:
        assert await members.remove(OURS, ann.id, ACTOR, AT)
    else:
        assert await members.change(OURS, ann.id, role, ACTOR, AT)

    stored = {each.id: each for place in (OURS, twin_of(OURS), THEIRS) for each in await keys.of(place)}
    assert [stored[each.id].revoked for each in made] == [AT] * 3
    assert stored[others.id] == others
    assert await clients.find(server.id) is None
    for place, ended in ((OURS, {made[0].id, server.id}), (twin_of(OURS), {made[1].id}), (THEIRS, {made[2].id})):
        trail = await StoredAuditTrail(database).page(place, "", 20)
        assert {entry.target for entry in trail if entry.action.endswith("with its maker")} == ended


async def test_another_tenant_ends_nothing(database: Database, members: StoredMembers, ann: Member) -> None:
    mine = key(OURS, ann.id)
    await StoredApiKeys(database).make(mine, "person ann")

    assert not await members.remove(THEIRS, ann.id, ACTOR, AT)
    assert await members.change(THEIRS, ann.id, Role.READER, ACTOR, AT) is None

    assert await StoredApiKeys(database).of(OURS) == [mine]


async def test_an_owner_who_stays_one_keeps_everything(database: Database, members: StoredMembers, ann: Member) -> None:
    mine = key(OURS, ann.id)
    await StoredApiKeys(database).make(mine, "person ann")

    assert await members.change(OURS, ann.id, Role.OWNER, ACTOR, AT)

    assert await StoredApiKeys(database).of(OURS) == [mine]


async def test_whatever_is_made_while_somebody_is_removed_nothing_lives_on(
    database: Database, members: StoredMembers, ann: Member
) -> None:
    keys, clients = StoredApiKeys(database), StoredClients(database)
    made = [key(place, ann.id) for place in (OURS, twin_of(OURS)) * 6]
    servers = [client(OURS, ann.id) for _ in range(6)]

    outcomes = await asyncio.gather(
        *(keys.make(each, "person ann") for each in made[:6]),
        *(clients.add(each, "person ann") for each in servers[:3]),
        members.remove(OURS, ann.id, ACTOR, AT),
        *(keys.make(each, "person ann") for each in made[6:]),
        *(clients.add(each, "person ann") for each in servers[3:]),
        return_exceptions=True,
    )

    assert {type(each) for each in outcomes if isinstance(each, BaseException)} <= {InsufficientScope}
    stored = [each for place in (OURS, twin_of(OURS)) for each in await keys.of(place)]
    assert all(each.revoked for each in stored)
    assert [await clients.find(each.id) for each in servers] == [None] * 6
