"""The pages of shared and waiting credentials without a mouse: heard, gone through and used, in a real browser."""

from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple  # Any: nodes of an accessibility tree

import pytest

from gateway.assembly.whole import assembled
from gateway.flows.convert import Caller
from gateway.flows.europass.share_deposit import PLACE as SHARED
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import settings_from
from tests.drills.process import GatewayProcess
from tests.gateway.http.europass.uploads import LEARNER, credential, upload
from tests.interop.chromium import Chromium
from tests.simulators.people import person, session

pytestmark = pytest.mark.interop

PLATFORM = Caller(DEFAULT_PLATFORM, "00000000-0000-4000-8000-000000000001")
WIDTHS = (390, 1280)
CONTROLS = "'a[href], button, summary, input:not([type=hidden])'"
FOCUSED = f"""(() => {{
  const at = document.activeElement, seen = at.getBoundingClientRect(), style = getComputedStyle(at);
  return [
    [...document.querySelectorAll({CONTROLS})].indexOf(at),
    style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    seen.top >= 0 && seen.left >= 0 && seen.bottom <= innerHeight && seen.right <= innerWidth,
  ];
}})()"""


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
    with _signed_in(served) as browser:
        for width in WIDTHS:
            metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            browser.call("Emulation.setDeviceMetricsOverride", **metrics)
            for path in (served.shared, "/backpack/deposits", f"{SHARED}/{'A' * 43}"):
                for language in ("en", "fr"):
                    browser.open(f"{served.address}{path}?lang={language}")
                    _read(browser)
                    _gone_through(browser)
                    assert browser.evaluate("document.documentElement.scrollWidth") <= width


async def test_what_waits_is_declined_and_taken_with_the_keyboard_alone(served: Served) -> None:
    with _signed_in(served) as browser:
        browser.open(f"{served.address}/backpack/deposits")
        for action, place in (("decline", "/backpack/deposits?done="), ("take", "/backpack/badges/")):
            control = f"document.querySelector('form[action$={action}] button')"
            for _ in range(browser.evaluate(f"document.querySelectorAll({CONTROLS}).length")):
                if browser.evaluate(f"document.activeElement === {control}"):
                    break
                _press(browser, "Tab")
            _press(browser, "Enter", text="\r")
            _arrived(browser, place)
            assert browser.evaluate("document.querySelector('[role=status]').textContent")


def _signed_in(served: Served) -> Chromium:
    browser = Chromium()
    cookie = {"name": "session", "value": served.cookie, "url": served.address}
    browser.call("Network.setCookie", **cookie, httpOnly=True, sameSite="Lax")
    browser.call("Accessibility.enable")
    return browser


def _read(browser: Chromium) -> None:
    """A screen reader finds landmarks, headings without gaps, and controls that can be told from each other."""
    nodes = list(_in_order(browser.call("Accessibility.getFullAXTree")["nodes"]))
    levels = [_property(node, "level") for node in nodes if _role(node) == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    [main] = [number for number, node in enumerate(nodes) if _role(node) == "main"]
    [foot] = [number for number, node in enumerate(nodes) if _role(node) == "contentinfo"]
    controls = [node for node in nodes[main:foot] if _role(node) in ("link", "button")]
    said = [(_said(node, "name"), _said(node, "description")) for node in controls]
    assert all(name for name, _ in said)
    assert len(said) == len(set(said)), said


def _in_order(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The nodes of an accessibility tree as they are read, without those that nobody hears."""
    by_id = {node["nodeId"]: node for node in nodes}
    waiting = [nodes[0]["nodeId"]]
    while waiting:
        node = by_id[waiting.pop()]
        waiting.extend(each for each in reversed(node.get("childIds", ())) if each in by_id)
        if not node["ignored"]:
            yield node


def _gone_through(browser: Chromium) -> None:
    """Each control is reached in the order of the document, is in sight then, and has a frame."""
    there = browser.evaluate(f"document.querySelectorAll({CONTROLS}).length")
    assert there
    for number in range(there):
        _press(browser, "Tab")
        at, frame, in_sight = browser.evaluate(FOCUSED)
        assert at == number
        assert frame >= 2
        assert in_sight


def _arrived(browser: Chromium, place: str) -> None:
    there = f"location.href.includes('{place}') && document.readyState === 'complete'"
    browser.wait(lambda: bool(browser.evaluate(there)), f"it does not lead to {place}")


def _press(browser: Chromium, key: str, **further: str) -> None:
    code = {"Tab": 9, "Enter": 13}[key]
    for kind in ("keyDown", "keyUp"):
        text = further if kind == "keyDown" else {}
        browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)


def _role(node: dict[str, Any]) -> str:
    return str(node["role"]["value"])


def _said(node: dict[str, Any], what: str) -> str:
    return str(node.get(what, {}).get("value", ""))


def _property(node: dict[str, Any], name: str) -> Any:
    return next(each["value"]["value"] for each in node["properties"] if each["name"] == name)
