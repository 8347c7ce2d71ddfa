"""Links between operations, followed: recorded answers hold their values, and who asks with them finds something."""

import asyncio
from typing import Any  # Any: parts of documents

import msgspec
import pytest
from httpx import Response

from gateway.http.examples.recorded import Sent
from tests.examples.playing import body_of, whole
from tests.examples.published import OPERATIONS, Operation
from tests.examples.scene import Asked, Scene
from tests.examples.scenes import SCENES
from tests.examples.sending import request
from tests.examples.story import BEARER, Stage, Story, begun
from tests.gateway.http.contract.walking import Link, links

NOTHING = ("", None, msgspec.UNSET)

LED_BY_NOTHING = frozenset({"next", "refresh"})
"""Links, by name, whose value may be missing: at the end of what there is, and where there is no refresh token."""

NOT_THERE = frozenset({("makeOffer", "getExchange")})
"""Links that lead somewhere only under a condition that their description names, and that the scene does not meet."""

FOLLOWED = [link for link in links() if any(scene.operation == link.source.id for scene in SCENES)]


def valued(expression: str, sent: Sent, body: Any) -> Any:
    """What a runtime expression is worth (OpenAPI 3.1 section 4.8.20.3); UNSET when there is nothing."""
    if expression.startswith("$request.path."):
        return sent.parameters[expression.removeprefix("$request.path.")]
    where, is_pointer, pointer = expression.partition("#")
    if not is_pointer:
        return expression
    found = {"$request.body": sent.body, "$response.body": body}[where]
    for name in filter(None, pointer.split("/")):
        if isinstance(found, list):
            found = found[int(name)] if int(name) < len(found) else msgspec.UNSET
        else:
            found = found.get(name, msgspec.UNSET) if isinstance(found, dict) else msgspec.UNSET
    return found


def values(link: Link, sent: Sent, body: Any) -> dict[str, Any]:
    """What a link takes along, by the name of the parameter or of the member."""
    taken = {**link.said.get("parameters", {}), **link.said.get("requestBody", {})}
    return {name: valued(expression, sent, body) for name, expression in taken.items()}


def recorded(operation: Operation, status: str) -> Any:
    """The body of an answer that the document shows, UNSET when it shows none."""
    return operation.came_back(status)[1].get("value", msgspec.UNSET)


def test_what_is_recorded_holds_what_links_take_from_it() -> None:
    seen, empty = set(), []
    for link in FOLLOWED:
        operation = OPERATIONS[link.source.id]
        body = recorded(operation, link.status)
        if body is msgspec.UNSET and link.said.get("parameters", link.said.get("requestBody")):
            continue
        seen.add(link.source.id)
        found = values(link, operation.sent(), body)
        empty += [
            f"{link.source.id} {link.status} {link.name}: {name}"
            for name, value in found.items()
            if value in NOTHING and link.name not in LED_BY_NOTHING
        ]

    assert empty == []
    assert {link.source.id for link in FOLLOWED} - seen == set()


@pytest.mark.slow
def test_whoever_follows_a_link_finds_something() -> None:
    assert asyncio.run(_followed()) == []


async def _followed() -> list[str]:
    """Links from every scene that lead to a GET, and were not answered as is said of them."""
    async with begun() as story:
        stage = Stage(story)
        return [said for scene in SCENES for said in await _of_scene(stage, scene)]


async def _of_scene(stage: Stage, scene: Scene) -> list[str]:
    mine = [link for link in FOLLOWED if (link.source.id, link.status) == (scene.operation, scene.status)]
    if not mine:
        return []
    async with stage.world(alone=scene.alone, first=scene.first) as story:
        story.begin(scene.name)
        asked = await scene.prepare(story)
        operation = OPERATIONS[scene.operation]
        headers = {"Accept": asked.accept, **asked.headers}
        sent = whole(operation, asked.sent)
        answer = await story.client.send(request(story.client, operation, sent, headers))
        refused = [(link, await _refused(story, link, asked, answer)) for link in mine]
        return [f"{scene.name} {link.name}: {said}" for link, said in refused if said]


async def _refused(story: Story, link: Link, asked: Asked, answer: Response) -> str:
    assert link.target is not None
    target = OPERATIONS[link.target.id]
    found = values(link, asked.sent, body_of(answer))
    missing = [name for name, value in found.items() if value in NOTHING]
    if missing:
        return "" if link.name in LED_BY_NOTHING else f"there is no {', '.join(missing)}"
    if target.method != "GET":
        return ""
    headers = _shown(target, asked, body_of(answer))
    further = {name: value for name, value in target.sent().parameters.items() if _is_needed(target, name)}
    got = await story.client.send(request(story.client, target, Sent(parameters={**further, **found}), headers))
    if got.is_error == ((link.source.id, link.name) in NOT_THERE):
        return ""
    return f"{got.status_code} {got.text[:200]}"


def _shown(target: Operation, asked: Asked, body: Any) -> dict[str, str]:
    """What shows who asks: a token that was just got, who asked before, or the platform where that is needed."""
    if isinstance(body, dict) and "access_token" in body:
        return {"Authorization": f"Bearer {body['access_token']}"}
    if "Authorization" in asked.headers:
        return {"Authorization": asked.headers["Authorization"]}
    return BEARER if any("apiKey" in choice for choice in target.said["security"]) else {}


def _is_needed(operation: Operation, name: str) -> bool:
    return any(each["name"] == name and each.get("required") for each in operation.parameters)
