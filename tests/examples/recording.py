"""Writes what came back: an example that still holds stays as it is."""

from pathlib import Path
from typing import Any  # Any: bodies in JSON

import msgspec

from gateway.http.examples.recorded import Exchange, Sent, exchanges, folder_of
from tests.examples.masks import differences
from tests.examples.playing import came_back, faults, played
from tests.examples.published import OPERATIONS
from tests.examples.scene import Scene
from tests.examples.scenes import SCENES
from tests.examples.story import Story, begun
from tests.house.sources import ROOT

FOLDER = ROOT / "gateway" / "http" / "examples"


class Unfit(Exception):
    """What came back is not what the document says."""


async def record(only: str) -> list[Path]:
    """Play the scenes of every operation whose id or document begins so; the files that were written.

    Raises:
        Unfit: What came back is not what the scene is for, or not what the document says.
    """
    wanted = [
        operation
        for operation in OPERATIONS.values()
        if (operation.id == only or operation.document.startswith(only or operation.document))
        and any(scene.operation == operation.id for scene in SCENES)
    ]
    written = []
    async with begun() as story:
        for operation in wanted:
            made = await _exchange(story, [scene for scene in SCENES if scene.operation == operation.id])
            path = FOLDER / folder_of(operation.document) / f"{operation.id}.json"
            if not _holds(exchanges(operation.document).get(operation.id), made):
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
                written.append(path)
    return written


async def _exchange(story: Story, scenes: list[Scene]) -> Exchange:
    sent, answers = Sent(), {}
    for scene in scenes:
        operation = OPERATIONS[scene.operation]
        found = await played(story, scene, operation, as_published=False)
        if str(found.answer.status_code) != scene.status:
            raise Unfit(f"{scene.name}: {found.answer.status_code} {found.answer.text}")
        if wrong := faults(operation, scene.status, found.answer):
            raise Unfit(f"{scene.name}: {'; '.join(wrong)}")
        if not scene.summary:
            sent = found.asked.sent
        answers[scene.status] = came_back(found, scene.summary)
    return Exchange(request=sent, responses=answers)


def _holds(kept: Exchange | None, made: Exchange) -> bool:
    """Whether an example says what it would say if it were recorded now."""
    return kept is not None and not differences(_plain(kept), _plain(made))


def _plain(value: Exchange) -> Any:
    return msgspec.to_builtins(value)
