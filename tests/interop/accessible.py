"""A page in a real browser, as people have it who see little, use no mouse, or hold a small screen."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any  # Any: nodes of an accessibility tree

from tests.interop.chromium import Chromium
from tests.interop.oracles import node_project

WIDTHS = (390, 1280)
_CONTROLS = "'a[href], button, summary, input:not([type=hidden])'"
REACHED = f"""(() => {{
  const among = {{}};
  return [...document.querySelectorAll({_CONTROLS})].filter(each => {{
    if(!each.checkVisibility()) {{
      return false;
    }}
    if(each.type !== 'radio') {{
      return true;
    }}
    const chosen = document.querySelector(`input[name="${{each.name}}"]:checked`);
    const first = !among[each.name];
    among[each.name] = true;
    return chosen ? chosen === each : first;
  }});
}})()"""
"""The controls that Tab leads to: of buttons of which one is chosen, the chosen one or else the first."""

_FOCUSED = f"""(() => {{
  const at = document.activeElement, seen = at.getBoundingClientRect(), style = getComputedStyle(at);
  return [
    {REACHED}.indexOf(at),
    style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    // But for a part of a pixel: that is how exactly browsers scroll.
    seen.top > -1 && seen.left > -1 && seen.bottom < innerHeight + 1 && seen.right < innerWidth + 1,
  ];
}})()"""

_AXE = """axe.run().then(({violations}) => violations.map(
  ({id, help, nodes}) => `${id}: ${help}: ${nodes.map(({html}) => html.slice(0, 200)).join(' ')}`
))"""


def signed_in(address: str, cookie: str) -> Chromium:
    """The browser of a person with a session, at a gateway over http."""
    browser = Chromium()
    browser.call("Network.setCookie", name="session", value=cookie, url=address, httpOnly=True, sameSite="Lax")
    browser.call("Accessibility.enable")
    return browser


def as_wide_as(browser: Chromium, width: int) -> None:
    """Give the browser a screen."""
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)


def axe_core() -> str:
    """The script of axe-core."""
    _, script = node_project()
    return (Path(script).parent / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(browser: Chromium, axe: str) -> list[str]:
    """What axe-core finds wrong with the page, by all of its rules."""
    browser.evaluate(axe)
    found: list[str] = browser.evaluate(_AXE)
    return found


def fits(browser: Chromium) -> bool:
    """Whether nothing is wider than the screen."""
    return bool(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def heard(browser: Chromium) -> None:
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


def gone_through(browser: Chromium) -> None:
    """Each control is reached in the order of the document, is in sight then, and has a frame."""
    there = browser.evaluate(f"{REACHED}.length")
    assert there
    for number in range(there):
        press(browser, "Tab")
        at, frame, in_sight = browser.evaluate(_FOCUSED)
        assert at == number
        assert frame >= 2
        assert in_sight, browser.evaluate("document.activeElement.outerHTML")


def entered(browser: Chromium, selector: str) -> None:
    """Go to a control with Tab, and press Enter."""
    control = f"document.querySelector('{selector}')"
    for _ in range(browser.evaluate(f"{REACHED}.length")):
        if browser.evaluate(f"document.activeElement === {control}"):
            break
        press(browser, "Tab")
    press(browser, "Enter", text="\r")


def arrived(browser: Chromium, place: str) -> None:
    """Wait until the browser is somewhere."""
    there = f"location.href.includes('{place}') && document.readyState === 'complete'"
    browser.wait(lambda: bool(browser.evaluate(there)), f"it does not lead to {place}")


def press(browser: Chromium, key: str, **further: str) -> None:
    """Press and release a key."""
    code = {"Tab": 9, "Enter": 13}[key]
    for kind in ("keyDown", "keyUp"):
        text = further if kind == "keyDown" else {}
        browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)


def _in_order(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The nodes of an accessibility tree as they are read, without those that nobody hears."""
    by_id = {node["nodeId"]: node for node in nodes}
    waiting = [nodes[0]["nodeId"]]
    while waiting:
        node = by_id[waiting.pop()]
        waiting.extend(each for each in reversed(node.get("childIds", ())) if each in by_id)
        if not node["ignored"]:
            yield node


def _role(node: dict[str, Any]) -> str:
    return str(node["role"]["value"])


def _said(node: dict[str, Any], what: str) -> str:
    return str(node.get(what, {}).get("value", ""))


def _property(node: dict[str, Any], name: str) -> Any:
    return next(each["value"]["value"] for each in node["properties"] if each["name"] == name)
