"""Medians of wall and CPU time over interleaved rounds, and peak memory."""

import gc
import statistics
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Sequence

import msgspec

ROUNDS = 7
ROUND_S = 0.25

Work = Callable[[], Awaitable[object]]


class Case(msgspec.Struct, frozen=True):
    """One thing to measure; ``work`` is called many times."""

    name: str
    work: Work


class Cost(msgspec.Struct, frozen=True):
    """What one call costs.

    Attributes:
        wall_us, cpu_us: Medians over the rounds, microseconds; CPU is this process's, all threads.
        peak_kib: Highest memory that one call held at once, Python objects only, KiB.
    """

    name: str
    wall_us: float
    cpu_us: float
    peak_kib: float


async def costs(cases: Sequence[Case]) -> list[Cost]:
    """Measure all cases in turn, round after round, so that a slow moment of the machine hits all alike."""
    counts = [await _calls_in_a_round(case.work) for case in cases]
    found: list[list[tuple[float, float]]] = [[] for _ in cases]
    for _ in range(ROUNDS):
        for index, case in enumerate(cases):
            gc.collect()
            found[index].append(await _round(case.work, counts[index]))
    return [
        Cost(
            case.name,
            statistics.median(wall for wall, _ in rounds),
            statistics.median(cpu for _, cpu in rounds),
            await _peak_kib(case.work),
        )
        for case, rounds in zip(cases, found, strict=True)
    ]


async def _calls_in_a_round(work: Work) -> int:
    await work()
    start = time.perf_counter()
    await work()
    return max(1, int(ROUND_S / max(time.perf_counter() - start, 1e-6)))


async def _round(work: Work, count: int) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(count):
        await work()
    return (time.perf_counter() - wall) / count * 1e6, (time.process_time() - cpu) / count * 1e6


async def _peak_kib(work: Work) -> float:
    tracemalloc.start()
    await work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024
