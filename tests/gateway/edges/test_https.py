"""The way out: answers, redirects, one flight per address, memory, our own and exempt addresses."""

import asyncio
import datetime as dt

import msgspec
import pytest

from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.https import HttpsFetch
from gateway.edges.memory import MemoryCache
from gateway.errors import FetchBlocked, NoDocument, NotAsked, Unavailable, Unreachable
from gateway.ports import Fetched
from tests.gateway.edges.conftest import AT, PUBLIC
from tests.simulators.https_server import Authority, LoopbackServer, redirect, response


def at(server: LoopbackServer, path: str, host: str = "issuer.example") -> str:
    return f"https://{host}:{server.port}{path}"


async def test_a_document_comes_with_its_address_status_and_media_type(
    fetch: HttpsFetch, issuer: LoopbackServer
) -> None:
    issuer.replies["/badge?x=1"] = response(b"{}", "Content-Type: Application/LD+JSON; charset=utf-8")
    url = at(issuer, "/badge?x=1")

    fetched = await fetch(f"{url}#fragment", accept="application/ld+json")

    assert fetched == Fetched(url=url, status=200, body=b"{}", media_type="application/ld+json", at=AT)
    assert "accept: application/ld+json\r\n" in issuer.requests[0].lower()


async def test_gone_is_an_answer(fetch: HttpsFetch, issuer: LoopbackServer) -> None:
    issuer.replies["/revoked"] = response(b"revoked", status="410 Gone")

    fetched = await fetch(at(issuer, "/revoked"))

    assert (fetched.status, fetched.body, fetched.media_type) == (410, b"revoked", "")


@pytest.mark.parametrize("status", ["204 No Content", "404 Not Found", "401 Unauthorized", "500 Oops"])
async def test_any_other_status_is_unreachable(fetch: HttpsFetch, issuer: LoopbackServer, status: str) -> None:
    issuer.replies["/a"] = response(b"", "Refresh: 0; url=/b", "Location: /b", status=status)

    with pytest.raises(Unreachable, match=rf"{issuer.port}/a: answered {status[:3]}"):
        await fetch(at(issuer, "/a"))

    assert len(issuer.requests) == 1


async def test_the_request_carries_no_secret_and_no_proxy_is_asked(
    reach: Reach, issuer: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{issuer.port}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{issuer.port}")
    issuer.replies["/set"] = redirect(at(issuer, "/a", "other.example"), "Set-Cookie: secret=1")
    issuer.replies["/a"] = response(b"{}")

    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
        await fetch(at(issuer, "/set"))

    names = {line.partition(":")[0].lower() for line in issuer.requests[1].split("\r\n")[1:] if line}
    assert names == {"host", "accept", "accept-encoding", "user-agent"}


@pytest.mark.parametrize(
    ("names", "lasts", "said"),
    [
        (("stranger.example",), dt.timedelta(days=1), "Hostname mismatch"),
        (("issuer.example",), -dt.timedelta(days=1), "certificate has expired"),
    ],
)
async def test_a_wrong_certificate_is_refused_and_named(
    authority: Authority, reach: Reach, names: tuple[str], lasts: dt.timedelta, said: str
) -> None:
    async with LoopbackServer(PUBLIC, authority.server(*names, lasts=lasts)) as server:
        reach = msgspec.structs.replace(reach, ports=frozenset({server.port}))
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
            with pytest.raises(Unreachable, match=said):
                await fetch(at(server, "/"))

    assert server.requests == []


async def test_a_certificate_of_an_unknown_authority_is_refused(reach: Reach, issuer: LoopbackServer) -> None:
    reach = msgspec.structs.replace(reach, tls=Authority().trust())

    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
        with pytest.raises(Unreachable, match="its certificate is not trusted"):
            await fetch(at(issuer, "/"))

    assert issuer.requests == []


async def test_a_server_without_tls_is_unreachable(reach: Reach) -> None:
    async with LoopbackServer(PUBLIC) as plain:
        reach = msgspec.structs.replace(reach, ports=frozenset({plain.port}))
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=Limits(deadline_s=0.5)) as fetch:
            with pytest.raises(Unreachable):
                await fetch(at(plain, "/"))


async def test_redirects_are_followed_and_the_answer_names_the_last_address(
    fetch: HttpsFetch, issuer: LoopbackServer
) -> None:
    issuer.replies["/1"] = redirect("/2")
    issuer.replies["/2"] = redirect(f"//other.example:{issuer.port}/3")
    issuer.replies["/3"] = redirect("4?x#fragment")
    issuer.replies["/4?x"] = response(b"{}")

    fetched = await fetch(at(issuer, "/1"))

    assert fetched.url == at(issuer, "/4?x", "other.example")
    assert f"host: other.example:{issuer.port}\r\n" in issuer.requests[3].lower()


async def test_a_fourth_redirect_is_not_followed(fetch: HttpsFetch, issuer: LoopbackServer) -> None:
    issuer.replies["/loop"] = redirect("/loop")

    with pytest.raises(Unreachable, match="more than 3 redirects"):
        await fetch(at(issuer, "/loop"))

    assert len(issuer.requests) == 4


