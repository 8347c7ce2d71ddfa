"""IETF Token Status List: statuses of 1, 2, 4 or 8 bits in one short text, and one status out of it.

Source: draft-ietf-oauth-status-list section 4, "Status List".
"""

import zlib
from typing import Final

from gateway.proofs import base64url
from gateway.proofs.bitstring import MAX_BYTES, inflated
from gateway.proofs.errors import ProofError, StatusIndexOutOfRange, StatusListError

SIZES: Final = frozenset({1, 2, 4, 8})
"""Bits a status."""

VALID: Final = 0
INVALID: Final = 1
SUSPENDED: Final = 2

_PLACES: Final = range(8)
_ONE_BIT: Final = bytes(sum(1 << place for place in _PLACES if byte >> (7 - place) & 1) for byte in range(256))
"""Each byte with its bits the other way round."""

_SPREAD: Final = tuple(
    sum(SUSPENDED << 2 * place for place in _PLACES if byte >> (7 - place) & 1).to_bytes(2, "little")
    for byte in range(256)
)
"""Each byte as the eight statuses of two bits that it becomes."""

_ZLIB: Final = 15
"""zlib's wbits for DEFLATE in the ZLIB format."""


def decode(lst: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of an ``lst``.

    There is no least length: the specification leaves it to issuers how many tokens hide each other.

    Raises:
        StatusListError: Not base64url of exactly one complete zlib stream, or too long.
    """
    try:
        packed = base64url.decode(lst)
    except ProofError as error:
        raise StatusListError(f"the lst is damaged: {error}") from error
    return inflated(packed, _ZLIB, max_bytes)


def status(listed: bytes, index: int, size: int) -> int:
    """Read one status; unlike in the W3C's lists the first one is in the least significant bits of the first byte.

    Args:
        listed: As decoded.
        index: 0 <= index < 8 * len(listed) // size; negative is an error, not "from the end".
        size: One of SIZES.

    Raises:
        StatusIndexOutOfRange: The list has no such entry.
        ValueError: No such size.
    """
    if size not in SIZES:
        raise ValueError(f"a status has 1, 2, 4 or 8 bits, not {size}")
    a_byte = 8 // size
    if not 0 <= index < a_byte * len(listed):
        raise StatusIndexOutOfRange(f"entry {index} of {a_byte * len(listed)}")
    byte, place = divmod(index, a_byte)
    return listed[byte] >> (place * size) & ((1 << size) - 1)


def encode(listed: bytes) -> str:
    """Return the ``lst`` of these bytes."""
    return base64url.encode(zlib.compress(listed, 9))


def listed(bits: bytes, value: int) -> tuple[int, bytes]:
    """Return the size of a status, and a list of them: ``value`` where a bit is set, VALID where it is not.

    Args:
        bits: As in the W3C's lists: the first entry in the most significant bit of the first byte.
        value: INVALID or SUSPENDED.
    """
    if value == INVALID:
        return 1, bits.translate(_ONE_BIT)
    return 2, b"".join(map(_SPREAD.__getitem__, bits))


def require_size(bits: object) -> int:
    """Return the ``bits`` of a list.

    Raises:
        StatusListError: None of the four.
    """
    if isinstance(bits, bool) or not isinstance(bits, int) or bits not in SIZES:
        raise StatusListError("bits is not 1, 2, 4 or 8", fix="Write bits as the number 1, 2, 4 or 8.")
    return bits
