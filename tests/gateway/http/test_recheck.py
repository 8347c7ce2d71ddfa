"""A source is looked at when its platform asks, and the record says so to programs and to people."""

import datetime as dt
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from tests.gateway.http.conftest import Client, converted, here, problem
from tests.gateway.http.html import BROWSER, Page
from tests.laundering.sources import Kind, World
from tests.simulators.clock import NOON, SimulatedClock

ASSERTION = "https://issuer.example/assertions/1"


async def recheck(holder: Client, record: dict[str, Any]) -> dict[str, Any]:
    answer = await holder.post(f"/v1/credentials/{record['id']}/recheck")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_source_that_was_taken_back_is_found_out_at_once(
    holder: Client, world: World, record: dict[str, Any]
) -> None:
    world.web.gone(ASSERTION)

    found = await recheck(holder, record)

    now = (await holder.get(f"/v1/credentials/{record['id']}")).json()
    assert (found["state"], found["seen"]) == ("revoked", "gone")
    assert now["state"] == now["source"]["state"] == "revoked"
    assert [form["revocationReason"] for form in now["forms"]] == [
        "revoked by its issuer: its own address answers 410 Gone"
    ] * 2
    for form in now["forms"]:
        if form["securing"] == "hosted":
            assert (await holder.get(here(form["url"]))).status_code == 410


async def test_the_history_says_what_was_seen(holder: Client, world: World, record: dict[str, Any]) -> None:
    world.web.gone(ASSERTION)
    await recheck(holder, record)

    history = (await holder.get(f"/v1/credentials/{record['id']}/history")).json()

    told = [event for event in history["events"] if "source.revoked" in event.values()]
    assert len(told) == 1
    assert told[0]["data"]["seen"] == "gone"
    assert "issuer.example" not in str(history)


async def test_the_same_place_is_not_asked_twice_in_a_minute(
    holder: Client, world: World, clock: SimulatedClock, record: dict[str, Any]
) -> None:
    first = await recheck(holder, record)
    world.web.gone(ASSERTION)
    clock.advance(seconds=59)
    world.web.requests.clear()

    second = await recheck(holder, record)
    clock.advance(seconds=1)
    third = await recheck(holder, record)

    assert second == first
    assert (first["state"], third["state"]) == ("confirmed", "revoked")
    assert world.web.requests.count(ASSERTION) == 1


async def test_a_source_that_cannot_be_reached_keeps_its_date(
    holder: Client, world: World, clock: SimulatedClock, record: dict[str, Any]
) -> None:
    world.web.unreachable(ASSERTION)
    clock.advance(days=1)

    found = await recheck(holder, record)

    assert (found["state"], found["seen"]) == ("unreachable", "unreachable")
    assert dt.datetime.fromisoformat(found["lastConfirmedAt"]) == NOON
    assert dt.datetime.fromisoformat(found["lastCheckedAt"]) == clock.now


async def test_another_platform_s_record_is_not_found(client: Client, gateway: Gateway, record: dict[str, Any]) -> None:
    other = await gateway.first_key("default-test")
    client.headers["Authorization"] = f"Bearer {other}"

    answer = await client.post(f"/v1/credentials/{record['id']}/recheck")

    assert answer.status_code == 404
    assert problem(answer)["code"] == "not-found"


async def test_nobody_asks_without_a_key(client: Client, record: dict[str, Any]) -> None:
    del client.headers["Authorization"]

    assert (await client.post(f"/v1/credentials/{record['id']}/recheck")).status_code == 401


@pytest.mark.parametrize(
    ("language", "label", "confirmed", "missing"),
    [
        ("en", "Source last confirmed at", "lets it stand", "serves nothing at its address any more"),
        ("fr", "Source confirmée la dernière fois le", "le maintient", "ne sert plus rien à son adresse"),
    ],
)
async def test_the_page_says_when_the_source_was_last_confirmed(
    holder: Client,
    world: World,
    clock: SimulatedClock,
    gateway: Gateway,
    language: str,
    label: str,
    confirmed: str,
    missing: str,
) -> None:
    record = await converted(holder, world.sound(Kind.HOSTED))
    await gateway.watching.watch()
    clock.advance(days=1)
    await gateway.watching.watch()
    good = Page((await holder.get(here(record["url"]), params={"lang": language}, headers=BROWSER)).text)
    world.web.absent(ASSERTION)
    clock.advance(days=1)
    await gateway.watching.watch()

    page = Page((await holder.get(here(record["url"]), params={"lang": language}, headers=BROWSER)).text)

    assert f"{label}2026-01-02 12:00 UTC" in good.text
    assert confirmed in good.text
    assert f"{label}2026-01-02 12:00 UTC" in page.text
    assert missing in page.text
