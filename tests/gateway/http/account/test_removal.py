"""Who may remove an address: not whoever finds a browser open, nor with an address that is new."""

import re

from httpx import AsyncClient, Response

from tests.gateway.http.account.conftest import LEARNER, csrf, heading, sign_in
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

NEW = "new@example.net"
DONE = "/account?done=removed"


async def add(browser: AsyncClient, mail: SimulatedMail) -> None:
    await browser.post("/account/addresses", data={"csrf": await csrf(browser), "address": NEW})
    assert (await browser.post(mail.link())).status_code == 303


async def remove(browser: AsyncClient, address: str) -> Response:
    page = (await browser.get("/account")).text
    ids = dict(re.findall(r'<bdi>([^<]+@[^<]+)</bdi>.*?name="id" value="([^"]+)"', page))
    return await browser.post("/account/addresses/remove", data={"csrf": await csrf(browser), "id": ids[address]})


def location(answer: Response) -> str:
    return str(answer.headers.get("Location", ""))


async def test_an_open_browser_is_not_enough_to_remove_an_address(
    signed_in: AsyncClient, mail: SimulatedMail, clock: SimulatedClock
) -> None:
    clock.advance(minutes=10)
    await add(signed_in, mail)

    old, new = await remove(signed_in, LEARNER), await remove(signed_in, NEW)

    assert (old.status_code, new.status_code) == (403, 403)
    assert heading(old) == "Sign in again first"
    assert 'href="/account/sign-in"' in old.text
    page = (await signed_in.get("/account")).text
    assert LEARNER in page
    assert NEW in page


async def test_who_has_just_signed_in_with_an_address_removes_it_and_newer_ones(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail, clock: SimulatedClock
) -> None:
    clock.advance(hours=1)
    await add(signed_in, mail)
    await sign_in(other_browser, mail)
    clock.advance(minutes=9)

    removed = await remove(other_browser, NEW)

    assert location(removed) == DONE


async def test_a_new_address_does_not_remove_an_older_one(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail, clock: SimulatedClock
) -> None:
    clock.advance(hours=1)
    await add(signed_in, mail)
    await sign_in(other_browser, mail, NEW)

    answer = await remove(other_browser, LEARNER)

    assert (answer.status_code, heading(answer)) == (403, "Sign in again first")


async def test_after_a_week_it_does(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail, clock: SimulatedClock
) -> None:
    clock.advance(hours=1)
    await add(signed_in, mail)
    clock.advance(days=7)
    await sign_in(other_browser, mail, NEW.upper())

    removed = await remove(other_browser, LEARNER)

    assert location(removed) == DONE


async def test_to_remove_an_address_ends_the_other_sessions(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail, clock: SimulatedClock
) -> None:
    clock.advance(seconds=1)
    await add(signed_in, mail)
    await sign_in(other_browser, mail)

    removed = await remove(signed_in, LEARNER)

    assert location(removed) == DONE
    assert (await signed_in.get("/account")).status_code == 200
    assert (await other_browser.get("/account")).status_code == 303
