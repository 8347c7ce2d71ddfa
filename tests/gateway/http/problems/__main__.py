"""Record every sample of the catalogue anew: ``python -m tests.gateway.http.problems``.

A file whose answer is the same but for what differs each time is left as it is; one whose code is no more is removed.
"""

import asyncio
import logging
import sys

import msgspec

from gateway.http.problem_types.described import Sample
from tests.examples.masks import unlike
from tests.gateway.http.problems.recording import FOLDER, played, written
from tests.gateway.http.problems.scenes import AREAS


async def record() -> None:
    """Write what changed, and say so."""
    logging.disable(logging.CRITICAL)
    FOLDER.mkdir(exist_ok=True)
    codes = {code for scenes in AREAS.values() for code in scenes}
    for file in FOLDER.glob("*.json"):
        if file.name.removesuffix(".json") not in codes:
            file.unlink()
            sys.stdout.write(f"removed {file.name}\n")
    for scenes in AREAS.values():
        for code, found in (await played(scenes)).items():
            file = FOLDER / f"{code}.json"
            if file.exists():
                kept = msgspec.json.decode(file.read_bytes(), type=Sample)
                if not unlike(msgspec.to_builtins(kept), msgspec.to_builtins(found.sample)):
                    continue
            file.write_bytes(written(found.sample))
            sys.stdout.write(f"wrote {file.name}: {found.seen.code} {found.seen.status}\n")


if __name__ == "__main__":
    asyncio.run(record())
