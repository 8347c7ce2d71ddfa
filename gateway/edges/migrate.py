"""Brings a database to the schema of this version: numbered SQL files, all or none, one process at a time."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from gateway.edges.database import Database, Dialect, Work
from gateway.errors import Misconfigured

FOLDER = Path(__file__).parent / "migrations"

# Any number that nothing else in the database takes. SQLite needs none: its transactions exclude each other.
_LOCK = "select pg_advisory_xact_lock(7305463190213)"


async def migrate(database: Database) -> tuple[str, ...]:
    """Apply what is missing, in one transaction; return the names of what was applied.

    Two processes that start together may both call it; the second one waits and finds nothing to do.

    Raises:
        Misconfigured: A newer version of the gateway has changed this database.
        Unavailable: The database does not answer.
    """
    return await database.transaction(lambda: _migrated(database.dialect))


def migrations(dialect: Dialect) -> dict[str, str]:
    """Return the SQL of all migrations by name, in order."""
    suffix = f".{dialect}.sql"
    files = sorted(FOLDER.glob(f"*{suffix}"))
    return {file.name.removesuffix(suffix): file.read_text(encoding="utf-8") for file in files}


def _migrated(dialect: Dialect) -> Work[tuple[str, ...]]:
    if dialect == "postgres":
        yield _LOCK, ()
    yield "create table if not exists migrations (name text not null primary key)", ()
    rows = yield "select name from migrations", ()
    there = {str(row["name"]) for row in rows}
    ours = migrations(dialect)
    if unknown := there - ours.keys():
        raise Misconfigured(
            f"a newer version has changed the database: {', '.join(sorted(unknown))}",
            pointer="GATEWAY_DATABASE_URL",
            fix="start that version again, or restore the backup that was made before it",
        )
    missing = tuple(name for name in ours if name not in there)
    for name in missing:
        for statement in _statements(ours[name]):
            yield statement, ()
        yield "insert into migrations (name) values ($1)", (name,)
    return missing


def _statements(script: str) -> Iterator[str]:
    """Split a script at its semicolons; those in comments and quotes do not count."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"a migration ends in the middle of a statement: {statement.strip()[:60]}")
