"""PostgreSQL as the database, through a pool of asyncpg connections that survives a restart of the server.

Row-level security holds for every role but a superuser and one with BYPASSRLS: give the gateway a role of its own
(``create role gateway login nosuperuser nobypassrls``), which owns its database; one that only reads and writes its
tables can run what the owner has migrated. A pooler in front of PostgreSQL must keep sessions (PgBouncer:
``pool_mode = session``), because a connection is bound to a tenant between transactions.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Self

import asyncpg

from gateway.edges.database import (
    EVERYWHERE,
    NOWHERE,
    Dialect,
    Everywhere,
    NotPermitted,
    Row,
    T,
    Value,
    Work,
    storable,
)
from gateway.errors import Misconfigured, Unavailable, Unstorable

log = logging.getLogger("badge_gateway.database")

CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 30.0

TRIES = 4
MAX_PAUSE_MS = 50

_BIND = "select set_config('app.platform', $1, false)"
_BYPASSES = "select rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user"

# What another try may mend: a connection that the server closed, a transaction that stood in another's way.
_TROUBLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)

_START = "start PostgreSQL, or name another host and port in GATEWAY_DATABASE_URL"
_SHUT_FIXES: dict[type[asyncpg.PostgresError], str] = {
    asyncpg.InvalidCatalogNameError: "create it (CREATE DATABASE name OWNER role), "
    "or name one that is there at the end of GATEWAY_DATABASE_URL",
    asyncpg.InvalidAuthorizationSpecificationError: "correct role and password in GATEWAY_DATABASE_URL "
    "(postgresql://role:password@host:5432/database, with % and @ in them written as %25 and %40), "
    "or set them (ALTER ROLE role LOGIN PASSWORD '...')",
    asyncpg.InsufficientPrivilegeError: "let the role in: GRANT CONNECT ON DATABASE name TO role",
}
_SHUT = tuple(_SHUT_FIXES)


class TenantConnection(asyncpg.Connection):  # type: ignore[misc] # asyncpg publishes no types
    """A connection that knows to which tenant its session is bound; a new one is bound to none and sees nothing."""

    # Unknown is not the same as none: after a call that was broken off, the server may have bound it or not.
    _platform: str | None = NOWHERE

    async def bind(self, platform: str) -> None:
        """Show the session the rows of one tenant, unless it sees those already.

        Before a transaction and not inside it: to roll that back would undo this too, and nobody here would know.
        """
        if self._platform != platform:
            self._platform = None
            await self.fetch(_BIND, platform)
            self._platform = platform


class PostgreSQL:
    """Pools of connections; a connection that was lost is replaced when it is next needed.

    Work of the installation has a small pool of its own: to look a key up everywhere and then read for its platform
    would otherwise bind connections to and fro, a round trip each time.
    """

    def __init__(self, own: asyncpg.Pool, tenants: asyncpg.Pool, platform: str = NOWHERE) -> None:
        self._own = own
        self._tenants = tenants
        self._pool = own if platform in (NOWHERE, EVERYWHERE) else tenants
        self._platform = platform

    @classmethod
    async def open(cls, url: str, *, max_connections: int = 10) -> Self:
        """Connect.

        Args:
            url: ``postgresql://user:password@host:port/database?sslmode=…``
            max_connections: More callers than that wait for a turn; a quarter as many more are the installation's.

        Raises:
            Misconfigured: Not such a URL; or the server knows no such database or role, or another password.
            Unavailable: There is no server, or it takes nobody now.
        """
        try:
            own = await _pool(url, 1, max(2, max_connections // 4))
            tenants = await _pool(url, 0, max_connections)
        except (asyncpg.ClientConfigurationError, ValueError) as error:
            raise Misconfigured(
                "the database URL cannot be read",
                pointer="GATEWAY_DATABASE_URL",
                fix="set GATEWAY_DATABASE_URL to postgresql://user:password@host:5432/database",
            ) from error
        except _SHUT as error:
            raise _shut(error) from error
        except _TROUBLE as error:
            raise _unavailable(error, _START) from error
        opened = cls(own, tenants)
        await opened._warn()
        return opened

    @property
    def dialect(self) -> Dialect:
        """Always the same."""
        return "postgres"

    def within(self, platform: str) -> Self:
        """The same connections, bound to one tenant whenever one of them is used."""
        if platform == EVERYWHERE and not isinstance(platform, Everywhere):
            platform = NOWHERE
        return type(self)(self._own, self._tenants, platform)

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        """Read on any connection."""
        if not storable((self._platform, *values)):
            return ()

        async def read(connection: asyncpg.Connection) -> Sequence[Row]:
            rows: Sequence[Row] = await connection.fetch(sql, *values)
            return rows

        return await self._tried(read)

    async def transaction(self, work: Callable[[], Work[T]], *, durable: bool = True) -> T:
        """Run the work at READ COMMITTED, and again from the start when that failed.

        When the connection was lost in the very commit, it is done twice; every work must bear that.
        """
        if not storable((self._platform,)):
            raise Unstorable

        async def transact(connection: asyncpg.Connection) -> T:
            async with connection.transaction():
                if not durable:
                    await connection.execute("set local synchronous_commit = off")
                return await _driven(connection, work())

        return await self._tried(transact)

    async def close(self) -> None:
        """Wait for what is under way, then disconnect."""
        await self._tenants.close()
        await self._own.close()

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
                    await connection.bind(self._platform)
                    return await ask(connection)
                except asyncpg.InternalClientError:
                    # The server said goodbye while nobody asked it anything, and has not hung up yet.
                    connection.terminate()
                    raise
        except asyncpg.InsufficientPrivilegeError as error:
            raise NotPermitted(f"not permitted: {error}") from error
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as error:
            raise ValueError(f"against the schema: {error}") from error

    async def _warn(self) -> None:
        for row in await self.fetch(_BYPASSES):
            if row["bypasses"]:
                log.warning(
                    "the database role bypasses row-level security, so tenants are told apart by the gateway's own "
                    "statements alone; give it a role that is neither a superuser nor has BYPASSRLS"
                )


async def _pool(url: str, at_once: int, at_most: int) -> asyncpg.Pool:
    return await asyncpg.create_pool(
        url,
        min_size=at_once,
        max_size=at_most,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=ANSWER_TIMEOUT_S,
        connection_class=TenantConnection,
        reset=_nothing_to_reset,
        server_settings={"application_name": "badge-gateway", "jit": "off"},
    )


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
            raise Unstorable
        rows = await connection.fetch(sql, *values)


def _unavailable(error: BaseException, fix: str = "") -> Unavailable:
    return Unavailable(f"the database did not answer: {type(error).__name__} {error}".rstrip(), fix=fix)


def _shut(error: asyncpg.PostgresError) -> Misconfigured:
    """What the server says names role and database, never the password."""
    fix = next(fix for kind, fix in _SHUT_FIXES.items() if isinstance(error, kind))
    return Misconfigured(f"PostgreSQL does not let the gateway in: {error}", pointer="GATEWAY_DATABASE_URL", fix=fix)
