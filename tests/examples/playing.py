"""A scene played: prepared, the request of the published document sent, and what came back."""

from base64 import b64encode
from typing import Any  # Any: bodies in JSON

import msgspec
from httpx import Response

from gateway.http.contract.exemplary import MULTIPART, as_texts, is_binary, valued
from gateway.http.examples.recorded import CameBack, Sent
from tests.examples.masks import differences, overlaid
from tests.examples.published import Operation
from tests.examples.scene import Asked, Scene
from tests.examples.sending import request
from tests.examples.story import Stage
from tests.gateway.http.promised import is_json


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, and what was answered.

    Attributes:
        sent: The request itself, with what lives in this world.
        there: What is served where the document says that the body can be read.
    """

    asked: Asked
    sent: Sent
    answer: Response
    there: bytes


async def played(stage: Stage, scene: Scene, operation: Operation, *, as_published: bool) -> Played:
    """Play a scene.

    Args:
        as_published: Send the request that the document shows, with what is live in the place of what is masked;
            else the scene's own, as for the first time and for every answer that is not to the request that is shown.

    Raises:
        AssertionError: The document shows another request, or promises another answer (tests/gateway/http/promised.py).
    """
    async with stage.world(alone=scene.alone, first=scene.first) as story:
        story.begin(scene.name)
        asked = await scene.prepare(story)
        sent = whole(operation, asked.sent)
        if as_published:
            sent = _live(operation.sent(asked.sent.shared), sent)
        headers = {"Accept": asked.accept, **asked.headers}
        answer = await story.client.send(request(story.client, operation, sent, headers), follow_redirects=False)
        there = await story.client.get(asked.external) if asked.external else answer
        return Played(asked=asked, sent=sent, answer=answer, there=there.content)


def whole(operation: Operation, sent: Sent) -> Sent:
    """A request as documents show it, with its body, when that is one that several operations take."""
    named = {each["name"]: each for each in operation.parameters}
    parameters = {name: valued(named[name], value) for name, value in sent.parameters.items()}
    shared = operation.sent(sent.shared) if sent.shared else sent
    body = as_texts(shared.body) if shared.media_type == MULTIPART else shared.body
    return Sent(parameters=parameters, media_type=shared.media_type, body=body)


def _live(shown: Sent, live: Sent) -> Sent:
    published, wanted = msgspec.to_builtins(shown), msgspec.to_builtins(live)
    found = differences(published, wanted)
    assert not found, f"the document shows another request than the scene sends: {found}"
    return msgspec.convert(overlaid(published, wanted), Sent)


def came_back(played: Played, summary: str) -> CameBack:
    """The answer as it is recorded."""
    answer, asked = played.answer, played.asked
    media_type = media_type_of(answer)
    headers = {name: answer.headers[name] for name in asked.shown}
    if asked.external:
        return CameBack(summary=summary, media_type=media_type, headers=headers, external=asked.external)
    return CameBack(summary=summary, media_type=media_type, headers=headers, body=body_of(answer))


def media_type_of(answer: Response) -> str:
    """Of the body; "" where there is none: the framework names a type of nothing, too."""
    return str(answer.headers.get("Content-Type", "")).partition(";")[0] if answer.content else ""


def body_of(answer: Response) -> Any:
    """A body as examples show it: JSON as it is, text as text, other bytes in base64; UNSET when there is none."""
    media_type = media_type_of(answer)
    if not media_type or not answer.content:
        return msgspec.UNSET
    if is_binary(media_type):
        return b64encode(answer.content).decode()
    return msgspec.json.decode(answer.content) if is_json(media_type) else answer.text
