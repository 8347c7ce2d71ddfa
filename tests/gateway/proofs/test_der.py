"""DER: the one spelling is read, and no other."""

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from gateway.proofs import der
from gateway.proofs.errors import ProofError


def tlv(tag: int, value: bytes) -> bytes:
    size = len(value)
    if size < 0x80:
        return bytes([tag, size]) + value
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + value


@given(st.lists(st.tuples(st.sampled_from([2, 4, 6, 0x30, 0x31, 0xA0]), st.binary(max_size=400)), max_size=8))
def test_values_come_back_one_by_one(values: list[tuple[int, bytes]]) -> None:
    raw = [tlv(tag, value) for tag, value in values]

    found = der.items(b"".join(raw))

    assert [(item.tag, item.value) for item in found] == values
    assert [item.raw for item in found] == raw


@pytest.mark.parametrize(
    "data",
    [
        b"\x04",
        b"\x04\x02a",
        b"\x04\x80a\x00\x00",
        b"\x04\x81\x01a",
        b"\x04\x82\x00\x81" + b"a" * 0x81,
        b"\x04\x85\x00\x00\x00\x00\x01a",
        b"\x04\x84\xff\xff\xff\xff",
        b"\x1f\x81\x00\x01a",
    ],
    ids=["no length", "cut off", "no end", "long form", "leading zero", "five octets", "4 GiB", "long tag"],
)
def test_other_spellings_are_refused(data: bytes) -> None:
    with pytest.raises(ProofError):
        der.items(data)


@given(st.binary(max_size=60))
def test_rubbish_is_read_or_refused(data: bytes) -> None:
    try:
        found = der.items(data)
    except ProofError:
        return

    assert b"".join(item.raw for item in found) == data


def test_too_many_values_are_refused() -> None:
    with pytest.raises(ProofError, match="too many"):
        der.items(b"\x05\x00" * 513)


@pytest.mark.parametrize("data", [b"", b"\x04\x00", b"\x30\x00\x30\x00"])
def test_only_one_of_its_tag_is_only(data: bytes) -> None:
    with pytest.raises(ProofError):
        der.only(data, der.SEQUENCE)


@pytest.mark.parametrize(
    "dotted", ["2.5.29.15", "1.3.6.1.5.5.7.1.3", "0.4.0.1862.1.6.2", "2.16.840.1.101.3.4.2.1", "2.999"]
)
def test_identifier_reads_as_cryptography_writes_it(dotted: str) -> None:
    name = x509.Name([x509.NameAttribute(x509.ObjectIdentifier(dotted), "x")]).public_bytes()
    attribute = der.only(der.only(der.only(name, der.SEQUENCE).value, der.SET).value, der.SEQUENCE).value

    assert der.oid(der.items(attribute)[0].value) == dotted


@pytest.mark.parametrize("content", [b"", b"\x86", b"\x01" * 65])
def test_broken_identifier_is_refused(content: bytes) -> None:
    with pytest.raises(ProofError):
        der.oid(content)
