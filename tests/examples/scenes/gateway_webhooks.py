"""Scenes of ``gateway.json``: endpoints that are told what happens."""

from typing import Any  # Any: members of JSON documents

from gateway.flows.webhooks.messages import challenge
from tests.examples.scene import NOBODY, Asked, Scenes, by_platform
from tests.examples.story import BEARER, Story, said

SCENES = Scenes()
WEBHOOKS = "/v1/webhooks"
WANTED = {"url": "https://lms.example.org/badges", "kinds": ["credential.revoked"], "description": "Learning platform"}


async def registered(story: Story) -> dict[str, Any]:
    """The parameter that names an endpoint, which nobody has verified."""
    return {"webhook_id": (await story.post(WEBHOOKS, json=WANTED))["webhook"]["id"]}


async def code(story: Story, webhook_id: str) -> str:
    """What the endpoint was sent to show that it wants events."""
    verify = story.gateway.webhooks.verify_webhook
    webhook = await verify.webhooks.find(story.caller.platform, webhook_id)
    assert webhook is not None
    return challenge(verify.secret, webhook)


async def active(story: Story) -> dict[str, Any]:
    """The parameter that names an endpoint to which events flow."""
    named = await registered(story)
    shown = {"code": await code(story, named["webhook_id"])}
    await story.post(f"{WEBHOOKS}/{named['webhook_id']}/verification", json=shown)
    return named


@SCENES("createWebhook", 201)
async def made(story: Story) -> Asked:
    del story
    return by_platform({"Idempotency-Key": "endpoint-of-the-lms"}, WANTED)


@SCENES("createWebhook", 422, "An address that nothing is ever sent to.")
async def made_inside(story: Story) -> Asked:
    del story
    return by_platform(body={"url": "https://127.0.0.1/badges"})


@SCENES("listWebhooks", alone=True)
async def listed(story: Story) -> Asked:
    await active(story)
    return by_platform()


@SCENES("showWebhook")
async def shown(story: Story) -> Asked:
    return by_platform(await registered(story))


@SCENES("showWebhook", 404, "An endpoint that there is not, or that is another platform's.")
async def not_shown(story: Story) -> Asked:
    del story
    return by_platform({"webhook_id": NOBODY})


@SCENES("changeWebhook")
async def changed(story: Story) -> Asked:
    change = {"kinds": ["credential.revoked", "credential.suspended"], "description": "Learning platform, second floor"}
    return by_platform(await active(story), change)


@SCENES("removeWebhook", 204)
async def removed(story: Story) -> Asked:
    return by_platform(await registered(story))


@SCENES("rotateWebhookSecret", 201)
async def rotated(story: Story) -> Asked:
    named = await active(story)
    return by_platform({**named, "Idempotency-Key": "secret-2"}, {"overlapHours": 24})


@SCENES("challengeWebhook", 202)
async def challenged(story: Story) -> Asked:
    return by_platform({**await registered(story), "Idempotency-Key": "again-1"})


@SCENES("verifyWebhook")
async def verified(story: Story) -> Asked:
    named = await registered(story)
    return by_platform(named, {"code": await code(story, named["webhook_id"])})


@SCENES("verifyWebhook", 422, "Another code than the one that was sent.")
async def not_verified(story: Story) -> Asked:
    return by_platform(await registered(story), {"code": "guessed"})


@SCENES("disableWebhook")
async def disabled(story: Story) -> Asked:
    return by_platform(await active(story))


@SCENES("testWebhook", 202)
async def tried(story: Story) -> Asked:
    return by_platform({**await active(story), "Idempotency-Key": "try-1"})


@SCENES("testWebhook", 409, "An endpoint that nobody has verified yet.")
async def tried_too_early(story: Story) -> Asked:
    return by_platform(await registered(story))


@SCENES("listDeliveries", alone=True)
async def deliveries(story: Story) -> Asked:
    named = await active(story)
    story.clock.advance(minutes=5)
    await story.post(f"{WEBHOOKS}/{named['webhook_id']}/test")
    return by_platform({**named, "limit": 1})


@SCENES("replayDelivery", 202)
async def replayed(story: Story) -> Asked:
    named = await active(story)
    path = f"{WEBHOOKS}/{named['webhook_id']}"
    made = await story.post(f"{path}/test")
    return by_platform({**named, "delivery_id": made["id"], "Idempotency-Key": "replay-1"})


@SCENES("replaySince", 202, alone=True)
async def replayed_since(story: Story) -> Asked:
    named = await active(story)
    await story.post(f"/v1/credentials/{story.record['id']}/revoke", json={"reason": "Awarded twice by mistake"})
    since = {"since": "2026-08-31T12:00:00Z", "delivered": False}
    return by_platform({**named, "Idempotency-Key": "replay-day"}, since)


@SCENES("replaySince", 409, "An endpoint that was disabled.")
async def replayed_to_nobody(story: Story) -> Asked:
    named = await active(story)
    said(await story.client.post(f"{WEBHOOKS}/{named['webhook_id']}/disable", headers=BEARER))
    return by_platform(named, {"since": "2026-08-31T12:00:00Z"})
