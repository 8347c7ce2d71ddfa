"""What comes back once, in this process and in a real Redis."""

import asyncio
import datetime as dt

import pytest

from gateway.edges.redis import SharedRedis
from gateway.edges.tickets import MemoryTickets, RedisTickets
from gateway.errors import Unavailable
from gateway.ports.offers import Tickets
from tests.simulators.slow_proxy import SlowProxy


def wall() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture(params=["memory", "redis"])
def tickets(request: pytest.FixtureRequest) -> Tickets:
    return MemoryTickets(wall) if request.param == "memory" else RedisTickets(request.getfixturevalue("redis"))


class TestTickets:
    """What holds for every implementation."""

    async def test_what_was_given_is_looked_at_and_stays(self, tickets: Tickets) -> None:
        text = await tickets.give("nonce", b"\x00\xff", 60)

        assert [await tickets.look("nonce", text) for _ in range(2)] == [b"\x00\xff"] * 2

    async def test_what_is_taken_is_gone(self, tickets: Tickets) -> None:
        text = await tickets.give("nonce", b"1", 60)

        assert await tickets.take("nonce", text) == b"1"
        assert await tickets.take("nonce", text) is None
        assert await tickets.look("nonce", text) is None

    async def test_of_fifty_who_take_at_once_one_has_it(self, tickets: Tickets) -> None:
        text = await tickets.give("nonce", b"1", 60)

        taken = await asyncio.gather(*(tickets.take("nonce", text) for _ in range(50)))

        assert sorted(one is None for one in taken) == [False] + [True] * 49

    async def test_an_empty_value_is_a_value(self, tickets: Tickets) -> None:
        text = await tickets.give("challenge", b"", 60)

        assert await tickets.look("challenge", text) == b""
        assert await tickets.take("challenge", text) == b""

    async def test_one_kind_is_no_other(self, tickets: Tickets) -> None:
        text = await tickets.give("nonce", b"1", 60)

        assert await tickets.take("challenge", text) is None
        assert await tickets.take("nonce", text) == b"1"

    @pytest.mark.parametrize("text", ["", "x" * 43, "\ud800", "\0", "ü" * 10_000])
    async def test_what_was_never_given_is_nothing(self, tickets: Tickets, text: str) -> None:
        assert await tickets.look("nonce", text) is None
        assert await tickets.take("nonce", text) is None

    async def test_it_goes_when_its_time_is_up(self, tickets: Tickets) -> None:
        looked, taken = [await tickets.give("nonce", b"1", 0.02) for _ in range(2)]

        await asyncio.sleep(0.04)

        assert await tickets.look("nonce", looked) is None
        assert await tickets.take("nonce", taken) is None

    async def test_each_text_is_new_and_has_forty_three_characters(self, tickets: Tickets) -> None:
        texts = {await tickets.give("nonce", b"", 60) for _ in range(100)}

        assert {len(text) for text in texts} == {43}
        assert len(texts) == 100


async def test_memory_lets_the_oldest_of_a_kind_go_first() -> None:
    tickets = MemoryTickets(wall, most=2)
    other = await tickets.give("token", b"1", 60)

    texts = [await tickets.give("nonce", b"1", 60) for _ in range(3)]

    assert [await tickets.look("nonce", text) for text in texts] == [None, b"1", b"1"]
    assert await tickets.look("token", other) == b"1"


async def test_memory_holds_no_more_bytes_of_a_kind_than_it_may() -> None:
    tickets = MemoryTickets(wall, most_bytes=10)

    texts = [await tickets.give("nonce", b"12345678", 60) for _ in range(2)]

    assert [await tickets.look("nonce", text) for text in texts] == [None, b"12345678"]


async def test_who_reads_redis_sees_neither_text_nor_value(redis: SharedRedis) -> None:
    text = await RedisTickets(redis).give("nonce", b"the id of an offer", 60)

    (key,) = await redis("KEYS", "gateway:ticket:*")
    value = await redis("GET", key)

    assert text.encode() not in key
    assert b"offer" not in value


async def test_what_somebody_else_wrote_into_redis_is_nothing(redis: SharedRedis) -> None:
    tickets = RedisTickets(redis)
    text = await tickets.give("nonce", b"1", 60)
    (key,) = await redis("KEYS", "gateway:ticket:*")

    await redis("SET", key, b"forged, and longer than sixteen bytes")

    assert await tickets.take("nonce", text) is None


async def test_a_redis_that_is_away_is_unavailable(unused_tcp_port: int) -> None:
    async with SharedRedis(f"redis://127.0.0.1:{unused_tcp_port}") as redis:
        tickets = RedisTickets(redis)
        for asked in (tickets.give("nonce", b"", 60), tickets.look("nonce", "x"), tickets.take("nonce", "x")):
            with pytest.raises(Unavailable):
                await asked


async def test_of_a_redis_that_answers_too_late_a_ticket_is_lost_and_never_had_twice(redis_database: str) -> None:
    async with SharedRedis(redis_database) as near:
        text = await RedisTickets(near).give("nonce", b"1", 60)
        async with (
            SlowProxy(redis_database, delay_s=5.0) as proxy,
            SharedRedis(proxy.url, timeout_s=0.1) as far,
        ):
            with pytest.raises(Unavailable):
                await RedisTickets(far).take("nonce", text)

        assert [await RedisTickets(near).take("nonce", text) for _ in range(2)].count(b"1") <= 1
