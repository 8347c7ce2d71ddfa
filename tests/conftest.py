"""What every test may ask for: a real PostgreSQL, a real Redis, the public corpora."""

import gc
import os
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from tests import servers
from tests.corpora import corpus
from tests.lengths import LONG

# What a change waits for tries the same examples each time, and is not judged by how busy the machine is.
settings.register_profile("ours", deadline=None, derandomize=not LONG, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")

SERVED = pytest.StashKey[set[str]]()
COLLECTED_AFTER = (20_000, 20, 20)

Start = Callable[[], AbstractContextManager[servers.Server]]


@contextmanager
def _serving(
    config: pytest.Config, named: servers.Server | None, start: Start, version: Callable[[str], str]
) -> Iterator[str]:
    with nullcontext(named) if named else start() as server:
        config.stash[SERVED].add(f"{version(server.url)} ({server.origin})")
        yield server.url


@pytest.fixture(scope="session")
def postgres_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """A PostgreSQL: the one that GATEWAY_TEST_DATABASE_URL names, else one that runs for this session."""
    url = os.environ.get("GATEWAY_TEST_DATABASE_URL")
    named = servers.Server(url, "GATEWAY_TEST_DATABASE_URL") if url else None
    with _serving(pytestconfig, named, servers.postgres, servers.postgres_version) as serving:
        yield serving


@pytest.fixture(scope="session")
def postgres_role(postgres_url: str) -> Iterator[str]:
    """Who owns the databases of tests, as in production: row-level security does not hold for superusers."""
    name = f"gateway_test_{uuid.uuid4().hex}"
    servers.ask_postgres(postgres_url, f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
    yield name
    servers.ask_postgres(postgres_url, f"DROP ROLE {name}")


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, postgres_role: str) -> Iterator[str]:
    """A database with all migrations, to be copied: that takes a third of the time of making it."""
    name = f"{postgres_role}_template"
    servers.ask_postgres(postgres_url, f"CREATE DATABASE {name} OWNER {postgres_role} TEMPLATE template0")
    servers.migrate_postgres(servers.owned(postgres_url, postgres_role, name))
    yield name
    servers.ask_postgres(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def postgres_database(postgres_url: str, postgres_role: str) -> AsyncIterator[str]:
    """The URL of a database of this test's own: empty, dropped afterwards."""
    async with _database(postgres_url, postgres_role, "template0") as url:
        yield url


@pytest.fixture
async def migrated_database(postgres_url: str, postgres_role: str, postgres_template: str) -> AsyncIterator[str]:
    """The URL of a database of this test's own: with all migrations and no rows, dropped afterwards."""
    async with _database(postgres_url, postgres_role, postgres_template) as url:
        yield url


@asynccontextmanager
async def _database(postgres_url: str, role: str, template: str) -> AsyncIterator[str]:
    name = f"gateway_test_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(postgres_url)
    try:
        await connection.execute(f"CREATE DATABASE {name} OWNER {role} TEMPLATE {template}")
        yield servers.owned(postgres_url, role, name)
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def redis_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """A Redis or Valkey: the one that GATEWAY_TEST_REDIS_URL names, else one that runs for this session.

    Of one that is named, each worker takes the database with its number, counted from the named one, and only
    if it is empty: tests empty what they use.
    """
    url = os.environ.get("GATEWAY_TEST_REDIS_URL")
    named = servers.Server(_own_database(url), "GATEWAY_TEST_REDIS_URL") if url else None
    with _serving(pytestconfig, named, servers.redis, servers.redis_version) as serving:
        yield serving


def _own_database(named: str) -> str:
    split = urlsplit(named)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    url = split._replace(path=f"/{int(split.path.strip('/') or 0) + worker}").geturl()
    with Redis.from_url(url) as client:
        if client.dbsize():
            pytest.fail(f"{url} (GATEWAY_TEST_REDIS_URL) is not empty, and tests would empty it")
    return url


@pytest.fixture
async def redis_database(redis_url: str) -> AsyncIterator[str]:
    """The URL of a Redis database that is empty, and is emptied afterwards."""
    async with AsyncRedis.from_url(redis_url) as client:
        await client.flushdb()
        yield redis_url
        await client.flushdb()


@pytest.fixture(scope="session")
def corpora() -> Callable[[str], Path]:
    """`tests.corpora.corpus`, for who prefers to ask for it."""
    return corpus


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SERVED] = set()


def pytest_collection_finish() -> None:
    """Spare the collector what stays until the end, and most of its visits: a twentieth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the controller, when we are one of its workers, what served here."""
    if hasattr(session.config, "workeroutput"):
        served = session.config.stash[SERVED]
        session.config.workeroutput["served"] = sorted(served)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # Any: a class that xdist does not publish
    """Collect what served a worker that is done; one that died has not told."""
    node.config.stash[SERVED].update(getattr(node, "workeroutput", {}).get("served", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    served = config.stash[SERVED]
    for server in sorted(served):
        terminalreporter.write_line(f"served by {server}")
