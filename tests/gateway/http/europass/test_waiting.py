"""What waits for a person: who awarded and who sealed it, and a look at it before it is taken."""

import pytest
from litestar import Litestar

from gateway.assembly.whole import Gateway
from tests.gateway.http.account.conftest import browser_of
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import LEARNER, WALLETS, part, sealed
from tests.gateway.http.html import Page
from tests.simulators import people

DEPOSITS = "/backpack/deposits"


@pytest.fixture
async def waiting(holder: Client) -> str:
    """The path of one that waits."""
    file = await sealed(holder)
    put = await holder.post(f"{WALLETS}/email/{LEARNER}/credentials", files=part("_credential", file))
    return f"{DEPOSITS}/{put.json()['uuid']}"


async def signed_in(app: Litestar, gateway: Gateway, email: str) -> Client:
    """The browser of somebody who has confirmed an address."""
    cookie = await people.session(gateway, await people.person(gateway, email))
    return browser_of(app, Cookie=f"__Host-session={cookie}")


@pytest.fixture
async def learner(app: Litestar, gateway: Gateway) -> Client:
    return await signed_in(app, gateway, LEARNER)


async def test_who_awarded_and_who_sealed_it_are_named_apart(learner: Client, waiting: str) -> None:
    page = await learner.get(DEPOSITS, params={"lang": "en"})

    text = Page(page.text).text
    assert text.index("Awarded by") < text.index("Academy of Bicycles") < text.index("Sealed by")
    assert f'href="{waiting}"' in page.text


async def test_it_is_looked_at_before_it_is_taken(learner: Client, waiting: str) -> None:
    page = await learner.get(waiting, params={"lang": "fr"})
    picture = await learner.get(f"{waiting}/picture")

    text = Page(page.text).text
    assert "A Learner" in text
    assert "Academy of Bicycles" in text
    assert "(certificat auto-signé, non qualifié)" in text
    assert f'action="{waiting}/take"' in page.text
    assert picture.headers["Content-Type"] == "image/png"
    assert "A Learner" not in Page((await learner.get(DEPOSITS)).text).text


async def test_nobody_else_looks_at_it(app: Litestar, gateway: Gateway, waiting: str) -> None:
    other = await signed_in(app, gateway, "somebody@example.org")

    answers = [await other.get(f"{waiting}{end}") for end in ("", "/picture")]

    assert {answer.status_code for answer in answers} == {404}
