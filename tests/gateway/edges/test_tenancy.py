"""Tenants are told apart twice, by clause and by row; each holds with the other one switched off."""

import ast
import importlib
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import gateway.edges
from gateway.edges.database import EVERYWHERE, Database, single
from gateway.edges.migrate import migrate, migrations
from gateway.edges.postgres import PostgreSQL
from tests.gateway.edges.stores import opened
from tests.gateway.edges.tenancy import OURS, REACHES, THEIRS, Belongings, Reach, WithoutClauses, belongings

WITHOUT_TENANTS = {"settled", "migrations", "newest_lists", "watched_places", "watched_hosts"}
"""Tables of the installation itself; all others hold what belongs to a tenant."""

FOLDER = Path(gateway.edges.__file__).parent
SQL = re.compile(r"\s*(select|insert|update|delete|with)\b", re.IGNORECASE)
SAID = re.compile(
    r"\bplatform(?: \|\| '')? = \$\d|insert into \w+ \([^)]*\bplatform\b|insert into platforms|"
    r"\bplatforms\b[^;]*\bwhere id = \$1",
    re.DOTALL,
)

EVERYWHERE_BY_NAME = {
    "rows.RECORDS": "the beginning of statements that say it",
    "rows.SOURCES": "the beginning of statements that say it",
    "rows.FORMS": "the beginning of statements that say it",
    "app_passwords._COLUMNS": "the beginning of statements that say it",
    "records._SHARED": "whoever has the address of a record may see its page",
    "erasure._ERASED_RECORD": "whoever has the address of a record is told that it was erased",
    "replies.some_deleted": "what is made of it says it, or is one of these",
    "status_lists._DUE": "the timer signs the lists of all platforms",
    "platforms._ALL": "the key set of the installation names all platforms",
    "members._WHEREVER": "who signs in is told all platforms that they may act for",
    "outbox._NEWS": "one process spreads the events of all platforms",
    "outbox._DUE": "one process sends for all platforms",
    "watches._NEW": "the timer looks after the sources of all platforms",
    "watches._FIRST": "a place may hold sources of several platforms",
    "watches._PAGE": "a place may hold sources of several platforms",
    "watches._FLAGGED": "a place may hold sources of several platforms",
    "watches._FORGET_PLACE": "a place may hold sources of several platforms",
    "trials._FORGET_OVER": "the timer ends what is over of all twins",
    "trials._FORGET_LOST": "the timer ends what is over of all twins",
    **{
        f"lapsed.{name}": "the timer ends what is over of all platforms"
        for name in (
            "_REPLIES",
            "_LINKS",
            "_IDLE_SESSIONS",
            "_OLD_SESSIONS",
            "_CLIENTS",
            "_CODES",
            "_ACCESS_TOKENS",
            "_REFRESH_TOKENS",
            "_APPLICATION_TOKENS",
            "_OFFERS",
            "_SHARE_LINKS",
            "_DELIVERIES",
            "_SECRETS",
        )
    },
    "platforms._HOLDER": "which platform a key is of is what is asked",
    "europass._WAITING": "who confirmed an address sees what every platform put into a wallet for it",
    "europass._ONE_WAITING": "who confirmed an address sees what every platform put into a wallet for it",
    "europass._TAKE": "who confirmed an address takes what any platform put into a wallet for it",
    "europass._DECLINE": "who confirmed an address erases what any platform put into a wallet for it",
    "europass._LINK": "whoever has a link may see what it shows",
    "offers._FIND": "whoever has the link of an offer may see it",
}
"""Statements that say no platform, and why."""


@pytest.fixture
def migrated(migrated_database: str) -> str:
    return migrated_database


