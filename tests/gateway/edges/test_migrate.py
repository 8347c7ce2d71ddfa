"""Migrations: all or none, once, whoever else is starting."""

import asyncio
import subprocess
import sys

import pytest

from gateway.edges.migrate import FOLDER, migrate, migrations
from gateway.errors import Misconfigured, Unavailable
from tests.gateway.edges.stores import opened, run

START = """
import asyncio, sys
from gateway.edges.migrate import migrate
from tests.gateway.edges.stores import opened
async def main():
    database = await opened(sys.argv[1], 1)
    print(len(await migrate(database)))
    await database.close()
asyncio.run(main())
"""


def test_both_dialects_have_the_same_migrations() -> None:
    assert list(migrations("sqlite")) == list(migrations("postgres")) != []
    assert {path.suffix for path in FOLDER.iterdir()} == {".sql"}


async def test_a_second_migration_has_nothing_to_do(place: str) -> None:
    database = await opened(place)

    applied = [await migrate(database) for _ in range(2)]

    await database.close()
    assert applied == [tuple(migrations("sqlite")), ()]


async def test_migrations_of_one_process_at_once_are_applied_once(place: str) -> None:
    databases = [await opened(place, 1) for _ in range(4)]

    applied = await asyncio.gather(*map(migrate, databases))

    for database in databases:
        await database.close()
    assert sorted(map(len, applied)) == [0, 0, 0, len(migrations("sqlite"))]


def test_processes_that_start_at_once_migrate_once(place: str) -> None:
    command = [sys.executable, "-c", START, place]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    printed = [process.communicate(timeout=60)[0].strip() for process in processes]

    assert sorted(printed) == ["0", "0", str(len(migrations("sqlite")))]


async def test_a_migration_that_fails_leaves_nothing(place: str) -> None:
    database = await opened(place)
    await run(database, "create table forms (id text)")  # in the way of the first migration

    with pytest.raises(Unavailable, match="already exists"):
        await migrate(database)

    await run(database, "drop table forms")
    assert await migrate(database) == tuple(migrations("sqlite"))
    await database.close()


async def test_a_database_of_a_newer_version_is_refused(place: str) -> None:
    database = await opened(place)
    await migrate(database)
    await run(database, "insert into migrations (name) values ('9999_from_the_future')")

    with pytest.raises(Misconfigured, match="9999_from_the_future") as caught:
        await migrate(database)

    await database.close()
    assert caught.value.fix


async def test_every_table_has_a_platform_but_those_of_the_installation(place: str) -> None:
    database = await opened(place)
    await migrate(database)
    tables = {
        line.split()[2]
        for script in migrations(database.dialect).values()
        for line in script.splitlines()
        if line.startswith("create table ")
    }

    for table in tables - {"settled", "platforms", "newest_lists", "watched_places", "watched_hosts"}:
        await database.fetch(f"select platform from {table}")  # noqa: S608 - names of ours

    await database.close()
    assert len(tables) > 8
