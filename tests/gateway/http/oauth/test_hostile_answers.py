"""Answers that no page of ours asked for (T43), and addresses that nobody may be sent to (T31)."""

from urllib.parse import urlsplit

from gateway.assembly.whole import Gateway
from tests.corpora import corpus
from tests.gateway.http.conftest import Client
from tests.simulators.application import Application, Browser, answered, fields
from tests.simulators.clock import SimulatedClock
from tests.simulators.people import person, session

AUTHORIZE = "/oauth/authorize"
EVIL = "https://evil.example"


async def test_only_the_person_who_was_asked_in_the_session_that_was_asked_can_answer(
    client: Client, gateway: Gateway, browser: Browser, application: Application, clock: SimulatedClock
) -> None:
    other = Browser(client, f"__Host-session={await session(gateway, await person(gateway, 'other@example.org'))}")
    again = Browser(client, f"__Host-session={await session(gateway, await person(gateway))}")
    asked = fields((await browser.open(AUTHORIZE, application.request())).text)
    theirs = fields((await other.open(AUTHORIZE, application.request())).text)
    anew = fields((await again.open(AUTHORIZE, application.request())).text)
    flipped = asked["ticket"][:-6] + ("A" if asked["ticket"][-6] != "A" else "B") + asked["ticket"][-5:]
    cases: list[tuple[Browser, dict[str, str], dict[str, str], int]] = [
        (other, {**asked, "csrf": theirs["csrf"]}, {}, 400),
        (again, {**asked, "csrf": anew["csrf"]}, {}, 400),
        (browser, {**asked, "csrf": ""}, {}, 403),
        (browser, {**asked, "csrf": theirs["csrf"]}, {}, 403),
        (browser, {**asked, "ticket": flipped}, {}, 400),
        (browser, {**asked, "ticket": ""}, {}, 400),
        (browser, {**asked, "ticket": "é"}, {}, 400),
        (browser, asked, {"Sec-Fetch-Site": "cross-site"}, 403),
        (browser, asked, {"Sec-Fetch-Site": "", "Origin": EVIL}, 403),
        (browser, asked, {"Sec-Fetch-Site": "", "Origin": "null"}, 403),
        (browser, asked, {"Sec-Fetch-Site": "same-site"}, 403),
    ]

    for who, form, headers, status in cases:
        answer = await who.send(AUTHORIZE, {**form, "answer": "allow"}, **headers)

        assert answer.status_code == status, (form, headers)
        assert "Location" not in answer.headers
    clock.advance(minutes=10)
    late = await browser.send(AUTHORIZE, {**asked, "answer": "allow"})
    assert late.status_code == 400
    assert "10 minutes" in late.text or "ten minutes" in late.text


async def test_what_is_neither_yes_nor_no_is_no(browser: Browser, application: Application) -> None:
    asked = fields((await browser.open(AUTHORIZE, application.request())).text)

    gone = await browser.send(AUTHORIZE, {**asked, "answer": "ALLOW"})

    assert answered(gone.headers["Location"])["error"] == "access_denied"


async def test_no_address_of_the_list_of_open_redirects_is_ever_gone_to(
    client: Client, browser: Browser, application: Application
) -> None:
    payloads = _payloads()
    for payload in payloads:
        found = await browser.open(AUTHORIZE, application.request(redirect_uri=payload))
        assert found.status_code == 400, payload
        assert "Location" not in found.headers, payload
        page = await client.get("/account/sign-in", params={"next": payload})
        assert _local(page.headers.get("Location", "/")), payload
    assert len(payloads) > 100


def _payloads() -> list[str]:
    lines = {
        line.replace("{payload}", "evil.example").strip()
        for file in sorted(corpus("sec/payloads/Open Redirect/Intruder").glob("*.txt"))
        for line in file.read_text("utf-8", "replace").splitlines()
    }
    return sorted(line for line in lines if line)


def _local(location: str) -> bool:
    parts = urlsplit(location)
    return not parts.scheme and not parts.netloc and location.startswith("/") and not location.startswith(("//", "/\\"))
