"""The pages of platforms: for their members, in their language, and for nobody else."""

import re

import pytest
from httpx import AsyncClient

from gateway.assembly.whole import Gateway
from gateway.flows.key_text import intact
from gateway.records.access import Role
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.http.account.conftest import LEARNER, browser, gateway, sign_in
from tests.simulators.mail import SimulatedMail

__all__ = ["browser", "gateway"]

PLATFORMS = "/account/platforms"
OWN = f"{PLATFORMS}/{DEFAULT_PLATFORM}"


async def joined(gateway: Gateway, role: Role, address: str = LEARNER) -> None:
    await gateway.tenancy.add_member(DEFAULT_PLATFORM, address, role, "command line")


@pytest.fixture
async def owner(browser: AsyncClient, gateway: Gateway, mail: SimulatedMail) -> AsyncClient:
    """The browser of an owner who is signed in."""
    await joined(gateway, Role.OWNER)
    await sign_in(browser, mail)
    return browser


async def field(browser: AsyncClient, name: str) -> str:
    """The value of the first hidden field of that name."""
    page = (await browser.get(OWN)).text
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


async def test_who_is_not_signed_in_is_sent_to_sign_in(browser: AsyncClient) -> None:
    answer = await browser.get(OWN)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/account/sign-in?next=%2Faccount%2Fplatforms%2Fdefault"


async def test_who_is_no_member_finds_no_platform(browser: AsyncClient, mail: SimulatedMail) -> None:
    await sign_in(browser, mail)

    listed, one, none = [await browser.get(address) for address in (PLATFORMS, OWN, f"{PLATFORMS}/nobody")]

    assert "a member of no platform" in listed.text
    assert (one.status_code, none.status_code) == (404, 404)
    assert one.text == none.text


async def test_an_owner_makes_a_key_that_works_and_revokes_it(owner: AsyncClient, gateway: Gateway) -> None:
    form = {"csrf": await field(owner, "csrf"), "name": "our <LMS>", "may": "issuer"}

    made = await owner.post(f"{OWN}/keys", data=form)

    found = re.search(r"<code>(bgk_\w+)</code>", made.text)
    assert found is not None
    assert intact(found[1])
    caller = await gateway.admit(found[1])
    shown = (await owner.get(OWN)).text
    assert "our &lt;LMS&gt;" in shown
    assert found[1] not in shown
    gone = await owner.post(f"{OWN}/keys/revoke", data={"csrf": form["csrf"], "id": caller.holder})
    assert (gone.status_code, gone.headers["Location"]) == (303, f"{OWN}?done=revoked")
    [key] = await gateway.tenancy.list_api_keys(DEFAULT_PLATFORM)
    assert key.revoked is not None
    done = [entry.action for entry in await gateway.tenancy.read_trail(DEFAULT_PLATFORM, "", 10)]
    assert {"api-key.made", "api-key.revoked"} <= set(done)


async def test_the_page_that_shows_a_key_has_no_link_that_would_lose_it(owner: AsyncClient) -> None:
    form = {"csrf": await field(owner, "csrf"), "name": "our LMS", "may": "reader"}

    made = await owner.post(f"{OWN}/keys", data=form)

    assert "bgk_live_" in made.text
    assert "lang=fr" not in made.text
    assert f'href="{OWN}"' in made.text


@pytest.mark.parametrize("address", [f"{OWN}/keys", f"{OWN}/keys/revoke?lang=fr", "/account/sign-out"])
async def test_an_address_of_forms_leads_a_browser_to_the_page_of_the_form(owner: AsyncClient, address: str) -> None:
    answer = await owner.get(address, follow_redirects=True)

    assert answer.status_code == 200
    assert answer.url.path in (OWN, "/account")


async def test_what_is_refused_is_said_in_the_persons_language(owner: AsyncClient) -> None:
    csrf = await field(owner, "csrf")
    await owner.post("/account/language", data={"csrf": csrf, "language": "fr"})

    answer = await owner.post(f"{OWN}/keys", data={"csrf": csrf, "name": "x", "may": "anything"})

    assert answer.status_code == 400
    assert '<html lang="fr">' in answer.text
    assert "ne comprend pas" in answer.text
    assert 'lang="en"' not in answer.text
    assert 'href="/account"' in answer.text


