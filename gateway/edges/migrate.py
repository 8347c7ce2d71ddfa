"""Brings a database to the schema of this version: numbered SQL files, all or none, one process at a time."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from gateway.edges.database import Database, Dialect, NotPermitted, Work
from gateway.errors import Misconfigured

FOLDER = Path(__file__).parent / "migrations"

# Any number that nothing else in the database takes. SQLite needs none: its transactions exclude each other.
_LOCK = "select pg_advisory_xact_lock(7305463190213)"

_THERE = {
    "sqlite": "select 1 as there from sqlite_master where type = 'table' and name = 'migrations'",
    "postgres": "select 1 as there where to_regclass('migrations') is not null",
}
# Tables of ours that the role may not read and write; to run a database that is up to date needs no more.
_UNUSABLE = """
select quote_ident(tablename) as name from pg_tables
where schemaname = current_schema()
and tablename = any(string_to_array($1, ' ')) and not (
    has_table_privilege(format('%I.%I', schemaname, tablename), 'select')
    and has_table_privilege(format('%I.%I', schemaname, tablename), 'insert')
    and has_table_privilege(format('%I.%I', schemaname, tablename), 'update')
    and has_table_privilege(format('%I.%I', schemaname, tablename), 'delete')
) order by tablename
"""
_WHO = """
select quote_ident(current_user) as role, quote_ident(current_database()) as name,
    quote_ident(coalesce(current_schema(), 'public')) as schema,
    (select quote_ident(tableowner) from pg_tables where tablename = 'migrations' limit 1) as owner
"""


async def migrate(database: Database) -> tuple[str, ...]:
    """Apply what is missing, in one transaction; return the names of what was applied.

    Two processes that start together may both call it; the second one waits and finds nothing to do. Where there is
    nothing to do, a role of PostgreSQL that may only read and write the tables is enough.

    Raises:
        Misconfigured: A newer version of the gateway has changed this database, or our role may not do what is needed.
        Unavailable: The database does not answer.
    """
    try:
        applied = await database.transaction(lambda: _migrated(database.dialect))
    except NotPermitted as error:
        raise await _refused(database) from error
    if database.dialect == "postgres" and await database.fetch(_UNUSABLE, " ".join(_tables())):
        raise await _refused(database)
    return applied


async def _refused(database: Database) -> Misconfigured:
    [who] = await database.fetch(_WHO)
    role, name, schema, owner = (who[column] for column in ("role", "name", "schema", "owner"))
    if owner in (None, role):
        reason = f"the role {role} may not make tables in the database {name}"
        fix = f"as a superuser: ALTER DATABASE {name} OWNER TO {role}; or, in {name}: "
        return Misconfigured(
            reason, pointer="GATEWAY_DATABASE_URL", fix=f"{fix}GRANT CREATE ON SCHEMA {schema} TO {role};"
        )
    return Misconfigured(
        f"the role {role} may not use the tables of {owner} in the database {name} as this version needs it",
        pointer="GATEWAY_DATABASE_URL",
        fix=f"start this version once as {owner}, which changes them; then, as {owner}: "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};",
    )


def _tables() -> list[str]:
    """Every table that a migration makes."""
    lines = (line.split() for script in migrations("postgres").values() for line in script.splitlines())
    return [words[2] for words in lines if words[:2] == ["create", "table"]]


def migrations(dialect: Dialect) -> dict[str, str]:
    """Return the SQL of all migrations by name, in order."""
    suffix = f".{dialect}.sql"
    files = sorted(FOLDER.glob(f"*{suffix}"))
    return {file.name.removesuffix(suffix): file.read_text(encoding="utf-8") for file in files}


def _migrated(dialect: Dialect) -> Work[tuple[str, ...]]:
    if dialect == "postgres":
        yield _LOCK, ()
    if not (yield _THERE[dialect], ()):
        yield "create table migrations (name text not null primary key)", ()
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
