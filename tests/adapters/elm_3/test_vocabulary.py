"""The controlled vocabularies, and the languages and countries of other formats in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.elm_3 import countries, languages
from adapters.elm_3.vocabulary import (
    Vocabulary,
    code,
    concept,
    known,
    labels,
    scheme,
    stem,
    table,
    vocabulary_at,
    vocabulary_of,
)
from tests.corpora import corpus

SNB = "http://data.europa.eu/snb"
LANGUAGES = "http://publications.europa.eu/resource/authority/language"
COUNTRIES = "http://publications.europa.eu/resource/authority/country"
PUBLISHED = sorted((corpus("elm") / "vocab").glob("*.json"))
NOT_SHIPPED = {"currency.json"}


@pytest.mark.parametrize("vocabulary", Vocabulary)
def test_a_list_has_the_addresses_that_its_name_says(vocabulary: Vocabulary) -> None:
    found = table(vocabulary)

    assert found.scheme == scheme(vocabulary)
    assert found.stem == stem(vocabulary)
    assert vocabulary_of(found.scheme) is vocabulary
    assert all(names["en"] for names in found.concepts.values())


@pytest.mark.parametrize(
    "file", [file for file in PUBLISHED if file.name not in NOT_SHIPPED], ids=lambda file: file.stem
)
def test_every_published_concept_is_known(file: Path) -> None:
    published: dict[str, Any] = json.loads(file.read_text())
    vocabulary = vocabulary_of(published["scheme"])

    assert vocabulary is not None
    assert [each["id"] for each in published["concepts"] if not known(vocabulary, each["id"])] == []


def test_a_concept_names_its_scheme_exactly() -> None:
    assert concept(Vocabulary.EQF, "6") == {
        "id": f"{SNB}/eqf/6",
        "type": "Concept",
        "inScheme": {"id": f"{SNB}/eqf/25831c2", "type": "ConceptScheme"},
        "prefLabel": {"en": "Level 6", "fr": "Niveau 6"},
    }
    assert concept(Vocabulary.COUNTRY, "FRA")["notation"] == "country"


def test_there_is_no_concept_for_a_code_that_the_list_has_not() -> None:
    with pytest.raises(KeyError):
        concept(Vocabulary.EQF, "9")


@pytest.mark.parametrize(
    "iri",
    [f"{SNB}/eqf/9", f"{SNB}/eqf/", f"{SNB}/eqf/6/", f"{LANGUAGES}/FRA", "6", "", None, 6, {"id": f"{SNB}/eqf/6"}],
)
def test_what_is_not_in_a_list_has_no_code(iri: object) -> None:
    assert code(Vocabulary.EQF, iri) is None


def test_modes_and_assessments_have_each_other_s_names_in_their_addresses() -> None:
    assert labels(Vocabulary.MODE, "920fbb3cbe")["en"] == "Online"
    assert vocabulary_at(f"{SNB}/learning-assessment/920fbb3cbe") is Vocabulary.MODE
    assert labels(Vocabulary.ASSESSMENT, "6e6cb2cc78")["en"] == "written examination"


@pytest.mark.parametrize(
    ("tag", "authority"),
    [
        ("fr", "FRA"),
        ("fr-CA", "FRA"),
        ("DE", "DEU"),
        ("gsw", "GSW"),
        ("zh-Hant-TW", "ZHO"),
        ("und", "UND"),
        ("fra", "FRA"),
    ],
)
def test_a_language_tag_has_a_code(tag: str, authority: str) -> None:
    assert languages.authority_code(tag) == authority


@pytest.mark.parametrize("tag", ["", "x", "xx", "qqq", "français", "FRA\n", "op_datpro"])
def test_what_is_no_language_has_none(tag: str) -> None:
    assert languages.authority_code(tag) is None
    assert languages.language_concept(tag)["id"] == f"{LANGUAGES}/UND"


@pytest.mark.parametrize(("authority", "tag"), [("FRA", "fr"), ("GSW", "gsw"), ("UND", "und"), ("OP_DATPRO", "und")])
def test_a_code_has_its_shortest_tag(authority: str, tag: str) -> None:
    assert languages.tag_of(f"{LANGUAGES}/{authority}") == tag


def test_every_short_tag_comes_back() -> None:
    short = table(Vocabulary.LANGUAGE).iso639_1

    assert {tag: languages.tag(authority) for tag, authority in short.items()} == {tag: tag for tag in short}


@pytest.mark.parametrize(
    ("country", "authority"),
    [("FR", "FRA"), ("fra", "FRA"), ("XK", "1A0"), ("1A0", "1A0"), ("GR", "GRC"), (" be ", "BEL")],
)
def test_a_country_has_a_code(country: str, authority: str) -> None:
    assert countries.authority_code(country) == authority


@pytest.mark.parametrize("country", ["", "ZZ", "France", "fr-FR"])
def test_what_is_no_country_is_provisional_data(country: str) -> None:
    assert countries.authority_code(country) is None
    assert countries.country_concept(country)["id"] == f"{COUNTRIES}/OP_DATPRO"


def test_a_country_comes_back_and_provisional_data_is_none() -> None:
    assert countries.alpha2_of(f"{COUNTRIES}/1A0") == "XK"
    assert countries.alpha2_of(f"{COUNTRIES}/FRA") == "FR"
    assert countries.alpha2_of(f"{COUNTRIES}/OP_DATPRO") is None
    assert countries.alpha2_of(f"{LANGUAGES}/FRA") is None
