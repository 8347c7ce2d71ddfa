"""Token status lists: the statuses of the specification's examples, and nothing of what is damaged."""

import base64
import zlib

import pytest

from gateway.proofs.errors import StatusIndexOutOfRange, StatusListError
from gateway.proofs.token_status_list import INVALID, SUSPENDED, decode, encode, listed, require_size, status


def encoded(data: bytes) -> str:
    """The text of compressed bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("lst", "size", "expected"),
    [
        ("eNrbuRgAAhcBXQ", 1, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]),
        ("eNo76fITAAPfAgc", 2, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]),
    ],
)
def test_the_examples_of_the_specification_have_their_statuses(lst: str, size: int, expected: list[int]) -> None:
    listed = decode(lst)

    assert [status(listed, index, size) for index in range(len(expected))] == expected


@pytest.mark.parametrize(("size", "expected"), [(4, [0x1, 0x2, 0xE, 0x0]), (8, [0x21, 0x0E])])
def test_the_first_status_stands_in_the_least_significant_bits(size: int, expected: list[int]) -> None:
    assert [status(b"\x21\x0e", index, size) for index in range(len(expected))] == expected


@pytest.mark.parametrize(("value", "size"), [(INVALID, 1), (SUSPENDED, 2)])
def test_our_bits_become_statuses_in_their_order(value: int, size: int) -> None:
    bits = b"\x81\x00\x40\xff"

    found, made = listed(bits, value)

    expected = [value * (bits[index // 8] >> (7 - index % 8) & 1) for index in range(8 * len(bits))]
    assert found == size
    assert [status(made, index, size) for index in range(len(expected))] == expected
    assert decode(encode(made)) == made


@pytest.mark.parametrize("index", [-1, 16])
def test_an_index_outside_the_list_is_a_range_error(index: int) -> None:
    with pytest.raises(StatusIndexOutOfRange):
        status(b"\x00\x00", index, 1)


@pytest.mark.parametrize(
    "lst",
    [
        "",
        "eNrbuRgAAhcBXQ==",
        "!!!!",
        encoded(b"\x00\x01"),
        encoded(zlib.compress(b"\x00" * 9)[:-2]),
        encoded(zlib.compress(b"\x00") + b"behind"),
        encoded(zlib.compress(bytes(5 * 1024 * 1024))),
    ],
)
def test_what_is_not_one_small_zlib_stream_is_malformed(lst: str) -> None:
    with pytest.raises(StatusListError) as caught:
        decode(lst)
    assert caught.value.w3c == "MALFORMED_VALUE_ERROR"


@pytest.mark.parametrize("bits", [0, 3, 16, "1", True, None, 1.0])
def test_a_status_has_one_two_four_or_eight_bits(bits: object) -> None:
    with pytest.raises(StatusListError):
        require_size(bits)


def test_a_size_that_was_not_checked_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="not 3"):
        status(b"\x00", 0, 3)
