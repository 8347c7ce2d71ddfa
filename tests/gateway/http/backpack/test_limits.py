"""How much there is of badges: for one person, in the words of each interface, and on one page."""

import json
import re
from dataclasses import replace
from typing import Any  # Any: members of JSON documents

import pytest
from litestar import Litestar
from msgspec import structs

from gateway.assembly.whole import Gateway
from gateway.http.backpack.words import WORDS
from gateway.http.badge_connect.manifest import SCOPES
from gateway.http.open_badges_3 import scopes
from gateway.records.people import Person
from gateway.settings import Settings
from tests.gateway.http.backpack.test_backpack import held, uploaded
from tests.gateway.http.conftest import PUBLIC_URL, Client, here
from tests.gateway.http.html import Page
from tests.laundering.sources import Kind, World
from tests.simulators import people

ASSERTIONS = "/ims/ob/v2p1/assertions"


def numbered(world: World, number: int, kind: Kind = Kind.HOSTED) -> bytes:
    name = "urn:uuid:00000000-0000-4000-8000-00000000000"
    address = "https://issuer.example/assertions/"
    return world.sound(kind, id=f"{name if kind is Kind.DATA_INTEGRITY else address}{number}")


@pytest.mark.usefixtures("path")
class TestOfOnePerson:
    """With one badge the backpack is full."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return structs.replace(settings, backpack_badges=1)

    @pytest.fixture
    async def path(self, gateway: Gateway, owner: Person, world: World) -> str:
        return await held(gateway, owner, numbered(world, 1))

    async def test_its_page_says_so(self, browser: Client, world: World) -> None:
        answer = await uploaded(browser, numbered(world, 2))

        assert answer.status_code == 422
        assert WORDS["en"].refused["backpack-full"] in Page(answer.text).text
        assert (await browser.get("/backpack")).text.count("/picture.png") == 1

    async def test_what_is_there_is_still_brought_up_to_date(self, browser: Client, path: str, world: World) -> None:
        answer = await uploaded(browser, json.dumps(json.loads(numbered(world, 1)), indent=1).encode())

        assert answer.headers["Location"].startswith(path)

    async def test_open_badges_3_says_so(self, client: Client, gateway: Gateway, owner: Person, world: World) -> None:
        client.headers["Authorization"] = f"Bearer {await people.token(gateway, owner, scopes.UPSERT)}"

        answer = await client.post(
            "/ims/ob/v3p0/credentials",
            content=numbered(world, 2, Kind.DATA_INTEGRITY),
            headers={"Content-Type": "application/json"},
        )

        assert answer.status_code == 422
        assert "at most 1 badges" in answer.json()["imsx_description"]

    async def test_badge_connect_says_so(self, client: Client, gateway: Gateway, owner: Person, world: World) -> None:
        client.headers["Authorization"] = f"Bearer {await people.token(gateway, owner, *SCOPES)}"

        answer = await client.post(ASSERTIONS, content=b'{"assertion":' + numbered(world, 2) + b"}")

        status = answer.json()["status"]
        assert (answer.status_code, status["statusText"]) == (400, "BAD_REQUEST")
        assert "at most 1 badges" in status["error"]

    async def test_the_badgr_interface_says_so(
        self, client: Client, gateway: Gateway, owner: Person, world: World
    ) -> None:
        password = await gateway.badgr.keep_passwords.made(owner.id, "Moodle")
        got = await client.post("/o/token", data={"username": "learner@example.org", "password": password})
        client.headers["Authorization"] = f"Bearer {got.json()['access_token']}"

        answer = await client.post("/v2/backpack/import", content=b'{"assertion":' + numbered(world, 2) + b"}")

        assert answer.status_code in (400, 422)
        assert "at most 1 badges" in answer.json()["status"]["description"]


async def everything(client: Client, address: str) -> list[str]:
    """The ids on all pages, as the links lead to them; each page has fewer than was asked for."""
    found: list[str] = []
    while address:
        page = await client.get(here(address))
        body: dict[str, Any] = page.json()
        assert len(body["assertions"]) <= 1
        found += [each["id"] for each in body["assertions"]]
        following = re.search(r'<([^>]+)>; rel="next"', page.headers["Link"])
        address = following[1] if following else ""
    return found


@pytest.mark.parametrize("third", [False, True], ids=["open-badges-2", "both"])
async def test_a_page_of_large_assertions_ends_early_and_its_links_lead_on(
    client: Client, app: Litestar, gateway: Gateway, owner: Person, world: World, third: bool
) -> None:
    if third:
        await held(gateway, owner, numbered(world, 9, Kind.DATA_INTEGRITY))
    for number in (1, 2, 3):
        await held(gateway, owner, numbered(world, number))
    small = replace(gateway.backpack.list_assertions, max_bytes=1)
    app.state.gateway = structs.replace(gateway, backpack=structs.replace(gateway.backpack, list_assertions=small))
    client.headers["Authorization"] = f"Bearer {await people.token(gateway, owner, *SCOPES)}"

    found = await everything(client, PUBLIC_URL + ASSERTIONS)

    assert found == [f"https://issuer.example/assertions/{number}" for number in (3, 2, 1)]


async def test_a_page_of_large_badges_ends_early_and_leads_on(
    browser: Client, app: Litestar, gateway: Gateway, owner: Person, world: World
) -> None:
    for number in (1, 2, 3):
        await held(gateway, owner, numbered(world, number))
    small = replace(gateway.backpack.see_backpack, max_bytes=1)
    app.state.gateway = structs.replace(gateway, backpack=structs.replace(gateway.backpack, see_backpack=small))

    pages = [Page((await browser.get(f"/backpack?offset={offset}")).text) for offset in (0, 1, 2)]

    assert [len(page.all("img")) for page in pages] == [1, 1, 1]
    assert [[link["href"] for link in page.all("a") if link.get("rel") == "next"] for page in pages] == [
        ["?offset=1"],
        ["?offset=2"],
        [],
    ]
