"""Many badges, many hosts' worth of them, several pollers, and a store that goes away in the middle.

``GATEWAY_TEST_BADGES=10000 ./run.sh test -m slow tests/gateway/flows/test_watch_many.py`` for more on one list.
"""

import asyncio
import dataclasses
import datetime as dt
import json
import logging
import os
import time
import uuid
from pathlib import Path

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway, assembled
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import single
from gateway.errors import Unavailable
from gateway.flows.poll import LEASE
from gateway.ports import Fetched, Plan
from gateway.ports.watches import WatchedSources
from gateway.records import Source
from gateway.records.events import Event
from gateway.records.watches import SourceState, WatchedPlace, WatchedSource
from gateway.settings import Settings
from gateway.trust.asked_once import Worlds
from tests.gateway.edges.stores import intent
from tests.gateway.flows.conftest import PUBLIC_URL
from tests.gateway.flows.watching import LIST, Watched
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.web import SimulatedWeb

log = logging.getLogger(__name__)
BADGES = int(os.environ.get("GATEWAY_TEST_BADGES", "2000"))

on_every_store = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)

REVOKED = [("source.revoked", "revoked")]


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    kind = getattr(request, "param", "sqlite")
    url = "" if kind == "sqlite" else str(request.getfixturevalue("migrated_database"))
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, database_url=url)


