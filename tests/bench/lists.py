"""``./run.sh bench lists [COUNT]``: how long a page of many credentials takes, on PostgreSQL, through HTTP.

The credentials are written by the stores and not signed: what is measured is finding them.
"""

import asyncio
import datetime as dt
import gc
import logging
import statistics
import tempfile
import time
import uuid
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import httpx
import msgspec
from rich.console import Console
from rich.table import Table

from adapters.hub.contract import Format
from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.http.surfaces import SURFACES
from gateway.ports import Plan
from gateway.records import Intent, Securing, Source
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.bench import anchor
from tests.servers import ask_postgres, own_database, postgres
from tests.simulators.web import SimulatedWeb

PUBLIC_URL = "https://badges.example.org"
UNLIMITED = 1_000_000_000
COUNT = 10_000
ISSUERS = 50
REVOKED_EVERY = 20
WRITERS = 20
PAGES = 300
WANTED_MS = 50.0
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def planned(number: int) -> Plan:
    """One of many records: two formats as sources, fifty issuers, one form each."""
    second = number % 2 == 0
    body = msgspec.json.encode(anchor.open_badges_2(number))
    at = START + dt.timedelta(seconds=number)
    return Plan(
        record_id=str(uuid.uuid4()),
        platform=DEFAULT_PLATFORM,
        holder="bench",
        actor="key bench",
        fingerprint=uuid.uuid4().bytes * 2,
        title=f"Advanced Data Stewardship {number}",
        created=at,
        source=Source(
            received=body,
            sha256=bytes(32),
            carrier="json",
            media_type="application/json",
            format=Format.OPEN_BADGES_2 if second else Format.OPEN_BADGES_3,
            version="2.0",
            securing="hosted",
            capability=str(uuid.uuid4()),
            received_at=at,
            report=b"{}",
            issuer=f"https://issuer-{number % ISSUERS}.example",
        ),
        intents=(
            Intent(
                id=str(uuid.uuid4()),
                format=Format.OPEN_BADGES_3 if second else Format.OPEN_BADGES_2,
                securing=Securing.DATA_INTEGRITY if second else Securing.HOSTED,
                key="",
                unsigned=body,
                losses=b"[]",
                at=at,
            ),
        ),
    )


async def fill(gateway: Gateway, count: int) -> None:
    """Write the records, and revoke some."""
    credentials, states = gateway.convert.credentials, gateway.native.revoke.states
    numbers = iter(range(count))

    async def write() -> None:
        for number in numbers:
            plan = planned(number)
            await credentials.plan(plan)
            await credentials.seal(DEFAULT_PLATFORM, plan.intents[0].id, plan.intents[0].unsigned, "receipt")
            if number % REVOKED_EVERY == 0:
                await states.revoke(DEFAULT_PLATFORM, plan.record_id, "bench", "command line", plan.created)

    await asyncio.gather(*(write() for _ in range(WRITERS)))


async def settled(database_url: str) -> None:
    """What a running gateway and its database have done by themselves a minute later."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()
    gc.collect()
    gc.freeze()


async def pages_of(client: httpx.AsyncClient, address: str) -> list[float]:
    """Milliseconds of each page, from the first to the last and over again."""
    taken: list[float] = []
    following = address
    while len(taken) < PAGES:
        start = time.perf_counter()
        answer = await client.get(following)
        taken.append((time.perf_counter() - start) * 1000)
        answer.raise_for_status()
        after = answer.json().get("next", "")
        more = bool(after) and answer.json().get("more", True)
        following = f"{address}&{'since' if 'changes' in address else 'after'}={after}" if more else address
    return taken


CASES = {
    "list": "/v1/credentials?limit=20",
    "list, 100 a page": "/v1/credentials?limit=100",
    "state=revoked": "/v1/credentials?limit=20&state=revoked",
    "format=open-badges-3": "/v1/credentials?limit=20&format=open-badges-3",
    "source_format=open-badges-2": "/v1/credentials?limit=20&source_format=open-badges-2",
    "source_issuer": "/v1/credentials?limit=20&source_issuer=https://issuer-7.example",
    "created_before and state": "/v1/credentials?limit=20&state=active&created_before=2026-01-01T01:00:00Z",
    "nothing to find": "/v1/credentials?limit=20&state=suspended&format=open-badges-2",
    "changes": "/v1/changes?limit=20",
}


async def measured(count: int) -> list[tuple[str, float, float, float]]:
    """Name, median, 99th percentile and worst of every case, in milliseconds."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        database_url = own_database(server.url)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = Settings(
            public_url=PUBLIC_URL,
            data_dir=folder,
            database_url=database_url,
            public_requests_per_minute=UNLIMITED,
            key_requests_per_minute=UNLIMITED,
            platform_requests_per_minute=UNLIMITED,
        )
        gateway = await stack.enter_async_context(assembled(settings, web=SimulatedWeb()))
        await fill(gateway, count)
        await settled(database_url)
        ask_postgres(server.url, "checkpoint")
        app = create_app(settings)
        app.state.gateway, app.state.surfaces = gateway, SURFACES
        key = await gateway.first_key(DEFAULT_PLATFORM)
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # one protocol, two ways to type it
        client = httpx.AsyncClient(
            transport=transport, base_url=PUBLIC_URL, headers={"Authorization": f"Bearer {key}"}, timeout=60
        )
        await stack.enter_async_context(client)
        found = []
        for name, address in CASES.items():
            await client.get(address)
            taken = await pages_of(client, address)
            found.append((name, statistics.median(taken), statistics.quantiles(taken, n=100)[98], max(taken)))
        return found


def measure_and_print(count: int) -> None:
    """Measure pages of ``count`` credentials and print a table."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    found = asyncio.run(measured(count))
    table = Table(
        "page", "p50 ms", "p99 ms", "worst ms", title=f"{count} credentials on PostgreSQL, {PAGES} pages each", box=None
    )
    for name, median, high, worst in found:
        table.add_row(name, f"{median:.1f}", f"{high:.1f}", f"{worst:.1f}", style="" if high < WANTED_MS else "red")
    Console().print(table)
