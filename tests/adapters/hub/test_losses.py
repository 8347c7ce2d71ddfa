"""Pointers to leaves, and losses followed back to where they came from."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hub.losses import Change, Loss, LossReport, escaped, pointers, traced

DROPPED = Loss(change=Change.DROPPED, source="/name/en", note="why")


@pytest.mark.parametrize(
    ("value", "leaves"),
    [
        ("x", [""]),
        ({}, [""]),
        ({"a": 1, "b": [2, {"c": 3}]}, ["/a", "/b/0", "/b/1/c"]),
        ({"a": {}, "b": [], "c": None}, ["/a", "/b", "/c"]),
        ({"a/b": {"~": 1, "": 2}}, ["/a~1b/~0", "/a~1b/"]),
        ((1, (2,)), ["/0", "/1/0"]),
    ],
)
def test_every_leaf_has_a_pointer(value: object, leaves: list[str]) -> None:
    assert list(pointers(value)) == leaves


@given(st.text())
def test_escaped_name_is_one_token(name: str) -> None:
    token = escaped(name)

    assert "/" not in token
    assert token.replace("~1", "/").replace("~0", "~") == name


def test_reports_add_up_in_order() -> None:
    other = Loss(change=Change.SUPPLIED, target="/id", note="needed")

    assert (LossReport((DROPPED,)) + LossReport((other,))).losses == (DROPPED, other)


@pytest.mark.parametrize(
    ("origins", "source"),
    [
        ({"/name/en": "/title"}, "/title"),
        ({"/name": "/title"}, "/title"),
        ({"/name/fr": "/title"}, None),
        ({}, None),
    ],
)
def test_source_is_followed_to_the_nearest_value_that_was_read(origins: dict[str, str], source: str | None) -> None:
    bent = msgspec.structs.replace(DROPPED, change=Change.APPROXIMATED)

    [loss] = traced(LossReport((bent,)), origins).losses

    assert loss == Loss(change=Change.APPROXIMATED, source=source, note="why")


def test_what_was_dropped_was_read() -> None:
    assert traced(LossReport((DROPPED,)), {"/name": "/title"}).losses[0].source == "/title"
    assert traced(LossReport((DROPPED,)), {"/name/fr": "/title", "/name/english": "/title"}).losses == ()


def test_a_value_dropped_whole_is_told_when_a_part_of_it_was_read() -> None:
    whole = msgspec.structs.replace(DROPPED, source="/name")

    assert traced(LossReport((whole,)), {"/name/en": "/title"}).losses[0].source is None


def test_what_was_supplied_has_no_source() -> None:
    supplied = LossReport((Loss(change=Change.SUPPLIED, target="/id", note="needed"),))

    assert traced(supplied, {"": "/"}) == supplied
