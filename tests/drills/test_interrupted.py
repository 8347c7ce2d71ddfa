"""The single worst moments, one at a time: before the seal, in the final commit, before the answer arrives."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx2
import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.errors import GatewayError, NotFound
from gateway.flows.prepare import Target
from gateway.flows.show import Wanted
from gateway.ports import Search
from gateway.records import Record, Securing
from gateway.trust.report import Outcome
from tests.drills.load import Load, digest
from tests.drills.process import GatewayProcess
from tests.drills.swallowing_proxy import SwallowingProxy
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.platform import CALLER, SimulatedPlatform, simulated_platform
from tests.simulators.web import SimulatedWeb

HOSTED = Target(Format.OPEN_BADGES_2, Securing.HOSTED)
TARGETS = (
    HOSTED,
    Target(Format.OPEN_BADGES_2, Securing.JWS),
    Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
    Target(Format.OPEN_BADGES_3, Securing.VC_JWT),
    Target(Format.ELM_3, Securing.JADES),
    Target(Format.OPEN_BADGES_3, Securing.SD_JWT),
)
SEALING = {"seal_organisation_id": "NTRFR-123456789"}
REFUSING = """
create function refuse() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
create trigger refuse before update of sealed on forms for each row execute function refuse();
"""


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else str(request.getfixturevalue("migrated_database"))


def platform(data_dir: Path, database_url: str) -> AbstractAsyncContextManager[SimulatedPlatform]:
    """A gateway that is started over the same store each time."""
    return simulated_platform(data_dir, SimulatedWeb(), SimulatedClock(), database_url=database_url, **SEALING)


def badge() -> bytes:
    """A credential of its own, for which nothing has to be fetched."""
    issuer = SimulatedIssuer.of_did_key(SimulatedWeb())
    return issuer.token(issuer.credential(id=f"urn:uuid:{uuid4()}"), "EdDSA").encode()


async def only_record(platform: SimulatedPlatform, but: str) -> Record:
    """The one record that is not ``but``, with forms that are only intended."""
    [found] = [
        each for each in (await platform.gateway.native.search(CALLER, Search(limit=20))).records if each.id != but
    ]
    record = await platform.gateway.extend.records.find(CALLER.platform, found.id)
    assert record is not None
    return record


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.format}-{target.securing}")
async def test_what_was_interrupted_before_its_seal_is_finished_by_a_retry_with_the_same_bytes(
    target: Target, database_url: str, tmp_path: Path
) -> None:
    source = badge()
    async with platform(tmp_path, database_url) as killed:
        earlier = (await killed.convert(badge(), target)).record.id
        killed.signer.stuck = True
        work = asyncio.create_task(killed.convert(source, target))
        await killed.signer.waiting.wait()
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
    async with platform(tmp_path, database_url) as restarted:
        intended = await only_record(restarted, earlier)
        [left] = intended.forms

        converted = await restarted.convert(source, target)

        [form] = converted.created
        assert left.sealed is None
        assert (form.credential, form.intent) == (intended.id, left.intent)
        assert form.sealed is not None
        assert (await restarted.gateway.verify(form.sealed)).report.outcome is Outcome.PASSED


async def test_what_the_final_commit_refuses_is_not_released_and_a_retry_gives_the_same_bytes(
    postgres_database: str, tmp_path: Path
) -> None:
    source = badge()
    async with platform(tmp_path, postgres_database) as gateway:
        connection = await asyncpg.connect(postgres_database)
        await connection.execute(REFUSING)

        with pytest.raises(GatewayError):
            await gateway.convert(source, HOSTED)

        refused = await only_record(gateway, "")
        [left] = refused.forms
        with pytest.raises(NotFound):
            await gateway.gateway.show(Wanted(CALLER.platform, "issued", left.intent.id))
        await connection.execute("drop trigger refuse on forms")
        await connection.close()
        [form] = (await gateway.convert(source, HOSTED)).created
        assert (form.credential, form.intent, form.sealed) == (refused.id, left.intent, left.intent.unsigned)


@pytest.fixture
async def process(tmp_path: Path) -> AsyncIterator[GatewayProcess]:
    process = GatewayProcess(tmp_path)
    yield process
    await process.kill()


async def test_an_answer_that_was_lost_on_its_way_is_given_again_after_a_kill(process: GatewayProcess) -> None:
    key, source = str(uuid4()), badge()
    api_key = await process.api_key()
    await process.start()
    async with SwallowingProxy(process.port) as proxy, Load(proxy.address, api_key, seed=0) as cut_off:
        with pytest.raises(httpx2.TransportError):
            await cut_off.send(key, source)
    await process.kill()
    await process.start()
    async with Load(process.address, api_key, seed=0) as load:
        again = await load.send(key, source)

    assert again.status_code == 201
    assert again.content == proxy.swallowed


async def test_a_second_process_on_the_same_file_takes_nothing_with_it_when_it_leaves(process: GatewayProcess) -> None:
    async with Load(process.address, await process.api_key(), seed=0) as load:
        await process.start()
        command = (sys.executable, "-m", "gateway.cli", "convert", "-", "--to", "open-badges-3")
        second = await asyncio.create_subprocess_exec(
            *command, env={**process.environment}, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
        )
        await second.communicate(badge())
        answer = await load.send(str(uuid4()), badge())
        await process.kill()
        await process.start()

        [form, *_] = msgspec.json.decode(answer.content)["record"]["forms"]
        served = await load.served(form["url"])

    assert second.returncode == 0
    assert digest(served) == form["sha256"]
