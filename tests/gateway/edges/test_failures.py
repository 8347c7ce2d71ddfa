"""What failed is remembered for a moment, apart from what was answered."""

import pytest

from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.https import HttpsFetch
from gateway.edges.memory import MemoryCache
from gateway.errors import Unreachable
from tests.gateway.edges.conftest import AT
from tests.simulators.https_server import LoopbackServer, response


def at(server: LoopbackServer, path: str) -> str:
    return f"https://issuer.example:{server.port}{path}"


async def test_a_failure_is_remembered_for_thirty_seconds_even_when_fresh_is_asked_for(
    reach: Reach, issuer: LoopbackServer
) -> None:
    now = [0.0]
    failures = MemoryCache(monotonic=lambda: now[0])
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, failures=failures) as fetch:
        with pytest.raises(Unreachable):
            await fetch(at(issuer, "/a"))
        issuer.replies["/a"] = response(b"{}")
        with pytest.raises(Unreachable, match="answered 404"):
            await fetch(at(issuer, "/a"), fresh=True)
        now[0] = 30.1

        fetched = await fetch(at(issuer, "/a"))

    assert fetched.body == b"{}"


async def test_a_failed_renewal_takes_no_good_answer_away(fetch: HttpsFetch, issuer: LoopbackServer) -> None:
    issuer.replies["/keys"] = response(b"good")
    await fetch(at(issuer, "/keys"))
    del issuer.replies["/keys"]
    with pytest.raises(Unreachable, match="answered 404"):
        await fetch(at(issuer, "/keys"), fresh=True)

    kept = await fetch(at(issuer, "/keys"))
    with pytest.raises(Unreachable, match="answered 404"):
        await fetch(at(issuer, "/keys"), fresh=True)

    assert kept.body == b"good"
    assert len(issuer.requests) == 2


async def test_a_flood_of_failures_pushes_no_answer_out(reach: Reach, issuer: LoopbackServer) -> None:
    issuer.replies["/a"] = response(b"{}")
    limits = Limits(per_host_burst=5000, per_host=1)
    async with HttpsFetch(MemoryCache(max_entries=8), lambda: AT, reach=reach, limits=limits) as fetch:
        await fetch(at(issuer, "/a"))
        for n in range(20):
            with pytest.raises(Unreachable):
                await fetch(at(issuer, f"/no/{n}"))

        await fetch(at(issuer, "/a"))

    assert len(issuer.requests) == 21
