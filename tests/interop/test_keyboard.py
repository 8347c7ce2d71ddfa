"""The pages of shared and waiting credentials without a mouse: heard, gone through and used, in a real browser."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from gateway.assembly.whole import assembled
from gateway.flows.convert import Caller
from gateway.flows.europass.share_deposit import PLACE as SHARED
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import settings_from
from tests.drills.process import GatewayProcess
from tests.gateway.http.europass.uploads import LEARNER, credential, upload
from tests.interop.accessible import WIDTHS, arrived, as_wide_as, entered, fits, gone_through, heard, signed_in
from tests.simulators.people import person, session

pytestmark = pytest.mark.interop

PLATFORM = Caller(DEFAULT_PLATFORM, "00000000-0000-4000-8000-000000000001")


class Served(NamedTuple):
    """A gateway with two credentials that wait for one person.

    Attributes:
        shared: The path of a link to one of them.
        cookie: Of the person's session.
    """

    address: str
    shared: str
    cookie: str


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    process = GatewayProcess(tmp_path)
    own = {"GATEWAY_PUBLIC_URL": process.address, "GATEWAY_SEAL_ORGANISATION_ID": "NTRFR-123456789"}
    process.environment = {**process.environment, **own}
    async with assembled(settings_from(process.environment)) as opened:
        cookie = await session(opened, await person(opened, LEARNER))
        for number in (1, 2):
            subject = credential()["credentialSubject"]
            subject["hasClaim"][0]["title"] = {"en": f"Bicycle repair {number}"}
            file = upload(LEARNER, id=f"urn:credential:{number}", credentialSubject=subject)
            sent = await opened.europass.seal_and_send(file, PLATFORM, mail=False, language="en")
    await process.start()
    yield Served(process.address, sent.viewer_url.removeprefix(process.address), cookie)
    await process.kill()


async def test_pages_are_read_and_gone_through_in_one_order_and_show_where_one_is(served: Served) -> None:
    with signed_in(served.address, served.cookie) as browser:
        for width in WIDTHS:
            as_wide_as(browser, width)
            for path in (served.shared, "/backpack/deposits", f"{SHARED}/{'A' * 43}"):
                for language in ("en", "fr"):
                    browser.open(f"{served.address}{path}?lang={language}")
                    heard(browser)
                    gone_through(browser)
                    assert fits(browser)


async def test_what_waits_is_declined_and_taken_with_the_keyboard_alone(served: Served) -> None:
    with signed_in(served.address, served.cookie) as browser:
        browser.open(f"{served.address}/backpack/deposits")
        for action, place in (("decline", "/backpack/deposits?done="), ("take", "/backpack/badges/")):
            entered(browser, f"form[action$={action}] button")
            arrived(browser, place)
            assert browser.evaluate("document.querySelector('[role=status]').textContent")
