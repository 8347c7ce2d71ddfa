"""Every scene played: what each answer shows of its problem, and the answer as the catalogue keeps it."""

from pathlib import Path

import msgspec

import gateway.http.catalogue
from gateway.http.problem_types.described import Sample
from tests.gateway.http.problems.scene import Scene, Seen, sample, seen
from tests.gateway.http.problems.stage import NOON, stage

FOLDER = Path(gateway.http.catalogue.__file__).parent / "samples"


class Played(msgspec.Struct, frozen=True):
    """What came of a scene."""

    seen: Seen
    sample: Sample


async def played(scenes: dict[str, Scene]) -> dict[str, Played]:
    """Play the scenes of one area, one after the other on one stage."""
    found: dict[str, Played] = {}
    async with stage() as the_stage:
        for code, scene in scenes.items():
            the_stage.begin(code)
            answer = await scene(the_stage)
            found[code] = Played(seen(answer, the_stage.told), sample(answer))
            the_stage.clock.now = NOON
    return found


def written(found: Sample) -> bytes:
    """A sample as its file holds it."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
