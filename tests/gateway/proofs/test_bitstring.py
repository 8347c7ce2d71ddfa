"""Status lists: the bits that go in come out, and hostile lists stay small."""

import base64
import gzip
import json
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.proofs.bitstring import MIN_ENTRIES, bitstring, decode, decode_of_2021, encode, status_bit, status_value
from gateway.proofs.errors import StatusIndexOutOfRange, StatusListError, StatusListTooShort
from tests.corpora import corpus


def _encoded(packed: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


@given(st.sets(st.integers(0, MIN_ENTRIES - 1), max_size=20))
@settings(max_examples=25, deadline=None)
def test_exactly_the_set_bits_come_back(indexes: set[int]) -> None:
    bits = decode(encode(bitstring(indexes)))

    assert {index for index in range(MIN_ENTRIES) if bits[index >> 3] and status_bit(bits, index)} == indexes


def test_the_first_entry_is_the_most_significant_bit() -> None:
    assert bitstring([0])[0] == 0b1000_0000
    assert bitstring([7])[0] == 0b0000_0001
    assert bitstring([8])[1] == 0b1000_0000


def test_the_same_bits_are_the_same_text() -> None:
    assert encode(bitstring([5])) == encode(bitstring([5]))


def test_the_list_of_the_reference_validator_has_its_revoked_entry() -> None:
    sample = corpus("ob/samples/ob3-1edtech-validator/bit-string-list") / "testlist"
    subject = json.loads(sample.read_text())["credentialSubject"]

    assert status_bit(decode(subject["encodedList"]), 23)


@pytest.mark.parametrize("index", [-1, MIN_ENTRIES])
def test_an_index_outside_the_list_is_a_range_error(index: int) -> None:
    with pytest.raises(StatusIndexOutOfRange) as caught:
        status_bit(bitstring([]), index)
    assert caught.value.w3c == "RANGE_ERROR"


def test_a_short_list_is_a_length_error() -> None:
    with pytest.raises(StatusListTooShort) as caught:
        decode(_encoded(gzip.compress(bytes(MIN_ENTRIES // 8 - 1))))
    assert caught.value.w3c == "STATUS_LIST_LENGTH_ERROR"


BOMBS = {
    "statuslist-16KiB-ok": None,
    "statuslist-16MiB": StatusListError,
    "statuslist-1GiB": StatusListError,
    "statuslist-cut": StatusListError,
    "statuslist-short": StatusListTooShort,
    "statuslist-trailing": StatusListError,
    "statuslist-two-members": StatusListError,
}


@pytest.mark.parametrize(("name", "error"), BOMBS.items())
def test_a_hostile_list_is_refused_without_expanding_it(name: str, error: type[StatusListError] | None) -> None:
    encoded = json.loads((corpus("sec/made/bombs") / f"{name}.json").read_text())["encodedList"]

    tracemalloc.start()
    try:
        if error is None:
            assert len(decode(encoded)) == MIN_ENTRIES // 8
        else:
            with pytest.raises(error):
                decode(encoded)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak_bytes < 12 << 20  # twice what is expanded at most; the smallest bomb has 16 MiB


def test_a_longer_list_is_read_where_the_caller_allows_it() -> None:
    encoded = json.loads((corpus("sec/made/bombs") / "statuslist-16MiB.json").read_text())["encodedList"]

    assert len(decode(encoded, max_bytes=16 * 1024 * 1024)) == 16 * 1024 * 1024


@pytest.mark.parametrize("encoded", ["", "H4sIAAAA", "zH4sIAAAA", "u", "uH4sI====", "u!!!!", "uAAAA"])
def test_what_is_not_multibase_gzip_is_malformed(encoded: str) -> None:
    with pytest.raises(StatusListError) as caught:
        decode(encoded)
    assert caught.value.w3c == "MALFORMED_VALUE_ERROR"


@pytest.mark.parametrize("entries", [MIN_ENTRIES - 8, MIN_ENTRIES + 1])
def test_a_list_that_may_not_be_published_is_not_made(entries: int) -> None:
    with pytest.raises(ValueError, match="multiple of 8"):
        bitstring([], entries)


def test_a_short_bitstring_is_not_encoded() -> None:
    with pytest.raises(ValueError, match="at least"):
        encode(bytes(100))


def test_an_entry_of_several_bits_begins_with_the_most_significant() -> None:
    bits = bitstring([0, 3, 6, 7], entries=MIN_ENTRIES * 2)

    assert [status_value(bits, index, 2) for index in range(4)] == [0b10, 0b01, 0b00, 0b11]


def test_entries_of_several_bits_must_still_be_many() -> None:
    with pytest.raises(StatusListTooShort):
        status_value(bitstring([]), 0, 2)


@pytest.mark.parametrize("index", [-1, MIN_ENTRIES])
def test_an_entry_of_several_bits_outside_the_list_is_a_range_error(index: int) -> None:
    with pytest.raises(StatusIndexOutOfRange):
        status_value(bitstring([], entries=MIN_ENTRIES * 2), index, 2)


@pytest.mark.parametrize("encode_packed", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("padding", [b"", b"="])
def test_a_list_of_2021_is_read_in_either_alphabet(encode_packed: Callable[[bytes], bytes], padding: bytes) -> None:
    packed = encode_packed(gzip.compress(bitstring([7]), mtime=0))

    assert status_bit(decode_of_2021((packed if padding else packed.rstrip(b"=")).decode()), 7)


@pytest.mark.parametrize(
    "encoded", ["", "uH4sI", "H4sI", "!!!!", "AAAA", base64.b64encode(gzip.compress(b"", mtime=0)).decode()]
)
def test_what_is_no_list_of_2021_is_malformed(encoded: str) -> None:
    with pytest.raises(StatusListError):
        decode_of_2021(encoded)
