"""What becomes of a held badge after it came: it ends, is revoked, cannot be had, is looked at again, is removed."""

import re

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.backpack.check_again import AT_ONCE
from gateway.flows.backpack.standing import Standing
from gateway.http.backpack.words import WORDS
from gateway.records import State
from gateway.records.people import PEOPLE, Person
from tests.gateway.http.backpack.test_backpack import held, sent
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import Page
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock

ENGLISH = WORDS["en"]
ASSERTION = "https://issuer.example/assertions/1"


def said(standing: Standing) -> str:
    return ENGLISH.standings[standing]


async def forms_of(browser: Client, path: str) -> list[str]:
    links = [str(link["href"]) for link in Page((await browser.get(path)).text).all("a")]
    return [link for link in links if re.fullmatch(r"/p/people/issued/[0-9a-f-]+", link)]


async def state_of(gateway: Gateway, owner: Person, path: str) -> State:
    holding = await gateway.backpack.hand_out(owner.id, path.rpartition("/")[2])
    return (await gateway.look_up(holding.record)).state


async def test_a_badge_ends_by_its_own_date_though_nobody_looks(
    browser: Client, gateway: Gateway, owner: Person, world: World, clock: SimulatedClock
) -> None:
    path = await held(gateway, owner, world.sound(Kind.HOSTED, expires="2026-01-02T00:00:00Z"))
    before = Page((await browser.get(path)).text).text
    clock.advance(days=2)

    after, listed = Page((await browser.get(path)).text).text, Page((await browser.get("/backpack")).text).text

    assert said(Standing.VALID) in before
    assert ENGLISH.ends in before
    for text in (after, listed):
        assert said(Standing.EXPIRED) in text
        assert ENGLISH.looked_at.format(date="2026-01-01") in text


async def test_what_the_watch_sees_revoked_is_said_of_the_badge(
    browser: Client, gateway: Gateway, owner: Person, world: World, clock: SimulatedClock
) -> None:
    path = await held(gateway, owner, world.sound(Kind.JWS))
    await gateway.watching.watch()
    world.revoke(ASSERTION)
    clock.advance(days=2)

    await gateway.watching.watch()

    for page in (path, "/backpack"):
        text = Page((await browser.get(page)).text).text
        assert said(Standing.REVOKED) in text
        assert ENGLISH.looked_at.format(date="2026-01-03") in text


async def test_a_look_on_request_finds_the_revocation_and_revokes_what_was_made(
    browser: Client, gateway: Gateway, owner: Person, world: World, clock: SimulatedClock
) -> None:
    path = await held(gateway, owner, world.sound(Kind.JWS))
    world.revoke(ASSERTION)
    clock.advance(days=1)

    answer = await sent(browser, f"{path}/check")
    page = Page((await browser.get(answer.headers["Location"])).text)

    assert answer.status_code == 303
    assert ENGLISH.done["checked"] in page.text
    assert said(Standing.REVOKED) in page.text
    assert await state_of(gateway, owner, path) is State.REVOKED
    assert await forms_of(browser, path) == []


async def test_a_look_on_request_signs_nothing_and_keeps_the_badge(
    browser: Client, gateway: Gateway, owner: Person, world: World, clock: SimulatedClock
) -> None:
    badge = world.sound(Kind.DATA_INTEGRITY)
    path = await held(gateway, owner, badge)
    clock.advance(days=1)

    await sent(browser, f"{path}/check")

    holding = await gateway.backpack.hand_out(owner.id, path.rpartition("/")[2])
    assert (holding.received, holding.record) == (badge, "")
    assert holding.updated < clock()
    assert ENGLISH.looked_at.format(date="2026-01-02") in Page((await browser.get(path)).text).text


async def test_what_could_not_be_checked_says_so_with_its_date(
    browser: Client, gateway: Gateway, owner: Person, world: World, clock: SimulatedClock
) -> None:
    path = await held(gateway, owner, world.sound(Kind.JWS))
    world.web.unreachable("https://issuer.example/revocations")
    clock.advance(days=1)

    await sent(browser, f"{path}/check")

    text = Page((await browser.get(path)).text).text
    assert said(Standing.UNKNOWN) in text
    assert ENGLISH.looked_at.format(date="2026-01-02") in text
    assert ENGLISH.seen_valid.format(date="2026-01-01") in text
    assert await state_of(gateway, owner, path) is State.ACTIVE


async def test_looks_on_request_are_limited(browser: Client, gateway: Gateway, owner: Person, world: World) -> None:
    path = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))
    for _ in range(AT_ONCE):
        await gateway.rate_limit.take(f"badge checks of {owner.id}", capacity=AT_ONCE, per_s=1 / 3600)

    answer = await sent(browser, f"{path}/check")

    assert answer.status_code == 429
    assert ENGLISH.refused["too-many-requests"] in Page(answer.text).text


@pytest.mark.parametrize(("fields", "status"), [({"forms": "erase"}, 410), ({}, 200)])
async def test_removing_erases_what_was_issued_if_that_is_wished(
    browser: Client, gateway: Gateway, owner: Person, world: World, fields: dict[str, str], status: int
) -> None:
    path = await held(gateway, owner, world.sound(Kind.HOSTED))
    record = (await gateway.backpack.hand_out(owner.id, path.rpartition("/")[2])).record
    asked = Page((await browser.get(f"{path}/remove")).text)

    answer = await sent(browser, f"{path}/remove", **fields)

    assert [box["value"] for box in asked.all("input") if "checked" in box] == ["erase"]
    assert answer.status_code == 303
    assert (await browser.get(f"/credentials/{record}")).status_code == status
    assert await gateway.holdings.holdings.find(PEOPLE, owner.id, path.rpartition("/")[2]) is None


async def test_where_nothing_was_issued_nothing_is_asked(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    path = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))

    asked = Page((await browser.get(f"{path}/remove")).text)

    assert not [box for box in asked.all("input") if box.get("name") == "forms"]
