"""CBOR, the little of it that proof values need: unsigned integers, byte strings, text, arrays and maps of integers.

Strict, as a proof should have one spelling: definite lengths, each number in its shortest form, no key twice, no tags,
no negative numbers, nothing after the end. The order of a map's keys is free: the cryptosuites do not ask for one.

Source: RFC 8949 sections 3 and 4.2.1.
"""

from typing import Final

from gateway.proofs.errors import ProofError

Value = int | bytes | str | list["Value"] | dict[int, "Value"]

_MAX_DEPTH: Final = 3
# Additional information 24 to 27: how many bytes the argument has, and the least that needs so many.
_ARGUMENTS: Final = {24: (1, 24), 25: (2, 1 << 8), 26: (4, 1 << 16), 27: (8, 1 << 32)}


def decode(data: bytes) -> Value:
    """Return the one value that the bytes are; the cost grows with their number alone.

    Raises:
        ProofError: Truncated, of another type, not in its one spelling, deeper than 3, or followed by more.
    """
    reader = _Reader(data)
    value = reader.value(1)
    if reader.left:
        raise ProofError(f"CBOR is followed by {reader.left} more bytes")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def value(self, depth: int) -> Value:
        if depth > _MAX_DEPTH:
            raise ProofError(f"CBOR is nested deeper than {_MAX_DEPTH}")
        major, argument = self._head()
        match major:
            case 0:
                return argument
            case 2:
                return self._take(argument)
            case 3:
                return self._text(argument)
            case 4:
                self._room(argument)
                return [self.value(depth + 1) for _ in range(argument)]
            case 5:
                self._room(2 * argument)
                return self._map(argument, depth + 1)
        raise ProofError(f"CBOR of the major type {major} has no place here")

    def _head(self) -> tuple[int, int]:
        """Return the major type and its argument (section 3)."""
        initial = self._take(1)[0]
        major, information = initial >> 5, initial & 0x1F
        if information < min(_ARGUMENTS):
            return major, information
        if information not in _ARGUMENTS:
            raise ProofError("CBOR has an indefinite length or a reserved form")
        size, least = _ARGUMENTS[information]
        argument = int.from_bytes(self._take(size))
        if argument < least:
            raise ProofError("CBOR has a number that is not in its shortest form")
        return major, argument

    def _take(self, size: int) -> bytes:
        self._room(size)
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken

    def _room(self, least: int) -> None:
        """Believe no length before there are so many bytes."""
        if least > self.left:
            raise ProofError("CBOR is truncated")

    def _text(self, size: int) -> str:
        try:
            return self._take(size).decode()
        except UnicodeDecodeError as error:
            raise ProofError("CBOR has text that is not UTF-8") from error

    def _map(self, entries: int, depth: int) -> dict[int, Value]:
        read: dict[int, Value] = {}
        for _ in range(entries):
            key = self.value(depth)
            if not isinstance(key, int) or key in read:
                raise ProofError("CBOR has a map with a key twice, or with a key that is no integer")
            read[key] = self.value(depth)
        return read
