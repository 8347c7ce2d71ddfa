"""Links between operations, followed: recorded answers hold their values, and who asks with them finds something."""

import asyncio
from base64 import b64encode
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

NEVER_ALONE = frozenset({"claimBare", "participateInExchange", "verifyWebhook"})
"""Links, by name, that need what no answer holds: a signature of this occasion, or what was sent elsewhere."""

FOLLOWED = [link for link in links() if any(scene.operation == link.source.id for scene in SCENES)]


def valued(expression: str, sent: Sent, body: Any) -> Any:
    """What a runtime expression is worth (OpenAPI 3.1 section 4.8.20.3); UNSET when there is nothing."""
    if expression.startswith(("$request.path.", "$request.query.")):
        return sent.parameters.get(expression.rpartition(".")[2], msgspec.UNSET)
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


def values(taken: dict[str, str], sent: Sent, body: Any) -> dict[str, Any]:
    """What a link takes along, by the name of the parameter or of the member; without what the query did not have."""
    found = {name: valued(expression, sent, body) for name, expression in taken.items()}
    return {
        name: value
        for name, value in found.items()
        if not (value is msgspec.UNSET and taken[name].startswith("$request.query."))
    }


def everything(link: Link) -> dict[str, str]:
    """Parameters and members of the body, with the expressions for their values."""
    return {**link.said.get("parameters", {}), **link.body}


def recorded(operation: Operation, status: str) -> Any:
    """The body of an answer that the document shows, UNSET when it shows none."""
    return operation.came_back(status)[1].get("value", msgspec.UNSET)


def test_what_is_recorded_holds_what_links_take_from_it() -> None:
    seen, empty = set(), []
    for link in FOLLOWED:
        operation = OPERATIONS[link.source.id]
        body = recorded(operation, link.status)
        if body is msgspec.UNSET and everything(link):
            continue
        seen.add(link.source.id)
        found = values(everything(link), operation.sent(), body)
        empty += [
            f"{link.source.id} {link.status} {link.name}: {name}"
            for name, value in found.items()
            if value in NOTHING and link.name not in LED_BY_NOTHING
        ]

    assert empty == []
    assert {link.source.id for link in FOLLOWED} - seen == set()


@pytest.mark.slow
def test_whoever_follows_a_link_is_served_or_is_told_before_when_not() -> None:
    found = asyncio.run(_followed())

    assert [each for each in found if each.said and not each.is_told] == []
    served = {each.link for each in found if not each.said}
    assert {each.link for each in found} - served == NEVER_ALONE


class Followed(msgspec.Struct, frozen=True):
    """A link that was followed.

    Attributes:
        said: The refusal; "" when there was none.
        is_told: Whether the description of the link names the status, and so when to expect it.
    """

    scene: str
    link: str
    said: str
    is_told: bool = False


async def _followed() -> list[Followed]:
    """What came of every link from every scene."""
    async with begun() as story:
        stage = Stage(story)
        return [each for scene in SCENES for each in await _of_scene(stage, scene)]


async def _of_scene(stage: Stage, scene: Scene) -> list[Followed]:
    """Together those that change nothing; each of the others after the story is told once more."""
    mine = [link for link in FOLLOWED if (link.source.id, link.status) == (scene.operation, scene.status)]
    reading = [link for link in mine if link.target and link.target.method == "get"]
    rounds = [reading, *([link] for link in mine if link not in reading)]
    return [found for each in rounds if each for found in await _round(stage, scene, each)]


async def _round(stage: Stage, scene: Scene, links_of_it: list[Link]) -> list[Followed]:
    told_once = OPERATIONS[scene.operation].document == "europass.json"  # a wallet takes the same credential once
    async with stage.world(alone=scene.alone or told_once, first=scene.first) as story:
        story.begin(f"{scene.name} {links_of_it[0].name}")
        asked = await scene.prepare(story)
        operation = OPERATIONS[scene.operation]
        headers = {"Accept": asked.accept, **asked.headers}
        sent = whole(operation, asked.sent) if scene.alone else _anew(whole(operation, asked.sent), links_of_it[0])
        answer = await story.client.send(request(story.client, operation, sent, headers))
        found = [await _follow(story, link, sent, asked, answer) for link in links_of_it]
        return [msgspec.structs.replace(each, scene=scene.name) for each in found]


async def _follow(story: Story, link: Link, sent: Sent, asked: Asked, answer: Response) -> Followed:
    assert link.target is not None
    target, body = OPERATIONS[link.target.id], body_of(answer)
    found = values(everything(link), sent, body)
    missing = [name for name, value in found.items() if value in NOTHING]
    if missing:
        return Followed("", link.name, f"no {', '.join(missing)}", is_told=link.name in LED_BY_NOTHING)
    onward = _next(link, sent, body)
    got = await story.client.send(request(story.client, target, onward, _shown(target, asked, body)))
    said = f"{got.status_code} {got.text[:200]}" if got.is_error else ""
    return Followed("", link.name, said, is_told=str(got.status_code) in link.said["description"])


def _anew(sent: Sent, link: Link) -> Sent:
    """The same as a request of its own, where a key would make it the one before."""
    keys = {name: f"{value}-{link.name}" for name, value in sent.parameters.items() if name == "Idempotency-Key"}
    return msgspec.structs.replace(sent, parameters={**sent.parameters, **keys})


def _next(link: Link, sent: Sent, body: Any) -> Sent:
    """What is sent to whom a link leads to: what it takes along, and the rest as the document shows it."""
    assert link.target is not None
    target = OPERATIONS[link.target.id]
    shown, taken = target.sent(), values(link.body, sent, body)
    further = {name: value for name, value in shown.parameters.items() if _is_needed(target, name)}
    parameters = {**further, **values(link.said.get("parameters", {}), sent, body)}
    content = {**shown.body, **taken} if taken and isinstance(shown.body, dict) else taken or shown.body
    return Sent(parameters=parameters, media_type=shown.media_type, body=content)


def _shown(target: Operation, asked: Asked, body: Any) -> dict[str, str]:
    """What shows who asks: a token that was just got, who asked before, or the platform where that is needed."""
    if target.document == "oauth.json":
        return _shown_by_client(asked, body)
    if isinstance(body, dict) and "access_token" in body:
        return {"Authorization": f"Bearer {body['access_token']}"}
    if "Authorization" in asked.headers:
        return {"Authorization": asked.headers["Authorization"]}
    return BEARER if any("apiKey" in choice for choice in target.said["security"]) else {}


def _shown_by_client(asked: Asked, body: Any) -> dict[str, str]:
    """What shows a client: the secret that it was just given, or what it showed before."""
    for client, secret in (("client_id", "client_secret"), ("clientId", "clientSecret")):
        if isinstance(body, dict) and secret in body:
            pair = f"{body[client]}:{body[secret]}".encode()
            return {"Authorization": f"Basic {b64encode(pair).decode()}"}
    return {name: value for name, value in asked.headers.items() if value.startswith("Basic ")}


def _is_needed(operation: Operation, name: str) -> bool:
    return any(each["name"] == name and each.get("required") for each in operation.parameters)
