"""Signing in with a mailed link: once, in time, and without saying who has an account."""

import datetime as dt
import time
from typing import Any  # Any: how a request is made

import pytest
from httpx import AsyncClient
from litestar import Litestar

from gateway.http.account.session import local_path
from tests.corpora import corpus
from tests.gateway.http.account.conftest import LEARNER, browser_of, heading, sign_in
from tests.gateway.http.conftest import PUBLIC_URL
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

HOSTILE = [
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "https:evil.example",
    "http:\\\\evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\u00a0/evil.example",
    "/\u2028/evil.example",
    "/\x00/evil.example",
    "/\r\nSet-Cookie: session=evil",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "/" + "a" * 12_000,
    "/é",
]


async def test_a_mailed_link_signs_in_and_leads_to_where_one_wanted_to_go(
    browser: AsyncClient, mail: SimulatedMail
) -> None:
    wanted = await browser.get("/account")
    form = await browser.get(wanted.headers["Location"])
    await browser.post("/account/sign-in", data={"address": LEARNER, "next": "/account"})
    page = await browser.get(mail.link())

    used = await browser.post(mail.link())
    account = await browser.get("/account")

    assert wanted.status_code == 303
    assert wanted.headers["Location"] == "/account/sign-in?next=%2Faccount"
    assert heading(form) == "Sign in"
    assert heading(page) == f"Sign in as {LEARNER}"
    assert "another browser" not in page.text
    assert (used.status_code, used.headers["Location"]) == (303, "/account")
    assert heading(account) == "Your account"
    assert LEARNER in account.text


async def test_the_session_s_cookie_is_for_this_host_and_for_no_script(
    browser: AsyncClient, mail: SimulatedMail
) -> None:
    used = await sign_in(browser, mail)

    [cookie] = [each for each in used.headers.get_list("Set-Cookie") if each.startswith("__Host-session=")]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= parts
    assert not any(part.startswith("domain") for part in parts)


async def test_known_and_unknown_addresses_get_the_same_answer_in_the_same_time(
    app: Litestar, browser: AsyncClient, mail: SimulatedMail
) -> None:
    known, unknown = "known{}@example.org", "other{}@example.org"
    took: dict[str, list[float]] = {known: [], unknown: []}
    texts = set()
    for number in range(5):
        async with browser_of(app) as somebody:
            await sign_in(somebody, mail, known.format(number))
    for number in range(5):
        for pattern, seconds in took.items():
            address = pattern.format(number)
            begun = time.perf_counter()
            answer = await browser.post("/account/sign-in", data={"address": address})
            seconds.append(time.perf_counter() - begun)
            texts.add((answer.status_code, answer.text.replace(address, "")))

    assert len(texts) == 1
    assert {letter.subject for letter in mail.letters} == {"Your link to sign in at badges.example.net"}
    # The quickest of each: others on the machine make an answer later, never earlier.
    assert min(took[known]) < 3 * min(took[unknown]) + 0.005


