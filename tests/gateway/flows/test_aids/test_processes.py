"""Several processes over one PostgreSQL and one Redis: what a twin sets up holds in all of them, and for it alone."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from gateway.assembly.whole import Gateway, assembled
from gateway.flows.convert import Caller
from gateway.ports.trials import TRIAL, acting_for
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from gateway.records.trials import Behaviour
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.simulators.clock import SimulatedClock
from tests.simulators.web import SimulatedWeb

TWIN = Caller(twin_of(DEFAULT_PLATFORM), "key")
DAY = dt.timedelta(days=1)


@pytest.fixture
async def both(tmp_path: Path, migrated_database: str, redis_database: str) -> AsyncIterator[tuple[Gateway, Gateway]]:
    settings = Settings(
        public_url="https://badges.example.net",
        data_dir=tmp_path,
        database_url=migrated_database,
        redis_url=redis_database,
    )
    async with AsyncExitStack() as stack:
        gateways = [
            await stack.enter_async_context(assembled(settings, web=SimulatedWeb(), clock=SimulatedClock()))
            for _ in range(2)
        ]
        yield gateways[0], gateways[1]


async def outcome(gateway: Gateway, badge: bytes) -> Outcome:
    """The verdict by whoever works at the moment, as a request of theirs begins."""
    trial = TRIAL.get()
    TRIAL.set(await gateway.test_aids.find_trial(trial.platform) if trial else None)
    return (await gateway.verify(badge)).report.outcome


async def test_what_one_process_is_told_the_other_one_does(both: tuple[Gateway, Gateway]) -> None:
    first, second = both
    _, badge = await first.test_aids.make_fixture("ob3-data-integrity-valid", 0, TWIN)
    _, same = await second.test_aids.make_fixture("ob3-data-integrity-valid", 0, TWIN)
    found = []

    with acting_for(TWIN.platform):
        found.append(await outcome(second, badge))
        await first.test_aids.set_upstream("", Behaviour.REVOKED, DAY, TWIN)
        found.append(await outcome(second, badge))
        await second.test_aids.set_upstream("", Behaviour.SOUND, DAY, TWIN)
        found.append(await outcome(first, badge))
        await first.test_aids.set_clock(dt.datetime(2098, 6, 1, tzinfo=dt.UTC), TWIN)
        found.append(await outcome(second, badge))

    assert badge == same
    assert found == [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED, Outcome.FAILED]
    assert {await outcome(first, badge), await outcome(second, badge)} == {Outcome.UNKNOWN}
