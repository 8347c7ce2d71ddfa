"""A whole gateway over a simulated web and a clock that stands still."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway, assembled
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.records import Record
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import SimulatedSealer
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
def sealer(web: SimulatedWeb) -> SimulatedSealer:
    return SimulatedSealer(web)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path)


def sealing_settings(folder: Path, sealer: SimulatedSealer) -> Settings:
    """Of an operator whose platforms seal, and who trusts the authority of the sealer."""
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=folder / "data",
        seal_anchors=sealer.trusted_in(folder),
        seal_organisation_id="NTRFR-987654321",
    )


@pytest.fixture
async def gateway(settings: Settings, web: SimulatedWeb, clock: SimulatedClock) -> AsyncIterator[Gateway]:
    async with assembled(settings, web=web, clock=clock) as gateway:
        yield gateway


@pytest.fixture
async def record(gateway: Gateway, issuer: SimulatedIssuer) -> Record:
    """A hosted Open Badges 2.0 badge that was converted into Open Badges 3.0."""
    asked = (target(Format.OPEN_BADGES_3),)
    return (await gateway.convert(issuer.hosted(issuer.assertion()), "", asked, CALLER)).record


@pytest.fixture
async def hosted_record(gateway: Gateway, issuer: SimulatedIssuer) -> Record:
    """A signed Open Badges 3.0 credential that was converted into a hosted Open Badges 2.0 badge."""
    body = json.dumps(issuer.signed(issuer.credential())).encode()
    return (await gateway.convert(body, "", (target(Format.OPEN_BADGES_2),), CALLER)).record
