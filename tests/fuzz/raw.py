"""``python -m tests.fuzz.raw --count 1000000 --seed 1``: broken requests against every route, in this process.

No answer may be a fault of the gateway's own (500 and above). Request n of a seed is always the same, but for the ids
of the record that is made first; ``--only n`` sends it alone. What fails is made as small as it can be and printed.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import msgspec
from litestar import Litestar
from rich.console import Console

from adapters.hub.baking import unbake_png
from gateway.app import create_app
from gateway.assembly.whole import assembled
from gateway.ports import Fetched
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.corpora import BESIDE_THE_CHECKOUT
from tests.fuzz.mutations import as_bytes, broken_bytes, broken_document
from tests.fuzz.requests import Request, Requests
from tests.gateway.http.asgi import asked
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock

PUBLIC_URL = "https://badges.example.net"
UNLIMITED = 10**9
BAD_REQUEST = 400
FAULT = 500
ESCAPED = 599
"""Counted for an exception that left the application."""

SEEDS = ("sec/made/png", "sec/made/svg", "sec/JSONTestSuite/test_parsing")
MAX_SEED_BYTES = 8000
REMEMBERED = 1000
MAX_SHOWN = 20


class Fault(msgspec.Struct, frozen=True):
    """A request that was answered with 500 or more, made small."""

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


class LastError(logging.Handler):
    """Keeps the last error that the application logged: the answer to a fault says nothing of it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.said = self.format(record)


class TreacherousWeb:
    """A web that now and then serves something broken where a sound document should be."""

    def __init__(self, world: World) -> None:
        self.chance: random.Random | None = None
        self._world = world

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        web = self._world.web
        if len(web.requests) > REMEMBERED:
            web.requests.clear()
        served = await web(url, accept=accept, fresh=fresh)
        if self.chance is None or self.chance.random() > 1 / 8:
            return served
        return msgspec.structs.replace(served, body=self._broken(served.body, self.chance))

    def _broken(self, body: bytes, chance: random.Random) -> bytes:
        if body.startswith(b'{"') and chance.random() < 3 / 4:
            return as_bytes(broken_document(json.loads(body), chance))  # reads halves of surrogate pairs, too
        return broken_bytes(body, chance)


class Target(msgspec.Struct, frozen=True):
    """A gateway to send requests to, and the supply of them."""

    app: Litestar
    web: TreacherousWeb
    requests: Requests
    seed: int
    errors: LastError

    def chance(self, number: int) -> random.Random:
        return random.Random(f"{self.seed}/{number}")  # noqa: S311

    async def answer(self, request: Request, number: int) -> tuple[int, str]:
        """Send a request; return the status of the answer, and why it is a fault if it is one."""
        self.web.chance = random.Random(f"web {self.seed}/{number}")  # noqa: S311
        sending = asyncio.ensure_future(
            asked(
                self.app,
                request.method,
                request.path,
                query=request.query,
                headers=request.headers,
                body=request.body,
            )
        )
        await asyncio.wait([sending])
        if error := sending.exception():
            return ESCAPED, f"{type(error).__name__}: {error}"
        answer = sending.result()
        return answer.status, answer.body.decode("utf-8", "replace") if answer.status >= FAULT else ""


@contextlib.asynccontextmanager
async def target(folder: Path, seed: int, database_url: str = "") -> AsyncIterator[Target]:
    """Assemble a gateway with one record in it, over a web that is not to be trusted."""
    world = World()
    web = TreacherousWeb(world)
    settings = Settings(
        public_url=PUBLIC_URL,
        data_dir=folder,
        database_url=database_url,
        public_requests_per_minute=UNLIMITED,
        key_requests_per_minute=UNLIMITED,
    )
    async with assembled(settings, web=web, clock=SimulatedClock()) as gateway:
        app = create_app(settings)
        app.state.gateway = gateway
        key = await gateway.first_key(DEFAULT_PLATFORM)
        known = ["default", *await _made(app, world, key)]
        paths = sorted({route.path_format for route in app.routes})
        errors = LastError()
        log = logging.getLogger("badge_gateway")
        log.addHandler(errors)
        log.propagate = False
        try:
            yield Target(app, web, Requests(world, paths, known, key, list(_more())), seed, errors)
        finally:
            log.removeHandler(errors)
            log.propagate = True