async def test_a_key_for_tests_is_the_twins(owner: AsyncClient, gateway: Gateway) -> None:
    form = {"csrf": await field(owner, "csrf"), "name": "trials", "may": "reader", "test": "yes"}

    made = await owner.post(f"{OWN}/keys", data=form)

    assert "bgk_test_" in made.text
    [key] = await gateway.tenancy.list_api_keys(twin_of(DEFAULT_PLATFORM))
    gone = await owner.post(f"{OWN}/keys/revoke", data={"csrf": form["csrf"], "id": key.id, "test": "yes"})
    assert gone.status_code == 303


@pytest.mark.parametrize("name", ["", " \n ", "x" * 201])
async def test_a_key_without_a_name_is_asked_for_again(owner: AsyncClient, gateway: Gateway, name: str) -> None:
    form = {"csrf": await field(owner, "csrf"), "name": name, "may": "reader"}

    answer = await owner.post(f"{OWN}/keys", data=form)

    assert answer.status_code == 400
    assert '<a href="#name">' in answer.text
    assert await gateway.tenancy.list_api_keys(DEFAULT_PLATFORM) == []


@pytest.mark.parametrize("role", [Role.ISSUER, Role.READER])
async def test_others_see_their_role_and_change_nothing(
    browser: AsyncClient, gateway: Gateway, mail: SimulatedMail, role: Role
) -> None:
    await joined(gateway, role)
    await sign_in(browser, mail)
    form = {"csrf": await field(browser, "csrf"), "name": "mine", "may": "owner"}

    shown = await browser.get(OWN)
    answers = [
        await browser.post(f"{OWN}/keys", data=form),
        await browser.post(f"{OWN}/keys/revoke", data={"csrf": form["csrf"], "id": "x"}),
    ]

    assert "API keys" not in shown.text
    assert [answer.status_code for answer in answers] == [403, 403]
    assert await gateway.tenancy.list_api_keys(DEFAULT_PLATFORM) == []


async def test_a_form_from_elsewhere_makes_no_key(owner: AsyncClient, gateway: Gateway) -> None:
    form = {"csrf": await field(owner, "csrf"), "name": "mine", "may": "owner"}

    foreign = await owner.post(f"{OWN}/keys", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    guessed = await owner.post(f"{OWN}/keys", data={**form, "csrf": "guessed"})

    assert (foreign.status_code, guessed.status_code) == (403, 403)
    assert await gateway.tenancy.list_api_keys(DEFAULT_PLATFORM) == []


async def test_the_pages_speak_french(owner: AsyncClient) -> None:
    listed = await owner.get(PLATFORMS, params={"lang": "fr"})
    shown = await owner.get(OWN, params={"lang": "fr"})

    assert '<html lang="fr">' in shown.text
    assert "Vous êtes propriétaire." in listed.text
    assert "Créer une clé" in shown.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["API key made", "our LMS", "you", "command line", "member added (an owner)", LEARNER]),
        ("fr", ["clé d’API créée", "our LMS", "vous", "ligne de commande", "membre ajouté (propriétaire)", LEARNER]),
    ],
)
async def test_the_trail_is_in_words_with_the_names_that_people_know(
    owner: AsyncClient, gateway: Gateway, language: str, said: list[str]
) -> None:
    form = {"csrf": await field(owner, "csrf"), "name": "our LMS", "may": "reader"}
    await owner.post(f"{OWN}/keys", data=form)
    [key] = await gateway.tenancy.list_api_keys(DEFAULT_PLATFORM)

    shown = (await owner.get(f"{OWN}?lang={language}")).text

    trail = shown.partition("<h2>" + {"en": "What was done", "fr": "Ce qui a été fait"}[language])[2]
    assert all(each in trail for each in said)
    assert key.prefix in trail
    assert key.id not in trail


async def test_the_list_names_each_platform(owner: AsyncClient, gateway: Gateway) -> None:
    platform = await gateway.tenancy.show(DEFAULT_PLATFORM)

    shown = (await owner.get(PLATFORMS)).text

    assert platform.name in shown
    assert f"<code>{DEFAULT_PLATFORM}</code>" in shown
