"""The vocabulary is the published one, and other spellings of its terms are known for what they are."""

import json
from typing import Any

import pytest

from adapters.open_badges_2 import terms
from tests.corpora import corpus


@pytest.mark.parametrize("path", ["1edtech-spec/ob2/context.json", "1edtech-validator/ob-v2p0.json"])
def test_the_vocabulary_is_that_of_the_published_context(path: str) -> None:
    context = json.loads(corpus(f"ob/contexts/{path}").read_bytes())["@context"]

    assert context.keys() == terms.TERMS.keys() | terms.PREFIXES.keys()
    assert list(terms.redefined(context)) == []
    assert list(terms.aliased(context)) == []
    assert terms.brings_the_terms(context)


@pytest.mark.parametrize(
    ("member", "term"),
    [
        ("schema:name", "name"),
        ("http://schema.org/name", "name"),
        ("https://w3id.org/openbadges#recipient", "recipient"),
        ("obi:verify", "verification"),
        ("name", None),
        ("extensions:anything", None),
        ("schema:birthDate", None),
    ],
)
def test_an_iri_is_the_term_that_it_spells_out(member: str, term: str | None) -> None:
    assert terms.spelled_out(member) == term


@pytest.mark.parametrize(
    ("context", "found"),
    [
        ({"name": "https://example.org/other"}, ["name"]),
        ({"name": None}, ["name"]),
        ({"obi": "https://example.org/terms#"}, ["obi"]),
        ({"s": "http://schema.org/", "name": {"@id": "s:name"}}, []),
        ({"mine": "https://example.org/mine"}, []),
        ([{"badge": "obi:badge"}, "https://example.org/context.json"], []),
        (None, []),
    ],
)
def test_a_term_that_means_something_else_is_named(context: Any, found: list[str]) -> None:
    assert list(terms.redefined(context)) == found


SECURITY = "https://w3id.org/security#"


@pytest.mark.parametrize(
    ("context", "found"),
    [
        ({"ends": f"{SECURITY}expiration"}, [("ends", "expires")]),
        ({"ends": {"@id": "sec:expiration", "@type": "xsd:dateTime"}}, [("ends", "expires")]),
        ({"q": SECURITY, "ends": "q:expiration"}, [("ends", "expires")]),
        ({"w": "https://w3id.org/", "q": "w:security#", "ends": "q:expiration"}, [("ends", "expires")]),
        ({"ends": "until", "until": "expires"}, [("ends", "expires"), ("until", "expires")]),
        ([terms.CONTEXT, {"gone": {"@id": "https://w3id.org/openbadges#revoked"}}], [("gone", "revoked")]),
        ({"mine": {"@id": "https://example.org/", "@context": {"ends": "sec:expiration"}}}, [("ends", "expires")]),
        ({"key": "@id"}, [("key", "@id")]),
        ({"id": "@id", "type": "@type", "expires": "sec:expiration"}, []),
        ({"a": "b", "b": "a"}, []),
        ({"q": SECURITY, "mine": "https://example.org/mine", "@version": 1.1, "none": None}, []),
        ("https://example.org/context.json", []),
    ],
    ids=str,
)
def test_a_further_name_of_a_term_is_told(context: Any, found: list[tuple[str, str]]) -> None:
    assert list(terms.aliased(context)) == found


@pytest.mark.parametrize(
    ("context", "member"),
    [
        ({"q": SECURITY}, "q:expiration"),
        ({"w": "https://w3id.org/", "q": "w:security#"}, "q:expiration"),
        ({"q": f"{SECURITY}expi"}, "q:ration"),
        ({"@vocab": SECURITY}, "expiration"),
        ({"@vocab": "sec:"}, "expiration"),
    ],
    ids=str,
)
def test_a_member_is_told_by_prefix_and_vocabulary_of_the_document(context: Any, member: str) -> None:
    assert terms.spelled_out(member, terms.words_of([context])) == "expires"


def test_definitions_that_go_round_or_deep_come_to_an_end() -> None:
    deep: dict[str, Any] = {"ends": "sec:expiration"}
    for _ in range(1_000):
        deep = {"mine": {"@id": "mine:x", "@context": deep}}

    assert list(terms.aliased({"a": "b:x", "b": "a:y"})) == []
    assert list(terms.aliased(deep)) == [("ends", "expires")]
