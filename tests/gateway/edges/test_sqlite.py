"""What SQLite alone must bear: being killed, being shared, work that fails beside work that does not."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Work, single
from gateway.edges.migrate import migrate
from gateway.edges.sqlite import READ_HERE_BYTES, SQLite
from gateway.edges.status_lists import StoredStatusLists
from gateway.errors import Unavailable
from gateway.records import StatusPurpose
from tests.gateway.edges.stores import ENVELOPE
from tests.gateway.http.test_event_loop import watched

# Issues without end; a line is printed for what was acknowledged, and for nothing else.
ISSUE = """
import asyncio, sys
from gateway.edges.migrate import migrate
from gateway.edges.status_lists import StoredStatusLists
from tests.gateway.edges.stores import intent, issued, opened
async def issue(database):
    lists = StoredStatusLists(database)
    while True:
        entry = await lists.allocate("default", "revocation")
        form = await issued(database, intent(status=entry))
        print(form.intent.id, *entry, flush=True)
async def main():
    database = await opened(sys.argv[1])
    await migrate(database)
    await asyncio.gather(*(issue(database) for _ in range(8)))
asyncio.run(main())
"""
CYCLES = 5
LINES_A_CYCLE = 40


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SQLite]:
    database = await SQLite.open(tmp_path / "gateway.db")
    await database.transaction(single("create table facts (name text primary key, value integer) strict"))
    yield database
    await database.close()


def put(name: str, value: int) -> Work[None]:
    yield "insert into facts (name, value) values ($1, $2)", (name, value)


async def count(database: SQLite) -> int:
    [row] = await database.fetch("select count(*) as n from facts")
    return int(row["n"])


def acknowledged_before_the_kill(path: Path) -> list[str]:
    """Let a process issue for a while, kill it at work, and return the lines that it printed in full."""
    with subprocess.Popen([sys.executable, "-c", ISSUE, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(LINES_A_CYCLE)]
        os.kill(process.pid, signal.SIGKILL)
        return [*lines, *(line for line in process.stdout if line.endswith("\n"))]


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in folder.iterdir()}


async def test_killed_five_times_at_work_nothing_acknowledged_is_lost_and_no_entry_doubled(
    tmp_path: Path,
) -> None:
    path = tmp_path / "gateway.db"

    acknowledged = [line for _ in range(CYCLES) for line in acknowledged_before_the_kill(path)]

    database = await SQLite.open(path)
    rows = await database.fetch("select id, status_list, status_index, sealed from forms")
    there = {f"{row['id']} {row['status_list']} {row['status_index']}\n": row["sealed"] for row in rows}
    entries = {(row["status_list"], row["status_index"]) for row in rows}
    [check] = await database.fetch("pragma integrity_check")
    await database.close()

    assert len(acknowledged) >= CYCLES * LINES_A_CYCLE
    assert [line for line in acknowledged if there.get(line) is None] == []
    assert len(entries) == len(rows)
    assert check["integrity_check"] == "ok"


async def test_work_that_fails_undoes_itself_and_nothing_else(database: SQLite) -> None:
    def failing() -> Work[None]:
        yield from put("failing", 1)
        raise LookupError("a reason of its own")

    results = await asyncio.gather(
        *(database.transaction(partial(put, f"good {n}", n)) for n in range(10)),
        database.transaction(failing),
        database.transaction(lambda: put("good 0", 0)),
        *(database.transaction(partial(put, f"good {n}", n)) for n in range(10, 20)),
        return_exceptions=True,
    )

    failed = [result for result in results if result is not None]
    assert [type(error) for error in failed] == [LookupError, ValueError]
    assert await count(database) == 20


async def test_what_waits_together_is_committed_together(database: SQLite, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "gateway.db", isolation_level=None)
    other.execute("begin immediate")
    waiting = [asyncio.create_task(database.transaction(partial(put, f"{n}", n))) for n in range(100)]
    await asyncio.sleep(0.1)

    other.execute("commit")

    await asyncio.gather(*waiting)
    other.close()
    assert await count(database) == 100
    # Every commit writes at least one page of 4096 bytes.
    assert os.stat(tmp_path / "gateway.db-wal").st_size < 50 * 4096  # noqa: PTH116 - a short look


async def test_work_is_all_or_nothing_when_its_caller_is_cancelled(database: SQLite) -> None:
    def two(n: int) -> Work[None]:
        yield from put(f"{n} a", n)
        yield from put(f"{n} b", n)

    tasks = [asyncio.create_task(database.transaction(partial(two, n))) for n in range(50)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    rows = await database.fetch("select value, count(*) as n from facts group by value")
    assert {row["n"] for row in rows} == {2}
    assert {row["value"] for row in rows} >= set(range(1, 50, 2))


async def test_a_read_sees_what_was_acknowledged_even_while_another_write_waits(database: SQLite) -> None:
    await database.transaction(lambda: put("first", 1))
    waiting = asyncio.create_task(database.transaction(lambda: put("second", 2)))

    seen = await count(database)

    await waiting
    assert seen == 1


async def test_parameters_are_bound_by_number_and_not_by_appearance(database: SQLite) -> None:
    [row] = await database.fetch("select $2 as second, $1 as first, $2 as again", "one", "two")

    assert (row["first"], row["second"], row["again"]) == ("one", "two", "two")


@pytest.mark.parametrize("size", [READ_HERE_BYTES - 100, READ_HERE_BYTES, READ_HERE_BYTES + 1, 3_000_000])
async def test_a_value_is_read_whole_however_large_it_is(database: SQLite, size: int) -> None:
    await database.transaction(single("create table documents (name text primary key, content blob) strict"))
    content = os.urandom(size)
    for name in ("a", "b"):
        await database.transaction(
            single("insert into documents (name, content) values ($1, $2)", name, content + name.encode())
        )

    rows = await database.fetch("select name, content from documents where content <> $2 and name <> $1", "", b"")

    assert [(row["name"], bytes(row["content"])) for row in rows] == [("a", content + b"a"), ("b", content + b"b")]


async def test_a_large_value_is_not_read_in_the_thread_of_the_loop(database: SQLite) -> None:
    await database.transaction(single("create table documents (name text primary key, content blob) strict"))
    await database.transaction(single("insert into documents (name, content) values ('a', zeroblob(50000000))"))

    async with watched() as stalls:
        [row] = await database.fetch("select content from documents where name = $1", "a")

    assert len(row["content"]) == 50_000_000
    assert stalls.cpu_s < 0.005


async def test_a_large_value_cannot_be_read_once_it_is_closed(tmp_path: Path) -> None:
    database = await SQLite.open(tmp_path / "gateway.db")
    await database.close()

    with pytest.raises(Unavailable):
        await database.fetch("select zeroblob(1000000)")


async def test_the_reading_side_cannot_write(database: SQLite) -> None:
    with pytest.raises(Unavailable, match="readonly"):
        await database.fetch("insert into facts (name, value) values ('x', 1) returning name")


async def test_another_process_that_writes_is_waited_for(database: SQLite, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "gateway.db", isolation_level=None)
    other.execute("begin immediate")
    waiting = asyncio.create_task(database.transaction(lambda: put("first", 1)))
    await asyncio.sleep(0.1)

    other.execute("commit")

    await waiting
    other.close()
    assert await count(database) == 1


async def test_the_files_are_for_their_owner_alone(database: SQLite, tmp_path: Path) -> None:
    await database.transaction(lambda: put("first", 1))

    assert modes(tmp_path) == {0o600}


async def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "gateway.db").write_bytes(b"something else" * 100)

    with pytest.raises(Unavailable, match="not a database"):
        await SQLite.open(tmp_path / "gateway.db")


async def test_a_folder_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="No such file"):
        await SQLite.open(tmp_path / "nowhere" / "gateway.db")


async def test_closing_finishes_what_waits(tmp_path: Path) -> None:
    database = await SQLite.open(tmp_path / "gateway.db")
    await migrate(database)
    lists = StoredStatusLists(database)
    waiting = [asyncio.create_task(lists.allocate("default", StatusPurpose.REVOCATION)) for _ in range(20)]
    await asyncio.sleep(0)

    await database.close()

    assert len(set(await asyncio.gather(*waiting))) == 20
    with pytest.raises(Unavailable, match="closed"):
        await StoredCredentials(database, ENVELOPE).seal("default", "id", b"", "")
