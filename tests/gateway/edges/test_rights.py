"""Rights of the database's role: what it lacks is said with how to give it, and no more is needed than is used."""

import uuid
from collections.abc import AsyncIterator
from urllib.parse import SplitResult, urlsplit

import asyncpg
import pytest

from gateway.edges.credentials import StoredCredentials
from gateway.edges.migrate import migrate
from gateway.edges.postgres import PostgreSQL
from gateway.errors import Misconfigured
from tests.gateway.edges.stores import ENVELOPE, intent, issued


@pytest.fixture
async def guest(postgres_url: str, postgres_database: str) -> AsyncIterator[SplitResult]:
    """The URL of a role that may do nothing but enter the database of another one."""
    name = f"guest_{uuid.uuid4().hex}"
    owners = urlsplit(postgres_database)
    admin = await asyncpg.connect(postgres_url)
    await admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
    yield owners._replace(netloc=f"{name}:{name}@{owners.netloc.rpartition('@')[2]}")
    inside = await asyncpg.connect(urlsplit(postgres_url)._replace(path=owners.path).geturl())
    await inside.execute(f"DROP OWNED BY {name}")
    await inside.close()
    await admin.execute(f"DROP ROLE {name}")
    await admin.close()


async def started(url: str) -> tuple[str, ...]:
    database = await PostgreSQL.open(url, max_connections=2)
    try:
        return await migrate(database)
    finally:
        await database.close()


async def as_owner(url: str, sql: str) -> None:
    owner = await asyncpg.connect(url)
    await owner.execute(sql)
    await owner.close()


async def test_a_role_that_may_not_make_tables_is_told_who_lets_it(guest: SplitResult, postgres_url: str) -> None:
    with pytest.raises(Misconfigured, match="may not make tables") as caught:
        await started(guest.geturl())

    name, role = guest.path.strip("/"), guest.username
    assert caught.value.pointer == "GATEWAY_DATABASE_URL"
    assert f"ALTER DATABASE {name} OWNER TO {role};" in caught.value.fix
    assert "\n" not in str(caught.value) + caught.value.fix
    [grant] = [part for part in caught.value.fix.split(": ") if part.startswith("GRANT CREATE ON SCHEMA public")]
    await as_owner(urlsplit(postgres_url)._replace(path=guest.path).geturl(), grant)
    assert await started(guest.geturl())


async def test_a_role_that_may_only_read_and_write_runs_what_is_up_to_date(
    guest: SplitResult, postgres_database: str
) -> None:
    await started(postgres_database)
    with pytest.raises(Misconfigured, match="may not use the tables") as caught:
        await started(guest.geturl())
    grant = caught.value.fix.partition(": ")[2]
    await as_owner(postgres_database, grant)

    assert await started(guest.geturl()) == ()
    database = await PostgreSQL.open(guest.geturl())
    form = await issued(database, intent())
    record = await StoredCredentials(database, ENVELOPE).known("default", b"none")
    await database.close()
    assert (form.sealed, record) == (b"the sealed bytes", None)


async def test_a_right_that_one_table_lacks_is_noticed_at_the_start(guest: SplitResult, postgres_database: str) -> None:
    await started(postgres_database)
    await as_owner(postgres_database, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {guest.username}")
    await as_owner(postgres_database, f"REVOKE DELETE ON replies FROM {guest.username}")

    with pytest.raises(Misconfigured, match="may not use the tables"):
        await started(guest.geturl())


async def test_a_role_that_reads_and_writes_is_told_to_let_the_owner_migrate(
    guest: SplitResult, postgres_database: str
) -> None:
    await started(postgres_database)
    await as_owner(postgres_database, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {guest.username}")
    # The one that makes a table: others only change what is in them, which the role may do.
    await as_owner(postgres_database, "delete from migrations where name >= '0027'")

    with pytest.raises(Misconfigured) as caught:
        await started(guest.geturl())

    assert f"start this version once as {urlsplit(postgres_database).username}" in caught.value.fix


@pytest.mark.parametrize(
    ("change", "said"), [({"path": "/nowhere"}, "CREATE DATABASE"), ({"netloc": "nobody:s3cret@"}, "password")]
)
async def test_a_wrong_database_or_role_is_misconfigured_with_a_fix(
    postgres_url: str, change: dict[str, str], said: str
) -> None:
    place = urlsplit(postgres_url)
    if "netloc" in change:
        change = {"netloc": change["netloc"] + place.netloc.rpartition("@")[2]}

    with pytest.raises(Misconfigured) as caught:
        await PostgreSQL.open(place._replace(**change).geturl())

    assert said in caught.value.fix
    assert "s3cret" not in str(caught.value) + caught.value.fix