@pytest.mark.parametrize(
    "target",
    [
        "http://issuer.example/",
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "file:///etc/passwd",
        "ftp://issuer.example/",
        "https://user@issuer.example/",
        "//0x7f.1/",
        "https://issuer.example:22/",
    ],
)
async def test_a_redirect_to_a_forbidden_address_is_blocked(
    fetch: HttpsFetch, issuer: LoopbackServer, target: str
) -> None:
    issuer.replies["/a"] = redirect(target)

    with pytest.raises(FetchBlocked):
        await fetch(at(issuer, "/a"))

    assert issuer.connections == 1


async def test_a_redirect_to_a_name_that_leads_inside_never_connects(fetch: HttpsFetch, issuer: LoopbackServer) -> None:
    async with LoopbackServer("127.0.0.1") as canary:
        issuer.replies["/a"] = redirect(at(issuer, "/", "inside.example"))

        with pytest.raises(Unreachable, match="no connection could be made"):
            await fetch(at(issuer, "/a"))

    assert canary.connections == 0


@pytest.mark.parametrize("location", ["https://[", "\xff", "https://issuer.example:port/"])
async def test_a_redirect_that_is_no_address_is_unreachable(
    fetch: HttpsFetch, issuer: LoopbackServer, location: str
) -> None:
    issuer.replies["/a"] = redirect(location)

    with pytest.raises(Unreachable):
        await fetch(at(issuer, "/a"))


async def test_fifty_callers_of_one_address_cost_one_request(fetch: HttpsFetch, issuer: LoopbackServer) -> None:
    async def slowly(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)
        writer.write(response(b"{}", "Cache-Control: no-store"))

    issuer.replies["/a"] = slowly

    answers = await asyncio.gather(*(fetch(at(issuer, "/a"), fresh=n % 2 == 0) for n in range(50)))

    assert {answer.body for answer in answers} == {b"{}"}
    assert len(issuer.requests) == 1


async def test_a_fetch_goes_on_for_the_others_when_its_first_caller_is_cancelled(
    fetch: HttpsFetch, issuer: LoopbackServer
) -> None:
    release = asyncio.Event()

    async def held(writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.write(response(b"{}"))

    issuer.replies["/a"] = held
    first = asyncio.create_task(fetch(at(issuer, "/a")))
    second = asyncio.create_task(fetch(at(issuer, "/a")))
    await asyncio.sleep(0.05)

    first.cancel()
    release.set()

    assert (await second).body == b"{}"
    assert len(issuer.requests) == 1


async def test_a_host_never_has_more_than_two_connections(fetch: HttpsFetch, issuer: LoopbackServer) -> None:
    async def slowly(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        writer.write(response(b"{}"))

    for n in range(8):
        issuer.replies[f"/{n}"] = slowly

    await asyncio.gather(*(fetch(at(issuer, f"/{n}")) for n in range(8)))

    assert issuer.busiest == 2
    assert len(issuer.requests) == 8


async def test_no_turn_in_time_is_not_held_against_the_document(reach: Reach, issuer: LoopbackServer) -> None:
    release = asyncio.Event()

    async def held(writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.write(response(b"{}"))

    issuer.replies |= {"/1": held, "/2": held, "/3": response(b"{}")}
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=Limits(turn_s=0.1)) as fetch:
        others = [asyncio.create_task(fetch(at(issuer, path))) for path in ("/1", "/2")]
        await asyncio.sleep(0.02)
        with pytest.raises(NotAsked, match="too many fetches"):
            await fetch(at(issuer, "/3"))
        release.set()
        await asyncio.gather(*others)

        assert (await fetch(at(issuer, "/3"))).body == b"{}"


async def test_an_answer_is_remembered_until_a_fresh_one_is_asked_for(
    fetch: HttpsFetch, issuer: LoopbackServer
) -> None:
    issuer.replies["/a"] = response(b"1")
    await fetch(at(issuer, "/a"))
    issuer.replies["/a"] = response(b"2")

    kept = await fetch(at(issuer, "/a"))
    fresh = await fetch(at(issuer, "/a"), fresh=True)
    kept_now = await fetch(at(issuer, "/a"))

    assert (kept.body, fresh.body, kept_now.body) == (b"1", b"2", b"2")


async def test_the_same_address_is_remembered_for_each_accept_header(fetch: HttpsFetch, issuer: LoopbackServer) -> None:
    issuer.replies["/a"] = response(b"1")
    await fetch(at(issuer, "/a"), accept="application/json")

    await fetch(at(issuer, "/a"), accept="image/png")

    assert len(issuer.requests) == 2


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((), 300.0),
        (("Cache-Control: max-age=60",), 60.0),
        (("Cache-Control: max-age=60, s-maxage=120",), 120.0),
        (('Cache-Control: public, MAX-AGE="60"', "Age: 20"), 40.0),
        (("Cache-Control: max-age=99999999999999999999",), 3600.0),
        (("Cache-Control: max-age=0",), 0.0),
        (("Cache-Control: max-age=-1",), 0.0),
        (("Cache-Control: max-age=60", "Age: 61"), 0.0),
        (("Cache-Control: no-store",), 0.0),
        (("Cache-Control: private, max-age=60",), 0.0),
        (("Cache-Control: max-age=60", "Cache-Control: no-cache"), 0.0),
    ],
)
async def test_cache_control_decides_how_long_an_answer_is_kept(
    reach: Reach, issuer: LoopbackServer, headers: tuple[str, ...], seconds: float
) -> None:
    now = [0.0]
    issuer.replies["/a"] = response(b"{}", *headers)
    async with HttpsFetch(MemoryCache(monotonic=lambda: now[0]), lambda: AT, reach=reach) as fetch:
        await fetch(at(issuer, "/a"))
        now[0] = max(seconds - 0.1, 0.0)
        await fetch(at(issuer, "/a"))
        now[0] = seconds + 0.1
        await fetch(at(issuer, "/a"))

    assert len(issuer.requests) == (2 if seconds else 3)


