"""The address that was checked is the one connected to, and nobody learns more from a failure."""

import asyncio
import math
import re
import socket
import ssl
import time
from collections.abc import Sequence

import httpcore2
import msgspec
import pytest

from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.https import HttpsFetch
from gateway.edges.memory import MemoryCache
from gateway.edges.pinned import NO_CONNECTION, PinnedConnections
from gateway.errors import Unreachable
from tests.gateway.edges.conftest import AT, PUBLIC, inside
from tests.simulators.https_server import Authority, LoopbackServer, response

PATIENCE_S = 10
MOST_ROUNDS = 20
"""The machine does other things too: what takes as long does so in the best of some rounds."""


class Names:
    """A resolver whose answers change with every look-up; the last one stays."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        del port
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def connections(names: Names) -> PinnedConnections:
    return PinnedConnections(names, inside, Limits(connect_s=1.0, quiet_s=0.0))


async def test_a_name_is_looked_up_once_and_the_checked_address_is_the_one_connected_to(
    authority: Authority,
) -> None:
    seen: list[str | None] = []
    tls = authority.server("rebound.example")
    tls.sni_callback = lambda _socket, name, _context: seen.append(name)
    async with LoopbackServer(PUBLIC, tls) as server:
        names = Names([PUBLIC], ["127.0.0.1"])
        server.replies["/"] = response(b"{}")
        reach = Reach(ports=frozenset({server.port}), inside=inside, resolve=names, tls=authority.trust())
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
            fetched = await fetch(f"https://rebound.example:{server.port}/")

    assert fetched.body == b"{}"
    assert names.asked == seen == ["rebound.example"]


@pytest.mark.parametrize(
    "answers",
    [
        [PUBLIC, "::1"],
        ["::1", PUBLIC],
        [PUBLIC, PUBLIC, PUBLIC, PUBLIC, "10.0.0.1"],
        [PUBLIC, "fe80::1%1"],
        [PUBLIC, "no address"],
        [],
    ],
)
async def test_a_name_with_one_inside_address_is_refused_whole(answers: Sequence[str]) -> None:
    async with LoopbackServer(PUBLIC) as server:
        with pytest.raises(httpcore2.ConnectError, match=NO_CONNECTION):
            await connections(Names(answers)).connect_tcp("mixed.example", server.port)

    assert server.connections == 0


async def test_an_inside_address_is_refused_without_a_look_up() -> None:
    names = Names([PUBLIC])

    with pytest.raises(httpcore2.ConnectError, match=NO_CONNECTION):
        await connections(names).connect_tcp("127.0.0.1", 443)

    assert names.asked == []


async def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    def public(_: object) -> bool:
        return False

    async with LoopbackServer(PUBLIC) as server:
        network = PinnedConnections(
            Names(["127.0.0.6", "127.0.0.7", PUBLIC]), public, Limits(connect_s=1.0, quiet_s=0.0)
        )

        stream = await network.connect_tcp("issuer.example", server.port)
        peer = stream.get_extra_info("server_addr")
        await stream.aclose()

    assert peer == (PUBLIC, server.port)


async def test_unix_sockets_are_not_connected_to() -> None:
    with pytest.raises(NotImplementedError):
        await connections(Names([PUBLIC])).connect_unix_socket("/run/any.socket")


async def test_inside_refused_and_unknown_look_the_same_and_take_as_long(authority: Authority) -> None:
    class Unknown(Names):
        async def __call__(self, host: str, port: int) -> Sequence[str]:
            await asyncio.sleep(0.06)  # a name server far away knows that there is none
            raise socket.gaierror(socket.EAI_NONAME, f"{host}:{port} is not known")

    async with LoopbackServer(PUBLIC) as closed:
        port = closed.port
    said: set[tuple[type, str]] = set()
    ways = (Names(["10.0.0.1"]), Names([PUBLIC, "127.0.0.1"]), Names([PUBLIC]), Unknown())
    quickest_s = [math.inf] * len(ways)
    for rounds in range(MOST_ROUNDS):
        if rounds > 1 and max(quickest_s) - min(quickest_s) < 0.05:
            break
        for index, names in enumerate(ways):
            reach = Reach(ports=frozenset({port}), inside=inside, resolve=names, tls=authority.trust())
            async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=Limits(quiet_s=0.15)) as fetch:
                start = time.perf_counter()
                with pytest.raises(Unreachable) as caught:
                    await fetch(f"https://issuer.example:{port}/")
                quickest_s[index] = min(quickest_s[index], time.perf_counter() - start)
            said.add((type(caught.value), str(caught.value)))

    assert said == {(Unreachable, f"https://issuer.example:{port}/: {NO_CONNECTION}")}
    assert max(quickest_s) - min(quickest_s) < 0.05


async def test_a_handshake_that_never_ends_costs_no_socket(authority: Authority) -> None:
    async with LoopbackServer(PUBLIC) as silent:
        reach = Reach(ports=frozenset({silent.port}), inside=inside, resolve=Names([PUBLIC]), tls=authority.trust())
        limits = Limits(deadline_s=0.3)
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=limits) as fetch:
            with pytest.raises(Unreachable, match=re.escape("within 0.3 s")):
                await fetch(f"https://issuer.example:{silent.port}/")
            async with asyncio.timeout(PATIENCE_S):
                while silent.open:  # noqa: ASYNC110
                    await asyncio.sleep(0.001)

            assert silent.connections == 1


async def test_a_look_up_that_never_ends_stops_at_the_deadline(reach: Reach) -> None:
    async def never(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(60)
        return [host, str(port)]

    reach = msgspec.structs.replace(reach, resolve=never)
    limits = Limits(deadline_s=0.1)
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=limits) as fetch:
        with pytest.raises(Unreachable, match="no complete answer"):
            await fetch("https://issuer.example/")


async def test_a_server_that_speaks_an_old_tls_is_unreachable(authority: Authority, reach: Reach) -> None:
    old = authority.server("issuer.example")
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    strict = authority.trust()
    strict.minimum_version = ssl.TLSVersion.TLSv1_3
    async with LoopbackServer(PUBLIC, old) as server:
        reach = msgspec.structs.replace(reach, ports=frozenset({server.port}), tls=strict)
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
            with pytest.raises(Unreachable, match="no TLS session could be agreed on"):
                await fetch(f"https://issuer.example:{server.port}/")
