"""Every example of every published document: sent as it is published, and answered as it is published."""

import asyncio
from collections import Counter

import msgspec
import pytest

from tests.examples.masks import differences, mistaken
from tests.examples.playing import body_of, media_type_of, played
from tests.examples.published import OPERATIONS
from tests.examples.scene import Scene
from tests.examples.scenes import SCENES
from tests.examples.story import Stage, begun

Faults = dict[str, list[str]]

SHOWN = [scene for scene in SCENES if not scene.summary]
"""Those whose request is the one that the document shows."""


@pytest.fixture(scope="module")
def found() -> Faults:
    """What is wrong with each example, by the name of its scene: all of them play in one world."""
    return asyncio.run(_all_played())


async def _all_played() -> Faults:
    async with begun() as story:
        stage = Stage(story)
        return {scene.name: await _faults(stage, scene) for scene in SCENES}


async def _faults(stage: Stage, scene: Scene) -> list[str]:
    operation = OPERATIONS[scene.operation]
    try:
        tried = await played(stage, scene, operation, as_published=not scene.summary)
    except AssertionError as error:
        return [str(error)]
    answer = tried.answer
    if str(answer.status_code) != scene.status:
        return [f"{answer.status_code} {answer.text}"]
    media_type, example, headers = operation.came_back(scene.status)
    sent_along = {name: answer.headers.get(name) for name in headers}
    if external := operation.served_at(scene.status):
        same = tried.there == answer.content
        return differences(headers, sent_along) + ([] if same else [f"{external} is something else"])
    if media_type_of(answer) != media_type:
        return [f"the answer is {media_type_of(answer) or 'empty'}, not {media_type or 'empty'}"]
    came = [body_of(answer) if media_type else None, sent_along]
    shown = [example["value"] if media_type else None, headers]
    request = msgspec.to_builtins(operation.sent(tried.asked.sent.shared))
    sent = request if scene.summary else msgspec.to_builtins(tried.sent)
    return differences(shown, came) + mistaken([request, *shown], [sent, *came])


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_what_is_published_is_what_happens(scene: Scene, found: Faults) -> None:
    assert found[scene.name] == [], f"python -m tests.examples --only {scene.operation}"


def test_every_operation_shows_one_request_that_is_sent() -> None:
    shown = Counter(scene.operation for scene in SHOWN)

    assert shown.keys() == OPERATIONS.keys()
    assert set(shown.values()) == {1}


def test_no_two_scenes_are_one() -> None:
    assert [name for name, times in Counter(scene.name for scene in SCENES).items() if times > 1] == []


def test_every_answer_that_is_published_has_a_scene() -> None:
    shown = {
        f"{operation.id}-{status}"
        for operation in OPERATIONS.values()
        for status in operation.said["responses"]
        if operation.shows(status)
    }

    assert shown <= {scene.name for scene in SCENES}