async def test_a_broken_cache_only_costs_the_remembering(reach: Reach, issuer: LoopbackServer) -> None:
    class Away:
        async def get(self, key: str) -> bytes | None:
            raise Unavailable(key)

        async def put(self, key: str, value: bytes, ttl_s: float) -> None:
            raise Unavailable(f"{key} {value!r} {ttl_s}")

        async def ping(self) -> None:
            raise Unavailable("away")

    issuer.replies["/a"] = response(b"{}")
    async with HttpsFetch(Away(), lambda: AT, reach=reach) as fetch:
        assert (await fetch(at(issuer, "/a"))).body == b"{}"


async def test_our_own_addresses_are_answered_without_the_network(reach: Reach) -> None:
    published = Fetched(url="https://gateway.example/badges/p/1", status=200, body=b"1", media_type="", at=AT)

    async def local(url: str) -> Fetched | None:
        return published if url == published.url else None

    async with HttpsFetch(
        MemoryCache(), lambda: AT, reach=reach, public_url="https://gateway.example/badges", local=local
    ) as fetch:
        assert await fetch("https://gateway.example/badges/p/1#frag") == published
        for missing in ("https://gateway.example/badges/p/2", "https://GATEWAY.example:443/badges"):
            with pytest.raises(Unreachable, match="publishes nothing there"):
                await fetch(missing)


async def test_a_redirect_to_our_own_address_is_answered_without_the_network(
    reach: Reach, issuer: LoopbackServer
) -> None:
    async def local(url: str) -> Fetched | None:
        return Fetched(url=url, status=200, body=b"ours", media_type="", at=AT)

    issuer.replies["/a"] = redirect("http://127.0.0.1:1/p/1")
    async with HttpsFetch(
        MemoryCache(), lambda: AT, reach=reach, public_url="http://127.0.0.1:1", local=local
    ) as fetch:
        assert (await fetch(at(issuer, "/a"))).body == b"ours"


async def test_an_exempt_origin_may_use_http_on_loopback_and_no_other_port_may() -> None:
    async with LoopbackServer("127.0.0.1") as ours, LoopbackServer("127.0.0.1") as canary:
        ours.replies["/a"] = response(b"{}")
        reach = Reach(exempt_origins=frozenset({f"http://127.0.0.1:{ours.port}"}))
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
            fetched = await fetch(f"http://127.0.0.1:{ours.port}/a")
            for other in (f"http://127.0.0.1:{canary.port}/a", f"https://127.0.0.1:{ours.port}/a"):
                with pytest.raises(FetchBlocked):
                    await fetch(other)

    assert fetched.body == b"{}"
    assert canary.connections == 0


@pytest.mark.parametrize("text", ["127.0.0.1:8000", "ftp://issuer.example", "http://user@127.0.0.1:8000"])
def test_an_exempt_origin_that_is_none_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="address"):
        HttpsFetch(MemoryCache(), lambda: AT, reach=Reach(exempt_origins=frozenset({text})))


async def test_closing_ends_what_is_under_way(reach: Reach, issuer: LoopbackServer) -> None:
    async def never(writer: asyncio.StreamWriter) -> None:
        del writer
        await asyncio.sleep(60)

    issuer.replies["/a"] = never
    async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach) as fetch:
        waiting = asyncio.create_task(fetch(at(issuer, "/a")))
        await asyncio.sleep(0.05)

    with pytest.raises(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize(
    ("status", "host", "expected"),
    [
        ("404 Not Found", "issuer.example", NoDocument),
        ("404 Not Found", "other.example", Unreachable),
        ("403 Forbidden", "issuer.example", Unreachable),
    ],
)
async def test_only_the_host_that_was_asked_says_that_there_is_no_document(
    fetch: HttpsFetch, issuer: LoopbackServer, status: str, host: str, expected: type[Unreachable]
) -> None:
    issuer.replies["/a"] = redirect(at(issuer, "/b", host))
    issuer.replies["/b"] = response(b"", status=status)

    for _ in range(2):
        with pytest.raises(Unreachable, match=f"answered {status[:3]}") as raised:
            await fetch(at(issuer, "/a"))
        assert type(raised.value) is expected  # remembered as it was
