"""Pages about a badge whose every text is hostile: whatever member a page may come to show, it shows as text."""

import itertools
from typing import Any  # Any: whatever a member holds

import pytest

from adapters.hub.contract import Format
from gateway.flows.backpack.look import Seen, SeenPage
from gateway.flows.backpack.standing import Standing
from gateway.flows.describe import Description
from gateway.flows.recognise import SignedIn
from gateway.http.backpack.badge_page import badge_page, removal_page
from gateway.http.backpack.cards import Moment, backpack_page
from gateway.http.record_page import html
from gateway.records import Securing, State
from gateway.records.seals import IMPORTED
from gateway.trust.report import Outcome
from tests.gateway.http.backpack.test_hostile_names import HOSTILE, TAGS
from tests.gateway.http.built import PLAIN, built
from tests.gateway.http.html import Page

ADDRESSED = [
    *HOSTILE,
    'https://a.example/"><script>alert(1)</script>',
    "https://a.example/' onclick='alert(1)",
    'https://a.example/" onclick="alert(1)',
]
ALLOWED = TAGS | {
    *("article", "header", "h3", "section", "code", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
OURS: dict[str, Any] = {
    "Holding.id": PLAIN,
    "SealDescription.certificate": IMPORTED,
    "Description.url": f"https://badges.example.net/credentials/{PLAIN}",
    "FormDescription.url": f"https://badges.example.net/forms/{PLAIN}",
    "FormDescription.links": {
        name: f"https://badges.example.net/forms/{PLAIN}.{name}" for name in ("receipt", "badge", "png", "json")
    },
}
"""Members that hold what the gateway itself has made up; whatever is not named here may be anybody's word."""


WORDS_OF_OURS = dict.fromkeys(
    ("SourceDescription.version", "SourceDescription.securing", "SourceDescription.carrier", "Check.name"), "ours"
)
"""Texts that the gateway chooses from a few of its own: escaped like all others, and never in need of taming."""


def check_harmless(source: bytes) -> None:
    page = Page(source.decode())
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not [link for link in page.all("a") if str(link["href"]).lower().startswith("javascript")]
    assert {str(image["src"])[:1] for image in page.all("img")} <= {"/"}


def pages_of_a_backpack(text: str, known: dict[str, Any]) -> list[bytes]:
    signed, chosen = built(SignedIn, PLAIN, {}), (Standing.FAILED, Outcome.FAILED, Securing.SD_JWT)
    seen, record = built(Seen, text, known, chosen), built(Description, text, known, chosen)
    moment = Moment(suggested=(text,), refused=("malformed", text), address=text)
    pages = [
        backpack_page(SeenPage((seen,), 99), signed, "en", moment),
        badge_page(seen, record, signed, "en", offered=tuple(Format), refused=("malformed", text)),
        removal_page(seen, record, signed, "en"),
    ]
    return [page.content for page in pages]


@pytest.mark.parametrize("text", ADDRESSED)
def test_the_page_of_a_record_shows_every_text_as_text(text: str) -> None:
    states, languages = (State.ACTIVE, State.REVOKED), ("en", "fr")
    for state, language in itertools.product(states, languages):
        record = built(Description, text, OURS, (state, Outcome.FAILED))
        check_harmless(html(record, language))
    check_harmless(html(built(Description, text, {**OURS, "Description.source": None}), "en"))


@pytest.mark.parametrize("text", ADDRESSED)
def test_a_backpack_shows_every_text_as_text(text: str) -> None:
    for page in pages_of_a_backpack(text, OURS):
        check_harmless(page)


def test_no_text_of_a_stranger_turns_the_writing_around() -> None:
    known = {**OURS, **WORDS_OF_OURS, "Matched.address": "learner@example.org"}

    pages = [*pages_of_a_backpack("\u202egnp.exe", known), html(built(Description, "\u202egnp.exe", known), "en")]

    assert ["\u202e" in Page(page.decode()).text for page in pages] == [False] * 4


def test_every_member_of_what_a_page_gets_is_filled() -> None:
    record = built(Description, "a text", OURS)

    assert record.source.verdict.award.evidence[0].url == "a text"
    assert record.forms[0].seal.legal_name == "a text"
    assert (record.id, record.forms[0].links) == (PLAIN, OURS["FormDescription.links"])
