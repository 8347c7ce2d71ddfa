"""The application: one gateway from start to end, and a timer that publishes."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from httpx import AsyncClient
from litestar import Litestar

from adapters.hub.contract import Format
from gateway import app as application
from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.errors import Misconfigured, Unavailable
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.flows.watch import Round
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.gateway.http.asgi import transport
from tests.laundering.sources import Kind, World
from tests.simulators.clock import NOON, SimulatedClock

CALLER = Caller(DEFAULT_PLATFORM, "holder")
PATIENCE_S = 20


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url="https://badges.example.net", data_dir=tmp_path)


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[AsyncClient]:
    async with app.lifespan(), AsyncClient(transport=transport(app), base_url="https://elsewhere.example") as client:
        yield client


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "PUBLISH_EVERY_S", 0.02)
    monkeypatch.setattr(application, "AGAIN_S", 0.02)


async def test_the_gateway_is_open_exactly_as_long_as_the_application_runs(settings: Settings) -> None:
    told: list[str] = []

    @asynccontextmanager
    async def opened() -> AsyncIterator[Gateway]:
        async with assembled(settings) as gateway:
            told.append("open")
            yield gateway
        told.append("closed")

    async with running(create_app(settings, opened=opened())) as client:
        assert told == ["open"]
        assert (await client.get("/readyz")).json()["ready"]

    assert told == ["open", "closed"]


async def test_what_is_there_at_the_start_is_not_looked_through_for_garbage(settings: Settings) -> None:
    async with running(create_app(settings)):
        assert gc.get_freeze_count() > 10_000

    assert gc.get_freeze_count() == 0


async def test_it_assembles_its_own_gateway_from_the_settings(settings: Settings) -> None:
    async with running(create_app(settings)) as client:
        assert (await client.get("/p/default/issuer")).json()["name"] == settings.issuer_name

    assert (settings.data_dir / "gateway.sqlite").exists()


async def test_a_bit_that_another_process_set_is_published_by_the_timer(settings: Settings) -> None:
    world = World()
    app = create_app(settings, opened=assembled(settings, web=world.web, clock=SimulatedClock()))
    async with running(app) as client:
        gateway: Gateway = app.state.gateway
        made = await gateway.convert(world.sound(Kind.HOSTED), "", (target(Format.OPEN_BADGES_3),), CALLER)
        [form] = made.record.forms
        address = f"/p/default/status-lists/{form.intent.status_list}"
        before = (await client.get(address)).headers["ETag"]

        await gateway.native.revoke.states.revoke(DEFAULT_PLATFORM, made.record.id, "awarded by mistake", "key 1", NOON)

        async with asyncio.timeout(PATIENCE_S):
            while (await client.get(address)).headers["ETag"] == before:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


class FailingPublish:
    """Publishes nothing, and says so as the store would, or as a fault of ours.

    Attributes:
        tried_again: Set after the second time.
    """

    def __init__(self, error: Exception) -> None:
        self.tried_again = asyncio.Event()
        self._error = error
        self._calls = 0

    async def __call__(self) -> int:
        self._calls += 1
        if self._calls > 1:
            self.tried_again.set()
        raise self._error


@pytest.mark.parametrize("error", [Unavailable("the store does not answer"), ValueError("against the schema")])
async def test_a_timer_that_fails_is_logged_and_tried_again(
    settings: Settings, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    publish = FailingPublish(error)

    @asynccontextmanager
    async def opened() -> AsyncIterator[Gateway]:
        async with assembled(settings) as gateway:
            yield msgspec.structs.replace(gateway, publish=publish)

    with caplog.at_level(logging.WARNING):
        async with running(create_app(settings, opened=opened())) as client, asyncio.timeout(PATIENCE_S):
            await publish.tried_again.wait()
            assert (await client.get("/healthz")).status_code == 200

    assert str(error) in caplog.text


async def test_a_source_that_was_taken_back_is_found_by_the_timer(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "WATCH_EVERY_S", 0.02)
    world, clock = World(), SimulatedClock()
    app = create_app(settings, opened=assembled(settings, web=world.web, clock=clock))
    async with running(app) as client, asyncio.timeout(PATIENCE_S):
        made = await app.state.gateway.convert(world.sound(Kind.HOSTED), "", (target(Format.OPEN_BADGES_2),), CALLER)
        address = f"/p/default/issued/{made.record.forms[0].intent.id}"
        world.web.gone("https://issuer.example/assertions/1")
        while (await client.get(address)).status_code != 410:
            clock.advance(hours=1)
            await asyncio.sleep(0.02)


class FailingWatch:
    """Looks at nothing, and says so as the store would.

    Attributes:
        tried_again: Set after the second time.
    """

    def __init__(self) -> None:
        self.tried_again = asyncio.Event()
        self._calls = 0

    async def __call__(self) -> Round:
        self._calls += 1
        if self._calls > 1:
            self.tried_again.set()
        raise Unavailable("the store does not answer")


async def test_a_watch_that_fails_is_logged_and_tried_again(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "WATCH_EVERY_S", 0.02)
    watch = FailingWatch()

    @asynccontextmanager
    async def opened() -> AsyncIterator[Gateway]:
        async with assembled(settings) as gateway:
            watching = msgspec.structs.replace(gateway.watching, watch=watch)
            yield msgspec.structs.replace(gateway, watching=watching)

    with caplog.at_level(logging.WARNING):
        async with running(create_app(settings, opened=opened())), asyncio.timeout(PATIENCE_S):
            await watch.tried_again.wait()

    assert "sources were not looked at again: the store does not answer" in caplog.text


async def test_what_is_over_is_forgotten_also_where_that_of_twins_cannot_be(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    forgotten = asyncio.Event()

    async def twins_fail() -> None:
        raise Unavailable("the store does not answer")

    async def forget() -> None:
        forgotten.set()

    @asynccontextmanager
    async def opened() -> AsyncIterator[Gateway]:
        async with assembled(settings) as gateway:
            test_aids = msgspec.structs.replace(gateway.test_aids, forget_over=twins_fail)
            yield msgspec.structs.replace(gateway, test_aids=test_aids, forget_lapsed=forget)

    with caplog.at_level(logging.WARNING):
        async with running(create_app(settings, opened=opened())), asyncio.timeout(PATIENCE_S):
            await forgotten.wait()

    assert "what is over was not forgotten: the store does not answer" in caplog.text


async def test_without_a_public_address_badges_are_examined_and_nothing_is_issued(tmp_path: Path) -> None:
    settings, world = Settings(data_dir=tmp_path), World()
    app = create_app(settings, opened=assembled(settings, web=world.web, clock=SimulatedClock()))
    async with running(app) as client:
        key = {"Authorization": f"Bearer {await app.state.gateway.first_key(DEFAULT_PLATFORM)}"}
        badge = world.sound(Kind.HOSTED)

        report = await client.post("/v1/verifications", content=badge)
        refused = await client.post("/v1/credentials?to=open-badges-3", content=badge, headers=key)

        assert report.json()["outcome"] == "passed"
        assert (refused.status_code, refused.json()["code"]) == (503, "no-public-address")
        assert "GATEWAY_PUBLIC_URL" in refused.json()["fix"]
        assert (await client.get("/v1/credentials", headers=key)).json()["records"] == []


async def test_it_serves_from_postgresql_and_redis(
    settings: Settings, postgres_database: str, redis_database: str
) -> None:
    world = World()
    chosen = msgspec.structs.replace(settings, database_url=postgres_database, redis_url=redis_database)
    app = create_app(chosen, opened=assembled(chosen, web=world.web, clock=SimulatedClock()))
    async with running(app) as client:
        client.headers["Authorization"] = f"Bearer {await app.state.gateway.first_key(DEFAULT_PLATFORM)}"

        made = await client.post("/v1/credentials?to=open-badges-2&to=open-badges-3", content=world.sound(Kind.JWS))
        [listed] = (await client.get("/v1/credentials")).json()["records"]

        assert (await client.get("/readyz")).json()["ready"]
        assert listed["id"] == made.json()["record"]["id"]
        for form in made.json()["record"]["forms"]:
            issued = await client.get(form["url"])
            assert (await client.post("/v1/verifications", content=issued.content)).json()["outcome"] == "passed"
        for odd in ("/p/default/issued/a%00b", "/credentials/%00", "/v1/credentials/%ff"):
            assert (await client.get(odd)).status_code == 404


def test_the_factory_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_MAX_BODY_BYTES", "1234")

    assert application.app().request_max_body_size == 1234


def test_the_factory_refuses_settings_that_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_MAX_BODY_BITES", "1234")

    with pytest.raises(Misconfigured, match="MAX_BODY_BITES"):
        application.app()
