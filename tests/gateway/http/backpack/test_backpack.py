"""``/backpack``: what somebody holds, for themselves alone."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec
import pytest
from httpx import Response

from adapters.hub.opened import Opened, open_bytes
from gateway.assembly.whole import Gateway
from gateway.flows.backpack.look import PAGE_LIMIT
from gateway.http.backpack.words import WORDS
from gateway.records.holdings import Via
from gateway.records.people import Person
from tests.gateway.http.backpack.conftest import signed_in
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import Page
from tests.laundering.sources import Carrier, Kind, World
from tests.simulators import people
from tests.simulators.clock import SimulatedClock

ENGLISH, FRENCH = WORDS["en"], WORDS["fr"]
KINDS = [(kind, carrier) for kind in Kind for carrier in Carrier if carrier is not Carrier.URL]


def csrf(answer: Response) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', answer.text)
    assert found
    return found[1]


async def sent(browser: Client, path: str, **fields: str) -> Response:
    """A form of the page, sent as browsers do."""
    proof = csrf(await browser.get("/backpack"))
    return await browser.post(path, data={"csrf": proof, **fields})


async def uploaded(browser: Client, badge: bytes) -> Response:
    proof = csrf(await browser.get("/backpack"))
    return await browser.post("/backpack/badges", data={"csrf": proof}, files={"file": ("badge", badge)})


async def held(gateway: Gateway, owner: Person, badge: bytes) -> str:
    """The path of the page of a badge that the owner holds."""
    found = await gateway.holdings.hold(badge, owner.id, Via.BADGE_CONNECT)
    return f"/backpack/badges/{found.holding.id}"


@pytest.mark.parametrize("path", ["/backpack", "/backpack?offset=0", "/backpack/badges/x/remove"])
async def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, path: str) -> None:
    answer = await client.get(path, headers={"Accept": "text/html"})

    assert answer.status_code in (303, 404)
    if answer.status_code == 303:
        assert answer.headers["Location"].startswith("/account/sign-in?next=%2Fbackpack")


@pytest.mark.parametrize(
    ("language", "size"), [("en", r"\d\.\d\N{NO-BREAK SPACE}KB\)"), ("fr", r"\d,\d\N{NO-BREAK SPACE}Ko\)")]
)
async def test_the_size_of_the_original_is_written_as_the_language_has_it(
    browser: Client, gateway: Gateway, owner: Person, world: World, language: str, size: str
) -> None:
    path = await held(gateway, owner, world.sound(Kind.HOSTED))

    page = await browser.get(f"{path}?lang={language}")

    assert re.search(size, page.text)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_an_empty_backpack_says_so_and_how_to_fill_it(browser: Client, language: str) -> None:
    answer = await browser.get(f"/backpack?lang={language}")

    page, words = Page(answer.text), WORDS[language]
    assert page.all("html") == [{"lang": language}]
    assert words.empty in page.text
    assert words.add in page.text
    assert page.all("script") == []
    assert "no-store" in answer.headers["Cache-Control"]


async def test_a_badge_is_shown_with_all_that_tells_it_apart(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    path = await held(gateway, owner, world.sound(Kind.HOSTED))

    listed, shown = Page((await browser.get("/backpack")).text), Page((await browser.get(path)).text)

    for page in (listed, shown):
        for text in ("Knots", "Example University", "issuer.example", "learner@example.org", "Valid", "2025-12-02"):
            assert text in page.text, text
        assert {urlsplit(str(image["src"])).netloc for image in page.all("img")} == {""}
        assert all(image["alt"] == "" for image in page.all("img"))
    assert "Open Badges 2.0" in shown.text
    assert ENGLISH.via[Via.BADGE_CONNECT] in shown.text


@pytest.mark.parametrize(
    ("case", "said"),
    [("expired", "Expired"), ("early", "Not valid yet"), ("revoked", "Revoked"), ("unknown", "Could not be checked")],
)
async def test_how_it_stands_is_said_in_words(
    browser: Client, gateway: Gateway, owner: Person, world: World, clock: SimulatedClock, case: str, said: str
) -> None:
    badge = world.sound(Kind.HOSTED, **({"expires": "2026-01-02T00:00:00Z"} if case == "expired" else {}))
    match case:
        case "expired":
            clock.advance(days=2)
        case "early":
            clock.advance(days=-40)
        case "revoked":
            badge = world.sound(Kind.JWS)
            world.revoke("https://issuer.example/assertions/1")
        case "unknown":
            badge = world.sound(Kind.JWS)
            world.web.unreachable("https://issuer.example/revocations")

    path = await held(gateway, owner, badge)

    assert said in Page((await browser.get("/backpack")).text).text
    assert said in Page((await browser.get(path)).text).text


@pytest.mark.parametrize(("kind", "carrier"), KINDS)
async def test_the_original_comes_back_exactly_and_as_a_file(
    browser: Client, gateway: Gateway, owner: Person, world: World, kind: Kind, carrier: Carrier
) -> None:
    badge = world.carried(world.sound(kind), kind, carrier)
    path = await held(gateway, owner, badge)

    original = await browser.get(f"{path}/original")
    baked = await browser.get(f"{path}/baked.png")

    opened, inside = open_bytes(baked.content), open_bytes(badge)
    assert original.content == badge
    for answer in (original, baked):
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert isinstance(opened, Opened)
    assert isinstance(inside, Opened)
    assert opened.payload == inside.payload


async def test_a_file_is_added_and_its_page_opens(browser: Client, world: World) -> None:
    badge = world.carried(world.sound(Kind.DATA_INTEGRITY), Kind.DATA_INTEGRITY, Carrier.PNG)

    answer = await uploaded(browser, badge)
    page = await browser.get(answer.headers["Location"])

    assert answer.status_code == 303
    assert ENGLISH.done["added"] in Page(page.text).text
    assert ENGLISH.via[Via.BACKPACK] in Page(page.text).text
    assert (await browser.get(f"{urlsplit(answer.headers['Location']).path}/original")).content == badge


async def test_an_address_is_added(browser: Client, world: World) -> None:
    world.sound(Kind.HOSTED)

    answer = await sent(browser, "/backpack/badges", address=" https://issuer.example/assertions/1 ")

    assert answer.status_code == 303
    assert "Knots" in (await browser.get("/backpack")).text


@pytest.mark.parametrize(
    ("fields", "code", "status"),
    [
        ({}, "request-validation", 400),
        ({"address": "javascript:alert(1)"}, "request-validation", 400),
        ({"address": "https://nowhere.example/1"}, "unreachable", 422),
    ],
)
async def test_what_cannot_be_added_is_said_on_the_page(
    browser: Client, fields: dict[str, str], code: str, status: int
) -> None:
    answer = await sent(browser, "/backpack/badges", **fields)

    page = Page(answer.text)
    assert answer.status_code == status
    assert ENGLISH.refused[code] in page.text
    assert "Error: Backpack" in page.text
    assert {"role": "alert", "class": "notice bad", "aria-labelledby": "errors"} in page.all("div")
    if "address" in fields:
        assert fields["address"] in [field.get("value") for field in page.all("input")]


@pytest.mark.parametrize(
    ("badge", "code"),
    [(b"GIF89a", ""), (b"{}", ""), (b"x" * 4_300_000, "too-large"), (b"", "request-validation")],
    ids=["gif", "nothing", "large", "empty"],
)
async def test_a_file_that_is_no_badge_is_said_on_the_page(browser: Client, badge: bytes, code: str) -> None:
    answer = await uploaded(browser, badge)

    assert answer.status_code in (400, 413, 415)
    assert ENGLISH.refused[code] in Page(answer.text).text


BOUNDARY = "multipart/form-data; boundary=x"
DECLARED = b'--x\r\nContent-Disposition: form-data; name="csrf"\r\nContent-Type: text/plain; charset=punycode\r\n\r\n'
PUNYCODE = DECLARED + b"a" * 500_000 + b"-" + b"b" * 500_000 + b"\r\n--x--\r\n"
"""Takes minutes when it is decoded as what it calls itself."""


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("multipart/form-data", b"--x"),
        (BOUNDARY, b""),
        (BOUNDARY, b"garbage"),
        (BOUNDARY, b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"),
        (BOUNDARY, b'--x\r\nContent-Disposition: form-data; name="csrf"; filename="csrf"\r\n\r\n1\r\n--x--'),
        (BOUNDARY, PUNYCODE),
        (BOUNDARY, b"--x\r\n" * 3000),
        (BOUNDARY, b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 3000),
        ("application/json", b'{"csrf": "x"}'),
        ("application/x-www-form-urlencoded", b"csrf=%00&address=%ff%fe"),
        ("text/plain", b"csrf=x"),
        ("", b"csrf=x"),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_a_form_that_is_none_is_refused_and_nothing_breaks(browser: Client, declared: str, body: bytes) -> None:
    answer = await browser.post("/backpack/badges", content=body, headers={"Content-Type": declared})

    assert answer.status_code in (400, 403, 413)


async def test_a_badge_for_somebody_else_is_said_on_the_page(browser: Client, world: World) -> None:
    recipient = {"type": "email", "hashed": False, "identity": "other@example.org"}

    answer = await uploaded(browser, world.sound(Kind.HOSTED, recipient=recipient))

    assert answer.status_code == 422
    assert ENGLISH.refused["recipient-mismatch"] in Page(answer.text).text


async def test_it_is_had_in_the_other_format_at_the_press_of_a_button(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    path = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))
    before = Page((await browser.get(path)).text)

    answer = await sent(browser, f"{path}/convert", to="open-badges-2")
    after = Page((await browser.get(answer.headers["Location"])).text)

    assert ENGLISH.get_as.format(format="Open Badges 2.0") in before.text
    assert ENGLISH.get_as.format(format="Open Badges 2.0") not in after.text
    assert ENGLISH.done["converted"] in after.text
    [form] = [
        link["href"] for link in after.all("a") if re.fullmatch(r"/p/people/issued/[0-9a-f-]+", str(link["href"]))
    ]
    assert (await browser.get(str(form))).json()["type"] == "Assertion"
    assert (await browser.get(f"{form}.png")).content.startswith(b"\x89PNG")


async def test_an_open_badges_2_badge_has_its_3_form_from_the_beginning(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    path = await held(gateway, owner, world.sound(Kind.HOSTED))

    page = Page((await browser.get(path)).text)

    assert ENGLISH.form.format(format="Open Badges 3.0") in page.text
    assert ENGLISH.convert not in page.text


async def test_what_does_not_hold_any_more_is_not_issued_anew(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    path = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))
    world.issuer.status_list("https://issuer.example/status/1", 7)

    answer = await sent(browser, f"{path}/convert", to="open-badges-2")

    page = Page(answer.text)
    assert answer.status_code == 422
    assert ENGLISH.refused["refused"] in page.text
    assert "Revoked" in page.text
    assert "Revoked" in Page((await browser.get("/backpack")).text).text


async def test_removing_asks_once_more(browser: Client, gateway: Gateway, owner: Person, world: World) -> None:
    path = await held(gateway, owner, world.sound(Kind.HOSTED))

    asked = await browser.get(f"{path}/remove")
    still = await browser.get(path)
    answer = await sent(browser, f"{path}/remove")

    assert ENGLISH.remove_question in Page(asked.text).text
    assert still.status_code == 200
    assert answer.status_code == 303
    assert (await browser.get(path)).status_code == 404
    assert ENGLISH.done["removed"] in (await browser.get(answer.headers["Location"])).text


@pytest.mark.parametrize("part", ["", "/picture.png", "/original", "/baked.png", "/remove"])
async def test_what_others_hold_is_nowhere(browser: Client, gateway: Gateway, world: World, part: str) -> None:
    other = await people.person(gateway, "other@example.org")
    recipient = {"type": "email", "hashed": False, "identity": "other@example.org"}
    path = await held(gateway, other, world.sound(Kind.HOSTED, recipient=recipient))

    answer = await browser.get(f"{path}{part}")

    assert answer.status_code == 404
    assert "Knots" not in answer.text
    assert "Knots" not in (await browser.get("/backpack")).text


@pytest.mark.parametrize(("part", "fields"), [("/convert", {"to": "open-badges-3"}), ("/remove", {}), ("/check", {})])
async def test_nobody_changes_what_others_hold(
    browser: Client, client: Client, gateway: Gateway, world: World, part: str, fields: dict[str, str]
) -> None:
    other = await people.person(gateway, "other@example.org")
    recipient = {"type": "email", "hashed": False, "identity": "other@example.org"}
    path = await held(gateway, other, world.sound(Kind.HOSTED, recipient=recipient))

    answer = await sent(browser, f"{path}{part}", **fields)

    assert answer.status_code == 404
    assert "Knots" in (await (await signed_in(client, gateway, other)).get("/backpack")).text


@pytest.mark.parametrize("path", ["/backpack/badges", "/convert", "/remove", "/check"])
@pytest.mark.parametrize("case", ["other origin", "no proof", "other proof"])
async def test_a_form_of_another_page_changes_nothing(
    browser: Client, gateway: Gateway, owner: Person, world: World, path: str, case: str
) -> None:
    badge = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))
    fields = {"csrf": csrf(await browser.get("/backpack")), "to": "open-badges-2"}
    if path != "/convert":
        del fields["to"]
    if case == "other origin":
        browser.headers.update({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
    else:
        fields["csrf"] = "" if case == "no proof" else "x" * 43

    answer = await browser.post(path if path.startswith("/backpack") else badge + path, data=fields)

    assert answer.status_code == 403
    browser.headers.update({"Sec-Fetch-Site": "same-origin"})
    assert ENGLISH.get_as.format(format="Open Badges 2.0") in (await browser.get(badge)).text


async def test_suggested_addresses_wait_for_a_press_of_the_button(
    browser: Client, gateway: Gateway, owner: Person
) -> None:
    await gateway.backpack.suggest_addresses(owner.id, ["new@example.org"])

    page = Page((await browser.get("/backpack")).text)

    assert ENGLISH.suggested in page.text
    assert {"method": "post", "action": "/account/addresses"} in page.all("form")
    assert "new@example.org" in [field.get("value") for field in page.all("input")]


async def test_many_badges_come_in_pages(browser: Client, gateway: Gateway, owner: Person, world: World) -> None:
    path = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))
    one = await gateway.backpack.hand_out(owner.id, path.rpartition("/")[2])
    for number in range(PAGE_LIMIT):
        await gateway.holdings.hold.holdings.put(
            msgspec.structs.replace(one, id=str(uuid4()), credential=f"urn:x:{number}", title=f"Number {number}")
        )

    first = await browser.get("/backpack")
    second = await browser.get(f"/backpack?offset={PAGE_LIMIT}")

    assert first.text.count("/picture.png") == PAGE_LIMIT
    assert f"?offset={PAGE_LIMIT}" in [link["href"] for link in Page(first.text).all("a")]
    assert second.text.count("/picture.png") == 1
    assert "Knots" in second.text
    assert "?offset=0" in [link["href"] for link in Page(second.text).all("a")]