async def test_an_address_in_other_case_is_written_to_as_it_was_confirmed(
    browser: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await sign_in(browser, mail, "Learner@Example.org")

    await other_browser.post("/account/sign-in", data={"address": "LEARNER@example.org"})

    assert [letter.to for letter in mail.letters] == ["Learner@Example.org"] * 2


async def test_signing_in_again_ends_the_session_before(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    before = signed_in.cookies["__Host-session"]
    await sign_in(signed_in, mail)

    other_browser.cookies.set("__Host-session", before)
    account = await other_browser.get("/account")

    assert signed_in.cookies["__Host-session"] != before
    assert account.status_code == 303


@pytest.mark.parametrize("next", HOSTILE)
def test_what_leads_to_another_origin_leads_to_the_account(next: str) -> None:
    assert local_path(next) == "/account"


@pytest.mark.parametrize("next", ["//evil.example", "/\\evil.example"])
async def test_nobody_is_led_to_another_origin(browser: AsyncClient, mail: SimulatedMail, next: str) -> None:
    form = await browser.get("/account/sign-in", params={"next": next})
    used = await sign_in(browser, mail, next=next)

    assert "evil" not in form.text
    assert (used.status_code, used.headers["Location"]) == (303, "/account")


def test_no_payload_of_the_corpora_leads_to_another_origin() -> None:
    folder = corpus("sec/payloads/Open Redirect/Intruder")
    payloads = [line for file in folder.glob("*.txt") for line in file.read_text(errors="replace").splitlines()]

    led = {local_path(payload) for payload in payloads}

    assert len(payloads) > 100
    assert {path for path in led if path.startswith("//") or "\\" in path or not path.startswith("/")} == set()


async def test_who_goes_on_elsewhere_is_sent_there_by_a_page(browser: AsyncClient, mail: SimulatedMail) -> None:
    next = "/oauth/authorize?client_id=a&state=%22%3E%3Cscript%3E"

    used = await sign_in(browser, mail, next=next)

    assert used.status_code == 200
    assert used.headers["Refresh"] == f"0; url={next}"
    assert "<script" not in used.text
    assert f'href="{next.replace("&", "&amp;")}"' in used.text


async def test_what_is_no_address_is_said_beside_the_field(browser: AsyncClient, mail: SimulatedMail) -> None:
    for address in ("", "learner", "a@b", "a\r\nBcc: b@example.org@example.org", "x" * 1500):
        answer = await browser.post("/account/sign-in", data={"address": address, "next": "/backpack"})

        assert answer.status_code == 400
        assert "<title>Error: Sign in</title>" in answer.text
        assert '<a href="#address">' in answer.text
        assert 'aria-describedby="address-hint address-error" aria-invalid="true"' in answer.text
        assert 'name="next" value="/backpack"' in answer.text
    assert mail.letters == []


async def test_another_form_is_refused_with_a_page(browser: AsyncClient, mail: SimulatedMail) -> None:
    forms = [{}, {"next": "/account"}, {"address": LEARNER, "admin": "true"}, {"address": "x" * 3000}]

    answers = [await browser.post("/account/sign-in", data=fields) for fields in forms]

    assert [answer.status_code for answer in answers] == [400] * len(forms)
    assert {heading(answer) for answer in answers} == {"The gateway does not understand what was sent"}
    assert mail.letters == []


async def test_what_is_no_form_of_ours_is_refused_with_a_page(browser: AsyncClient, mail: SimulatedMail) -> None:
    sent: list[tuple[dict[str, Any], int]] = [
        ({"json": {"address": LEARNER}}, 400),
        ({"content": b"%ff=%00&&&==", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ({"files": {"address": ("name.txt", LEARNER.encode())}}, 400),
        ({"files": {"address": (None, b"\xff\xfe")}}, 400),
        ({"data": {"address": [LEARNER, "other@example.org"]}}, 400),
        ({"data": {"address": LEARNER, "next": "x" * 70_000}}, 413),
        ({"content": b"a=&" * 30_000, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 413),
    ]

    answers = [await browser.post("/account/sign-in", **how) for how, _ in sent]

    assert [answer.status_code for answer in answers] == [status for _, status in sent]
    assert all(answer.headers["Content-Type"].startswith("text/html") for answer in answers)
    assert mail.letters == []


async def test_an_address_is_shown_as_text(browser: AsyncClient) -> None:
    answer = await browser.post("/account/sign-in", data={"address": '"><img src=x onerror=alert(1)>'})

    assert answer.status_code == 400
    assert "<img" not in answer.text


async def test_a_form_of_another_origin_is_refused(browser: AsyncClient, mail: SimulatedMail) -> None:
    origins = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": PUBLIC_URL},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
        {"Sec-Fetch-Site": "", "Origin": "http://badges.example.net"},
        {"Sec-Fetch-Site": "", "Origin": "https://badges.example.net.evil.example"},
        {"Sec-Fetch-Site": ""},
    ]

    answers = [await browser.post("/account/sign-in", data={"address": LEARNER}, headers=each) for each in origins]

    assert [answer.status_code for answer in answers] == [403] * len(origins)
    assert {heading(answer) for answer in answers} == {"This form is out of date"}
    assert mail.letters == []


async def test_a_browser_without_fetch_metadata_says_its_origin(browser: AsyncClient, mail: SimulatedMail) -> None:
    headers = {"Sec-Fetch-Site": "", "Origin": PUBLIC_URL}

    answer = await browser.post("/account/sign-in", data={"address": LEARNER}, headers=headers)

    assert answer.status_code == 200
    assert len(mail.letters) == 1


async def test_pages_and_mails_speak_french(app: Litestar, mail: SimulatedMail) -> None:
    async with browser_of(app, **{"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}) as browser:
        form = await browser.get("/account/sign-in")
        await sign_in(browser, mail)
        account = await browser.get("/account", headers={"Accept-Language": "en"})

    assert heading(form) == "Se connecter"
    assert mail.letters[0].subject == "Votre lien de connexion à badges.example.net"
    assert heading(account) == "Votre compte"


async def test_what_is_not_there_is_a_page_for_people_and_a_problem_for_programs(browser: AsyncClient) -> None:
    for_people = await browser.get("/account/nothing")
    for_programs = await browser.get("/account/nothing", headers={"Accept": "application/json"})

    assert (for_people.status_code, for_programs.status_code) == (404, 404)
    assert heading(for_people) == "There is nothing at this address"
    assert for_programs.headers["Content-Type"] == "application/problem+json"


async def test_pages_keep_nothing_run_nothing_and_send_forms_home(browser: AsyncClient) -> None:
    answer = await browser.get("/account/sign-in")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


async def test_a_session_is_over_after_30_idle_days(signed_in: AsyncClient, clock: SimulatedClock) -> None:
    clock.now += dt.timedelta(days=30, seconds=1)

    account = await signed_in.get("/account")

    assert account.status_code == 303


async def test_neither_addresses_nor_tokens_are_logged(
    browser: AsyncClient, mail: SimulatedMail, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)

    await sign_in(browser, mail)
    await browser.get("/account")
    await browser.post(mail.link())

    # The test's own client logs what it asks for.
    said = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))
    for secret in (LEARNER, mail.link(), browser.cookies["__Host-session"]):
        assert secret not in said


async def test_the_page_that_answers_a_form_has_no_link_to_itself(browser: AsyncClient) -> None:
    answer = await browser.post("/account/sign-in", data={"address": LEARNER})

    assert answer.status_code == 200
    assert "?lang=" not in answer.text
