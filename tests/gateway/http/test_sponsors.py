"""Who pays for what is fetched: each key and each address for itself, and what they are told when it is enough."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.assembly.whole import Gateway, assembled
from gateway.errors import FetchBudget
from gateway.http.admission import FETCHES_A_REQUEST
from gateway.ports import SPONSOR, Fetched, Sponsor
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock

ELSEWHERE = b'{"url": "https://elsewhere.example/badge"}'


class CountingWeb:
    """A web that remembers who pays, and refuses one address for want of budget."""

    def __init__(self, world: World) -> None:
        self.paid_by: set[Sponsor | None] = set()
        self._world = world

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        self.paid_by.add(SPONSOR.get())
        if url == json.loads(ELSEWHERE)["url"]:
            raise FetchBudget(f"{url}: too many documents were fetched for you", retry_after_s=12.3)
        return await self._world.web(url, accept=accept, fresh=fresh)


@pytest.fixture
def web(world: World) -> CountingWeb:
    return CountingWeb(world)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, public_requests_per_minute=50, key_requests_per_minute=70)


@pytest.fixture
async def gateway(settings: Settings, web: CountingWeb, clock: SimulatedClock) -> AsyncIterator[Gateway]:
    async with assembled(settings, web=web, clock=clock) as gateway:
        yield gateway


async def test_the_address_pays_where_no_key_is_needed(client: Client, world: World, web: CountingWeb) -> None:
    await client.post("/v1/verifications", content=world.sound(Kind.HOSTED))

    assert web.paid_by == {Sponsor("address 127.0.0.1", FETCHES_A_REQUEST * 50)}


async def test_the_key_pays_where_one_is_needed(holder: Client, world: World, web: CountingWeb) -> None:
    await holder.post("/v1/credentials?to=open-badges-3", content=world.sound(Kind.HOSTED))

    [sponsor] = web.paid_by - {None}
    assert sponsor is not None
    assert sponsor.name.startswith("key ")
    assert sponsor.per_minute == FETCHES_A_REQUEST * 70


async def test_who_has_no_budget_left_is_told_when_to_come_back(client: Client) -> None:
    answer = await client.post("/v1/verifications", content=ELSEWHERE)

    assert (answer.status_code, problem(answer)["code"]) == (429, "fetch-budget")
    assert answer.headers["Retry-After"] == "13"
