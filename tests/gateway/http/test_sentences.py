"""What goes wrong, said in one text."""

import pytest

from gateway.http.problem import Problem
from gateway.http.sentences import sentences


@pytest.mark.parametrize(
    ("detail", "fix", "said"),
    [
        ("the code is used", "fetch the offer again", "The code is used. Fetch the offer again."),
        ("tx_code is missing", "", "tx_code is missing."),
        ("it is not.", "Write JWT as typ.", "It is not. Write JWT as typ."),
        ("", "", "A title."),
    ],
)
def test_each_part_is_a_sentence_and_names_stay_as_they_are(detail: str, fix: str, said: str) -> None:
    problem = Problem(type="/problems/x", title="A title", status=400, code="x", detail=detail, fix=fix)

    assert sentences(problem) == said
