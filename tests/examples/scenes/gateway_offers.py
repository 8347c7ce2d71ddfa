"""Scenes of ``gateway.json``: credentials offered to wallets."""

from typing import Any  # Any: members of JSON documents

from gateway.records.offers import Configuration
from tests.examples.scene import NOBODY, Asked, Scenes, by_platform
from tests.examples.story import Story

SCENES = Scenes()


async def offered(story: Story, **wish: Any) -> dict[str, Any]:
    """An offer of a badge that the platform awarded."""
    record = await story.awarded()
    made = await story.post("/v1/offers", json={"credential": record["id"], **wish})
    return dict(made["offer"])


@SCENES("makeOffer", 201)
async def made(story: Story) -> Asked:
    record = await story.awarded()
    offer = {"credential": record["id"], "claiming": "code", "expires": "2026-09-15T12:00:00Z"}
    return by_platform({"Idempotency-Key": "offer-4711"}, offer)


@SCENES("makeOffer", 404, "Of a credential that there is not, or that is another platform's.")
async def not_made(story: Story) -> Asked:
    del story
    return by_platform(body={"credential": NOBODY})


@SCENES("makeOffer", 422, "With an end that is over.")
async def over(story: Story) -> Asked:
    record = await story.awarded()
    return by_platform(body={"credential": record["id"], "expires": "2026-08-31T12:00:00Z"})


@SCENES("listOffers")
async def listed(story: Story) -> Asked:
    offer = await offered(story)
    return by_platform({"credential": offer["credential"]})


@SCENES("showOffer")
async def shown(story: Story) -> Asked:
    return by_platform({"offer_id": (await offered(story))["id"]})


@SCENES("withdrawOffer", 204)
async def withdrawn(story: Story) -> Asked:
    return by_platform({"offer_id": (await offered(story))["id"]})


@SCENES("withdrawOffer", 409, "An offer that was claimed.")
async def claimed(story: Story) -> Asked:
    offer = await offered(story)
    claim = story.gateway.offers.claim
    await claim.claims.settle(await claim.open(offer["id"]), Configuration.BADGE, ("a holder",), story.clock())
    return by_platform({"offer_id": offer["id"]})
