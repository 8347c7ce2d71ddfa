"""What PostgreSQL alone must bear: a server that restarts, refuses, or ends a transaction."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from typing import TypeVar

import pytest

from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Work, single
from gateway.edges.migrate import migrate
from gateway.edges.postgres import PostgreSQL
from gateway.edges.records import StoredRecords
from gateway.errors import Misconfigured, Unavailable
from tests import servers
from tests.gateway.edges.stores import ENVELOPE, intent, plan

T = TypeVar("T")


@pytest.fixture
async def database(migrated_database: str) -> AsyncIterator[PostgreSQL]:
    database = await PostgreSQL.open(migrated_database, max_connections=5)
    yield database
    await database.close()


@pytest.fixture
def own_server() -> Iterator[str]:
    """A server that only this test uses, because it comes to harm."""
    with servers.postgres() as server:
        yield server.url


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until there is an answer. Anything but ``Unavailable`` in between is an error."""
    async with asyncio.timeout(20):
        while True:
            with contextlib.suppress(Unavailable):
                return await ask()
            await asyncio.sleep(0.05)


async def test_a_restart_of_the_server_is_survived_without_a_restart_of_ours(own_server: str) -> None:
    database = await PostgreSQL.open(own_server, max_connections=5)
    await migrate(database)
    credentials = StoredCredentials(database, ENVELOPE)
    before = await credentials.plan(plan(intent()))
    await asyncio.gather(*(database.fetch("select pg_sleep(0.05)") for _ in range(5)))
    [backend] = await database.fetch("select pg_backend_pid() as pid")

    # The death of one of its processes makes the server end all connections, recover, and start again.
    os.kill(backend["pid"], signal.SIGKILL)
    plans = [plan(intent()) for _ in range(20)]
    after = await asyncio.gather(*(patiently(partial(credentials.plan, each)) for each in plans))

    stored = await patiently(partial(StoredRecords(database, ENVELOPE).find, "default", before.id))
    await database.close()
    assert stored == before
    assert [record.id for record in after] == [each.record_id for each in plans]


async def test_lost_connections_are_not_even_noticed(database: PostgreSQL) -> None:
    await asyncio.gather(*(database.fetch("select pg_sleep(0.05)") for _ in range(5)))
    credentials = StoredCredentials(database, ENVELOPE)

    await database.fetch(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )

    records = await asyncio.gather(*(credentials.plan(plan(intent())) for _ in range(10)))
    assert len(records) == 10


async def test_of_two_works_that_wait_for_each_other_both_succeed(database: PostgreSQL) -> None:
    await database.transaction(single("insert into settled (name, value) values ('a', ''), ('b', '')"))
    both_began: list[str] = []

    def crossing(first: str, second: str) -> Work[None]:
        yield "update settled set value = value || $2 where name = $1", (first, first)
        both_began.append(first)
        while len(set(both_began)) < 2:
            yield "select pg_sleep(0.01)", ()
        yield "update settled set value = value || $2 where name = $1", (second, first)

    await asyncio.gather(
        database.transaction(lambda: crossing("a", "b")), database.transaction(lambda: crossing("b", "a"))
    )

    rows = await database.fetch("select value from settled order by name")
    assert [sorted(row["value"]) for row in rows] == [["a", "b"], ["a", "b"]]
    assert len(both_began) > 2


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable) as caught:
        await PostgreSQL.open("postgresql://gateway@127.0.0.1:1/gateway")

    assert "GATEWAY_DATABASE_URL" in caught.value.fix


@pytest.mark.parametrize("url", ["mysql://host/db", "postgresql://user:s3cret@host:port/db"])
async def test_a_url_that_is_none_is_misconfigured_and_not_repeated(url: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        await PostgreSQL.open(url)

    assert caught.value.pointer == "GATEWAY_DATABASE_URL"
    assert "s3cret" not in str(caught.value) + caught.value.fix


async def test_more_callers_than_connections_wait_for_a_turn(database: PostgreSQL) -> None:
    rows = await asyncio.gather(*(database.fetch("select pg_sleep(0.01)") for _ in range(50)))

    assert len(rows) == 50