@pytest.fixture(params=["sqlite", "postgres without row-level security", "postgres without clauses"])
def half(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Which line is left, and where an empty database is."""
    if request.param == "sqlite":
        return "sqlite", str(tmp_path / "gateway.db")
    url: str = request.getfixturevalue("migrated_database")
    if request.param == "postgres without clauses":
        return "rows", url
    superuser: str = request.getfixturevalue("postgres_url")
    return "clauses", urlsplit(superuser)._replace(path=urlsplit(url).path).geturl()


@pytest.fixture
async def halved(half: tuple[str, str]) -> AsyncIterator[Database]:
    """A database in which one of the two lines is switched off; SQLite has but one."""
    left, place = half
    database = await opened(place)
    await migrate(database)
    yield WithoutClauses(database) if left == "rows" else database
    await database.close()


@pytest.fixture
async def theirs(halved: Database) -> Belongings:
    return await belongings(halved)


@pytest.mark.parametrize("reach", REACHES.values(), ids=REACHES)
async def test_what_is_theirs_is_out_of_reach(halved: Database, theirs: Belongings, reach: Reach) -> None:
    assert not await reach(halved, theirs)


async def test_a_session_of_no_tenant_sees_nothing(migrated: str) -> None:
    database = await PostgreSQL.open(migrated)
    await belongings(database)

    seen = {table: await database.fetch(f"select * from {table}") for table in _tables()}  # noqa: S608

    rows = await database.within(EVERYWHERE).fetch("select platform from credentials")
    await database.close()
    assert [len(found) for found in seen.values()] == [0] * len(seen)
    assert [row["platform"] for row in rows] == [THEIRS]


async def test_a_session_of_one_tenant_changes_nothing_of_another(migrated: str) -> None:
    database = await PostgreSQL.open(migrated)
    await belongings(database)
    ours = database.within(OURS)

    changed = [
        len(await ours.transaction(single(f"{change} returning 1 as one")))
        for table in _tables() - {"platforms"}
        for change in (f"update {table} set platform = '{OURS}'", f"delete from {table}")  # noqa: S608
    ]

    await database.close()
    assert set(changed) == {0}


async def test_a_session_of_one_tenant_writes_nothing_for_another(migrated: str) -> None:
    database = await PostgreSQL.open(migrated)
    insert = "insert into audit (id, platform, at, actor, action, target) values ('1', $1, 0, '', '', '')"

    with pytest.raises(ValueError, match="row-level security"):
        await database.within(OURS).transaction(single(insert, THEIRS))

    await database.within(THEIRS).transaction(single(insert, THEIRS))
    await database.close()


async def test_no_text_from_outside_is_taken_for_everywhere(migrated: str) -> None:
    database = await PostgreSQL.open(migrated)
    await belongings(database)

    rows = await database.within("*").fetch("select * from credentials")

    await database.close()
    assert rows == []


async def test_a_rolled_back_transaction_leaves_its_connection_bound(migrated: str) -> None:
    database = await PostgreSQL.open(migrated, max_connections=1)
    await belongings(database)

    with pytest.raises(ValueError, match="row-level security"):
        await database.within(OURS).transaction(single("insert into audit (id) values (null)"))

    theirs = await database.within(THEIRS).fetch("select * from credentials")
    ours = await database.within(OURS).fetch("select * from credentials")
    await database.close()
    assert (len(theirs), len(ours)) == (1, 0)


async def test_every_table_with_tenants_has_row_level_security_forced(migrated: str) -> None:
    database = await PostgreSQL.open(migrated)

    rows = await database.fetch(
        "select relname, relrowsecurity and relforcerowsecurity as forced, "
        "exists (select 1 from pg_policy p where p.polrelid = c.oid) as ruled "
        "from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )

    await database.close()
    assert {row["relname"] for row in rows if not (row["forced"] and row["ruled"])} == WITHOUT_TENANTS


def test_every_statement_says_its_platform() -> None:
    silent = {name for name, sql in _statements() if _touches_tenants(sql) and not SAID.search(sql)}

    assert silent == EVERYWHERE_BY_NAME.keys()


def _tables() -> set[str]:
    """Every table with tenants, from the migrations."""
    made = {
        line.split()[2]
        for script in migrations("postgres").values()
        for line in script.splitlines()
        if line.startswith("create table ")
    }
    return made - WITHOUT_TENANTS


def _touches_tenants(sql: str) -> bool:
    return any(re.search(rf"\b(from|join|into|update)\s+{table}\b", sql) for table in _tables())


def _statements() -> Iterator[tuple[str, str]]:
    """Every SQL text of the edges, by where it stands: constants of modules, and texts inside functions."""
    for path in sorted(FOLDER.glob("*.py")):
        module = importlib.import_module(f"gateway.edges.{path.stem}")
        for name, value in vars(module).items():
            if isinstance(value, str) and SQL.match(value) and f"\n{name} = " in path.read_text():
                yield f"{path.stem}.{name}", value
        tree = ast.parse(path.read_text())
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                        yield f"{path.stem}.{function.name}", node.value
