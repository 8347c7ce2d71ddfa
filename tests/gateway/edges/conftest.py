"""A web of one server for the edges: `issuer.example` lies on 127.0.0.5, taken for public here."""

import datetime as dt
import ipaddress
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from gateway.edges.addresses import IPAddress, is_inside
from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.database import Database
from gateway.edges.https import HttpsFetch
from gateway.edges.memory import MemoryCache
from gateway.edges.migrate import migrate
from gateway.edges.redis import SharedRedis
from tests.gateway.edges.stores import opened
from tests.simulators.https_server import Authority, LoopbackServer

PUBLIC = "127.0.0.5"
AT = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


def inside(address: IPAddress) -> bool:
    """The deny list, with one hole for the server of these tests."""
    return address != ipaddress.ip_address(PUBLIC) and is_inside(address)


async def resolve(host: str, port: int) -> Sequence[str]:
    """Every name but those with `inside` in them leads to the public server."""
    del port
    return ["127.0.0.1"] if "inside" in host else [PUBLIC]


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture
async def issuer(authority: Authority) -> AsyncIterator[LoopbackServer]:
    """https://issuer.example and https://other.example, on `issuer.port`."""
    async with LoopbackServer(PUBLIC, authority.server("issuer.example", "other.example")) as server:
        yield server


@pytest.fixture
def reach(authority: Authority, issuer: LoopbackServer) -> Reach:
    ports = frozenset({443, issuer.port})
    return Reach(ports=ports, inside=inside, resolve=resolve, tls=authority.trust())


@pytest.fixture
async def fetch(reach: Reach) -> AsyncIterator[HttpsFetch]:
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=Limits(deadline_s=1.0)) as fetch:
        yield fetch


@pytest.fixture
async def redis(redis_database: str) -> AsyncIterator[SharedRedis]:
    async with SharedRedis(redis_database) as redis:
        yield redis


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is: a file that is not there yet, or a PostgreSQL URL."""
    if request.param == "sqlite":
        return str(tmp_path / "gateway.db")
    url: str = request.getfixturevalue("postgres_database")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database is that has, or is about to get, all migrations: a file, or a PostgreSQL URL."""
    if request.param == "sqlite":
        return str(tmp_path / "gateway.db")
    url: str = request.getfixturevalue("migrated_database")
    return url


@pytest.fixture
async def database(migrated_place: str) -> AsyncIterator[Database]:
    """A database with all migrations, of each kind."""
    database = await opened(migrated_place)
    await migrate(database)
    yield database
    await database.close()
