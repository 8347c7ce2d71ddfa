"""What people see on the way of a badge into a wallet, in a real browser: seen by axe-core, heard, gone through."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from itertools import product
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.flows.offers.make import Made
from gateway.flows.prepare import Target
from gateway.http.offers.words import MISSING, TAKEN_BACK
from gateway.records import Securing
from gateway.records.holdings import Via
from gateway.records.offers import Claiming, Configuration
from gateway.settings import Settings
from tests.gateway.plain import award
from tests.interop.accessible import (
    REACHED,
    WIDTHS,
    arrived,
    as_wide_as,
    axe_core,
    entered,
    fits,
    gone_through,
    heard,
    signed_in,
    violations,
)
from tests.interop.served import CALLER, Served, served
from tests.laundering.sources import Kind
from tests.simulators.application import Application
from tests.simulators.people import person, session

pytestmark = pytest.mark.interop

LANGUAGES = ("en", "fr")
FORMS = (
    Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
    Target(Format.OPEN_BADGES_3, Securing.VC_JWT),
    Target(Format.OPEN_BADGES_3, Securing.SD_JWT),
    Target(Format.LEARNING_CREDENTIAL_1, Securing.SD_JWT),
)
NAMED = f"{REACHED}.map(each => each.textContent || each.id)"
"""What the controls of a page are called."""

RECIPIENT = "learner@example.org"


class Pages(NamedTuple):
    """Paths of a gateway, by what they show.

    Attributes:
        cookie: Of the session of the person whose the badges are.
    """

    address: str
    cookie: str
    paths: dict[str, str]


@pytest.fixture
async def pages(settings: Settings) -> AsyncIterator[Pages]:
    settings = msgspec.structs.replace(settings, public_requests_per_minute=1_000_000)
    async with served(settings, None) as at:
        owner = await person(at.gateway, RECIPIENT)
        issued = await at.gateway.native.issue(msgspec.json.encode(award()), FORMS, CALLER)
        at.answers()
        held = {
            name: (await at.gateway.holdings.hold(at.world.sound(kind), owner.id, Via.BACKPACK)).holding.id
            for name, kind in (("held", Kind.HOSTED), ("held, of nobody in particular", Kind.DATA_INTEGRITY))
        }
        wallet = await Application.registered(
            at.http, client_name="A wallet", redirect_uris=[f"{at.public_url}/back"], token_endpoint_auth_method="none"
        )
        signing_in = await at.offer(issued.record.id, Claiming.SIGN_IN)
        theirs = await at.offer(await at.award(recipient={"email": "other@example.org"}), Claiming.SIGN_IN)
        asked = {
            name: f"/oauth/authorize?{urlencode(wallet.request(scope=Configuration.BADGE, issuer_state=of))}"
            for name, of in (("asked for it", signing_in.offer.id), ("asked", None), ("not theirs", theirs.offer.id))
        }
        paths = {
            **{name: f"/offers/{made.offer.id}" for name, made in (await _offers(at, issued.record.id)).items()},
            "sign-in": f"/offers/{signing_in.offer.id}",
            MISSING: "/offers/AAAAAAAAAAAAAAAAAAAAAA",
            **asked,
            "record": f"/credentials/{issued.record.id}",
            **{name: f"/backpack/badges/{id}" for name, id in held.items()},
        }
        yield Pages(at.public_url, await session(at.gateway, owner), paths)


async def _offers(at: Served, record: str) -> dict[str, Made]:
    """Offers in every state but that of signing in."""
    flows, claims = at.gateway.offers, at.gateway.offers.claim.claims
    at.clock.now -= dt.timedelta(days=20)
    expired = await at.offer(record)
    at.clock.now += dt.timedelta(days=20)
    claimed, withdrawn, locked = await at.offer(record), await at.offer(record), await at.offer(record, Claiming.CODE)
    await claims.settle(claimed.offer, Configuration.BADGE, ("a",), at.clock.now)
    await flows.withdraw(withdrawn.offer.id, CALLER)
    await flows.claim.offers.tried(locked.offer, 1)
    await flows.claim.offers.judged(locked.offer, 1, at.clock.now, right=False)
    revoked = await at.award(recipient={"email": "another@example.org"})
    taken_back = await at.offer(revoked)
    await at.gateway.revoke(revoked, "awarded in error", CALLER)
    return {
        "link": await at.offer(record),
        "code": await at.offer(record, Claiming.CODE),
        "expired": expired,
        "claimed": claimed,
        "withdrawn": withdrawn,
        "locked": locked,
        TAKEN_BACK: taken_back,
    }


def in_language(page: str, language: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}lang={language}"


async def test_all_can_be_seen_heard_and_gone_through_without_a_mouse(pages: Pages) -> None:
    axe = await asyncio.to_thread(axe_core)

    def looked_at() -> list[str]:
        wrong = []
        with signed_in(pages.address, pages.cookie) as browser:
            for width, (name, path), language in product(WIDTHS, pages.paths.items(), LANGUAGES):
                as_wide_as(browser, width)
                browser.open(in_language(f"{pages.address}{path}", language))
                assert browser.evaluate("document.documentElement.lang") == language, name
                heard(browser)
                gone_through(browser)
                found = [*violations(browser, axe), *([] if fits(browser) else ["wider than the screen"])]
                wrong += [f"{name} {language} {width}: {each}" for each in found]
        return wrong

    assert await asyncio.to_thread(looked_at) == []


async def test_what_looks_for_faults_finds_them(pages: Pages) -> None:
    axe = await asyncio.to_thread(axe_core)

    def looked_at() -> tuple[list[str], bool]:
        with signed_in(pages.address, pages.cookie) as browser:
            as_wide_as(browser, WIDTHS[0])
            browser.open(f"{pages.address}{pages.paths['link']}")
            browser.evaluate("document.querySelector('[role=img]').removeAttribute('aria-label')")
            browser.evaluate("document.querySelector('main').style.width = '500px'")
            return violations(browser, axe), fits(browser)

    found, small_enough = await asyncio.to_thread(looked_at)
    assert [each.partition(":")[0] for each in found] == ["role-img-alt"]
    assert not small_enough


async def test_without_scripts_all_works_but_copying(pages: Pages) -> None:
    def used() -> tuple[dict[str, list[str]], str, str]:
        with signed_in(pages.address, pages.cookie) as browser:
            offered = {}
            for name in ("link", "code", "sign-in"):
                browser.open(f"{pages.address}{pages.paths[name]}")
                before = browser.evaluate(NAMED)
                browser.call("Emulation.setScriptExecutionDisabled", value=True)
                browser.open(f"{pages.address}{pages.paths[name]}")
                after = browser.evaluate(NAMED)
                browser.call("Emulation.setScriptExecutionDisabled", value=False)
                offered[name] = [each for each in before if each not in after]
                assert [each for each in after if each not in before] == []
            browser.call("Emulation.setScriptExecutionDisabled", value=True)
            browser.open(f"{pages.address}{pages.paths['held']}")
            entered(browser, "form[action$=offer] button")
            arrived(browser, "/offers/")
            title = browser.evaluate("document.querySelector('h1').textContent")
            browser.open(f"{pages.address}{pages.paths['asked']}")
            entered(browser, "button[value=allow]")
            arrived(browser, "/back?")
            return offered, title, browser.evaluate("location.search")

    missing, title, answer = await asyncio.to_thread(used)

    assert missing == {name: ["Copy"] * fields for name, fields in (("link", 2), ("code", 1), ("sign-in", 1))}
    assert title == "Knots"
    assert "code=" in answer
