"""Scenes of ``gateway.json``: what load balancers and people on call ask."""

from tests.examples.scene import Asked, Scenes, asked
from tests.examples.story import Story

SCENES = Scenes()


@SCENES("liveness")
async def alive(story: Story) -> Asked:
    del story
    return asked()
