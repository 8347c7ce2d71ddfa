"""``./run.sh bench``: the main operations on SQLite and on PostgreSQL, and what others take for the same work.

``./run.sh bench lists [COUNT]`` measures pages of many credentials instead.
"""

import argparse
import asyncio
import itertools
import logging
import resource
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rich.console import Console
from rich.table import Table

from adapters.hub.contract import Format
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import detect
from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.commands import sample_issuer
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.records import Securing
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.bench import claiming, lists, sealing
from tests.bench.comparisons import compared
from tests.bench.measuring import Case, Cost, costs
from tests.servers import own_database, postgres
from tests.simulators.offered import Offering
from tests.simulators.web import SimulatedWeb

ORIGIN = "https://school.example.org"
PUBLIC_URL = "https://badges.example.org"
UNLIMITED = 1_000_000_000
CALLER = Caller(DEFAULT_PLATFORM, "bench")


class Badges:
    """Ever new hosted Open Badges 2.0 badges: the same source is not converted twice."""

    def __init__(self, web: SimulatedWeb) -> None:
        self._web = web
        self._numbers = itertools.count()
        _, pages = sample_issuer.open_badges_2(ORIGIN)
        for path, body in pages.items():
            web.publish(ORIGIN + path, body)
        self._assertion = msgspec.json.decode(pages["/assertions/1.json"])

    def next(self) -> bytes:
        """One more Assertion."""
        url = f"{ORIGIN}/assertions/{next(self._numbers)}.json"
        body = msgspec.json.encode({**self._assertion, "id": url})
        self._web.publish(url, body)
        return body


@asynccontextmanager
async def gateway_on(database_url: str, web: SimulatedWeb) -> AsyncIterator[Gateway]:
    """A gateway with a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            public_url=PUBLIC_URL,
            data_dir=Path(folder),
            database_url=database_url,
            public_requests_per_minute=UNLIMITED,
        )
        async with assembled(settings, web=web) as gateway:
            yield gateway


async def cases_on(store: str, gateway: Gateway, badges: Badges, stack: AsyncExitStack) -> list[Case]:
    """The operations that need a store."""

    async def convert(securing: Securing) -> None:
        await gateway.convert(badges.next(), "", (target(Format.OPEN_BADGES_3, securing),), CALLER)

    kept = await gateway.convert(badges.next(), "", (target(Format.OPEN_BADGES_3),), CALLER)
    url = f"/p/{DEFAULT_PLATFORM}/issued/{kept.record.forms[0].intent.id}"

    app = create_app(gateway.settings)
    app.state.gateway = gateway
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # one protocol, two ways to type it
    client = httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL)
    await stack.enter_async_context(client)

    async def get() -> None:
        (await client.get(url)).raise_for_status()

    return [
        Case(f"convert OB 2.0 -> 3.0, Data Integrity ({store})", lambda: convert(Securing.DATA_INTEGRITY)),
        Case(f"convert OB 2.0 -> 3.0, VC-JWT ES256 ({store})", lambda: convert(Securing.VC_JWT)),
        Case(f"GET a credential through the application ({store})", get),
        *await claiming.claims(store, Offering(gateway), client, badges.next),
    ]


def pure_cases(gateway: Gateway) -> list[Case]:
    """The operations that need no store."""
    credential = sample_issuer.open_badges_3()
    key, message = Ed25519PrivateKey.generate(), bytes(64)

    async def read() -> None:
        opened = open_bytes(credential)
        if isinstance(opened, Opened):
            detect(opened)[0].read(opened, {})

    async def verify() -> None:
        await gateway.verify(credential)

    async def sign() -> None:
        key.sign(message)

    return [
        Case("one Ed25519 signature", sign),
        Case("open + detect + read OB 3.0", read),
        Case("verify OB 3.0 Data Integrity", verify),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="./run.sh bench", description="Measure and print what things cost.")
    commands = parser.add_subparsers(dest="what", metavar="lists")
    pages = commands.add_parser("lists", help="pages of many credentials, instead of single operations")
    pages.add_argument("count", type=int, nargs="?", default=lists.COUNT, help="credentials (%(default)s)")
    wanted = parser.parse_args()
    if wanted.what == "lists":
        lists.measure_and_print(wanted.count)
        return
    _compared(Console(width=120))
    asyncio.run(operations())


async def operations() -> None:
    """Measure whole operations of a gateway."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    web = SimulatedWeb()
    badges = Badges(web)
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        lite = await stack.enter_async_context(gateway_on("", web))
        full = await stack.enter_async_context(gateway_on(own_database(server.url), web))
        cases = [
            *pure_cases(lite),
            *await cases_on("SQLite", lite, badges, stack),
            *await cases_on("PostgreSQL", full, badges, stack),
        ]
        _printed(await costs(cases))
    await _of_seals()


async def _of_seals() -> None:
    """Print what seals cost beside what they may cost."""
    cases = sealing.cases()
    table = _table("sealed credentials", "wall µs", "CPU µs", "may take")
    for cost, (_, limit_us) in zip(await costs([case for case, _ in cases]), cases, strict=True):
        table.add_row(cost.name, f"{cost.wall_us:,.0f}", f"{cost.cpu_us:,.0f}", f"{limit_us:,.0f}")
    Console(width=120).print(table)


def _compared(console: Console) -> None:
    table = _table("the same work", "ours, CPU µs", "others", "CPU µs", "times", "wanted")
    for name, ours, other, theirs, wanted in compared():
        times, least = (f"{value:.3g}" for value in (theirs / ours, wanted))
        table.add_row(name, f"{ours:,.0f}", other, f"{theirs:,.0f}", times, f"{least} or more")
    console.print("medians of interleaved rounds; CPU of each process for itself")
    console.print(table)


def _table(first: str, *columns: str) -> Table:
    table = Table(first, *columns, box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def _printed(found: list[Cost]) -> None:
    signature = found[0].cpu_us
    table = _table("operation", "wall µs", "CPU µs", "CPU in Ed25519 signatures", "peak KiB")
    for cost in found:
        ratio = f"{cost.cpu_us / signature:,.1f}"
        row = (f"{cost.wall_us:,.0f}", f"{cost.cpu_us:,.0f}", ratio, f"{cost.peak_kib:,.0f}")
        table.add_row(cost.name, *row)
    console = Console(width=120)
    console.print("medians of interleaved rounds; CPU of this process alone (a PostgreSQL server works in its own)")
    console.print(table)
    console.print(f"a claim may take {claiming.LIMIT_US:,.0f} µs of CPU")
    console.print(f"peak resident memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main()
