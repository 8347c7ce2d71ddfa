"""SQLite as the database: one thread writes and commits together what waits together; reads run beside it."""

import asyncio
import contextlib
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeAlias

from gateway.edges.database import Dialect, Row, T, Value, Work, storable
from gateway.errors import Misconfigured, Unavailable, Unstorable

OLDEST = (3, 37)  # STRICT tables

# Another process may hold the lock for the length of its commit. In WAL mode a read never waits for a writer;
# it waits for a moment when the processes before were killed: the first one back repairs the index.
WRITE_PATIENCE_S = 10.0
READ_PATIENCE_S = 1.0
MAX_TOGETHER = 64

READ_HERE_BYTES = 64 * 1024
"""Of a value that the event loop copies itself; what is larger is copied in a thread."""


class SQLite:
    """One file in WAL mode, which several processes may share.

    Reads run in the event loop itself: by primary key they take some 5 µs, a hop to a thread takes 100. Where a value
    turns out to be large, SQLite gives up before it is copied, and the read is done again in a thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: _Jobs = queue.SimpleQueue()
        # Opened here, so that a file that cannot be written is told at once, and first: it waits the longest for others
        # who are making the same file at this moment, and whoever opens a file that is made needs not wait.
        writer = _connection(path, WRITE_PATIENCE_S)
        self._reader = _reading(path)
        self._reader.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, READ_HERE_BYTES)
        self._large = _reading(path)
        self._one_at_a_time = threading.Lock()
        self._thread = threading.Thread(target=_serve, args=(writer, self._jobs), name="sqlite", daemon=True)
        self._thread.start()
        self._open = True

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file, or make it, readable by its owner alone.

        Raises:
            Misconfigured: The SQLite that Python was built with is too old.
            Unavailable: The file cannot be opened, or is no database.
        """
        if sqlite3.sqlite_version_info < OLDEST:
            raise Misconfigured(
                f"SQLite {sqlite3.sqlite_version} is too old",
                fix="use a Python whose sqlite3 module has SQLite 3.37 or newer, or set GATEWAY_DATABASE_URL",
            )
        try:
            return await asyncio.to_thread(cls, path)
        except (OSError, sqlite3.Error) as error:
            raise Unavailable(f"{path}: {error}") from error

    @property
    def dialect(self) -> Dialect:
        """Always the same."""
        return "sqlite"

    def within(self, platform: str) -> Self:
        """This very database: here the where clauses alone tell tenants apart."""
        del platform
        return self

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        """Read at once, in this thread; values of more than ``READ_HERE_BYTES`` in another."""
        if not storable(values):
            return ()
        try:
            return _rows(self._reader, sql, values)
        except sqlite3.DataError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_TOOBIG:
                raise Unavailable(f"the database did not answer: {error}") from error
        except sqlite3.Error as error:
            raise Unavailable(f"the database did not answer: {error}") from error
        return await asyncio.to_thread(self._fetched, sql, values)

    async def transaction(self, work: Callable[[], Work[T]], *, durable: bool = True) -> T:
        """Hand the work to the writer. A caller who is cancelled while it runs does not stop it."""
        if not self._open:
            raise Unavailable("the database is closed")
        job = _Job(work, durable=durable)
        self._jobs.put(job)
        return await asyncio.wrap_future(job.future)

    async def close(self) -> None:
        """Finish what waits, then close the file."""
        if self._open:
            self._open = False
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)
            self._reader.close()
            with self._one_at_a_time:
                self._large.close()

    def _fetched(self, sql: str, values: Sequence[Value]) -> Sequence[Row]:
        with self._one_at_a_time:
            try:
                return _rows(self._large, sql, values)
            except sqlite3.Error as error:
                raise Unavailable(f"the database did not answer: {error}") from error


