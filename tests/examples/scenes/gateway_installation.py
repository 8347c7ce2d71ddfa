"""Scenes of ``gateway.json``: every platform, for whoever runs the gateway."""

from gateway.records.access import Scope
from tests.examples.scene import Asked, Scenes, asked, by_platform
from tests.examples.story import Story

SCENES = Scenes()
ACADEMY = {"id": "academy", "name": "Second Example Academy"}
FIRST = {"name": "The first key", "scopes": ["credentials.read", "credentials.issue", "platform.manage"]}


async def operator(story: Story, *, academy: bool = True) -> dict[str, str]:
    """The header with a key that manages the installation; there is another platform."""
    header = await story.key(Scope.INSTALLATION_MANAGE)
    if academy:
        answer = await story.client.post("/v1/platforms", json=ACADEMY, headers=header)
        assert answer.status_code == 201, answer.text
    return header


@SCENES("listPlatforms", alone=True)
async def platforms(story: Story) -> Asked:
    return asked(headers=await operator(story))


@SCENES("makePlatform", 201, alone=True)
async def made(story: Story) -> Asked:
    return asked({"Idempotency-Key": "academy"}, ACADEMY, headers=await operator(story, academy=False))


@SCENES("makePlatform", 403, "With an API key that may not manage the installation.")
async def made_by_a_platform(story: Story) -> Asked:
    del story
    return by_platform(body=ACADEMY)


@SCENES("makePlatform", 409, "With an id that was given before.", alone=True)
async def made_twice(story: Story) -> Asked:
    return asked(body=ACADEMY, headers=await operator(story))


@SCENES("showTenant", alone=True)
async def shown(story: Story) -> Asked:
    return asked({"tenant": "academy"}, headers=await operator(story))


@SCENES("showTenant", 404, "A platform that there is not.")
async def not_shown(story: Story) -> Asked:
    return asked({"tenant": "nobody"}, headers=await operator(story, academy=False))


@SCENES("changeTenant", alone=True)
async def changed(story: Story) -> Asked:
    limits = {"requestsPerMinute": 1000, "issuedPerDay": 500}
    return asked({"tenant": "academy"}, {"limits": limits}, headers=await operator(story))


@SCENES("makeTenantKey", 201, alone=True)
async def key_made(story: Story) -> Asked:
    parameters = {"tenant": "academy", "Idempotency-Key": "first-key-of-academy"}
    return asked(parameters, FIRST, headers=await operator(story))
