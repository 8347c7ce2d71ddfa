"""Numbers with a fraction of nothing are whole, as far as a double can tell."""

import msgspec
import pytest

from gateway.records.whole import whole


@pytest.mark.parametrize(("written", "number"), [(b"1.0", 1), (b"-2e3", -2000), (b"9007199254740991.0", 2**53 - 1)])
def test_a_whole_number_is_one_however_it_is_written(written: bytes, number: int) -> None:
    found = whole(msgspec.json.decode(b'{"a":[' + written + b"]}"))

    assert found == {"a": [number]}
    assert isinstance(found["a"][0], int)


@pytest.mark.parametrize("written", [b"9007199254740993.0", b"-9007199254740993.0", b"9007199254740992.0", b"1e300"])
def test_a_number_that_may_stand_for_another_stays_as_it_came(written: bytes) -> None:
    assert isinstance(whole(msgspec.json.decode(written)), float)


def test_what_is_no_whole_number_stays_as_it_came() -> None:
    given = {"a": 1.5, "b": True, "c": None, "d": "1.0"}

    assert whole(given) == given
