"""People who hold badges, as the scenes need them: each scene its own."""

from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.records.holdings import Via
from gateway.records.people import Person
from tests.examples.story import Story
from tests.laundering.sources import Kind
from tests.simulators import people

LEARNER = "learner@example.org"
"""For whom the issuers of the web make their badges."""


async def holder(story: Story, *badges: bytes) -> Person:
    """Somebody who holds these badges; scenes that list what somebody holds play alone."""
    found = await people.person(story.gateway, LEARNER)
    for badge in badges:
        await story.gateway.holdings.hold(badge, found.id, Via.BACKPACK)
    return found


async def bearer(story: Story, person: Person, *scopes: str) -> dict[str, str]:
    """The header of an application that the person allowed this."""
    return {"Authorization": f"Bearer {await people.token(story.gateway, person, *scopes)}"}


def hosted(story: Story) -> bytes:
    """An Assertion of Open Badges 2.0 that its issuer serves."""
    return story.world.sound(Kind.HOSTED)


def decoded(badge: bytes) -> dict[str, Any]:
    """A badge as a member of a body."""
    return dict(msgspec.json.decode(badge))
