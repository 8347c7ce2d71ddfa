"""A whole gateway behind HTTP: a simulated web, a clock that stands still, an API key."""

import functools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from httpx import AsyncClient, Response
from litestar import Litestar

from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.http.surfaces import SURFACES
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.gateway.http.asgi import transport
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

PUBLIC_URL = "https://badges.example.net"

Client = AsyncClient


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def mail() -> SimulatedMail:
    return SimulatedMail()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path)


@pytest.fixture
async def gateway(settings: Settings, world: World, clock: SimulatedClock) -> AsyncIterator[Gateway]:
    """What the application serves."""
    async with assembled(settings, web=world.web, clock=clock) as gateway:
        yield gateway


@pytest.fixture
def app(settings: Settings, gateway: Gateway) -> Litestar:
    """The application in the loop of the test, without its timer: tests of gateway.app start and end it."""
    app = routed(settings.max_body_bytes)
    app.state.gateway, app.state.surfaces = gateway, SURFACES
    return app


@functools.cache
def routed(max_body_bytes: int) -> Litestar:
    """The application, built once: to build it takes longer than all else that most tests of it do."""
    return create_app(Settings(public_url=PUBLIC_URL, max_body_bytes=max_body_bytes))


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[Client]:
    """Speaks to the gateway without an API key; under a host name that is not the gateway's own."""
    async with AsyncClient(transport=transport(app), base_url="https://elsewhere.example") as client:
        yield client


@pytest.fixture
async def key(gateway: Gateway) -> str:
    """The text of an API key of the default platform."""
    return await gateway.first_key(DEFAULT_PLATFORM)


@pytest.fixture
async def holder(client: Client, key: str) -> Client:
    """The same client, which shows its API key from now on."""
    client.headers["Authorization"] = f"Bearer {key}"
    return client


@pytest.fixture
async def record(holder: Client, world: World) -> dict[str, Any]:
    """The record of a hosted Open Badges 2.0 badge, converted into both formats."""
    return await converted(holder, world.sound(Kind.HOSTED))


async def converted(holder: Client, badge: bytes, **parameters: str) -> dict[str, Any]:
    """Convert a badge into both formats and return its record."""
    to = {"to": ["open-badges-2", "open-badges-3"], **parameters}
    answer = await holder.post("/v1/credentials", params=to, content=badge)
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["record"])


def form(record: dict[str, Any], format: str) -> dict[str, Any]:
    """The form of a record in a format."""
    [found] = [form for form in record["forms"] if form["format"] == format]
    return dict(found)


def here(url: str) -> str:
    """An address of the gateway, as a path of the application under test."""
    assert url.startswith(PUBLIC_URL)
    return url.removeprefix(PUBLIC_URL)


def problem(answer: Response) -> dict[str, Any]:
    """The problem document of an answer, after a look at what all of them have in common."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    found = msgspec.json.decode(answer.content, type=dict[str, Any])
    assert found["status"] == answer.status_code
    assert found["type"] == f"/problems/{found['code']}"
    assert found["title"]
    return found
