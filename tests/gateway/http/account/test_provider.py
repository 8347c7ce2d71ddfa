"""Signing in with an OpenID Connect provider, and with one that lies."""

import dataclasses
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any  # Any: claims of a token

import msgspec
import pytest
from httpx import AsyncClient, Response

from gateway.assembly.whole import Gateway, assembled
from gateway.settings import Settings
from tests.gateway.http.account.conftest import LEARNER, heading, sign_in
from tests.gateway.http.conftest import PUBLIC_URL
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail
from tests.simulators.provider import CLIENT_ID, CLIENT_SECRET, ISSUER, SimulatedProvider

RETURN = "/account/provider/return"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=tmp_path,
        oidc_issuer=ISSUER,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
    )


@pytest.fixture
def provider(world: World, clock: SimulatedClock) -> SimulatedProvider:
    return SimulatedProvider(world.web, clock)


@pytest.fixture
async def gateway(
    settings: Settings, world: World, clock: SimulatedClock, mail: SimulatedMail, provider: SimulatedProvider
) -> AsyncIterator[Gateway]:
    """What the application serves; it posts to the simulated provider alone."""
    async with assembled(settings, web=world.web, clock=clock) as gateway:
        people = msgspec.structs.replace(
            gateway.people,
            mail_link=dataclasses.replace(gateway.people.mail_link, mail=mail),
            return_from_provider=dataclasses.replace(gateway.people.return_from_provider, post=provider),
        )
        yield msgspec.structs.replace(gateway, people=people)


async def journey(browser: AsyncClient, provider: SimulatedProvider, path: str = "/account/provider") -> Response:
    """To the provider, consent there, and back."""
    away = await browser.get(path)
    assert away.status_code == 303
    return await browser.get(f"{RETURN}?{provider.consent(away.headers['Location'])}")


async def test_the_provider_signs_in_whom_it_vouches_for(browser: AsyncClient, provider: SimulatedProvider) -> None:
    form = await browser.get("/account/sign-in")

    back = await journey(browser, provider)

    account = await browser.get("/account")
    assert "Sign in with accounts.example.org" in form.text
    assert (back.status_code, back.headers["Location"]) == (303, "/account")
    assert LEARNER in account.text


async def test_the_same_address_is_the_same_account_as_by_mail(
    browser: AsyncClient, other_browser: AsyncClient, provider: SimulatedProvider, mail: SimulatedMail
) -> None:
    await sign_in(browser, mail)
    await browser.post("/account/language", data={"csrf": "", "language": "fr"})
    provider.email = LEARNER.upper()

    await journey(other_browser, provider)

    assert LEARNER in (await other_browser.get("/account")).text


async def test_one_gets_to_where_one_wanted_to_go(browser: AsyncClient, provider: SimulatedProvider) -> None:
    back = await journey(browser, provider, "/account/provider?next=%2Fbackpack%3Fpage%3D2")

    assert back.headers["Refresh"] == "0; url=/backpack?page=2"


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example", "/" + "a" * 12_000])
async def test_nobody_is_led_to_another_origin(browser: AsyncClient, provider: SimulatedProvider, next: str) -> None:
    away = await browser.get("/account/provider", params={"next": next})

    back = await browser.get(f"{RETURN}?{provider.consent(away.headers['Location'])}")

    assert (back.status_code, back.headers["Location"]) == (303, "/account")


async def test_a_token_that_says_otherwise_signs_nobody_in(browser: AsyncClient, provider: SimulatedProvider) -> None:
    for lie in ({"nonce": "another"}, {"email_verified": False}, {"aud": "another"}):
        provider.claims = partial(_told, lie)

        back = await journey(browser, provider)

        assert (back.status_code, heading(back)) == (400, "Signing in did not work")
        assert "__Host-session" not in browser.cookies


def _told(lie: dict[str, Any], claims: dict[str, Any]) -> None:
    claims.update(lie)


async def test_another_browser_cannot_come_back_in_this_one_s_place(
    browser: AsyncClient, other_browser: AsyncClient, provider: SimulatedProvider
) -> None:
    away = await browser.get("/account/provider")
    query = provider.consent(away.headers["Location"])
    await other_browser.get("/account/provider")

    of_other = await other_browser.get(f"{RETURN}?{query}")

    assert of_other.status_code == 400
    assert (await other_browser.get("/account")).status_code == 303


async def test_who_comes_back_without_having_left_is_refused(browser: AsyncClient) -> None:
    queries = ["", f"code=a&state=b&iss={ISSUER}", "error=access_denied", "state=&code=&iss=", "code=%00&state=%ff"]

    answers = [await browser.get(f"{RETURN}?{query}") for query in queries]

    assert [answer.status_code for answer in answers] == [400] * len(queries)
    assert {heading(answer) for answer in answers} == {"Signing in did not work"}


async def test_an_answer_of_another_provider_or_none_is_refused(
    browser: AsyncClient, provider: SimulatedProvider
) -> None:
    for part, other in (
        ("&iss=", "&iss=https://evil.example&x="),
        ("&iss=", "&x="),
        ("code=", "error=access_denied&x="),
        ("state=", "state=another"),
    ):
        away = await browser.get("/account/provider")
        query = provider.consent(away.headers["Location"]).replace(part, other)

        back = await browser.get(f"{RETURN}?{query}")

        assert back.status_code == 400


async def test_a_code_is_good_once_and_for_ten_minutes(
    browser: AsyncClient, provider: SimulatedProvider, clock: SimulatedClock
) -> None:
    away = await browser.get("/account/provider")
    query = provider.consent(away.headers["Location"])
    ticket = browser.cookies["__Host-away"]

    first = await browser.get(f"{RETURN}?{query}")
    browser.cookies.set("__Host-away", ticket)
    again = await browser.get(f"{RETURN}?{query}")
    late_query = provider.consent((await browser.get("/account/provider")).headers["Location"])
    clock.advance(minutes=11)
    late = await browser.get(f"{RETURN}?{late_query}")

    assert (first.status_code, again.status_code, late.status_code) == (303, 400, 400)


async def test_a_forged_ticket_is_none(browser: AsyncClient, provider: SimulatedProvider) -> None:
    away = await browser.get("/account/provider")
    query = provider.consent(away.headers["Location"])
    own = browser.cookies["__Host-away"]
    browser.cookies.clear()
    forged = ["", ".", "e30.x", "a" * 5000, own[:-2], f"x{own}", own.replace(".", ".x")]

    answers = [await browser.get(f"{RETURN}?{query}", headers={"Cookie": f"__Host-away={each}"}) for each in forged]

    assert [answer.status_code for answer in answers] == [400] * len(forged)


async def test_metadata_that_cannot_be_relied_on_lead_nowhere(
    browser: AsyncClient, provider: SimulatedProvider
) -> None:
    sound = provider.metadata
    for change in (
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "http://accounts.example.org/token"},
        {"jwks_uri": 1},
    ):
        provider.metadata = {**sound, **change}
        provider.publish()

        away = await browser.get("/account/provider")

        assert (away.status_code, heading(away)) == (400, "Signing in did not work")


async def test_secrets_of_the_journey_are_not_in_the_address(browser: AsyncClient, provider: SimulatedProvider) -> None:
    away = await browser.get("/account/provider")

    assert CLIENT_SECRET not in away.headers["Location"]
    assert "code_challenge_method=S256" in away.headers["Location"]
    assert provider.email not in away.headers["Location"]
