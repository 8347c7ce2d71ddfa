"""A record as people see it: two languages, nothing that runs, nothing from a badge taken for markup."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.contract import Format
from adapters.hub.losses import Change
from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.http.record_words import FORMATS, WORDS
from gateway.records import Securing
from gateway.trust.checks import CHECKS
from gateway.trust.report import Outcome
from tests.gateway.http.conftest import Client, converted, here
from tests.gateway.http.html import BROWSER, Page
from tests.laundering.sources import Kind, World
from tests.simulators.issuer import SimulatedIssuer


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
    assert "Originally issued by Example Universityhttps://issuer.example/profile" in page.text
    assert "Converted and signed by Open Badges gatewaybadges.example.net" in page.text
    assert "The original passed every check" in page.text
    links = {link["href"] for link in page.all("a")}
    assert {url for form in record["forms"] for url in form["links"].values()} <= links
    assert {f"{form['links']['receipt']}.json" for form in record["forms"]} <= links
    for check in record["source"]["verdict"]["checks"]:
        if check["outcome"] != "skipped":
            assert check["detail"] in page.text
    for form in record["forms"]:
        for loss in form["losses"]:
            assert loss["note"] in page.text


async def test_the_page_says_what_was_awarded_for_what_and_when(holder: Client, world: World) -> None:
    subject = world.credential()["credentialSubject"]
    criteria = {"id": "https://issuer.example/criteria", "narrative": "Tie ten\n- in the dark"}
    achievement = {**subject["achievement"], "description": "Ties knots.", "criteria": criteria}
    evidence = [
        {"id": "https://portfolio.example/1", "type": ["Evidence"], "name": "A film"},
        {"id": "urn:isbn:9780306406157", "type": ["Evidence"], "narrative": "Seen by two"},
    ]
    badge = world.sound(
        Kind.DATA_INTEGRITY,
        credentialSubject={**subject, "achievement": achievement},
        evidence=evidence,
        awardedDate="2025-12-02T09:00:00Z",
    )
    record = await converted(holder, badge)

    page = await page_of(holder, record)

    for text in ("Ties knots.", "Tie ten\n- in the dark", "A film", "Seen by two", "urn:isbn:9780306406157"):
        assert text in page.text
    assert "Awarded on 2025-12-02" in page.text
    links = {link["href"]: link.get("rel") for link in page.all("a")}
    assert links["https://issuer.example/criteria"] == links["https://portfolio.example/1"] == "nofollow noopener"
    assert "urn:isbn:9780306406157" not in links


async def test_what_was_lost_comes_first_and_what_had_to_change_is_folded(
    client: Client, record: dict[str, Any]
) -> None:
    page = await page_of(client, record)

    opened = [summary for details, summary in page.details if "open" in details]
    folded = [summary for details, summary in page.details if "open" not in details]
    assert [summary.partition(":")[0] for summary in opened] == ["What differs from the original"] * 2
    assert sum(summary.startswith("What another form") for summary in folded) == 2
    start = page.text.index("What differs from the original")
    shown = page.text[start : page.text.index("What another form", start)]
    assert "left out" in shown
    assert shown.rindex("left out") < shown.index("changed")
    assert "added" not in shown


async def test_what_is_english_on_a_french_page_says_so(client: Client, record: dict[str, Any]) -> None:
    page = await page_of(client, record, **{"Accept-Language": "fr"})

    english = [cell for cell in page.all("td") if cell.get("lang") == "en"]
    checks = [check for check in record["source"]["verdict"]["checks"] if check["outcome"] != "skipped"]
    assert len(english) > len(checks)
    assert "Signature ou hébergement" in page.text
    assert "réussi" in page.text


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

    assert hostile.replace("\u202e", "\ufffd") in page.text
    assert not page.all("script")
    assert all(name in SAFE for _, attributes in page.elements for name in attributes)


async def test_a_name_that_passes_for_another_stands_beside_the_address_as_it_is_looked_up(
    holder: Client, world: World
) -> None:
    name, id = "\u0415xample\u200b University", "https://\u0456ssuer.example/profile"
    stranger = SimulatedIssuer(world.web, id)
    stranger.publish()
    badge = stranger.token(stranger.credential(issuer={"id": id, "type": ["Profile"], "name": name}), "EdDSA")
    record = await converted(holder, badge.encode())

    page = await page_of(holder, record)

    assert record["source"]["verdict"]["issuer"] == id
    assert "\u0415xample\ufffd University" in page.text
    assert "look alike" in page.text
    assert "https://xn--ssuer-m2e.example/profile" in page.text
    assert "\u0456" not in page.text


SAFE = {
    "aria-describedby",
    "aria-hidden",
    "aria-label",
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
    "open",
    "rel",
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
    assert [name for name in names if re.fullmatch("h[1-6]", name)] == ["h1", "h2", "h2", "h3", "h3", "h2", "h2"]
    assert [names.count(landmark) for landmark in ("header", "main", "footer")] == [1, 1, 1]
    assert all("alt" in image for image in page.all("img"))
    ids = {element["id"] for _, element in page.elements if "id" in element}
    labels = [each.get("aria-labelledby") or each.get("aria-describedby") or "" for _, each in page.elements]
    assert {id for label in labels for id in label.split()} <= ids
    articles = [article["aria-labelledby"] for article in page.all("article")]
    assert len(set(articles)) == len(articles) > 0
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
    assert words.checks.keys() == {name for name, _ in CHECKS}
    assert all("{number}" in text for text in (words.losses, words.brought, words.more))
