"""Durations and credits in words for people, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.learning_credential_1.study_time import StudyTime, spoken, understood


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (StudyTime("PT60H", "2.5"), "60 hours (2.5 ECTS credits)"),
        (StudyTime("PT1H", "1"), "1 hour (1 ECTS credit)"),
        (StudyTime("P1Y6M"), "1 year 6 months"),
        (StudyTime("P2DT12H30M"), "2 days 12 hours 30 minutes"),
        (StudyTime("P3W"), "3 weeks"),
        (StudyTime(None, "30"), "30 ECTS credits"),
        (StudyTime("two evenings a week"), "two evenings a week"),
        (StudyTime("two evenings a week", "5"), "two evenings a week (5 ECTS credits)"),
        (StudyTime("P0.5D"), "P0.5D"),
        (StudyTime("PT060H"), "PT060H"),
    ],
)
def test_a_duration_is_said_in_words_and_understood_again(said: StudyTime, words: str) -> None:
    assert spoken(said) == words
    assert understood(words) == said


@pytest.mark.parametrize("words", ["", "P", "months", "60 hours 12 months", "(2.5 ECTS credits)", "1.2.3 ECTS credits"])
def test_what_is_no_duration_stays_as_it_stands(words: str) -> None:
    assert understood(words) == StudyTime(words)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_text_of_any_kind_is_understood_without_losing_anything(text: str) -> None:
    found = understood(text)

    assert understood(spoken(found)) == found
