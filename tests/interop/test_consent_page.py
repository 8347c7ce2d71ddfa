"""The consent page in a real browser: its policy lets the answer through to the application, and nothing else runs."""

import http.server
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from httpx import AsyncClient

from gateway.assembly.whole import assembled
from gateway.records.offers import Claiming, Configuration
from gateway.settings import settings_from
from tests.drills.process import GatewayProcess
from tests.interop.chromium import Chromium
from tests.simulators.application import Application, answered
from tests.simulators.offered import Offering
from tests.simulators.people import person, session

pytestmark = pytest.mark.interop

NAME = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
WIDTHS = (390, 1280)


class _Site(http.server.BaseHTTPRequestHandler):
    """The application, on an origin of its own."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"here again")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of an application."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Served(NamedTuple):
    """A gateway in a process of its own, and who uses it.

    Attributes:
        cookie: Of a person's session.
        offers: Ids of the offers of a badge that they, and of one that somebody else was awarded.
    """

    address: str
    cookie: str
    offers: tuple[str, str]


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Served]:
    """What people see in their browsers."""
    process = GatewayProcess(tmp_path)
    process.environment = {**process.environment, "GATEWAY_PUBLIC_URL": process.address}
    async with assembled(settings_from(process.environment)) as opened:
        cookie = await session(opened, await person(opened))
        mine = await Offering(opened).make(Claiming.SIGN_IN, name=NAME)
        theirs = await Offering(opened).make(Claiming.SIGN_IN, recipient={"email": "other@example.org"})
    await process.start()
    yield Served(process.address, cookie, (mine.offer.id, theirs.offer.id))
    await process.kill()


async def test_a_person_lets_a_wallet_have_a_badge_in_chromium(gateway: Served, site: str) -> None:
    address = gateway.address
    async with AsyncClient(base_url=address, trust_env=False) as http_:
        uris = dict.fromkeys(("client_uri", "logo_uri", "tos_uri", "policy_uri"), site)
        wallet = await Application.registered(http_, client_name=NAME, redirect_uris=[f"{site}back"], **uris)
        questions = [
            f"{address}/oauth/authorize?{urlencode(wallet.request(scope=Configuration.BADGE, issuer_state=offer))}"
            for offer in (*gateway.offers, None)
        ]
        with Chromium() as browser:
            browser.call(
                "Network.setCookie", name="session", value=gateway.cookie, url=address, httpOnly=True, sameSite="Lax"
            )
            for question in questions:
                for language in ("en", "fr"):
                    _looked_at(browser, f"{question}&lang={language}")
            left = [_pressed(browser, question, "button[value=deny]", site) for question in questions]
            allowed = _pressed(browser, questions[0], "button[value=allow]", site)
            tokens = await wallet.exchange(answered(allowed)["code"])

        assert [answered(each)["error"] for each in left] == ["access_denied"] * 3
        assert (tokens.status_code, tokens.json()["token_type"]) == (200, "bearer")


async def test_a_person_answers_lists_and_revokes_in_chromium(gateway: Served, site: str) -> None:
    address, cookie, _ = gateway
    async with AsyncClient(base_url=address, trust_env=False) as http_:
        uris = dict.fromkeys(("client_uri", "logo_uri", "tos_uri", "policy_uri"), site)
        application = await Application.registered(http_, client_name=NAME, redirect_uris=[f"{site}back"], **uris)
        with Chromium() as browser:
            browser.call("Network.setCookie", name="session", value=cookie, url=address, httpOnly=True, sameSite="Lax")
            question = f"{address}/oauth/authorize?{urlencode(application.request(state='a b/ü', prompt='consent'))}"
            for language in ("en", "fr"):
                _looked_at(browser, f"{question}&lang={language}")
            denied = _pressed(browser, question, "button[value=deny]", site)
            allowed = _pressed(browser, question, "button[value=allow]", site)
            tokens = await application.exchange(answered(allowed)["code"])
            for language in ("en", "fr"):
                _looked_at(browser, f"{address}/account/applications?lang={language}")
            _pressed(browser, f"{address}/account/applications?lang=en", "article button", f"{address}/account")
            browser.wait(lambda: not browser.evaluate("document.querySelector('article')"), "it is still listed")

        assert answered(denied)["error"] == "access_denied"
        assert answered(allowed)["state"] == "a b/ü"
        assert tokens.status_code == 200
        assert (await application.refresh(tokens.json()["refresh_token"])).json()["error"] == "invalid_grant"


def _looked_at(browser: Chromium, url: str) -> None:
    """Open a page on a phone and on a desk: nothing of the application's runs, nothing is wider than the screen."""
    for width in WIDTHS:
        browser.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500
        )
        browser.open(url)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        assert browser.evaluate("document.title") != "pwned"
        assert browser.evaluate("document.querySelectorAll('main img, main script').length") == 0


def _pressed(browser: Chromium, url: str, button: str, leads_to: str) -> str:
    """Press a button of a page, and return the address where that leads."""
    browser.open(url)
    browser.evaluate(f"document.querySelector('{button}').click()")
    browser.wait(
        lambda: browser.evaluate("location.href").startswith(leads_to) and browser.evaluate("location.href") != url,
        f"{button} does not lead to {leads_to}",
    )
    return str(browser.evaluate("location.href"))
