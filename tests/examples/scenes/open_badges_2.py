"""Scenes of ``open-badges-2.json``: what a verifier follows from an Assertion."""

from typing import Any  # Any: members of JSON documents

from tests.examples.scene import NOBODY, Asked, Scenes, asked
from tests.examples.story import BEARER, Story, said

SCENES = Scenes()
PLATFORM = {"platform": "default"}


def name_of(address: str) -> dict[str, str]:
    """The parameters that name a page."""
    return {**PLATFORM, "name": address.rpartition("/")[2]}


def assertion(record: dict[str, Any]) -> dict[str, Any]:
    """The form of a record in Open Badges 2.0."""
    [found] = [form for form in record["forms"] if form["format"] == "open-badges-2"]
    return dict(found)


@SCENES("issuedForm")
async def issued(story: Story) -> Asked:
    return asked(name_of(assertion(story.record)["url"]), accept="application/ld+json", shown=("Cache-Control",))


@SCENES("issuedForm", 404, "Of another id.")
async def not_issued(story: Story) -> Asked:
    del story
    return asked({**PLATFORM, "name": NOBODY})


@SCENES("issuedForm", 410, "An Assertion that was revoked.")
async def revoked(story: Story) -> Asked:
    record = await story.awarded("open-badges-2", recipient={"email": "revoked@example.org"})
    await story.post(f"/v1/credentials/{record['id']}/revoke", json={"reason": "Awarded twice by mistake"})
    return asked(name_of(assertion(record)["url"]), accept="application/ld+json")


@SCENES("badgeClass")
async def badge_class(story: Story) -> Asked:
    return asked(name_of(assertion(story.record)["links"]["badge"]))


@SCENES("issuerProfile")
async def issuer(story: Story) -> Asked:
    del story
    return asked(PLATFORM)


@SCENES("signingKey")
async def key(story: Story) -> Asked:
    keys = said(await story.client.get("/v1/platform/signing-keys", headers=BEARER)).json()["keys"]
    return asked({**PLATFORM, "name": next(each["id"] for each in keys if each["purpose"] == "assertion")})


@SCENES("revocationList", alone=True)
async def revocations(story: Story) -> Asked:
    del story
    return asked(PLATFORM)
