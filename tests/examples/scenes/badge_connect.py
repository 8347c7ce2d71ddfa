"""Scenes of ``badge-connect.json`` and ``badgr.json``: what a person holds, as Open Badges 2.0."""

from gateway.http.badge_connect.manifest import SCOPES
from tests.examples.scene import Asked, Scenes, asked
from tests.examples.scenes.people import LEARNER, bearer, decoded, holder, hosted
from tests.examples.sending import FORM
from tests.examples.story import Story, said

SCENES = Scenes()


@SCENES("getManifest")
async def manifest(story: Story) -> Asked:
    del story
    return asked(shown=("Cache-Control",))


@SCENES("getManifestImage")
async def picture(story: Story) -> Asked:
    del story
    return asked(external="/.well-known/badgeconnect.png")


@SCENES("getAssertions", alone=True)
async def listed(story: Story) -> Asked:
    person = await holder(story, hosted(story))
    headers = await bearer(story, person, *SCOPES)
    return asked({"limit": 10, "offset": 0}, headers=headers, shown=("X-Total-Count", "Link"))


@SCENES("postAssertion", alone=True)
async def pushed(story: Story) -> Asked:
    person, badge = await holder(story), hosted(story)
    return asked(body={"assertion": decoded(badge)}, headers=await bearer(story, person, *SCOPES))


@SCENES("postAssertion", 401, "Without an access token.")
async def pushed_by_nobody(story: Story) -> Asked:
    return asked(body={"assertion": decoded(hosted(story))}, shown=("WWW-Authenticate",))


@SCENES("getBadgeConnectProfile", alone=True)
async def who(story: Story) -> Asked:
    return asked(headers=await bearer(story, await holder(story), *SCOPES))


@SCENES("postProfile", alone=True)
async def suggested(story: Story) -> Asked:
    headers = await bearer(story, await holder(story), *SCOPES)
    return asked(body={"email": "learner@college.example.org"}, headers=headers)


async def moodle(story: Story, *badges: bytes) -> dict[str, str]:
    """The header of an application that knows a password for applications."""
    password = await password_of(story, *badges)
    got = await story.client.post("/o/token", data={"username": LEARNER, "password": password})
    return {"Authorization": f"Bearer {said(got).json()['access_token']}"}


async def password_of(story: Story, *badges: bytes) -> str:
    """A new password of somebody who holds these badges."""
    person = await holder(story, *badges)
    return await story.gateway.badgr.keep_passwords.made(person.id, "Moodle")


@SCENES("getBackpackToken", alone=True)
async def token(story: Story) -> Asked:
    body = {"username": LEARNER, "password": await password_of(story)}
    return asked(body=body, media_type=FORM)


@SCENES("listBackpackAssertions", alone=True)
async def backpack(story: Story) -> Asked:
    return asked({"offset": 0}, headers=await moodle(story, hosted(story)))


@SCENES("showBackpackAssertion", alone=True)
async def held(story: Story) -> Asked:
    headers = await moodle(story, hosted(story))
    listed = said(await story.client.get("/v2/backpack/assertions", headers=headers)).json()
    return asked({"badge_id": listed["result"][0]["entityId"], "expand": ["badgeclass"]}, headers=headers)


@SCENES("listBackpackCollections", alone=True)
async def collections(story: Story) -> Asked:
    return asked(headers=await moodle(story, hosted(story)))


@SCENES("showBackpackCollection", alone=True)
async def collection(story: Story) -> Asked:
    headers = await moodle(story, hosted(story))
    listed = said(await story.client.get("/v2/backpack/collections", headers=headers)).json()
    return asked({"collection_id": listed["result"][0]["entityId"]}, headers=headers)


@SCENES("importBadge", 201, alone=True)
async def imported(story: Story) -> Asked:
    headers = await moodle(story)
    return asked(body={"assertion": decoded(hosted(story))}, headers=headers)
