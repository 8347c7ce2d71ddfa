"""Date-times with a zone, and nothing else."""

import datetime as dt

import pytest

from gateway.proofs.timestamps import instant


@pytest.mark.parametrize(
    "text",
    ["2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00", "2025-12-31T19:00:00.000-05:00"],
)
def test_an_instant_is_read_with_its_zone(text: str) -> None:
    assert instant(text) == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-01-01t00:00:00z",
        "20260101T000000Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00Z\n",
        "٢٠٢٦-01-01T00:00:00Z",
        1767225600,
        None,
    ],
)
def test_what_has_no_zone_or_another_form_is_no_instant(value: object) -> None:
    assert instant(value) is None
