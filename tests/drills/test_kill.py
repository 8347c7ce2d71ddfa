"""kill -9 under load: nothing that was acknowledged is lost, nothing is done twice, a retry gives the same bytes."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from gateway.assembly.whole import assembled
from gateway.edges.database import EVERYWHERE, Database, single
from gateway.edges.postgres import PostgreSQL
from gateway.edges.sqlite import SQLite
from gateway.records import Form, Securing
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import settings_from
from tests.drills.load import FORMATS, Acknowledged, Load, digest
from tests.drills.process import GatewayProcess
from tests.lengths import tries

CLIENTS = 6
PER_CYCLE = 8
"""How many badges are acknowledged before the next kill."""

LATEST_KILL_S = 0.3
DYING_S = 0.1
CYCLE_S = 60.0

# A claim is taken over after 60 seconds; no drill waits for that.
AGED = "update replies set at = at - 61000000 where answer is null"
UNSEALED = "select id, unsigned from forms where sealed is null"
INTENDED = "select unsigned from forms where id = $1 and sealed is not null"
COUNTED = "select (select count(*) from credentials) as records, (select count(*) from forms) as forms"

log = logging.getLogger(__name__)


class Drill:
    """One gateway under load and under fire.

    Attributes:
        interrupted: Forms that a kill left intended and not sealed: id to what was committed.
    """

    def __init__(self, process: GatewayProcess, load: Load) -> None:
        self.process = process
        self.load = load
        self.interrupted: dict[str, bytes] = {}

    async def run(self, cycles: int, seed: int) -> None:
        """Kill and start again under load, ``cycles`` times; then let the clients finish."""
        moments = random.Random(seed)  # noqa: S311  # when to kill
        await self.process.start()
        async with asyncio.TaskGroup() as group:
            clients = group.create_task(self.load.run(CLIENTS))
            for _ in range(cycles):
                async with asyncio.timeout(CYCLE_S):
                    await self.load.reaches(PER_CYCLE)
                    await asyncio.sleep(moments.uniform(0, LATEST_KILL_S))
                    await self.process.kill()
                    await self._left_behind()
                    await self.process.start()
            self.load.stop()
            await asyncio.wait_for(clients, CYCLE_S)

    async def _left_behind(self) -> None:
        """Note what was begun, and let the time pass after which it may be taken over."""
        await asyncio.sleep(DYING_S)  # a server that lost its client may still be committing
        async with self.store() as database:
            for row in await database.within(EVERYWHERE).fetch(UNSEALED):
                self.interrupted[row["id"]] = bytes(row["unsigned"])
            await database.within(EVERYWHERE).transaction(single(AGED))

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Database]:
        """What is stored, as the next gateway will find it."""
        settings = settings_from(self.process.environment)
        database: Database
        if settings.database_url:
            database = await PostgreSQL.open(settings.database_url)
        else:
            database = await SQLite.open(settings.data_dir / "gateway.sqlite")
        try:
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def drill(folder: Path, **settings: str) -> AsyncIterator[Drill]:
    """A gateway that is not running yet, and clients that wait."""
    process = GatewayProcess(folder, **settings)
    try:
        async with Load(process.address, await process.api_key(), seed=1) as load:
            yield Drill(process, load)
    finally:
        await process.kill()


@pytest.mark.parametrize("cycles", [3, pytest.param(tries(5, 25), marks=pytest.mark.slow, id="many")])
async def test_kill_9_under_load_loses_nothing_and_doubles_nothing(cycles: int, tmp_path: Path) -> None:
    async with drill(tmp_path) as under_fire:
        await under_fire.run(cycles, seed=cycles)

        await nothing_is_lost_or_doubled(under_fire)


@pytest.mark.slow
async def test_kill_9_under_load_loses_nothing_and_doubles_nothing_on_postgresql(
    postgres_database: str, tmp_path: Path
) -> None:
    async with drill(tmp_path, database_url=postgres_database) as under_fire:
        await under_fire.run(tries(5, 25), seed=0)

        await nothing_is_lost_or_doubled(under_fire)


async def nothing_is_lost_or_doubled(done: Drill) -> None:
    """All that the drill is for, first as callers see it, then as it is stored."""
    await every_answer_still_holds(done)
    await done.process.kill()
    async with done.store() as database:
        await one_record_a_key(done, database)
        await what_was_interrupted_is_finished(done, database)
    log.info(toll(done))


async def every_answer_still_holds(done: Drill) -> None:
    """Every acknowledged form is served with the acknowledged digest, and what it attests; retries change nothing."""
    load = done.load
    attested: set[str] = set()
    for key, acknowledged in load.acknowledged.items():
        await load.replay(key)
        for form in acknowledged.record.forms:
            assert digest(await load.served(form.url)) == form.sha256
            attested.add(form.links["badge"])
    for badge in attested:
        assert await load.served(badge)
    assert len(attested) == len(FORMATS)  # every learner earned the same
    assert load.surprises == []


async def one_record_a_key(done: Drill, database: Database) -> None:
    """One record with two forms for each key; no entry of a status list twice."""
    acknowledged: list[Acknowledged] = list(done.load.acknowledged.values())
    records = [each.record for each in acknowledged]
    entries = Counter(
        (form.status.list, form.status.index) for record in records for form in record.forms if form.status
    )
    [stored] = await database.within(EVERYWHERE).fetch(COUNTED)

    assert len({record.id for record in records}) == len(records) == stored["records"]
    assert {len(record.forms) for record in records} == {2}
    assert stored["forms"] == 2 * len(records)
    assert set(entries.values()) == {1}
    assert len(entries) == len(records)


async def what_was_interrupted_is_finished(done: Drill, database: Database) -> None:
    """No intent is left over; each was sealed as it had been committed."""
    assert len(await database.within(EVERYWHERE).fetch(UNSEALED)) == 0
    for form_id, committed in done.interrupted.items():
        [row] = await database.within(EVERYWHERE).fetch(INTENDED, form_id)
        assert bytes(row["unsigned"]) == committed
    async with assembled(settings_from(done.process.environment)) as gateway:
        for form_id in done.interrupted:
            form = await gateway.show.forms.find(DEFAULT_PLATFORM, form_id)
            assert form is not None
            assert unsigned(form) == msgspec.json.decode(form.intent.unsigned)


def toll(done: Drill) -> str:
    """The figures of a drill, in one line; shown with --log-cli-level=info."""
    starts = sorted(done.process.starts_s)
    return (
        f"{len(starts) - 1} kills, {len(done.load.acknowledged)} acknowledged, {done.load.attempts} attempts, "
        f"{len(done.interrupted)} interrupted before their seal; "
        f"ready again after {starts[len(starts) // 2]:.2f} s (median), {starts[-1]:.2f} s (longest)"
    )


def unsigned(form: Form) -> object:
    """What a form is without the one thing that sealing added."""
    document = msgspec.json.decode(form.sealed or b"")
    if form.intent.securing is Securing.DATA_INTEGRITY:
        for proof in document["proof"]:
            del proof["proofValue"]
    return document
