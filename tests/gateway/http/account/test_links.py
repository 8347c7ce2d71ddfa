"""Mailed links: good once and in time, side by side, and as many as nobody is kept out by."""

import asyncio

from httpx import AsyncClient
from litestar import Litestar

from tests.gateway.http.account.conftest import LEARNER, browser_of, heading, sign_in
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

OVER = "This link is of no use any more"


async def test_to_look_at_a_link_does_not_use_it(browser: AsyncClient, mail: SimulatedMail) -> None:
    await browser.post("/account/sign-in", data={"address": LEARNER})
    for _ in range(3):
        await browser.get(mail.link())
        await browser.head(mail.link())

    used = await browser.post(mail.link())

    assert used.status_code == 303


async def test_the_page_of_a_link_speaks_as_its_letter_does(
    browser: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await browser.post("/account/sign-in?lang=fr", data={"address": LEARNER})

    page, asked = await other_browser.get(mail.link()), await other_browser.get(f"{mail.link()}?lang=en")

    assert '<html lang="fr">' in page.text
    assert '<html lang="en">' in asked.text


async def test_a_link_is_good_once(browser: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail) -> None:
    await sign_in(browser, mail)

    page, again = await other_browser.get(mail.link()), await other_browser.post(mail.link())

    assert (page.status_code, heading(page)) == (410, OVER)
    assert "used already" in page.text
    assert (again.status_code, heading(again)) == (410, OVER)
    assert (await other_browser.get("/account")).status_code == 303


async def test_of_50_uses_at_once_one_begins_a_session(app: Litestar, mail: SimulatedMail) -> None:
    browsers = [browser_of(app) for _ in range(50)]
    await browsers[0].post("/account/sign-in", data={"address": LEARNER})

    used = await asyncio.gather(*(browser.post(mail.link()) for browser in browsers))

    accounts = [(await browser.get("/account")).status_code for browser in browsers]
    assert sorted(answer.status_code for answer in used) == [303] + [410] * 49
    assert sorted(accounts) == [200] + [303] * 49


async def test_a_link_is_good_for_15_minutes(browser: AsyncClient, mail: SimulatedMail, clock: SimulatedClock) -> None:
    await browser.post("/account/sign-in", data={"address": LEARNER})
    clock.advance(minutes=15)

    page, used = await browser.get(mail.link()), await browser.post(mail.link())

    assert (page.status_code, used.status_code) == (410, 410)
    assert "older than 15 minutes" in page.text


async def test_links_hold_side_by_side_until_one_is_used(
    browser: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await browser.post("/account/sign-in", data={"address": LEARNER})
    mine = mail.link()
    await other_browser.post("/account/sign-in", data={"address": LEARNER.upper()})
    theirs = mail.link()

    page, used = await browser.get(mine), await browser.post(mine)
    other_page, other = await other_browser.get(theirs), await other_browser.post(theirs)

    assert (page.status_code, used.status_code) == (200, 303)
    assert (other_page.status_code, other.status_code) == (410, 410)
    assert "It, or another one to the same address, was used already" in other_page.text


async def test_nobody_keeps_another_out_by_asking_in_their_name(app: Litestar, mail: SimulatedMail) -> None:
    async with browser_of(app) as browser, browser_of(app, client="198.51.100.7") as attacker:
        await browser.post("/account/sign-in", data={"address": LEARNER})
        link = mail.link()
        asked = [(await attacker.post("/account/sign-in", data={"address": LEARNER})).status_code for _ in range(8)]

        used = await browser.post(link)
        again = await browser.post("/account/sign-in", data={"address": LEARNER})

    assert asked == [200] * 5 + [429] * 3
    assert (used.status_code, again.status_code) == (303, 200)


async def test_another_browser_is_warned_and_may_go_on(
    browser: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await browser.post("/account/sign-in", data={"address": LEARNER})

    page, used = await other_browser.get(mail.link()), await other_browser.post(mail.link())

    assert "another browser" in page.text
    assert used.status_code == 303
    assert (await browser.get("/account")).status_code == 303


async def test_a_link_that_was_never_mailed_leads_to_the_same_page(browser: AsyncClient) -> None:
    links = [f"/account/links/{token}" for token in ("a", "A" * 43, "A" * 64)]

    answers = [(await browser.get(link), await browser.post(link)) for link in links]

    assert [(page.status_code, used.status_code) for page, used in answers] == [(404, 410)] * len(links)
    assert {heading(answer) for pair in answers for answer in pair} == {OVER}


async def test_a_network_gets_five_links_an_hour_to_an_address(app: Litestar, mail: SimulatedMail) -> None:
    async with browser_of(app) as browser:
        spellings = [LEARNER, LEARNER.upper(), LEARNER.title(), f" {LEARNER}", LEARNER, LEARNER]
        answers = [await browser.post("/account/sign-in", data={"address": each}) for each in spellings]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 60
    assert heading(answers[-1]) == "Too many attempts"
    assert len(mail.letters) == 5


async def test_an_address_gets_fifty_links_an_hour_from_whomever(app: Litestar, mail: SimulatedMail) -> None:
    answers = []
    for number in range(51):
        async with browser_of(app, client=f"198.51.100.{number}") as browser:
            answers.append(await browser.post("/account/sign-in", data={"address": LEARNER}))

    assert [answer.status_code for answer in answers] == [200] * 50 + [429]
    assert len(mail.letters) == 50


async def test_a_classroom_behind_one_address_signs_in(browser: AsyncClient, mail: SimulatedMail) -> None:
    answers = [
        await browser.post("/account/sign-in", data={"address": f"somebody{number}@example.org"})
        for number in range(201)
    ]

    assert [answer.status_code for answer in answers] == [200] * 200 + [429]
    assert len(mail.letters) == 200
