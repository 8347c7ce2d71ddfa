"""What has an id is looked up by it, also before PostgreSQL has counted the rows of a new platform."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest

from gateway.edges import credentials, forms, records, states
from gateway.edges.database import EVERYWHERE, Database, Work, single
from gateway.edges.postgres import PostgreSQL

ROWS = 2000
COUNTED, NEW = "counted", "new"

CREDENTIALS = """
insert into credentials (id, platform, holder, created, updated, title)
select $1 || n, $1, 'holder', n, n, '' from generate_series(1, cast($2 as bigint)) n
"""
KEYS = """
insert into record_keys (credential, platform, wrapped)
select $1 || n, $1, '' from generate_series(1, cast($2 as bigint)) n
"""
FORMS = """
insert into forms (id, platform, credential, format, securing, signing_key, at, unsigned, losses)
select $1 || n, $1, $1 || n, 'open-badges-3', 'data-integrity', '', n, '', ''
from generate_series(1, cast($2 as bigint)) n
"""

BY_ID = re.compile(r"\b(id|credential) = \$1 and (\w\.)?platform\b")
BY_PLATFORM = re.compile(r"Index Cond: .*platform|Seq Scan on")


def statements() -> Iterator[tuple[str, str]]:
    """What is asked of records and forms by id, by where it stands."""
    for module in (credentials, forms, records, states):
        for name, value in vars(module).items():
            if isinstance(value, str) and BY_ID.search(value) and re.search(r"\b(credentials|forms)\b", value):
                yield f"{module.__name__}.{name}", value


def rows_of(platform: str) -> Work[None]:
    """Records of a platform, each with a form."""
    for statement in (CREDENTIALS, KEYS, FORMS):
        yield statement.replace("$2", str(ROWS)).replace("$1", f"cast('{platform}' as text)"), ()


@pytest.fixture
async def half_counted(migrated_database: str) -> AsyncIterator[Database]:
    """PostgreSQL has counted the rows of one platform, and then came as many of another."""
    database = await PostgreSQL.open(migrated_database)
    everywhere = database.within(EVERYWHERE)
    await everywhere.transaction(lambda: rows_of(COUNTED))
    await everywhere.transaction(single("analyze credentials, record_keys, forms"))
    await everywhere.transaction(lambda: rows_of(NEW))
    yield database.within(NEW)
    await database.close()


async def test_a_new_platform_is_read_by_its_ids(half_counted: Database) -> None:
    plans = {}
    for name, sql in statements():
        asked = sql.replace("$1", f"'{NEW}7'").replace("$2", f"'{NEW}'").replace("$3", "null").replace("$4", "null")
        plans[name] = [str(row["QUERY PLAN"]).strip() for row in await half_counted.fetch(f"explain {asked}")]

    wrong = {name: plan for name, plan in plans.items() if any(map(BY_PLATFORM.search, plan))}
    assert len(plans) > len((credentials, forms, records, states))
    assert wrong == {}
