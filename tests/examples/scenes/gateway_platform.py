"""Scenes of ``gateway.json``: who a platform is, who may act for it, and its keys."""

from typing import Any  # Any: members of JSON documents

from gateway.records.access import Scope
from tests.examples.scene import NOBODY, Asked, Scenes, asked, by_platform
from tests.examples.story import Story

SCENES = Scenes()
OWNER = {"address": "owner@example.org", "role": "owner"}
TEACHER = {"address": "teacher@example.org", "role": "issuer"}
REGISTRY = {"name": "Registry", "scopes": ["credentials.read"], "expires": "2027-09-01T12:00:00Z"}
SHOP = {"name": "Course shop", "scopes": ["credentials.read", "credentials.issue"]}


@SCENES("showPlatform", alone=True)
async def platform(story: Story) -> Asked:
    del story
    return by_platform()


@SCENES("changePlatform", alone=True)
async def changed(story: Story) -> Asked:
    del story
    change = {
        "name": "Example Academy of Bicycles",
        "url": "https://academy.example.org",
        "policy": {"refuses": ["https://mill.example"]},
    }
    return by_platform(body=change)


@SCENES("changePlatform", 403, "A limit that was lowered, raised again.", alone=True)
async def raised(story: Story) -> Asked:
    await story.patch("/v1/platform", json={"limits": {"issuedPerDay": 100}})
    return by_platform(body={"limits": {"issuedPerDay": 200}})


@SCENES("listMembers", alone=True)
async def members(story: Story) -> Asked:
    await story.post("/v1/platform/members", json=OWNER)
    story.clock.advance(days=1)
    await story.post("/v1/platform/members", json=TEACHER)
    return by_platform()


@SCENES("addMember", 201, alone=True)
async def added(story: Story) -> Asked:
    await story.post("/v1/platform/members", json=OWNER)
    return by_platform({"Idempotency-Key": "teacher-1"}, TEACHER)


async def teacher(story: Story) -> dict[str, Any]:
    """The parameter that names a member, who is not the only one."""
    await story.post("/v1/platform/members", json=OWNER)
    return {"member_id": (await story.post("/v1/platform/members", json=TEACHER))["id"]}


@SCENES("changeMember", alone=True)
async def promoted(story: Story) -> Asked:
    return by_platform(await teacher(story), {"role": "owner"})


@SCENES("changeMember", 400, "Into a role that there is not.", alone=True)
async def promoted_to_nothing(story: Story) -> Asked:
    return by_platform(await teacher(story), {"role": "headmaster"})


@SCENES("removeMember", 204, alone=True)
async def removed(story: Story) -> Asked:
    return by_platform(await teacher(story))


@SCENES("removeMember", 404, "A member that there is not.")
async def nobody_removed(story: Story) -> Asked:
    del story
    return by_platform({"member_id": NOBODY})


@SCENES("listApiKeys", alone=True)
async def keys(story: Story) -> Asked:
    await story.used()
    story.clock.advance(minutes=5)
    await story.post("/v1/platform/keys", json=REGISTRY)
    await story.used()
    return by_platform()


@SCENES("makeApiKey", 201)
async def key_made(story: Story) -> Asked:
    del story
    return by_platform({"Idempotency-Key": "key-of-the-registry"}, REGISTRY)


@SCENES("makeApiKey", 403, "With a scope that the key which asks does not have.")
async def key_of_more(story: Story) -> Asked:
    headers = await story.key(Scope.PLATFORM_MANAGE)
    return asked(body={"name": "More", "scopes": ["credentials.issue"]}, headers=headers)


@SCENES("makeApiKey", 422, "With an end that is over.")
async def key_that_ended(story: Story) -> Asked:
    del story
    return by_platform(body={**REGISTRY, "expires": "2026-08-31T12:00:00Z"})


@SCENES("revokeApiKey", 204)
async def key_revoked(story: Story) -> Asked:
    return by_platform({"key_id": (await story.post("/v1/platform/keys", json=REGISTRY))["id"]})


@SCENES("revokeApiKey", 404, "A key that there is not.")
async def no_key_revoked(story: Story) -> Asked:
    del story
    return by_platform({"key_id": NOBODY})


@SCENES("listSigningKeys", alone=True)
async def signing_keys(story: Story) -> Asked:
    del story
    return by_platform()


@SCENES("rotateSigningKey", 201, alone=True)
async def rotated(story: Story) -> Asked:
    story.clock.advance(days=1)
    return by_platform({"Idempotency-Key": "rotation-2026"}, {"purpose": "assertion", "algorithm": "EdDSA"})


@SCENES("rotateSigningKey", 422, "An algorithm that keys of this purpose do not have.")
async def not_rotated(story: Story) -> Asked:
    del story
    return by_platform(body={"purpose": "seal", "algorithm": "EdDSA"})


@SCENES("listClients", alone=True)
async def clients(story: Story) -> Asked:
    await story.post("/v1/platform/clients", json=SHOP)
    return by_platform()


@SCENES("makeClient", 201)
async def client_made(story: Story) -> Asked:
    del story
    return by_platform({"Idempotency-Key": "client-of-the-shop"}, SHOP)


@SCENES("revokeClient", 204)
async def client_revoked(story: Story) -> Asked:
    return by_platform({"client_id": (await story.post("/v1/platform/clients", json=SHOP))["clientId"]})
