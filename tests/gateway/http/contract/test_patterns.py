"""A published pattern that is anchored at its end lets no line end pass, whichever regular expressions read it."""

import re

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st

from gateway.http.open_badges_3.documents import SENT_TOKEN
from tests.gateway.http.contract.schemas import DOCUMENTS, every_schema

EVERY = sorted(
    {placed.schema["pattern"] for name in DOCUMENTS for placed in every_schema(name) if "pattern" in placed.schema}
)
BEGINNINGS = {"^https?://", "^attachment"}
"""Say how a text begins and no more: what is behind is read by what reads addresses, or only answered."""

WITH_SPACE_AROUND = {str(SENT_TOKEN.pattern)}
"""Of what is read without the white space around it."""

QUICK = settings(
    database=None, derandomize=True, phases=[Phase.generate], max_examples=200, suppress_health_check=list(HealthCheck)
)


def fitting(pattern: str) -> str:
    """A text that fits, and ends in no line end."""
    return find(st.from_regex(pattern), lambda text: not text.endswith("\n"), settings=QUICK)


def test_every_pattern_has_an_end_but_for_those_that_say_how_a_text_begins() -> None:
    assert {pattern for pattern in EVERY if "$" not in pattern} == BEGINNINGS


@pytest.mark.parametrize("pattern", [each for each in EVERY if each not in BEGINNINGS | WITH_SPACE_AROUND])
def test_a_line_end_behind_what_fits_is_refused(pattern: str) -> None:
    fits = fitting(pattern)
    valid = jsonschema_rs.validator_for({"type": "string", "pattern": pattern})

    read = [text for text in (fits, fits + "\n") if re.search(pattern, text)]
    taken = [text for text in (fits, fits + "\n") if valid.is_valid(text)]

    assert read == [fits]
    assert taken == [fits]
