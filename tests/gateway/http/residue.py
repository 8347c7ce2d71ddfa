"""Everything that a gateway keeps, read as somebody would who has its master key: every table, every column."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any  # Any: a column holds what it holds

from redis.asyncio import Redis

from gateway.assembly.whole import Gateway
from gateway.edges.database import EVERYWHERE, Database
from gateway.edges.envelope import AES_256_GCM, Envelope, RecordKey
from gateway.errors import Unavailable

TABLES = {
    "sqlite": "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
    "postgres": "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
}
COLUMNS = {
    "sqlite": "select name from pragma_table_info('{0}')",
    "postgres": "select column_name as name from information_schema.columns where table_name = '{0}'",
}

Rows = Mapping[str, list[dict[str, Any]]]


async def everything(database: Database) -> Rows:
    """All rows of all tables, by the names of their columns."""
    whole = database.within(EVERYWHERE)
    found: dict[str, list[dict[str, Any]]] = {}
    for table in [row["name"] for row in await whole.fetch(TABLES[database.dialect])]:
        columns = [row["name"] for row in await whole.fetch(COLUMNS[database.dialect].format(table))]
        rows = await whole.fetch(f"select * from {table}")  # noqa: S608 - a name of ours
        found[table] = [{column: row[column] for column in columns} for row in rows]
    return found


def read(rows: Rows, envelope: Envelope) -> Iterator[tuple[str, bytes]]:
    """Every value, as it stands and in the clear wherever the master key opens it; with where it stands."""
    keys = [envelope.unwrapped(row["credential"], row["wrapped"]) for row in rows["record_keys"]]
    for table, found in rows.items():
        for row in found:
            own = [envelope.unwrapped(row["id"], row["wrapped"])] if table == "europass_deposits" else []
            for column, value in row.items():
                place, plain = f"{table}.{column}", value if isinstance(value, bytes) else str(value).encode()
                yield place, plain
                if plain[:1] == AES_256_GCM:
                    yield from ((place, each) for each in _opened(place, plain, row, [*own, *keys], envelope))


def _opened(
    place: str, sealed: bytes, row: Mapping[str, Any], keys: Iterable[RecordKey], envelope: Envelope
) -> Iterator[bytes]:
    openers: list[RecordKey | Envelope] = [*keys, envelope]
    for each in _places(place, row):
        for opener in openers:
            try:
                yield opener.opened(each, sealed)
            except Unavailable:
                continue


def _places(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    """The names that the stores bind their ciphertexts to."""
    texts = [value.hex() if isinstance(value, bytes) else str(value) for value in row.values()]
    short = [text for text in texts if len(text) < 100]
    yield place
    yield from (f"{place}/{text}" for text in short)
    yield from (f"{place}/{one}/{other}" for one in short for other in short)


async def in_redis(url: str) -> list[bytes]:
    """Every key, and what is kept there."""
    async with Redis.from_url(url) as client:
        keys = [key async for key in client.scan_iter()]
        return [*keys, *[value for key in keys if (value := await client.get(key)) is not None]]


def hits(strings: Iterable[str], values: Iterable[tuple[str, bytes]]) -> dict[str, set[str]]:
    """Where each of these stands, as it is or within base64."""
    wanted = {string: _written(string) for string in strings}
    found: dict[str, set[str]] = {}
    for place, value in values:
        for string, spellings in wanted.items():
            if any(spelling in value for spelling in spellings):
                found.setdefault(string, set()).add(place)
    return found


def _written(string: str) -> tuple[bytes, ...]:
    """A text, and what of it is the same in base64 at each of three offsets, in both alphabets."""
    plain = string.encode()
    cores = [b64encode(b"\0" * offset + plain)[4 if offset else 0 : -4] for offset in range(3)]
    return (plain, *cores, *[core.replace(b"+", b"-").replace(b"/", b"_") for core in cores])


def ciphertexts(rows: Rows) -> set[bytes]:
    """Every encrypted value: what of it is left in a file, a key that is left may open."""
    values = [value for found in rows.values() for row in found for value in row.values()]
    return {value for value in values if isinstance(value, bytes) and value[:1] == AES_256_GCM}


def kept_by(gateway: Gateway) -> tuple[Database, Envelope]:
    """Where a gateway keeps things, and what opens them."""
    return gateway.edges.database, gateway.edges.envelope
