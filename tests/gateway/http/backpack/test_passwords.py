"""``/backpack/passwords``: each is shown once, and ended by its owner alone."""

import re

import pytest

from gateway.assembly.whole import Gateway
from gateway.http.backpack.password_words import WORDS
from gateway.records.people import Person
from tests.gateway.http.backpack.test_backpack import csrf
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import Page
from tests.simulators import people

PATH = "/backpack/passwords"
ENGLISH = WORDS["en"]


async def make(browser: Client, name: str) -> str:
    """The page that answers the form."""
    proof = csrf(await browser.get(PATH))
    return (await browser.post(PATH, data={"csrf": proof, "name": name})).text


async def test_a_password_is_shown_once_and_opens_the_backpack(browser: Client, client: Client) -> None:
    made = await make(browser, " My Moodle ")
    [password] = re.findall(r"<code>(bgp_[\w-]+)</code>", made)
    again = await browser.get(PATH)

    got = await client.post("/o/token", data={"username": "learner@example.org", "password": password})

    assert got.status_code == 200
    assert "My Moodle" in Page(again.text).text
    assert password not in again.text
    assert ENGLISH.unused in Page(again.text).text
    assert "last used on 2026-01-01" in Page((await browser.get(PATH)).text).text


async def test_who_ends_a_password_is_told_so(browser: Client, gateway: Gateway, owner: Person) -> None:
    await make(browser, "Moodle")
    [made] = await gateway.badgr.keep_passwords.listed(owner.id)

    answer = await browser.post(f"{PATH}/end", data={"csrf": csrf(await browser.get(PATH)), "id": made.id})

    assert answer.status_code == 303
    page = Page((await browser.get(answer.headers["Location"])).text)
    assert ENGLISH.done["ended"] in page.text
    assert ENGLISH.none in page.text


async def test_a_name_that_cannot_be_stored_is_refused(browser: Client, gateway: Gateway, owner: Person) -> None:
    proof = csrf(await browser.get(PATH))

    answer = await browser.post(PATH, data={"csrf": proof, "name": "a\0b"})

    assert answer.status_code == 400
    assert "NUL" in Page(answer.text).text
    assert await gateway.badgr.keep_passwords.listed(owner.id) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
async def test_a_password_without_a_name_is_not_made(
    browser: Client, gateway: Gateway, owner: Person, name: str
) -> None:
    page = Page(await make(browser, name))

    assert ENGLISH.refused["request-validation"] in page.text
    assert await gateway.badgr.keep_passwords.listed(owner.id) == []


async def test_the_password_of_another_is_nowhere(browser: Client, gateway: Gateway) -> None:
    other = await people.person(gateway, "other@example.org")
    await gateway.badgr.keep_passwords.made(other.id, "Secret club")
    [made] = await gateway.badgr.keep_passwords.listed(other.id)

    page = await browser.get(PATH)
    answer = await browser.post(f"{PATH}/end", data={"csrf": csrf(page), "id": made.id})

    assert "Secret club" not in page.text
    assert answer.status_code == 404
    assert await gateway.badgr.keep_passwords.listed(other.id) == [made]


async def test_a_form_of_another_page_makes_none(browser: Client, gateway: Gateway, owner: Person) -> None:
    answer = await browser.post(PATH, data={"csrf": "x" * 43, "name": "Moodle"})

    assert answer.status_code == 403
    assert await gateway.badgr.keep_passwords.listed(owner.id) == []


async def test_a_hostile_name_is_only_a_name(browser: Client) -> None:
    page = Page(await make(browser, "<script>alert(1)</script>"))

    assert page.all("script") == []
    assert "<script>alert(1)</script>" in page.text
