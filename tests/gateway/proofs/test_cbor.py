"""CBOR: what proof values are made of, in its one spelling."""

import pytest

from gateway.proofs import cbor
from gateway.proofs.errors import ProofError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("00", 0),
        ("17", 23),
        ("1818", 24),
        ("190100", 256),
        ("1a00010000", 65_536),
        ("1b0000000100000000", 2**32),
        ("40", b""),
        ("4401020304", b"\1\2\3\4"),
        ("60", ""),
        ("62c3bc", "ü"),
        ("80", []),
        ("8201820203", [1, [2, 3]]),
        ("a0", {}),
        ("a201410002414d", {1: b"\0", 2: b"M"}),
        ("a202410001414d", {2: b"\0", 1: b"M"}),
    ],
)
def test_a_value_is_read(text: str, value: cbor.Value) -> None:
    assert cbor.decode(bytes.fromhex(text)) == value


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("nothing", ""),
        ("more after the end", "0000"),
        ("24 missing its byte", "18"),
        ("bytes cut short", "44010203"),
        ("an array cut short", "8201"),
        ("a map without its last value", "a101"),
        ("bytes longer than the memory", "5bffffffffffffffff"),
        ("text longer than the memory", "7b7fffffffffffffff00"),
        ("an array longer than the memory", "9bffffffffffffffff"),
        ("a map longer than the memory", "bbffffffffffffffff"),
        ("a map of more entries than bytes", "ba0000000201410002"),
        ("23 in two bytes", "1817"),
        ("255 in three bytes", "1900ff"),
        ("65535 in five bytes", "1a0000ffff"),
        ("a number of 32 bits in nine bytes", "1b00000000ffffffff"),
        ("a length in more bytes than it needs", "580100"),
        ("reserved information 28", "1c"),
        ("bytes of indefinite length", "5f4100ff"),
        ("an array of indefinite length", "9f01ff"),
        ("a map of indefinite length", "bf0100ff"),
        ("a negative number", "20"),
        ("a tag", "c100"),
        ("a tagged array of bytes", "d84041ff"),
        ("false", "f4"),
        ("null", "f6"),
        ("a number with a fraction", "f93c00"),
        ("text that is not UTF-8", "61ff"),
        ("a surrogate", "63eda080"),
        ("a key twice", "a201000100"),
        ("a key that is text", "a1616100"),
        ("a key that is an array", "a18000"),
        ("four levels", "81818100"),
    ],
)
def test_another_spelling_or_type_is_refused(case: str, text: str) -> None:
    with pytest.raises(ProofError) as caught:
        cbor.decode(bytes.fromhex(text))

    assert caught.value.reason.startswith("CBOR"), case


def test_every_cut_of_a_value_is_refused() -> None:
    whole = bytes.fromhex("85430102031818420102816161a10142abcd")

    for end in range(len(whole)):
        with pytest.raises(ProofError):
            cbor.decode(whole[:end])

    assert cbor.decode(whole) == [b"\1\2\3", 24, b"\1\2", ["a"], {1: b"\xab\xcd"}]
