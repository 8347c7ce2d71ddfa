"""PostgreSQL as the database, through a pool of asyncpg connections that survives a restart of the server."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Self

import asyncpg

from gateway.edges.database import Dialect, Row, T, Value, Work, storable
from gateway.errors import Misconfigured, Unavailable

CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 30.0

TRIES = 4
MAX_PAUSE_MS = 50

# What another try may mend: a connection that the server closed, a transaction that stood in another's way.
_TROUBLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


class PostgreSQL:
    """A pool of connections; a connection that was lost is replaced when it is next needed."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str, *, max_connections: int = 10) -> Self:
        """Connect.

        Args:
            url: ``postgresql://user:password@host:port/database?sslmode=…``
            max_connections: More callers than that wait for a turn.

        Raises:
            Misconfigured: Not such a URL.
            Unavailable: There is no server, or it does not let us in.
        """
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=max_connections,
                timeout=CONNECT_TIMEOUT_S,
                command_timeout=ANSWER_TIMEOUT_S,
                reset=_nothing_to_reset,
                server_settings={"application_name": "badge-gateway", "jit": "off"},
            )
        except (asyncpg.ClientConfigurationError, ValueError) as error:
            raise Misconfigured(
                "the database URL cannot be read",
                pointer="GATEWAY_DATABASE_URL",
                fix="set GATEWAY_DATABASE_URL to postgresql://user:password@host:5432/database",
            ) from error
        except _TROUBLE as error:
            raise _unavailable(error) from error
        return cls(pool)

    @property
    def dialect(self) -> Dialect:
        """Always the same."""
        return "postgres"

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        """Read on any connection."""
        if not storable(values):
            return ()

        async def read(connection: asyncpg.Connection) -> Sequence[Row]:
            rows: Sequence[Row] = await connection.fetch(sql, *values)
            return rows

        return await self._tried(read)

    async def transaction(self, work: Callable[[], Work[T]], *, durable: bool = True) -> T:
        """Run the work at READ COMMITTED, and again from the start when that failed.

        When the connection was lost in the very commit, it is done twice; every work must bear that.
        """

        async def transact(connection: asyncpg.Connection) -> T:
            async with connection.transaction():
                if not durable:
                    await connection.execute("set local synchronous_commit = off")
                return await _driven(connection, work())

        return await self._tried(transact)

    async def close(self) -> None:
        """Wait for what is under way, then disconnect."""
        await self._pool.close()

    async def _tried(self, ask: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        for tried in range(TRIES - 1):
            try:
                return await self._asked(ask)
            except TimeoutError as error:
                raise _unavailable(error) from error
            except _TROUBLE:
                # At once, then at random: two transactions that met will not meet for ever.
                await asyncio.sleep(tried * secrets.randbelow(MAX_PAUSE_MS) / 1000)
        try:
            return await self._asked(ask)
        except _TROUBLE as error:
            raise _unavailable(error) from error

    async def _asked(self, ask: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        try:
            async with self._pool.acquire(timeout=CONNECT_TIMEOUT_S) as connection:
                try:
                    return await ask(connection)
                except asyncpg.InternalClientError:
                    # The server said goodbye while nobody asked it anything, and has not hung up yet.
                    connection.terminate()
                    raise
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as error:
            raise ValueError(f"against the schema: {error}") from error


async def _nothing_to_reset(connection: asyncpg.Connection) -> None:
    """Spare the round trip before a connection is used again: nothing here outlives a transaction."""
    del connection


async def _driven(connection: asyncpg.Connection, work: Work[T]) -> T:
    rows: Sequence[Row] | None = None
    while True:
        try:
            sql, values = next(work) if rows is None else work.send(rows)
        except StopIteration as stop:
            result: T = stop.value
            return result
        if not storable(values):
            raise ValueError("a text with NUL or half a surrogate pair cannot be stored")
        rows = await connection.fetch(sql, *values)


def _unavailable(error: BaseException) -> Unavailable:
    return Unavailable(f"the database did not answer: {type(error).__name__} {error}".rstrip())
