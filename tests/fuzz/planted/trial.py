"""Every planted bug under trial: what found it, and whether the same slice is silent without it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tests.fuzz.planted.bugs import BY_EXAMPLES, BY_MODEL, BY_RAW, BY_SCHEMATHESIS
from tests.fuzz.planted.planting import Bug
from tests.fuzz.planted.slices import Found, by_examples, by_model, by_raw, by_schemathesis
from tests.fuzz.target import target

AGAIN, EXAMPLES = (2, 3, 4), 40
SCENES = ("makeOffer-201", "issueCredential-400")


class Verdict(msgspec.Struct, frozen=True):
    """What came of one bug.

    Attributes:
        found_by: The checks that failed with it.
        without: Those that fail without any bug, at the same operation: none should.
    """

    bug: Bug
    found_by: set[str]
    without: set[str]

    @property
    def is_found(self) -> bool:
        """By what was to find it, and by nothing when it is not there."""
        return self.bug.found_by in self.found_by and not self.without


def verdicts(folder: Path) -> Iterator[Verdict]:
    """Try them all; those of one surface side by side, each at an operation of its own."""
    by_surface: dict[str, list[Bug]] = defaultdict(list)
    for bug in BY_SCHEMATHESIS:
        by_surface[bug.surface].append(bug)
    for surface, bugs in by_surface.items():
        operations = frozenset(bug.operation for bug in bugs)
        clean = by_schemathesis(surface, operations, ())
        found = by_schemathesis(surface, operations, bugs)
        for bug in bugs:
            _try_again(bug, found)
        yield from _judged(bugs, found, clean)
    for bug, difference in zip(BY_MODEL, by_model(folder, BY_MODEL), strict=True):
        yield Verdict(bug, {"model"} if difference else set(), set())
    yield from _judged(list(BY_EXAMPLES), *asyncio.run(_twice_by_examples()))
    yield from _judged(list(BY_RAW), *asyncio.run(_twice_by_raw()))


def _try_again(bug: Bug, found: Found) -> None:
    """Chance may not have reached it among so many: by itself it is tried with other seeds, and more examples."""
    for seed in AGAIN:
        if bug.found_by in found.get(bug.operation, ()):
            return
        more = by_schemathesis(bug.surface, frozenset({bug.operation}), (bug,), seed, EXAMPLES)
        found[bug.operation] = found.get(bug.operation, set()) | more.get(bug.operation, set())


def _judged(bugs: list[Bug], found: Found, clean: Found) -> Iterator[Verdict]:
    for bug in bugs:
        yield Verdict(bug, found.get(bug.operation, set()), clean.get(bug.operation, set()))


async def _twice_by_examples() -> tuple[Found, Found]:
    return await by_examples(SCENES, BY_EXAMPLES), await by_examples(SCENES, ())


async def _twice_by_raw() -> tuple[Found, Found]:
    async with target(seed=1) as aim:
        return await by_raw(aim, BY_RAW), await by_raw(aim, ())
