"""Turns and budgets: what is slow, busy or greedy takes room from its like, never from the others."""

import asyncio
import contextlib
import time
from collections.abc import Iterator, Sequence

import pytest

from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.https import HttpsFetch
from gateway.edges.memory import MemoryCache
from gateway.edges.turns import Busy, Turns
from gateway.errors import FetchBudget, Unreachable
from gateway.ports import SPONSOR, Sponsor
from tests.gateway.edges.conftest import AT
from tests.simulators.https_server import LoopbackServer, response

GOOD_S = 0.05
HOSTS = 20
SLOW = 100
ROUNDS, MORE_ROUNDS = 3, 9


@contextlib.contextmanager
def paid_by(name: str, per_minute: int = 1000) -> Iterator[None]:
    token = SPONSOR.set(Sponsor(name, per_minute))
    try:
        yield
    finally:
        SPONSOR.reset(token)


async def loopback(host: str, port: int) -> Sequence[str]:
    del host, port
    return ["127.0.0.1"]


def over_http(server: LoopbackServer) -> Reach:
    """Any number of hosts without the price of TLS."""
    names = [*(f"slow{n}.example" for n in range(SLOW)), *(f"good{n}.example" for n in range(HOSTS))]
    return Reach(exempt_origins=frozenset(f"http://{name}:{server.port}" for name in names), resolve=loopback)


async def quickly(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(GOOD_S)
    writer.write(response(b"{}", "Cache-Control: no-store"))


async def never(writer: asyncio.StreamWriter) -> None:
    del writer
    await asyncio.sleep(60)


async def p99_s(fetch: HttpsFetch, server: LoopbackServer, enough_s: float = 0.0) -> float:
    """Of 80 requests to good hosts, ten at a time; the best of some rounds: the machine does other things too.

    Args:
        enough_s: What is quicker ends the search; as long as nothing is, there are more rounds.
    """
    best_s = min([await _p99_s(fetch, server) for _ in range(ROUNDS)])
    for _ in range(MORE_ROUNDS if enough_s else 0):
        best_s = min(best_s, await _p99_s(fetch, server)) if best_s >= enough_s else best_s
    return best_s


async def _p99_s(fetch: HttpsFetch, server: LoopbackServer) -> float:
    took_s: list[float] = []

    async def one_after_the_other(worker: int) -> None:
        for n in range(8):
            start = time.perf_counter()
            await fetch(f"http://good{(worker + n) % HOSTS}.example:{server.port}/good", fresh=True)
            took_s.append(time.perf_counter() - start)

    await asyncio.gather(*(one_after_the_other(2 * worker) for worker in range(10)))
    return sorted(took_s)[int(len(took_s) * 0.99) - 1]


async def test_a_hundred_slow_hosts_do_not_slow_down_the_good_ones() -> None:
    async with LoopbackServer() as server:
        server.replies |= {"/good": quickly, "/slow": never}
        limits = Limits(deadline_s=60, patience_s=0.3, at_once=SLOW)
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=over_http(server), limits=limits) as fetch:
            alone_s = await p99_s(fetch, server)
            slow = [asyncio.create_task(fetch(f"http://slow{n}.example:{server.port}/slow")) for n in range(SLOW)]
            await asyncio.sleep(0.2)
            beside_s = await p99_s(fetch, server, 2 * alone_s)
            waiting = [task for task in slow if not task.done()]
        await asyncio.gather(*slow, return_exceptions=True)

    assert len(waiting) == SLOW
    assert beside_s < 2 * alone_s, (beside_s, alone_s)


async def test_who_stepped_aside_ends_at_the_deadline_all_the_same() -> None:
    async with LoopbackServer() as server:
        server.replies["/slow"] = never
        limits = Limits(deadline_s=0.4, patience_s=0.1)
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=over_http(server), limits=limits) as fetch:
            slow = (fetch(f"http://slow{n}.example:{server.port}/slow") for n in range(SLOW))
            ended = await asyncio.gather(*slow, return_exceptions=True)

    assert {type(end) for end in ended} == {Unreachable}


async def test_a_slow_request_steps_aside_for_the_next() -> None:
    turns = Turns(Limits(at_once=1, patience_s=0.02, turn_s=1.0))

    async with turns("slow.example"):
        start = time.perf_counter()
        async with turns("quick.example"):
            waited_s = time.perf_counter() - start

    assert waited_s > 0.01


