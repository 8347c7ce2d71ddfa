"""Surfaces in processes of their own, so many of them at a time."""

import multiprocessing
import time
from collections.abc import Iterator, Sequence

from rich.console import Console

from tests.fuzz.contract.run import Outcome, Plan, Run
from tests.fuzz.contract.surfaces import SURFACES
from tests.fuzz.with_parent import end_with_parent

EVERY_S = 15


def side_by_side(names: Sequence[str], plan: Plan, jobs: int) -> Iterator[Outcome]:
    """Try each of these surfaces; what came of it, in the order in which they end."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(jobs, len(names)), end_with_parent, maxtasksperchild=1) as pool:
        yield from pool.imap_unordered(_one, [(name, plan) for name in names])


def _one(wanted: tuple[str, Plan]) -> Outcome:
    name, plan = wanted
    out = Console(markup=False, emoji=False, highlight=False, soft_wrap=True, stderr=True)
    began = said = time.perf_counter()

    def progress(run: Run) -> None:
        nonlocal said
        if time.perf_counter() - said > EVERY_S:
            said = time.perf_counter()
            out.print(f"{name}: {run.total} cases, {run.total / (said - began):.0f}/s, {len(run.failed)} failures")

    return Run(SURFACES[name], plan)(progress)
