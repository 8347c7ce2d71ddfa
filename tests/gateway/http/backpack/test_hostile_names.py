"""Names of badges and issuers that would be more than names."""

import msgspec

from gateway.assembly.whole import Gateway
from gateway.flows.verdict import Verdict
from gateway.records.people import Person
from tests.corpora import BESIDE_THE_CHECKOUT
from tests.gateway.http.backpack.test_backpack import held
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import Page
from tests.laundering.sources import Kind, World

_TAGS = (
    "html head meta title style body nav ul li a form input button main h1 h2 p span strong bdi time img div dl dt dd "
    "footer br label link"
)
TAGS = frozenset(_TAGS.split())

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}${7*7}",
    "\u202egnp.exe",
    "x" * 5000,
    "\u0412\u0430nk of England",
]


def hostile() -> list[str]:
    """Names that would be more than names, ours and those that others collected."""
    folder = BESIDE_THE_CHECKOUT / "sec"
    lists = sorted(folder.rglob("XSS Injection/Files/*.svg"))
    lines = [line for file in lists for line in file.read_text(errors="replace").splitlines() if line.strip()]
    return [*HOSTILE, *lines[:: max(1, len(lines) // 60)]]


async def test_a_name_is_never_more_than_a_name(browser: Client, gateway: Gateway, owner: Person, world: World) -> None:
    path = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))
    one = await gateway.backpack.hand_out(owner.id, path.rpartition("/")[2])
    verdict = msgspec.json.decode(one.report, type=Verdict)
    plain = Page((await browser.get(path)).text)

    for name in hostile():
        award = msgspec.structs.replace(verdict.award, issuer_name=name, description=name)
        report = msgspec.json.encode(msgspec.structs.replace(verdict, award=award))
        await gateway.holdings.hold.holdings.put(
            msgspec.structs.replace(one, title=name, report=report, issuer=one.issuer)
        )
        for address in (path, "/backpack", f"{path}/remove"):
            page = Page((await browser.get(address)).text)
            assert {tag for tag, _ in page.elements} <= TAGS
            assert page.all("link") == [{"rel": "icon", "href": "data:,"}]
            assert not any(attribute.startswith("on") for _, attributes in page.elements for attribute in attributes)
            assert not any(str(link["href"]).lower().startswith("javascript") for link in page.all("a"))
            assert "\u202e" not in page.text
        assert len(Page((await browser.get(path)).text).all("form")) == len(plain.all("form"))
