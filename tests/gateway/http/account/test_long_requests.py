"""Authorization requests of any length that is allowed outlast signing in, by mail and with a provider."""

import secrets
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from httpx import AsyncClient

from tests.gateway.http.account.test_provider import gateway, journey, provider, settings
from tests.gateway.http.conftest import Client
from tests.simulators.application import Application, fields
from tests.simulators.mail import SimulatedMail
from tests.simulators.provider import SimulatedProvider

__all__ = ["gateway", "provider", "settings"]

AUTHORIZE = "/oauth/authorize"
STATES = {
    "letters": secrets.token_urlsafe(1500)[:2000],
    "braces": "{" * 2000,
    "JSON": ('{"return": "/course/view.php?id=7&section=3#badges"}' * 40)[:2000],
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
async def test_a_long_state_outlasts_a_mailed_link(
    client: Client, browser: AsyncClient, mail: SimulatedMail, state: str
) -> None:
    request = (await Application.registered(client)).request(state=state)
    away = await browser.get(AUTHORIZE, params=request)

    form = fields((await browser.get(away.headers["Location"])).text)
    await browser.post("/account/sign-in", data={"address": "learner@example.org", "next": unescape(form["next"])})
    back = await browser.post(mail.link())

    assert _asked(back.headers["Refresh"].partition("url=")[2]) == request
    assert (await browser.get(back.headers["Refresh"].partition("url=")[2])).status_code == 200


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
async def test_a_long_state_outlasts_a_provider(
    client: Client, browser: AsyncClient, provider: SimulatedProvider, state: str
) -> None:
    request = (await Application.registered(client)).request(state=state)

    back = await journey(
        browser, provider, "/account/provider?" + urlencode({"next": f"{AUTHORIZE}?{urlencode(request)}"})
    )

    assert _asked(back.headers["Refresh"].partition("url=")[2]) == request


@pytest.mark.usefixtures("provider")
async def test_a_cookie_is_never_longer_than_browsers_keep(browser: AsyncClient) -> None:
    for length in (2000, 2900, 3000, 6000, 11_000):
        away = await browser.get("/account/provider", params={"next": "/" + secrets.token_urlsafe(length)[:length]})

        assert len(away.headers["Set-Cookie"].partition(";")[0]) <= 4096


async def test_what_is_too_long_to_be_kept_is_refused_at_once(client: Client, browser: AsyncClient) -> None:
    request = (await Application.registered(client)).request(unknown="x" * 12_000)

    answer = await browser.get(AUTHORIZE, params=request)

    assert answer.status_code == 400
    assert "Location" not in answer.headers


def _asked(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
