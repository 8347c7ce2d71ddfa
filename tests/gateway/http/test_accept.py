"""What a client would rather have."""

import pytest

from gateway.http.accept import language, quality


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", 1.0),
        ("image/png", 1.0),
        ("IMAGE/PNG; Q=0.3", 0.3),
        ("image/*;q=0.2, */*", 0.2),
        ("*/*;q=0.1", 0.1),
        ("image/png;q=0, */*", 0.0),
        ("image/png;level=1;q=0.7", 0.7),
        ("text/html", 0.0),
        ("image/png;q=7", 1.0),
        ("image/png;q=-1", 0.0),
        ("image/png;q=", 0.0),
        (";;,,;q", 0.0),
    ],
)
def test_the_most_specific_range_decides(accept: str, expected: float) -> None:
    assert quality(accept, "image/png") == expected


def test_a_header_without_end_is_read_for_a_while_only() -> None:
    assert quality("a/b," * 100_000 + "image/png", "image/png") == 0.0


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CH, en;q=0.9", "fr"),
        ("de, fr;q=0.4, en;q=0.5", "en"),
        ("de", "en"),
        ("*", "en"),
        ("fr;q=0", "en"),
    ],
)
def test_the_preferred_language_that_there_is(accepted: str, expected: str) -> None:
    assert language(accepted, ("en", "fr")) == expected
