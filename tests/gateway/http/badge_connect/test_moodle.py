"""Moodle connects, pushes a badge and refreshes, step by step as its code does; the badge arrives in both formats."""

import re
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents
from urllib.parse import parse_qsl, urlsplit

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.oauth.scopes import PersonScope
from gateway.records.people import Person
from tests.gateway.http.badge_connect.conftest import ASSERTIONS
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.laundering.sources import World
from tests.simulators import people
from tests.simulators.application import Browser, fields
from tests.simulators.moodle import Moodle

EMAIL = "learner@example.org"


@pytest.fixture
async def browser(client: Client, gateway: Gateway, owner: Person) -> Browser:
    return Browser(client, f"__Host-session={await people.session(gateway, owner)}")


@pytest.fixture
async def moodle(client: Client, world: World) -> Moodle:
    """A site that an administrator has connected to the gateway."""
    site = Moodle(client, world.web)
    await site.connect(PUBLIC_URL)
    return site


async def let_in(moodle: Moodle, browser: Browser) -> dict[str, str]:
    """The person says yes; return what the site is told."""
    page = await browser.open("/oauth/authorize", moodle.question())
    gone = await browser.send("/oauth/authorize", {**fields(page.text), "answer": "allow"})
    location = gone.headers["Location"]
    assert location.startswith(f"{moodle.redirect_uri}?")
    return dict(parse_qsl(urlsplit(location).query, strict_parsing=True))


@pytest.fixture
async def connected(moodle: Moodle, browser: Browser) -> Moodle:
    """A site that its user has let in."""
    answer = await let_in(moodle, browser)
    assert (await moodle.exchange(answer["code"])).status_code == 200
    return moodle


async def test_1_it_finds_everything_in_the_manifest(moodle: Moodle) -> None:
    assert moodle.endpoints.keys() >= {"registration", "authorization", "token"}
    assert not moodle.api_base.endswith("/")
    assert PersonScope.CREATE_ASSERTIONS in moodle.scopes


async def test_2_it_gets_an_id_and_a_secret_that_need_no_encoding(moodle: Moodle) -> None:
    for text in (moodle.client_id, moodle.client_secret):
        assert re.fullmatch(r"[A-Za-z0-9._~-]+", text)


async def test_3_its_state_comes_back_byte_for_byte_with_the_scope(moodle: Moodle, browser: Browser) -> None:
    answer = await let_in(moodle, browser)

    assert answer["state"] == moodle.state
    assert set(answer["scope"].split()) == set(moodle.scopes)
    assert len(moodle.verifier) == 58


async def test_4_its_tokens_come_with_200_and_all_four_members(moodle: Moodle, browser: Browser) -> None:
    answer = await let_in(moodle, browser)

    exchanged = await moodle.exchange(answer["code"])

    assert exchanged.status_code == 200
    assert exchanged.headers["Content-Type"].startswith("application/json")
    assert all(moodle.tokens[name] for name in ("access_token", "refresh_token", "expires_in", "scope"))


@pytest.mark.parametrize("version", ["new", "old"])
async def test_5_a_pushed_badge_arrives_in_both_formats(
    connected: Moodle, client: Client, gateway: Gateway, owner: Person, browser: Browser, version: str
) -> None:
    assertion = connected.issue(EMAIL, version=version)

    said = await connected.push(assertion)

    token = await people.token(gateway, owner, PersonScope.READ_ASSERTIONS, PersonScope.READ_CREDENTIALS)
    headers = {"Authorization": f"Bearer {token}"}
    second = (await client.get(ASSERTIONS, headers=headers)).json()["assertions"]
    third = (await client.get("/ims/ob/v3p0/credentials", headers=headers)).json()["credential"]
    page = await browser.open("/backpack", Accept="text/html")
    assert said == ""
    assert second == [assertion]
    assert [credential["credentialSubject"]["achievement"]["name"] for credential in third] == ["Knots"]
    assert "OpenBadgeCredential" in third[0]["type"]
    assert {"Knots", "moodle.example.edu", "Valid"} <= set(re.split(r"[<>]|(?<=\S) (?=\()|\s+", page.text))


async def test_5_the_badge_of_3_can_be_had_from_the_backpack(
    connected: Moodle, browser: Browser, client: Client
) -> None:
    await connected.push(connected.issue(EMAIL, version="old"))
    [path] = re.findall(r'href="(/backpack/badges/[0-9a-f-]+)"', (await browser.open("/backpack")).text)
    page = (await browser.open(path)).text

    [form] = set(re.findall(r'href="(/p/people/issued/[0-9a-f-]+)"', page))
    issued = (await client.get(form)).json()
    original = await browser.open(f"{path}/original")

    alignment = issued["credentialSubject"]["achievement"]["alignment"]
    assert [node["targetName"] for node in alignment] == ["Ropework"]
    assert issued["proof"]
    assert original.json()["verify"]["type"] == "hosted"


@pytest.mark.parametrize("path", ["/assertions", "//assertions", "/assertions/"])
async def test_5_a_slash_too_many_is_no_failure(connected: Moodle, path: str) -> None:
    connected.api_base += path.removesuffix("assertions").removesuffix("assertions/").removesuffix("/")

    assert await connected.push(connected.issue(EMAIL)) == ""


def forged(assertion: dict[str, Any]) -> None:
    assertion["badge"]["name"] = "Surgery"


def elsewhere(assertion: dict[str, Any]) -> None:
    assertion["id"] = "https://elsewhere.example/badges/json/assertion.php?b=1&obversion=2"


def no_recipient(assertion: dict[str, Any]) -> None:
    del assertion["recipient"]


@pytest.mark.parametrize("change", [forged, elsewhere, no_recipient])
async def test_5_what_is_wrong_with_a_badge_is_shown_to_the_person(
    connected: Moodle, browser: Browser, change: Callable[[dict[str, Any]], None]
) -> None:
    assertion = connected.issue(EMAIL)
    change(assertion)

    said = await connected.push(assertion)

    assert said
    assert "/backpack/badges/" not in (await browser.open("/backpack")).text.replace('action="/backpack/badges"', "")


async def test_5_a_badge_for_another_address_is_refused_in_words(connected: Moodle) -> None:
    said = await connected.push(connected.issue("other@example.org"))

    assert "address" in said


async def test_6_it_refreshes_with_the_secret_in_the_body(connected: Moodle) -> None:
    before = dict(connected.tokens)

    answer = await connected.refresh()

    assert answer.status_code == 200
    assert connected.tokens["access_token"] != before["access_token"]
    assert await connected.push(connected.issue(EMAIL)) == ""


async def test_who_withdraws_the_yes_shuts_it_out(connected: Moodle, browser: Browser) -> None:
    page = await browser.open("/account/applications")
    gone = await browser.send("/account/applications", fields(page.text))

    said = await connected.push(connected.issue(EMAIL))

    assert gone.status_code == 303
    assert "token" in said
    assert (await connected.refresh()).status_code == 400