@pytest.fixture
def watched(gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> Watched:
    return Watched(gateway, web, clock, issuer)


async def converted(watched: Watched, bodies: list[bytes], format_: Format, securing: str) -> list[str]:
    """Store sources as if they had just been converted; return the ids of their records."""
    credentials = watched.gateway.convert.credentials
    issuer, ids = watched.issuer, [str(uuid.uuid4()) for _ in bodies]
    known = {url: watched.web.body(url) for url in (issuer.id, f"{issuer.host}/badges/knots")} if securing else {}
    for start in range(0, len(bodies), 500):
        await asyncio.gather(
            *(
                credentials.plan(_plan(ids[number], bodies[number], format_, securing, known))
                for number in range(start, min(start + 500, len(bodies)))
            )
        )
    return ids


def _plan(record_id: str, body: bytes, format_: Format, securing: str, known: dict[str, bytes]) -> Plan:
    source = Source(
        received=body,
        sha256=b"s" * 32,
        carrier="json",
        media_type="application/json",
        format=format_,
        version="",
        securing=securing,
        capability=record_id,
        received_at=NOON,
        report=b"{}",
        known=known,
    )
    return Plan(
        record_id=record_id,
        platform="default",
        holder="holder",
        actor="key holder",
        fingerprint=uuid.uuid4().bytes * 2,
        title="",
        created=NOON,
        source=source,
        intents=(intent(),),
    )


def listed(watched: Watched, count: int) -> list[bytes]:
    """Credentials that differ in their entry of one list; their own signatures are not looked at again."""
    entry = status_entry(LIST, "123456")
    signed = watched.issuer.signed(watched.issuer.credential(credentialStatus=entry))
    body = json.dumps(signed).encode()
    return [body.replace(b"123456", f"{number:06d}".encode().lstrip(b"0") or b"0") for number in range(count)]


def hosted(watched: Watched, count: int) -> list[bytes]:
    """Assertions at addresses of their own on one host."""
    issuer = watched.issuer
    names = [f"{issuer.host}/assertions/{number}" for number in range(count)]
    return [issuer.hosted(issuer.assertion(id=name)) for name in names]


async def rounds(watched: Watched) -> int:
    """Look until nothing is due; return how many sources were looked at one by one."""
    looked_at = 0
    while True:
        done = await watched.gateway.watching.watch()
        looked_at += sum(each.looked_at for each in done.asked)
        if not done.is_full:
            return looked_at


async def many_on_one_list(watched: Watched, count: int) -> dict[str, float]:
    """Poll a list that so many badges are on: first, unchanged, changed, and down; return the seconds of each."""
    watched.listed()
    ids = await converted(watched, listed(watched, count), Format.OPEN_BADGES_3, "")
    took: dict[str, float] = {}
    begun = time.process_time()
    await rounds(watched)
    took["enrolling"] = time.process_time() - begun
    for name in ("first", "unchanged", "newly signed", "one revoked", "down"):
        watched.clock.advance(hours=2)
        if name == "newly signed":
            watched.listed()
        if name == "one revoked":
            watched.listed(7)
        if name == "down":
            watched.web.unreachable(LIST)
        watched.web.requests.clear()
        begun = time.process_time()

        looked_at = await rounds(watched)

        took[name] = time.process_time() - begun
        assert watched.web.requests.count(LIST) == 1
        assert looked_at == (0 if name in ("unchanged", "down") else count)
    states = [await watched.gateway.watching.sources.find("default", record) for record in (ids[7], ids[8])]
    assert [found and found[0].standing for found in states] == ["revoked", "stands"]
    return took


@on_every_store
async def test_many_badges_on_one_list_cost_one_fetch_a_poll(watched: Watched) -> None:
    took = await many_on_one_list(watched, 60)

    assert took["unchanged"] < took["first"]


@pytest.mark.slow
async def test_thousands_of_badges_on_one_list_cost_one_fetch_and_bounded_time(watched: Watched) -> None:
    took = await many_on_one_list(watched, BADGES)

    log.info("CPU time: %s", {name: f"{seconds:.2f} s" for name, seconds in took.items()})
    assert took["unchanged"] < 1
    assert took["one revoked"] < 60


async def on_one_host(watched: Watched, count: int, minutes: int) -> list[dt.datetime]:
    """Let so many hosted badges of one host be due at once; return when it was asked."""
    await converted(watched, hosted(watched, count), Format.OPEN_BADGES_2, "hosted")
    await rounds(watched)
    watched.clock.advance(days=3)
    asked: list[dt.datetime] = []
    for _ in range(minutes * 12):
        watched.clock.advance(seconds=5)
        watched.web.requests.clear()
        await rounds(watched)
        asked += [watched.clock.now] * len(watched.web.requests)
    return asked


def busiest(asked: list[dt.datetime]) -> int:
    """The most requests within any 60 seconds."""
    minute = dt.timedelta(minutes=1)
    return max(sum(start <= at < start + minute for at in asked) for start in set(asked))


async def test_hosted_badges_of_one_host_never_exceed_its_budget(watched: Watched) -> None:
    asked = await on_one_host(watched, 60, 2)

    assert busiest(asked) <= 60
    assert len(asked) == 60


@pytest.mark.slow
async def test_hundreds_of_hosted_badges_of_one_host_never_exceed_its_budget(watched: Watched) -> None:
    asked = await on_one_host(watched, 200, 7)

    log.info("%d requests in %s, at most %d a minute", len(asked), asked[-1] - asked[0], busiest(asked))
    assert busiest(asked) <= 60
    assert len(asked) == 200


@on_every_store
async def test_several_pollers_share_the_work_and_write_each_event_once(
    settings: Settings, watched: Watched, web: SimulatedWeb, clock: SimulatedClock
) -> None:
    records = [await watched.credential(number) for number in range(4)]
    clock.advance(minutes=1)
    watched.listed(7)
    clock.advance(minutes=5)
    web.requests.clear()

    async with assembled(settings, web=web, clock=clock) as second:
        gateways = [watched.gateway, second] * 4
        await asyncio.gather(*(gateway.watching.watch() for gateway in gateways))

    assert web.requests.count(LIST) == 1
    assert [await watched.told(record) for record in records] == [REVOKED] * 4


@on_every_store
async def test_two_who_hold_the_same_place_write_each_event_once(watched: Watched) -> None:
    records = [await watched.credential(number) for number in range(4)]
    watched.clock.advance(minutes=1)
    watched.listed(7)
    poll = watched.gateway.watching.watch.poll
    [place] = await poll.places.claim(watched.clock.now + dt.timedelta(hours=1), watched.clock.now, 9)

    await asyncio.gather(*(poll(place, Worlds(watched.web)) for _ in range(3)))

    assert [await watched.told(record) for record in records] == [REVOKED] * 4


class Leaving:
    """A store of watches that goes away at the n-th time that something is to be written down."""

    def __init__(self, sources: WatchedSources, goes_at: int) -> None:
        self.find, self.among = sources.find, sources.among
        self._settle, self._left = sources.settle, goes_at

    async def settle(self, before: WatchedSource, after: WatchedSource, event: Event | None) -> bool:
        if self._left == 0:
            raise Unavailable("the database did not answer")
        self._left -= 1
        return await self._settle(before, after, event)


@on_every_store
@pytest.mark.parametrize("goes_at", [0, 2])
async def test_what_a_crash_left_half_done_is_finished_by_the_next_poll(watched: Watched, goes_at: int) -> None:
    records = [await watched.credential(number) for number in range(4)]
    watched.clock.advance(minutes=1)
    watched.listed(7)
    watched.clock.advance(minutes=5)
    watch = watched.gateway.watching.watch
    leaving = dataclasses.replace(watch.poll, sources=Leaving(watch.poll.sources, goes_at))

    crashed = await dataclasses.replace(watch, poll=leaving)()
    told = [await watched.told(record) for record in records]
    assert (len(crashed.failed), told.count(REVOKED)) == (1, goes_at)
    watched.clock.advance(seconds=LEASE.total_seconds() + 1)
    await watch()

    assert [await watched.told(record) for record in records] == [REVOKED] * 4
    assert [await watched.revoked(record) for record in records] == [True] * 4
    assert {(await watched.state(record))[0] for record in records} == {SourceState.REVOKED}


class Breaking:
    """The address of one list on a web that breaks what asks for it, as nothing may."""

    def __init__(self, web: SimulatedWeb, breaks: str) -> None:
        self._web, self._breaks = web, breaks

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        if url == self._breaks:
            raise RecursionError("a fault of ours")
        return await self._web(url, accept=accept, fresh=fresh)


async def test_what_breaks_at_one_place_keeps_no_other_from_being_looked_at(watched: Watched) -> None:
    record = await watched.credential(0)
    other = watched.issuer.status_list("https://issuer.example/status/2")
    await watched.credential(1, credentialStatus=other)
    watched.clock.advance(minutes=6)
    watched.listed(7)
    watch = watched.gateway.watching.watch

    done = await dataclasses.replace(watch, fetch=Breaking(watched.web, "https://issuer.example/status/2"))()

    assert done.failed == ("RecursionError: a fault of ours",)
    assert await watched.told(record) == REVOKED


async def test_a_source_that_was_erased_is_watched_no_more(watched: Watched) -> None:
    record = await watched.credential()
    credentials = watched.gateway.convert.credentials
    assert isinstance(credentials, StoredCredentials)
    erased = "delete from record_keys where credential = $1 and platform = $2"
    await credentials.database.within("default").transaction(single(erased, record.id, "default"))

    first, second = await watched.later(), await watched.later()

    assert ([each.seen for each in first.asked], second.asked) == ([None], ())
    assert await watched.gateway.watching.sources.find("default", record.id) is None


async def test_a_place_that_serves_the_same_writes_one_row_however_many_depend_on_it(watched: Watched) -> None:
    records = [await watched.credential(number) for number in range(3)]
    await watched.later()
    before = [await watched.gateway.watching.sources.find("default", record.id) for record in records]

    await watched.later()

    after = [await watched.gateway.watching.sources.find("default", record.id) for record in records]
    assert [found and found[0] for found in after] == [found and found[0] for found in before]
    places: list[WatchedPlace | None] = [found[1] if found else None for found in after]
    assert {place.answered_at for place in places if place} == {watched.clock.now}