async def test_slow_requests_without_room_end_and_give_their_turn_back() -> None:
    turns = Turns(Limits(at_once=2, aside=1, patience_s=0.02, turn_s=0.5))

    async def slow(host: str) -> None:
        async with turns(host):
            await asyncio.sleep(0.2)

    ends = await asyncio.gather(*(slow(f"slow{n}.example") for n in range(4)), return_exceptions=True)

    assert [type(end) for end in ends].count(Busy) == 3
    async with turns("a.example"), turns("b.example"):
        pass


async def test_a_deadline_of_others_is_not_taken_for_ours() -> None:
    turns = Turns(Limits(patience_s=5.0))

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01), turns("a.example"):
            await asyncio.sleep(1)
    with pytest.raises(TimeoutError, match="mine"):
        async with turns("a.example"):
            raise TimeoutError("mine")


async def test_a_caller_with_many_slow_fetches_keeps_no_other_caller_waiting() -> None:
    turns = Turns(Limits(at_once=3, per_caller=2, turn_s=0.05))

    async with turns("a.example", "greedy"), turns("b.example", "greedy"):
        with pytest.raises(Busy):
            async with turns("c.example", "greedy"):
                pass
        async with turns("c.example", "modest"):
            pass


async def test_a_sponsor_without_budget_is_told_when_to_come_back_and_others_are_served(
    reach: Reach, issuer: LoopbackServer
) -> None:
    issuer.replies |= {f"/{n}": response(b"{}") for n in range(4)}
    url = f"https://issuer.example:{issuer.port}"
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
        with paid_by("greedy", 2):
            for n in (0, 1):
                await fetch(f"{url}/{n}")
            with pytest.raises(FetchBudget, match="too many documents") as caught:
                await fetch(f"{url}/2")
            remembered = await fetch(f"{url}/1")
        with paid_by("modest", 2):
            served = await fetch(f"{url}/2")
        ours = await fetch(f"{url}/3")

    assert 0 < caught.value.retry_after_s <= 30
    assert (remembered.body, served.body, ours.body) == (b"{}",) * 3
    assert len(issuer.requests) == 4


async def test_ten_thousand_hosts_for_one_sponsor_are_mostly_refused_before_they_are_looked_up() -> None:
    looked_up: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        looked_up.append(f"{host}:{port}")
        raise OSError

    limits = Limits(quiet_s=0.0)
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=Reach(resolve=resolve), limits=limits) as fetch:
        with paid_by("greedy", 100):
            for n in range(10_000):
                with pytest.raises(Unreachable):
                    await fetch(f"https://host{n}.example/")

    assert 100 <= len(looked_up) <= 120


async def test_a_thousand_fetches_of_one_address_cost_their_sponsor_one(reach: Reach, issuer: LoopbackServer) -> None:
    async def slowly(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)
        writer.write(response(b"{}", "Cache-Control: no-store"))

    issuer.replies["/a"] = slowly
    url = f"https://issuer.example:{issuer.port}/a"
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
        with paid_by("greedy", 1):
            answers = await asyncio.gather(*(fetch(url, fresh=n % 2 == 0) for n in range(1000)))

    assert {answer.body for answer in answers} == {b"{}"}
    assert len(issuer.requests) == 1


async def test_a_host_is_asked_so_often_and_then_slowly(reach: Reach, issuer: LoopbackServer) -> None:
    issuer.replies |= {f"/{n}": response(b"{}") for n in range(8)}
    limits = Limits(per_host_burst=2, per_host_per_s=40.0, per_host=8)
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=limits) as fetch:
        start = time.perf_counter()
        await asyncio.gather(*(fetch(f"https://issuer.example:{issuer.port}/{n}") for n in range(8)))

        assert time.perf_counter() - start > 6 / 40.0 - 0.03


async def test_a_host_that_is_asked_far_too_often_is_left_alone_and_it_is_not_remembered(
    reach: Reach, issuer: LoopbackServer
) -> None:
    issuer.replies["/a"] = response(b"{}", "Cache-Control: no-store")
    url = f"https://issuer.example:{issuer.port}/a"
    limits = Limits(per_host_burst=1, per_host_per_s=0.7, turn_s=0.1)
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=limits) as fetch:
        await fetch(url)
        with pytest.raises(Unreachable, match="asked for too much"):
            await fetch(url)
        await asyncio.sleep(1 / 0.7)

        assert (await fetch(url)).body == b"{}"
