"""A record as people see it: two languages, nothing that runs, nothing from a badge taken for markup."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.contract import Format
from adapters.hub.losses import Change
from gateway.assembly import Gateway
from gateway.flows.convert import Caller
from gateway.http.record_words import FORMATS, WORDS
from gateway.records import Securing
from gateway.trust.report import Outcome
from tests.gateway.http.conftest import Client, converted, here
from tests.gateway.http.html import BROWSER, Page
from tests.laundering.sources import Kind, World


async def page_of(client: Client, record: dict[str, Any], **headers: str) -> Page:
    answer = await client.get(here(record["url"]), headers={**BROWSER, **headers})
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return Page(answer.text)


async def test_people_get_a_page_and_programs_json(client: Client, record: dict[str, Any]) -> None:
    address = here(record["url"])

    for accept in (None, "*/*", "application/json", "application/json, text/html;q=0.9"):
        headers = {} if accept is None else {"Accept": accept}
        assert (await client.get(address, headers=headers)).json()["id"] == record["id"]
    for accept in (BROWSER["Accept"], "text/html", "text/*"):
        page = await client.get(address, headers={"Accept": accept})
        assert page.headers["Content-Type"].startswith("text/html")
        assert page.headers["Vary"] == "Accept, Accept-Language"


async def test_the_page_names_both_issuers_every_form_and_every_check(client: Client, record: dict[str, Any]) -> None:
    page = await page_of(client, record)

    assert "Knots" in page.text
    assert "Originally issued by https://issuer.example/profile" in page.text
    assert "Converted and signed by the gateway badges.example.net" in page.text
    assert "The original passed every check" in page.text
    links = {link["href"] for link in page.all("a")}
    assert {url for form in record["forms"] for url in form["links"].values()} <= links
    for check in record["source"]["verdict"]["checks"]:
        if check["outcome"] != "skipped":
            assert check["detail"] in page.text
    for form in record["forms"]:
        for loss in form["losses"]:
            assert loss["note"] in page.text


async def test_the_original_is_not_linked_for_everybody(client: Client, record: dict[str, Any]) -> None:
    page = await page_of(client, record)

    assert not [link for link in page.all("a") if "original" in str(link["href"])]


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [("", "fr", "fr"), ("", "de", "en"), ("?lang=fr", "en", "fr"), ("?lang=en", "fr", "en")],
)
async def test_the_page_speaks_english_and_french(
    client: Client, record: dict[str, Any], query: str, accepted: str, language: str
) -> None:
    answer = await client.get(here(record["url"]) + query, headers={**BROWSER, "Accept-Language": accepted})

    page = Page(answer.text)
    assert page.all("html") == [{"lang": language}]
    assert WORDS[language].checked in page.text
    other = next(code for code in WORDS if code != language)
    assert {"href": f"?lang={other}", "lang": other, "hreflang": other} in page.all("a")


async def test_a_revoked_record_says_so(client: Client, record: dict[str, Any], gateway: Gateway) -> None:
    await gateway.revoke(record["id"], "typing <error>", Caller("default", "holder"))

    page = await page_of(client, record)

    assert page.text.count("typing <error>") == len(record["forms"])
    assert "All forms were revoked." in page.text


async def test_nothing_from_a_badge_is_taken_for_markup(holder: Client, world: World) -> None:
    hostile = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u202e"
    achievement = {**world.credential()["credentialSubject"]["achievement"], "name": hostile}
    subject = {**world.credential()["credentialSubject"], "achievement": achievement}
    record = await converted(holder, world.sound(Kind.DATA_INTEGRITY, credentialSubject=subject))

    page = await page_of(holder, record)

    assert hostile in page.text
    assert not page.all("script")
    assert all(name in SAFE for _, attributes in page.elements for name in attributes)


SAFE = {
    "aria-hidden",
    "aria-labelledby",
    "alt",
    "charset",
    "class",
    "content",
    "datetime",
    "height",
    "href",
    "hreflang",
    "id",
    "lang",
    "name",
    "role",
    "scope",
    "src",
    "width",
}
"""The attributes that the page uses; none of them runs anything."""


async def test_the_policy_allows_the_pages_own_style_and_nothing_else(client: Client, record: dict[str, Any]) -> None:
    answer = await client.get(here(record["url"]), headers=BROWSER)

    policy = answer.headers["Content-Security-Policy"]
    style = Page(answer.text).style
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "url(" not in style
    assert "@import" not in style


async def test_the_page_can_be_read_without_seeing_it(client: Client, record: dict[str, Any]) -> None:
    page = await page_of(client, record)

    names = [name for name, _ in page.elements]
    assert [name for name in names if re.fullmatch("h[1-6]", name)] == ["h1", "h2", "h3", "h3", "h2", "h2"]
    assert [names.count(landmark) for landmark in ("header", "main", "footer")] == [1, 1, 1]
    assert all("alt" in image for image in page.all("img"))
    ids = {element["id"] for _, element in page.elements if "id" in element}
    assert all(article["aria-labelledby"] in ids for article in page.all("article"))
    assert all(cell.get("scope") for cell in page.all("th"))
    assert {"name": "viewport", "content": "width=device-width,initial-scale=1"} in page.all("meta")
    for check in page.all("td"):
        if check.get("class"):
            assert check["class"] in {outcome.value for outcome in Outcome}


async def test_the_picture_on_the_page_is_served(client: Client, record: dict[str, Any]) -> None:
    page = await page_of(client, record)

    [image] = page.all("img")
    assert (await client.get(str(image["src"]))).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("language", WORDS)
def test_every_language_has_a_word_for_everything(language: str) -> None:
    words = WORDS[language]

    assert set(FORMATS) == set(Format)
    assert set(words.outcomes) == set(Outcome)
    assert set(words.outcomes_of_all) == {Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN}
    assert set(words.changes) == set(Change)
    assert set(words.securings) == set(Securing)
    assert words.links.keys() == WORDS["en"].links.keys()
    assert words.checks.keys() == WORDS["en"].checks.keys()
    assert "{number}" in words.losses
