"""``python -m tests.fuzz.raw --count 1000000 --seed 1 --jobs 2``: broken requests against every route, in this process.

No answer may be a fault of the gateway's own (500 and above), a refusal that is none of its surface's, slow, or tell
what it should not; nothing may be logged as an error. Request n of a seed is always the same, but for ids and what is
signed; ``--only n`` sends it alone. What fails is made as small as it can be and printed, and with ``--save`` kept in
the corpus, which a test sends again.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec
from rich.console import Console

from tests.fuzz.corpus import keep
from tests.fuzz.requests import Request
from tests.fuzz.target import HUNG, RENEWED_AFTER, Target, target
from tests.fuzz.with_parent import end_with_parent

SLOW_S = 2.0
"""Of processor time, which other programs on the machine do not lengthen."""
MAX_SHOWN = 20
SAID = 600
TOLD_EVERY = 5000


class Fault(msgspec.Struct, frozen=True):
    """A request whose answer was wrong, made small."""

    seed: int
    number: int
    status: int
    request: Request
    reason: str


class Tally(msgspec.Struct):
    """What came of a run."""

    statuses: Counter[int] = msgspec.field(default_factory=Counter)
    faults: list[Fault] = msgspec.field(default_factory=list)
    slowest_s: float = 0.0
    slowest: int = -1
    took_s: float = 0.0

    @property
    def sent(self) -> int:
        return self.statuses.total()

    def add(self, other: "Tally") -> None:
        """Count what another process did at the same time, too."""
        self.statuses += other.statuses
        self.faults += other.faults
        self.took_s = max(self.took_s, other.took_s)
        if other.slowest_s > self.slowest_s:
            self.slowest_s, self.slowest = other.slowest_s, other.slowest


async def run(aim: Target, count: int, *, start: int = 0, progress: Callable[[Tally], None] = lambda _: None) -> Tally:
    """Send requests ``start`` to ``start + count`` one after the other."""
    tally = Tally()
    began = time.perf_counter()
    for number in range(start, start + count):
        if tally.sent and tally.sent % RENEWED_AFTER == 0:
            await aim.renew()
        request = aim.requests.made(aim.chance(number))
        status, reason, took_s = await _timed(aim, request, number)
        if took_s > SLOW_S and not reason:  # once may be a collection of garbage
            status, reason, took_s = await _timed(aim, request, number)
        if took_s > tally.slowest_s:
            tally.slowest_s, tally.slowest = took_s, number
        tally.statuses[status] += 1
        if reason and status != HUNG:
            said = aim.errors.said or reason
            tally.faults.append(Fault(aim.seed, number, status, await smallest(aim, request, number, status), said))
        elif reason or took_s > SLOW_S:  # whatever is answered alike is no smaller example of this
            tally.faults.append(Fault(aim.seed, number, status, request, reason or f"slow: {took_s:.1f} s"))
        tally.took_s = time.perf_counter() - began
        progress(tally)
    return tally


async def _timed(aim: Target, request: Request, number: int) -> tuple[int, str, float]:
    """The status of the answer, what is wrong with it, and the seconds of processor time that it took."""
    began_s = time.process_time()
    status, reason = await aim.answer(request, number)
    return status, reason, time.process_time() - began_s


async def smallest(aim: Target, request: Request, number: int, status: int) -> Request:
    """Take away from a request whatever it fails without."""
    bad = bool((await aim.answer(request, number))[1])

    async def still(candidate: Request) -> bool:
        answered, reason = await aim.answer(candidate, number)
        return answered == status and bool(reason) == bad

    joined = msgspec.structs.replace(request, body=(b"".join(request.body),))
    request = joined if await still(joined) else request
    for index in reversed(range(len(request.headers))):
        headers = (*request.headers[:index], *request.headers[index + 1 :])
        candidate = msgspec.structs.replace(request, headers=headers)
        request = candidate if await still(candidate) else request
    candidate = msgspec.structs.replace(request, query=b"")
    request = candidate if await still(candidate) else request
    size = len(b"".join(request.body)) // 2 if len(request.body) == 1 else 0
    while size:
        at = 0
        while at < len(request.body[0]):
            body = request.body[0][:at] + request.body[0][at + size :]
            candidate = msgspec.structs.replace(request, body=(body,))
            if await still(candidate):
                request = candidate
            else:
                at += size
        size //= 2
    return request


class Job(msgspec.Struct, frozen=True):
    """What one process does."""

    seed: int
    start: int
    count: int
    database_url: str = ""
    save: bool = False


async def _done(job: Job) -> Tally:
    out = Console(markup=False, highlight=False, soft_wrap=True)
    shown = 0

    def progress(tally: Tally) -> None:
        nonlocal shown
        for fault in tally.faults[shown:MAX_SHOWN]:
            out.print(f"\nrequest {fault.number} of seed {job.seed}: {fault.status} {fault.reason[-SAID:]}")
            out.print(f"  {fault.request}")
            if job.save:
                out.print(f"  kept as {keep(fault.request, aim.prepared, fault.status, fault.reason)}")
        shown = len(tally.faults)
        if tally.sent % TOLD_EVERY == 0:
            rate = tally.sent / tally.took_s
            out.print(f"seed {job.seed}: {tally.sent} sent, {rate:.0f}/s, {len(tally.faults)} faults")

    async with target(job.seed, job.database_url) as aim:
        return await run(aim, job.count, start=job.start, progress=progress)


def done(job: Job) -> Tally:
    """Do it, in a process of its own."""
    return asyncio.run(_done(job))


def _tried(chosen: argparse.Namespace) -> Tally:
    start, count = (chosen.only, 1) if chosen.only is not None else (chosen.start, chosen.count)
    jobs = 1 if chosen.only is not None else chosen.jobs
    each = [Job(chosen.seed + index, start, count // jobs, chosen.database_url, chosen.save) for index in range(jobs)]
    if len(each) == 1:
        return done(each[0])
    whole = Tally()
    with ProcessPoolExecutor(len(each), get_context("spawn"), end_with_parent) as pool:
        for tally in pool.map(done, each):
            whole.add(tally)
    return whole


def main() -> int:
    """Run as the arguments say; 1 when there was a fault."""
    parser = argparse.ArgumentParser(description="Send broken requests to every route, in this process.")
    parser.add_argument("--count", type=int, default=10_000, help="of all jobs together")
    parser.add_argument("--seed", type=int, default=1, help="of the first job; each has the next one")
    parser.add_argument("--start", type=int, default=0, help="number of the first request")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL; by default SQLite; with one job only")
    parser.add_argument("--only", type=int, help="send this request alone")
    parser.add_argument("--save", action="store_true", help="keep what fails in tests/fuzz/corpus")
    tally = _tried(parser.parse_args())
    out = Console(markup=False, highlight=False, soft_wrap=True)
    by_status = ", ".join(f"{status}: {number}" for status, number in sorted(tally.statuses.items()))
    out.print(f"{tally.sent} requests in {tally.took_s:.0f} s ({tally.sent / tally.took_s:.0f}/s): {by_status}")
    slowest = f"slowest {tally.slowest_s * 1000:.0f} ms (request {tally.slowest})"
    out.print(f"{slowest}; {len(tally.faults)} answers that should not be")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
