"""A whole gateway over a simulated web and a clock that stands still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.assembly import DEFAULT_PLATFORM, Gateway, assembled
from gateway.flows.convert import Caller
from gateway.settings import Settings
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

PUBLIC_URL = "https://badges.example.org"
CALLER = Caller(DEFAULT_PLATFORM, "holder")


@pytest.fixture
def web() -> SimulatedWeb:
    return SimulatedWeb()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def issuer(web: SimulatedWeb) -> SimulatedIssuer:
    issuer = SimulatedIssuer(web)
    issuer.publish()
    return issuer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path)


@pytest.fixture
async def gateway(settings: Settings, web: SimulatedWeb, clock: SimulatedClock) -> AsyncIterator[Gateway]:
    async with assembled(settings, web=web, clock=clock) as gateway:
        yield gateway
