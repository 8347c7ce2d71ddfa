"""Scenes of ``gateway.json``: what integrators try their programs out with, by the twin of the platform."""

from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.flows.platform.keys import Wish
from gateway.records.access import EVERY_SCOPE
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.examples.scene import NOBODY, Asked, Scenes, asked, by_platform
from tests.examples.story import Story, said

SCENES = Scenes()
FIXTURE = "ob3-data-integrity-revoked"
ECHOES = "/v1/test/webhook-echo"
BEHAVIOUR = {"behaviour": "revoked", "fixture": "ob3-data-integrity-valid", "lastsSeconds": 3600}
TIME = {"time": "2098-06-01T00:00:00Z"}


async def twin(story: Story) -> dict[str, str]:
    """The header with a test key."""
    wish = Wish(name="Integration", scopes=EVERY_SCOPE)
    made = await story.gateway.tenancy.make_key(twin_of(DEFAULT_PLATFORM), wish, "an owner")
    return {"Authorization": f"Bearer {made.text}"}


async def by_twin(story: Story, parameters: dict[str, Any] | None = None, body: Any = msgspec.UNSET) -> Asked:
    """A request with a test key."""
    return asked(parameters, body, headers=await twin(story))


async def echo(story: Story) -> dict[str, str]:
    """The parameter that names a receiving address."""
    made = said(await story.client.post(ECHOES, headers=await twin(story), json={}))
    return {"echo_id": made.json()["id"]}


@SCENES("listFixtures")
async def fixtures(story: Story) -> Asked:
    return await by_twin(story, {"format": "open-badges-2", "flaw": "valid"})


@SCENES("listFixtures", 403, "With a live key.")
async def fixtures_for_a_live_key(story: Story) -> Asked:
    del story
    return by_platform()


@SCENES("fetchFixture")
async def fixture(story: Story) -> Asked:
    return await by_twin(story, {"name": FIXTURE})


@SCENES("fetchFixture", 404, "One that there is not.")
async def no_fixture(story: Story) -> Asked:
    return await by_twin(story, {"name": "ob3-data-integrity-forgotten"})


@SCENES("showUpstream", alone=True)
async def upstream(story: Story) -> Asked:
    headers = await twin(story)
    said(await story.client.put("/v1/test/upstream", headers=headers, json=BEHAVIOUR))
    return asked(headers=headers)


@SCENES("setUpstream", alone=True)
async def behaving(story: Story) -> Asked:
    return await by_twin(story, body=BEHAVIOUR)


@SCENES("resetUpstream", 204, alone=True)
async def sound_again(story: Story) -> Asked:
    return await by_twin(story)


@SCENES("showTestClock", alone=True)
async def time(story: Story) -> Asked:
    headers = await twin(story)
    said(await story.client.put("/v1/test/clock", headers=headers, json=TIME))
    return asked(headers=headers)


@SCENES("setTestClock", alone=True)
async def travelled(story: Story) -> Asked:
    return await by_twin(story, body=TIME)


@SCENES("resetTestClock", 204, alone=True)
async def back(story: Story) -> Asked:
    return await by_twin(story)


@SCENES("makeEcho", 201)
async def made_echo(story: Story) -> Asked:
    return await by_twin(story, {"Idempotency-Key": "receiver"}, {"answer": "ok"})


@SCENES("showEcho")
async def shown_echo(story: Story) -> Asked:
    return await by_twin(story, await echo(story))


@SCENES("showEcho", 404, "One that there is not, or that is another platform's.")
async def no_echo(story: Story) -> Asked:
    return await by_twin(story, {"echo_id": NOBODY})


@SCENES("changeEcho")
async def otherwise(story: Story) -> Asked:
    return await by_twin(story, await echo(story), {"answer": "gone"})
