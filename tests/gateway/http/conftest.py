"""A whole gateway behind HTTP: a simulated web, a clock that stands still, an API key."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from gateway.app import create_app
from gateway.assembly import DEFAULT_PLATFORM, assembled
from gateway.settings import Settings
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock

PUBLIC_URL = "https://badges.example.net"

Client = AsyncTestClient[Litestar]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path)


@pytest.fixture
async def client(settings: Settings, world: World, clock: SimulatedClock) -> AsyncIterator[Client]:
    """Speaks to the gateway without an API key; under a host name that is not the gateway's own."""
    app = create_app(settings, opened=assembled(settings, web=world.web, clock=clock))
    async with AsyncTestClient(app, base_url="https://elsewhere.example") as client:
        yield client


@pytest.fixture
async def key(client: Client) -> str:
    """The text of an API key of the default platform."""
    text: str = await client.app.state.gateway.first_key(DEFAULT_PLATFORM)
    return text


@pytest.fixture
async def holder(client: Client, key: str) -> Client:
    """The same client, which shows its API key from now on."""
    client.headers["Authorization"] = f"Bearer {key}"
    return client
