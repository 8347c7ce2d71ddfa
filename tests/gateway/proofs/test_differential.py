"""Compiled plans against pyld: both say the same of every document.

`.venv/bin/python -m tests.differential 20000` compares more of them.
"""

from typing import Any  # Any: members of JSON documents

import pytest
from hypothesis import HealthCheck, given, settings

from tests.differential.comparing import collected, differ, made
from tests.strategies.credentials import mutations


def differing(numbers: range) -> list[int]:
    return [number for number in numbers if differ(*made(number))]


def test_both_paths_say_the_same_of_every_credential_in_the_corpora() -> None:
    documents = list(collected())

    wrong = [name for name, document in documents if differ(document)]

    assert len(documents) > 200
    assert wrong == []


def test_both_paths_say_the_same_of_credentials_made_by_chance() -> None:
    assert differing(range(240)) == []


@pytest.mark.slow
def test_both_paths_say_the_same_of_many_credentials_made_by_chance() -> None:
    assert differing(range(300, 1_800)) == []


@given(document=mutations())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_paths_say_the_same_of_what_hypothesis_draws(document: dict[str, Any]) -> None:
    assert not differ(document)
