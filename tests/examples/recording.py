"""Writes what came back: an example that still holds stays as it is."""

from pathlib import Path

import msgspec

from gateway.http.examples.recorded import MESSAGES, Delivered, Exchange, Sent, exchanges, folder_of, messages
from tests.examples.masks import unlike
from tests.examples.playing import came_back, played
from tests.examples.published import OPERATIONS
from tests.examples.scene import Scene
from tests.examples.scenes import SCENES
from tests.examples.story import Stage, begun
from tests.examples.told import delivered
from tests.house.sources import ROOT

FOLDER = ROOT / "gateway" / "http" / "examples"
TELLING = "gateway.json"
"""The document that says what is posted to endpoints."""


async def record(only: str) -> tuple[list[Path], list[str]]:
    """Play the scenes of every operation whose id or document begins so.

    Returns:
        The files that were written, and what kept others from it: an answer that is not what the scene is for, or not
        what the document says.
    """
    wanted = [
        operation
        for operation in OPERATIONS.values()
        if (operation.id == only or operation.document.startswith(only or operation.document))
        and any(scene.operation == operation.id for scene in SCENES)
    ]
    written, unfit = [], []
    async with begun() as story:
        stage = Stage(story)
        for operation in wanted:
            try:
                made = await _exchange(stage, [scene for scene in SCENES if scene.operation == operation.id])
            except AssertionError as error:
                unfit.append(f"{operation.id}: {error}")
                continue
            path = FOLDER / folder_of(operation.document) / f"{operation.id}.json"
            if not _holds(exchanges(operation.document).get(operation.id), made):
                written.append(_written(path, made))
    return written, unfit


async def record_messages() -> list[Path]:
    """Let one of every kind arrive; return the files that were written."""
    kept = messages(TELLING)
    return [
        _written(FOLDER / folder_of(TELLING) / MESSAGES / f"{name}.json", made)
        for name, made in (await delivered()).items()
        if not _holds(kept.get(name), made)
    ]


def _written(path: Path, made: Exchange | Delivered) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
    return path


async def _exchange(stage: Stage, scenes: list[Scene]) -> Exchange:
    sent, answers = Sent(), {}
    for scene in scenes:
        operation = OPERATIONS[scene.operation]
        found = await played(stage, scene, operation, as_published=False)
        assert str(found.answer.status_code) == scene.status, f"{found.answer.status_code} {found.answer.text}"
        if not scene.summary:
            sent = found.asked.sent
        answers[scene.status] = came_back(found, scene.summary)
    return Exchange(request=sent, responses=answers)


def _holds(kept: Exchange | Delivered | None, made: Exchange | Delivered) -> bool:
    """Whether an example says what it would say if it were recorded now."""
    return not unlike(msgspec.to_builtins(kept), msgspec.to_builtins(made))
