"""Scenes of ``gateway.json``: what load balancers and people on call ask, and what everybody may read."""

from tests.examples.scene import Asked, Scenes, asked
from tests.examples.story import Story

SCENES = Scenes()


@SCENES("liveness")
async def alive(story: Story) -> Asked:
    del story
    return asked()


@SCENES("readiness")
async def ready(story: Story) -> Asked:
    del story
    return asked()


@SCENES("contracts")
async def index(story: Story) -> Asked:
    del story
    return asked(external="/openapi")


@SCENES("contract")
async def document(story: Story) -> Asked:
    del story
    return asked(external="/openapi.json")


@SCENES("contractOfSurface")
async def document_of_a_surface(story: Story) -> Asked:
    del story
    return asked({"name": "badge-connect.json"}, external="/openapi/badge-connect.json")


@SCENES("contractOfSurface", 404, "Of a surface that there is not.")
async def no_document(story: Story) -> Asked:
    del story
    return asked({"name": "badges.json"})


@SCENES("listProblemTypes")
async def problems(story: Story) -> Asked:
    del story
    return asked(accept="application/json", external="/problems")


@SCENES("problemType")
async def problem(story: Story) -> Asked:
    del story
    return asked({"code": "insufficient-scope"}, accept="application/json")


@SCENES("problemType", 404, "A code that there is not.")
async def no_problem(story: Story) -> Asked:
    del story
    return asked({"code": "no-such-code"}, accept="application/json")


@SCENES("frontPage")
async def front_page(story: Story) -> Asked:
    del story
    return asked(accept="application/json")


@SCENES("termsOfUse")
async def terms(story: Story) -> Asked:
    del story
    return asked({"lang": "en"}, external="/terms?lang=en")


@SCENES("privacyPolicy")
async def privacy(story: Story) -> Asked:
    del story
    return asked({"lang": "en"}, external="/privacy?lang=en")
