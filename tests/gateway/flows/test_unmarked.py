"""Markdown shown as plain text."""

import time

import pytest

from gateway.flows.unmarked import unmarked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Throw **one** bowl", "Throw one bowl"),
        ("__Throw__ *one* _small_ bowl", "Throw one small bowl"),
        ("***one***", "***one***"),
        ("## What to do\n\n- throw `one` bowl", "What to do\n\n- throw one bowl"),
        ("See [the wheel](https://issuer.example/wheel).", "See the wheel (https://issuer.example/wheel)."),
        ("![a bowl](https://issuer.example/bowl.png)", "a bowl (https://issuer.example/bowl.png)"),
        ("2 * 3 * 4 = 24, 5*6*7", "2 * 3 * 4 = 24, 5*6*7"),
        ("snake_case_name and 10_000", "snake_case_name and 10_000"),
        ("**open", "**open"),
        ("#1 of the class", "#1 of the class"),
        ("<b>**x**</b>", "<b>x</b>"),
        ("", ""),
    ],
)
def test_pairs_of_marks_go_and_everything_else_stays(text: str, shown: str) -> None:
    assert unmarked(text) == shown


@pytest.mark.parametrize("piece", ["*a", "**a", "_a ", "[", "[a](", "`", "#", "![a](b ", "* "])
def test_hostile_marks_take_no_long_time(piece: str) -> None:
    began = time.process_time()

    unmarked(piece * 30_000)

    assert time.process_time() - began < 1
