"""What a term that JSON-LD drops was meant for."""

import pytest

from adapters.elm_3.spelling import meant, plain_name


@pytest.mark.parametrize(
    ("member", "term"),
    [
        ("eIDAS\N{GREEK CAPITAL LETTER IOTA}dentifier", "eIDASIdentifier"),
        ("tax\N{GREEK CAPITAL LETTER IOTA}dentifier", "taxIdentifier"),
        ("AwardedBy", "awardedBy"),
        ("contentUrl", "contentURL"),
    ],
)
def test_another_case_or_alphabet_is_the_same_name(member: str, term: str) -> None:
    assert plain_name(member) == term
    assert meant(member) == term


@pytest.mark.parametrize(
    ("member", "term"), [("learningOutcomes", "learningOutcome"), ("credentialSubjects", "credentialSubject")]
)
def test_a_slip_is_near_a_name_and_is_not_the_same(member: str, term: str) -> None:
    assert plain_name(member) == ""
    assert meant(member) == term


@pytest.mark.parametrize("member", ["achievement", "cnf", "", "x" * 5_000, "\N{GRINNING FACE}"])
def test_another_word_is_near_nothing(member: str) -> None:
    assert meant(member) == ""
