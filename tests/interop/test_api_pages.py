"""The pages of the interface in a real browser that reaches nothing but the gateway: read, gone through, and tried."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
import pytest

from gateway.http.contract import BY_NAME
from gateway.http.examples import VERIFIABLE
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.interop.accessible import WIDTHS, as_wide_as, axe_core, fits, press, violations
from tests.interop.chromium import Chromium
from tests.interop.served import Served, served

pytestmark = pytest.mark.interop

Found = TypeVar("Found")

NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
THEIRS = {
    "nested-interactive": "each operation is a button with further buttons in it",
    "button-name": "the cross that closes the dialog has no name; the buttons below it that close it have one",
    "label-content-name-mismatch": "the button that takes a key is called otherwise than it reads",
    "region": "the dialog stands beside the landmarks",
    "select-name": "the choice of an example stands beside its caption, which is not bound to it",
    "scrollable-region-focusable": "long examples scroll in a frame of their own; Chromium and Firefox reach it",
}
"""Rules of axe-core that Swagger UI 5.34 breaks, and that no style mends."""

LOADED = "performance.getEntriesByType('resource').map(({name}) => name)"
CHANGED = "it.closest('select').dispatchEvent(new Event('change', {bubbles: true}))"
REFUSED = "window.refused = []; addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"


@pytest.fixture
async def gateway(tmp_path: Path, migrated_database: str, redis_database: str) -> AsyncIterator[Served]:
    """Served over http, where a browser needs no name to find it."""
    settings = Settings(data_dir=tmp_path, database_url=migrated_database, redis_url=redis_database)
    async with served(settings, None) as serving:
        yield serving


async def test_every_document_is_shown_without_a_network(gateway: Served) -> None:
    def looked_at(browser: Chromium) -> None:
        for name in BY_NAME:
            shown(browser, f"{gateway.public_url}/docs?document={name.removesuffix('.json')}")
            assert not browser.evaluate("document.querySelector('.errors-wrapper')")
            hosts = {urlsplit(address).netloc for address in browser.evaluate(LOADED)}
            assert hosts == {urlsplit(gateway.public_url).netloc}
            assert browser.evaluate("window.refused") == []

    await in_a_browser(looked_at)


async def test_a_gateway_that_was_told_no_address_of_its_own_shows_its_documents(
    tmp_path: Path, migrated_database: str, redis_database: str
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=migrated_database, redis_url=redis_database)

    def looked_at(browser: Chromium, address: str) -> tuple[bool, str]:
        shown(browser, f"{address}/docs?document=open-badges-3")
        alert: bool = browser.evaluate("document.getElementById('elsewhere').hidden")
        said: str = browser.evaluate("document.querySelector('header.ours').innerText")
        return alert, said

    async with served(settings, None, is_told=False) as gateway:
        address = str(gateway.http.base_url).rstrip("/")
        is_hidden, said = await in_a_browser(lambda browser: looked_at(browser, address))

    assert is_hidden
    assert "client_name" not in said


async def test_what_is_wrong_with_the_page_is_swagger_uis_own_and_named(gateway: Served) -> None:
    axe = axe_core()

    def judged(browser: Chromium) -> set[str]:
        broken: set[str] = set()
        for width in WIDTHS:
            as_wide_as(browser, width)
            for scheme in ("light", "dark"):
                browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                shown(browser, f"{gateway.public_url}/docs?document=oauth&lang=fr")
                assert fits(browser)
                pressed(browser, ".opblock-summary-control")
                pressed(browser, ".btn.authorize")
                there(browser, ".auth-container")
                broken |= {each.partition(":")[0] for each in violations(browser, axe)}
        return broken

    found = await in_a_browser(judged)

    assert found == THEIRS.keys()


async def test_a_get_and_a_post_are_tried_with_a_key_and_the_keyboard(gateway: Served) -> None:
    key = await gateway.gateway.first_key(DEFAULT_PLATFORM)

    def tried(browser: Chromium) -> tuple[tuple[str, str], tuple[str, str]]:
        shown(browser, f"{gateway.public_url}/docs")
        authorised(browser, key)
        answers = (
            executed(browser, "convertBadge", to="open-badges-3", example=VERIFIABLE),
            executed(browser, "listCredentials"),
        )
        for width in WIDTHS:
            as_wide_as(browser, width)
            assert fits(browser)
        return answers

    (made, record), (shown_then, records) = await in_a_browser(tried)

    assert (made, shown_then) == ("201", "200")
    [listed] = msgspec.json.decode(records)["records"]
    assert listed["id"] == msgspec.json.decode(record)["record"]["id"]


async def test_a_form_is_tried_as_it_was_recorded_and_nothing_else_is_sent(gateway: Served) -> None:
    def tried(browser: Chromium) -> list[str]:
        shown(browser, f"{gateway.public_url}/docs?document=oauth")
        block = "[id$=-issueToken]"
        pressed(browser, f"{block} .opblock-summary-control")
        pressed(browser, f"{block} .try-out__btn")
        there(browser, f"{block} .parameters input")
        fields = f"[...document.querySelectorAll('{block} .opblock-section-request-body input[type=text]')]"
        values: list[str] = browser.evaluate(f"{fields}.map(it => it.value)")
        return values

    values = await in_a_browser(tried)

    assert "authorization_code" in values
    assert "" in values
    assert "string" not in values


async def in_a_browser(visit: Callable[[Chromium], Found]) -> Found:
    """Let a browser without a network visit while the gateway goes on."""

    def visited() -> Found:
        with Chromium(NO_NETWORK) as browser:
            return visit(browser)

    return await asyncio.to_thread(visited)


def shown(browser: Chromium, address: str) -> None:
    """Open a page of the interface, and wait for its operations."""
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=REFUSED)
    browser.open(address)
    there(browser, ".opblock")


def authorised(browser: Chromium, key: str) -> None:
    """Type a key into the dialog, and close it."""
    pressed(browser, ".btn.authorize")
    there(browser, ".auth-container input")
    fill(browser, ".auth-container input", key)
    press(browser, "Enter", text="\r")
    browser.wait(lambda: "Authorized" in browser.evaluate("document.querySelector('.dialog-ux').innerText"), "no key")
    pressed(browser, ".dialog-ux .btn-done")


def executed(browser: Chromium, operation: str, *, to: str = "", example: str = "") -> tuple[str, str]:
    """Try an operation out; return the status and the body of the answer."""
    block = f"[id$=-{operation}]"
    pressed(browser, f"{block} .opblock-summary-control")
    pressed(browser, f"{block} .try-out__btn")
    for choice in filter(None, (to, example)):
        chosen = f"""{block} option[value="{choice}"]"""
        browser.evaluate(f"(it => {{it.selected = true; {CHANGED}}})(document.querySelector('{chosen}'))")
    pressed(browser, f"{block} .execute")
    answer = f"{block} .live-responses-table .response"
    there(browser, f"{answer} pre.microlight")
    status, said = (
        browser.evaluate(f"document.querySelector('{answer} {place}').textContent")
        for place in ("> .response-col_status", "pre.microlight")
    )
    return status[:3], said


def pressed(browser: Chromium, selector: str) -> None:
    """Press a button without a mouse, once it is there."""
    there(browser, selector)
    focus(browser, selector)
    press(browser, "Enter", text="\r")


def there(browser: Chromium, selector: str) -> None:
    """Wait until something is in the page."""
    browser.wait(lambda: bool(browser.evaluate(f"!!document.querySelector('{selector}')")), f"no {selector}")


def focus(browser: Chromium, selector: str) -> None:
    """Put the focus on a control."""
    assert browser.evaluate(f"document.querySelector('{selector}').focus(), true"), selector


def fill(browser: Chromium, selector: str, text: str) -> None:
    """Type over what a field holds."""
    focus(browser, selector)
    browser.evaluate(f"document.querySelector('{selector}').select()")
    browser.call("Input.insertText", text=text)
