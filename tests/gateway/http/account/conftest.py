"""A gateway whose mails are kept, and browsers that people sign in with."""

import dataclasses
import re
from collections.abc import AsyncIterator

import msgspec
import pytest
from httpx import AsyncClient, Response
from litestar import Litestar

from gateway.assembly.whole import Gateway, assembled
from gateway.flows.tell_owner import TellOwner
from gateway.settings import Settings
from tests.gateway.http.asgi import transport
from tests.gateway.http.conftest import PUBLIC_URL
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

LEARNER = "learner@example.org"


@pytest.fixture
async def gateway(
    settings: Settings, world: World, clock: SimulatedClock, mail: SimulatedMail
) -> AsyncIterator[Gateway]:
    """What the application serves; its letters are kept."""
    async with assembled(settings, web=world.web, clock=clock) as gateway:
        posting = dataclasses.replace(gateway.people.mail_link, mail=mail)
        people = msgspec.structs.replace(gateway.people, mail_link=posting)
        yield msgspec.structs.replace(gateway, people=people)


@pytest.fixture
def told(app: Litestar) -> SimulatedMail:
    """The letters that tell of changes to the account."""
    letters, gateway = SimulatedMail(), app.state.gateway
    tell = TellOwner(letters, PUBLIC_URL)
    people = msgspec.structs.replace(
        gateway.people,
        use_link=dataclasses.replace(gateway.people.use_link, tell=tell),
        remove_address=dataclasses.replace(gateway.people.remove_address, tell=tell),
    )
    app.state.gateway = msgspec.structs.replace(gateway, people=people)
    return letters


def browser_of(app: Litestar, client: str = "192.0.2.1", **headers: str) -> AsyncClient:
    """A browser with cookies of its own, on the gateway's own address; ``client`` is where it connects from."""
    usual = {"Accept": "text/html", "Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    return AsyncClient(transport=transport(app, client), base_url=PUBLIC_URL, headers={**usual, **headers})


@pytest.fixture
async def browser(app: Litestar) -> AsyncIterator[AsyncClient]:
    async with browser_of(app) as browser:
        yield browser


@pytest.fixture
async def other_browser(app: Litestar) -> AsyncIterator[AsyncClient]:
    async with browser_of(app) as browser:
        yield browser


@pytest.fixture
async def signed_in(browser: AsyncClient, mail: SimulatedMail) -> AsyncClient:
    """The browser, with the learner signed in."""
    await sign_in(browser, mail)
    return browser


async def sign_in(browser: AsyncClient, mail: SimulatedMail, address: str = LEARNER, next: str = "") -> Response:
    """Ask for a link and use it in the same browser; return the answer to its use."""
    asked = await browser.post("/account/sign-in", data={"address": address, "next": next})
    assert asked.status_code == 200, asked.text
    return await browser.post(mail.link())


async def csrf(browser: AsyncClient) -> str:
    """What the forms of the account's page send back."""
    page = await browser.get("/account")
    assert page.status_code == 200
    return str(re.findall(r'name="csrf" value="([\w-]+)"', page.text)[0])


def heading(answer: Response) -> str:
    """What the page is called."""
    [found] = re.findall("<h1>(.*?)</h1>", answer.text)
    return str(found)
