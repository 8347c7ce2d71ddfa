"""Scenes of ``open-badges-3.json``: applications read what a person holds, and hand it over."""

import msgspec

from gateway.http.open_badges_3 import scopes
from tests.examples.scene import Asked, Scenes, asked
from tests.examples.scenes.people import bearer, decoded, holder
from tests.examples.story import SAMPLE, Story, said
from tests.gateway.http.open_badges_3.wire import JSON, PROFILE

SCENES = Scenes()
A_PROFILE = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "id": "https://learner.example.org/",
    "type": ["Profile"],
    "name": "A learner",
    "url": "https://learner.example.org/",
}


@SCENES("getServiceDescription")
async def described(story: Story) -> Asked:
    del story
    return asked(external="/ims/ob/v3p0/discovery", shown=("Cache-Control",))


@SCENES("getCredentials", alone=True)
async def listed(story: Story) -> Asked:
    person = await holder(story, SAMPLE)
    headers = await bearer(story, person, scopes.READ)
    return asked({"limit": 10, "offset": 0}, headers=headers, shown=("X-Total-Count", "Link"))


@SCENES("getCredentials", 401, "Without an access token.")
async def listed_to_nobody(story: Story) -> Asked:
    del story
    return asked(shown=("WWW-Authenticate",))


@SCENES("upsertCredential", 201, alone=True)
async def upserted(story: Story) -> Asked:
    person = await holder(story)
    return asked(body=decoded(SAMPLE), headers=await bearer(story, person, scopes.UPSERT, scopes.READ))


@SCENES("getProfile", alone=True)
async def shown(story: Story) -> Asked:
    person = await holder(story)
    writer = await bearer(story, person, scopes.UPDATE_PROFILE)
    said(await story.client.put(PROFILE, content=msgspec.json.encode(A_PROFILE), headers={**JSON, **writer}))
    return asked(headers=await bearer(story, person, scopes.READ_PROFILE))


@SCENES("putProfile", alone=True)
async def put(story: Story) -> Asked:
    person = await holder(story)
    headers = await bearer(story, person, scopes.UPDATE_PROFILE, scopes.READ_PROFILE)
    return asked(body=A_PROFILE, headers=headers)
