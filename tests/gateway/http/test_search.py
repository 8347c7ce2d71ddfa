"""``GET /v1/credentials``: searches, pages and links; nothing to find anybody by."""

from typing import Any  # Any: members of JSON objects
from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.assembly.whole import Gateway
from gateway.records import Platform
from tests.gateway.http.conftest import Client, converted, problem
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock

HERE = "/v1/credentials"


@pytest.fixture
async def made(holder: Client, world: World, clock: SimulatedClock) -> list[str]:
    """Four records: two converted, one of plain data, and that again and revoked; newest first."""
    ids = []
    for kind in (Kind.HOSTED, Kind.DATA_INTEGRITY):
        ids.append((await converted(holder, world.sound(kind)))["id"])
        clock.advance(minutes=1)
    for _ in range(2):
        answer = await holder.post(f"{HERE}/issue", params={"to": "open-badges-3"}, json=award())
        ids.append(answer.json()["record"]["id"])
        clock.advance(minutes=1)
    await holder.post(f"{HERE}/{ids[-1]}/revoke", json={"reason": "a mistake"})
    return ids[::-1]


async def found(holder: Client, **wanted: Any) -> list[str]:
    answer = await holder.get(HERE, params=wanted)
    assert answer.status_code == 200, answer.text
    return [record["id"] for record in answer.json()["records"]]


async def test_each_filter_finds_what_it_names(holder: Client, made: list[str], world: World) -> None:
    newest = (await holder.get(HERE)).json()["records"][0]

    assert await found(holder, state="revoked") == made[:1]
    assert await found(holder, state="active", format="open-badges-2") == made[2:]
    assert await found(holder, source_format="open-badges-3") == [made[2]]
    assert await found(holder, source_issuer=world.issuer.id) == made[2:]
    assert await found(holder, source_issuer="https://nobody.example") == []
    assert await found(holder, created_before=newest["created"]) == made[1:]
    assert await found(holder, created_after=newest["created"]) == []
    assert newest["state"] == "revoked"
    assert newest["updated"] > newest["created"]


async def test_links_lead_through_all_pages_of_a_search(holder: Client, made: list[str]) -> None:
    seen, address = [], f"{HERE}?limit=1&format=open-badges-3"
    while True:
        answer = await holder.get(address)
        seen += [record["id"] for record in answer.json()["records"]]
        if not answer.json()["next"]:
            break
        address = HERE + answer.links["next"]["url"]
        assert parse_qs(urlsplit(address).query)["after"] == [answer.json()["next"]]

    assert seen == made
    assert "Link" not in answer.headers


async def test_the_next_page_is_of_the_same_search(holder: Client, made: list[str]) -> None:
    assert made
    asked = {"state": "active", "format": "open-badges-2", "created_after": "2020-01-01T00:00:00Z", "limit": "1"}

    answer = await holder.get(HERE, params=asked)

    query = parse_qs(urlsplit(answer.links["next"]["url"]).query)
    assert query == {**{name: [value] for name, value in asked.items()}, "after": [answer.json()["next"]]}


async def test_a_cursor_of_another_platform_or_a_changed_one_opens_nothing(
    holder: Client, made: list[str], gateway: Gateway
) -> None:
    assert made
    cursor = (await holder.get(HERE, params={"limit": 1})).json()["next"]
    await gateway.platforms.ensure(Platform(id="other", name="Another platform"))
    other = {"Authorization": f"Bearer {await gateway.first_key('other')}"}
    changed = ("A" if cursor[0] != "A" else "B") + cursor[1:]

    answers = [
        await holder.get(HERE, params={"after": cursor}, headers=other),
        *[await holder.get(HERE, params={"after": wrong}) for wrong in (changed, cursor[:-1], "0", cursor + "AAAA")],
    ]

    assert [(answer.status_code, problem(answer)["code"]) for answer in answers] == [(400, "bad-cursor")] * 5
    assert problem(answers[0])["parameter"] == "after"


@pytest.mark.parametrize(
    "query",
    [
        "state=gone",
        "state=active&state=revoked",
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=1;drop",
        "sort=created;drop table credentials",
        "order=asc",
        "created_after=yesterday",
        "created_after=2026-01-01T00:00:00",
        "recipient=learner@example.org",
        "email=learner@example.org",
        "format=open-badges-3' or 1=1",
        "after=' or 1=1",
        f"source_issuer={'x' * 2049}",
    ],
)
async def test_nothing_else_can_be_asked(holder: Client, query: str) -> None:
    answer = await holder.get(f"{HERE}?{query}")

    assert answer.status_code == 400, answer.text
    assert problem(answer)["parameter"] or problem(answer)["detail"]


@pytest.mark.parametrize("issuer", ["' or 1=1 --", "%00", "\N{SNOWMAN}", "null"])
async def test_an_issuer_is_a_value_and_nothing_more(holder: Client, made: list[str], issuer: str) -> None:
    assert made
    assert await found(holder, source_issuer=issuer) == []
