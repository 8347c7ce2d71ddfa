"""Envelope encryption: what was written comes back, in its place, under its key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.edges.envelope import Envelope
from gateway.errors import Unavailable

ENVELOPE = Envelope(bytes(range(32)))


@given(record_id=st.text(), column=st.text(alphabet="ab./"), plain=st.binary())
def test_what_was_sealed_opens_with_the_stored_key(record_id: str, column: str, plain: bytes) -> None:
    wrapped, key = ENVELOPE.new_key(record_id)
    sealed = key.sealed(column, plain)

    opened = ENVELOPE.unwrapped(record_id, wrapped).opened(column, sealed)

    assert opened == plain
    assert len(sealed) == len(plain) + 29


def test_the_same_bytes_are_never_sealed_to_the_same_bytes() -> None:
    _, key = ENVELOPE.new_key("r")

    sealed = {key.sealed("c", b"plain") for _ in range(100)}

    assert len(sealed) == 100


def test_sealed_bytes_do_not_open_under_another_column_record_or_key() -> None:
    wrapped, key = ENVELOPE.new_key("r")
    sealed = key.sealed("c", b"plain")
    _, other_key = ENVELOPE.new_key("r")

    for reading in (
        lambda: key.opened("d", sealed),
        lambda: other_key.opened("c", sealed),
        lambda: ENVELOPE.unwrapped("s", wrapped),
        lambda: Envelope(bytes(32)).unwrapped("r", wrapped),
        lambda: ENVELOPE.opened("c", sealed),
    ):
        with pytest.raises(Unavailable, match="cannot be decrypted"):
            reading()


def test_record_and_column_cannot_be_shifted_against_each_other() -> None:
    sealed = ENVELOPE.sealed('a","b', b"plain")

    with pytest.raises(Unavailable):
        ENVELOPE.opened('a"', sealed)


@pytest.mark.parametrize("position", [0, 1, 13, -1])
def test_one_changed_bit_is_noticed(position: int) -> None:
    sealed = bytearray(ENVELOPE.sealed("c", b"plain"))
    sealed[position] ^= 1

    with pytest.raises(Unavailable):
        ENVELOPE.opened("c", bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 12, 13, 20])
def test_bytes_that_are_cut_off_do_not_open(length: int) -> None:
    sealed = ENVELOPE.sealed("c", b"plain")

    with pytest.raises(Unavailable):
        ENVELOPE.opened("c", sealed[:length])


def test_keys_for_different_purposes_have_nothing_in_common() -> None:
    derived = {ENVELOPE.derived(purpose) for purpose in ("fingerprints", "record keys", "loose values")}

    assert len(derived) == 3
    assert ENVELOPE.derived("fingerprints") == Envelope(bytes(range(32))).derived("fingerprints")


def test_the_fingerprint_tells_master_keys_apart() -> None:
    assert ENVELOPE.fingerprint == Envelope(bytes(range(32))).fingerprint
    assert ENVELOPE.fingerprint != Envelope(bytes(32)).fingerprint


def test_a_master_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Envelope(b"short")


def test_no_key_is_in_a_representation() -> None:
    _, key = ENVELOPE.new_key("r")

    assert repr(bytes(range(32)))[2:-1] not in f"{ENVELOPE!r} {key!r}"