class _Job(Generic[T]):
    """Work that waits to be committed, and who waits for it."""

    def __init__(self, work: Callable[[], Work[T]], *, durable: bool) -> None:
        self.future: Future[T] = Future()
        self.durable = durable
        self._work = work
        self._settle: Callable[[], object] = self.future.cancel

    def run(self, connection: sqlite3.Connection) -> None:
        """Do the work inside the open transaction; raise only when the transaction itself is lost."""
        with _Savepoint(connection) as savepoint:
            self._settle = partial(self.future.set_result, _driven(connection, self._work()))
        if savepoint.error is not None:
            self._settle = partial(self.future.set_exception, _translated(savepoint.error))

    def settle(self) -> None:
        """Tell who waits, once everything is committed."""
        self._settle()

    def fail(self, error: sqlite3.Error) -> None:
        """Tell who waits that nothing was committed."""
        self.future.set_exception(_translated(error))


class _Savepoint:
    """Undoes one work that failed and keeps its error; the works that are committed with it go on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.error: BaseException | None = None
        self._connection = connection

    def __enter__(self) -> Self:
        self._connection.execute("savepoint work")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        if error is not None:
            self._connection.execute("rollback to work")
        self._connection.execute("release work")
        return True


# Any: what a job results in matters only to who waits for it.
_Jobs: TypeAlias = queue.SimpleQueue[_Job[Any] | None]


def _serve(connection: sqlite3.Connection, jobs: _Jobs) -> None:
    """Commit until there is a None: in one commit, all that came while the last one was under way."""
    more = True
    while more:
        waiting = [jobs.get()]
        while len(waiting) < MAX_TOGETHER and not jobs.empty():
            waiting.append(jobs.get())
        more = None not in waiting
        _commit(connection, [job for job in waiting if job and job.future.set_running_or_notify_cancel()])
    connection.close()


def _commit(connection: sqlite3.Connection, jobs: Sequence[_Job[Any]]) -> None:
    try:
        full = any(job.durable for job in jobs)
        connection.execute(f"pragma synchronous = {'full' if full else 'normal'}")
        connection.execute("begin immediate")
        for job in jobs:
            job.run(connection)
        connection.execute("commit")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("rollback")
        for job in jobs:
            job.fail(error)
    else:
        for job in jobs:
            job.settle()


def _driven(connection: sqlite3.Connection, work: Work[T]) -> T:
    rows: Sequence[Row] | None = None
    while True:
        try:
            sql, values = next(work) if rows is None else work.send(rows)
        except StopIteration as stop:
            result: T = stop.value
            return result
        if not storable(values):
            raise Unstorable
        rows = connection.execute(sql, _bound(values)).fetchall()


def _reading(path: Path) -> sqlite3.Connection:
    connection = _connection(path, READ_PATIENCE_S)
    connection.execute("pragma query_only = on")
    return connection


def _rows(connection: sqlite3.Connection, sql: str, values: Sequence[Value]) -> Sequence[Row]:
    rows: Sequence[Row] = connection.execute(sql, _bound(values)).fetchall()
    return rows


def _bound(values: Sequence[Value]) -> dict[str, Value]:
    """Name the values: SQLite binds a sequence to ``$2, $1`` in order of appearance, not by number."""
    return {str(number): value for number, value in enumerate(values, 1)}


def _translated(error: BaseException) -> BaseException:
    if not isinstance(error, sqlite3.Error):
        return error
    ours: Exception
    if isinstance(error, sqlite3.IntegrityError):
        ours = ValueError(f"against the schema: {error}")
    else:
        ours = Unavailable(f"the database did not answer: {error}")
    ours.__cause__ = error
    return ours


def _connection(path: Path, patience_s: float) -> sqlite3.Connection:
    # SQLite gives the files beside it (-wal, -shm) the same permissions. A file that is there is not opened: closing
    # any descriptor of it lets go of every lock this process has on it, and the next process to leave would delete the
    # WAL under us.
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma foreign_keys = on")
    # A deleted key is overwritten, not only unlinked.
    connection.execute("pragma secure_delete = on")
    return connection
