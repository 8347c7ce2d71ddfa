"""Dates as platforms write them are one instant or none."""

import pytest

from adapters.hub.moments import moment


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-01-31", "2024-01-31T00:00:00Z"),
        (" 2024-01-31T12:00 ", "2024-01-31T12:00:00Z"),
        ("2024-01-31T12:00:00+01", "2024-01-31T11:00:00Z"),
        ("2024-01-31 12:00:00+0100", "2024-01-31T11:00:00Z"),
        (1706659200, "2024-01-31T00:00:00Z"),
        ("1706659200", "2024-01-31T00:00:00Z"),
        (1706659200500, "2024-01-31T00:00:00.500000Z"),
        ("1706659200000", "2024-01-31T00:00:00Z"),
        (99_999_999_999, "5138-11-16T09:46:39Z"),
    ],
)
def test_a_time_is_read_where_one_can_be_meant(written: object, meant: str) -> None:
    found = moment(written)

    assert found is not None
    assert found.text == meant


@pytest.mark.parametrize(
    "written",
    [
        20260314,
        "20260314",
        0,
        -1706659200,
        10**14,
        "9" * 5000,
        True,
        None,
        1.5,
        "",
        "soon",
        "2024-02",
        "0001-01-01T00:00+01",
    ],
)
def test_what_could_be_anything_is_no_time(written: object) -> None:
    assert moment(written) is None


def test_a_day_on_which_something_ends_is_valid_to_its_end() -> None:
    found = moment("2024-01-31", end=True)

    assert found is not None
    assert found.text == "2024-01-31T23:59:59Z"
    assert "end" in found.reason


@pytest.mark.parametrize("written", ["2024-01-31T12:00:00+01", 1706659200])
def test_nothing_is_taken_to_mean_utc_that_says_when_it_is(written: object) -> None:
    found = moment(written)

    assert found is not None
    assert "UTC" not in found.reason
