"""The servers of the suite are real ones, and each test finds them empty."""

import asyncpg
from redis.asyncio import Redis


async def test_postgres_is_real_and_new_enough(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)

    version = await connection.fetchval("SELECT current_setting('server_version_num')::int")

    await connection.close()
    assert version >= 150000


async def test_postgres_lets_two_workers_share_a_queue(postgres_database: str) -> None:
    first, second = await asyncpg.connect(postgres_database), await asyncpg.connect(postgres_database)
    await first.execute("CREATE TABLE job (id int); INSERT INTO job VALUES (1), (2)")
    claim = "SELECT id FROM job ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"

    async with first.transaction(), second.transaction():
        claimed = [await first.fetchval(claim), await second.fetchval(claim)]

    await first.close()
    await second.close()
    assert claimed == [1, 2]


async def test_redis_is_real_and_has_what_the_gateway_uses(redis_database: str) -> None:
    async with Redis.from_url(redis_database, protocol=3) as client:
        answers = [
            await client.set("a", "1", nx=True, px=60_000),
            await client.set("a", "2", nx=True),
            await client.eval("return redis.call('GET', KEYS[1])", 1, "a"),
            await client.getdel("a"),
        ]

    assert answers == [True, None, b"1", b"1"]


class TestEachTestFindsThemEmpty:
    """The same test twice: either could be the first."""

    async def test_once(self, postgres_database: str, redis_database: str) -> None:
        await self.finds_nothing_and_leaves_something(postgres_database, redis_database)

    async def test_again(self, postgres_database: str, redis_database: str) -> None:
        await self.finds_nothing_and_leaves_something(postgres_database, redis_database)

    async def finds_nothing_and_leaves_something(self, postgres_database: str, redis_database: str) -> None:
        connection = await asyncpg.connect(postgres_database)
        tables = await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        await connection.execute("CREATE TABLE left_behind (id int)")
        await connection.close()
        async with Redis.from_url(redis_database) as client:
            keys = await client.dbsize()
            await client.set("left behind", "1")

        assert (tables, keys) == (0, 0)