async def _made(app: Litestar, world: World, key: str) -> list[str]:
    """Convert a badge; return every segment of its addresses."""
    headers = [(b"authorization", b"Bearer " + key.encode())]
    query = b"to=open-badges-2&to=open-badges-3"
    badge = world.sound(Kind.HOSTED)
    answer = await asked(app, "POST", "/v1/credentials", query=query, headers=headers, body=[badge])
    if answer.status >= BAD_REQUEST:
        raise RuntimeError(f"a sound badge is not converted: {answer.body.decode()}")
    record = msgspec.json.decode(answer.body)["record"]
    urls = [record["url"], *(url for form in record["forms"] for url in form["links"].values())]
    return sorted({segment for url in urls for segment in url.split("/")[3:]})


def _more() -> Iterator[bytes]:
    """What others made to break readers, where it lies beside the checkout."""
    for folder in SEEDS:
        for path in sorted((BESIDE_THE_CHECKOUT / folder).glob("*")):
            body = path.read_bytes()
            if len(body) <= MAX_SEED_BYTES:
                yield body
    for path in sorted((BESIDE_THE_CHECKOUT / "sec/made/png").glob("iTXt_after_IDAT.png")):
        yield unbake_png(path.read_bytes()).payload


async def run(aim: Target, count: int, *, start: int = 0, progress: Callable[[Tally], None] = lambda _: None) -> Tally:
    """Send requests ``start`` to ``start + count`` one after the other."""
    tally = Tally()
    began = time.perf_counter()
    for number in range(start, start + count):
        request = aim.requests.made(aim.chance(number))
        before = time.perf_counter()
        status, reason = await aim.answer(request, number)
        took_s = time.perf_counter() - before
        if took_s > tally.slowest_s:
            tally.slowest_s, tally.slowest = took_s, number
        tally.statuses[status] += 1
        if status >= FAULT:
            small = await smallest(aim, request, number, status)
            tally.faults.append(Fault(number, status, small, aim.errors.said or reason))
        tally.took_s = time.perf_counter() - began
        progress(tally)
    return tally


async def smallest(aim: Target, request: Request, number: int, status: int) -> Request:
    """Take away from a request whatever it fails without."""

    async def still(candidate: Request) -> bool:
        return (await aim.answer(candidate, number))[0] == status

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


async def _main(arguments: argparse.Namespace) -> int:
    out = Console(markup=False, highlight=False, soft_wrap=True)
    first, count = (arguments.only, 1) if arguments.only is not None else (arguments.start, arguments.count)

    shown = 0

    def progress(tally: Tally) -> None:
        nonlocal shown
        for fault in tally.faults[shown:MAX_SHOWN]:
            out.print(f"\nrequest {fault.number} of seed {arguments.seed}: {fault.status} {fault.reason[-600:]}")
            out.print(f"  {fault.request}")
        shown = len(tally.faults)
        if tally.sent % 5000 == 0:
            out.print(f"{tally.sent} sent, {tally.sent / tally.took_s:.0f}/s, {len(tally.faults)} faults")

    with tempfile.TemporaryDirectory() as folder:
        async with target(Path(folder), arguments.seed, arguments.database_url) as aim:
            tally = await run(aim, count, start=first, progress=progress)
    by_status = ", ".join(f"{status}: {number}" for status, number in sorted(tally.statuses.items()))
    out.print(f"{tally.sent} requests in {tally.took_s:.0f} s ({tally.sent / tally.took_s:.0f}/s): {by_status}")
    out.print(
        f"slowest {tally.slowest_s * 1000:.0f} ms (request {tally.slowest}); {len(tally.faults)} answers of 500 or more"
    )
    return 1 if tally.faults else 0


def main() -> int:
    """Run as the arguments say; 1 when there was a fault."""
    parser = argparse.ArgumentParser(description="Send broken requests to every route, in this process.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="number of the first request")
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL; by default SQLite")
    parser.add_argument("--only", type=int, help="send this request alone")
    return asyncio.run(_main(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
