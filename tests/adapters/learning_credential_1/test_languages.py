"""Tags of languages and the terms of the authority table."""

import pytest

from adapters.elm_3.vocabulary import Vocabulary, table
from adapters.learning_credential_1.languages import AUTHORITY, as_tag, tag_of, term


def test_the_table_is_that_of_the_european_learning_model() -> None:
    assert table(Vocabulary.LANGUAGE).stem == AUTHORITY
    for tag, code in table(Vocabulary.LANGUAGE).iso639_1.items():
        assert (term(tag), tag_of(AUTHORITY + code)) == (AUTHORITY + code, tag)


def test_a_language_without_a_code_of_two_letters_keeps_its_three() -> None:
    assert term("gsw") == f"{AUTHORITY}GSW"
    assert tag_of(f"{AUTHORITY}GSW") == "gsw"


def test_script_and_region_are_left_out() -> None:
    assert {term("fr-CA"), term("fr_FR"), term("FR")} == {f"{AUTHORITY}FRA"}


@pytest.mark.parametrize("text", ["", "jp", "français", "x/y", "e", "fr ", "12"])
def test_what_is_no_language_is_none(text: str) -> None:
    assert (term(text), as_tag(text)) == (None, None)


@pytest.mark.parametrize("iri", ["", AUTHORITY, f"{AUTHORITY}fra", f"{AUTHORITY}FRA/x", "https://example.org/FRA"])
def test_another_address_is_no_language(iri: str) -> None:
    assert tag_of(iri) is None
