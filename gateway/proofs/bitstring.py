"""Bitstring Status List v1.0 and its draft of 2021: many statuses in one short text, and one status out of it.

Source: W3C Bitstring Status List v1.0 sections 3.3 and 4; the errors carry its names.
"""

import base64
import binascii
import zlib
from collections.abc import Iterable
from typing import Final

from gateway.proofs import base64url
from gateway.proofs.errors import (
    ProofError,
    StatusIndexOutOfRange,
    StatusListError,
    StatusListTooShort,
)

MIN_ENTRIES: Final = 131_072
"""So many holders hide each other (section 6.1)."""

MAX_BYTES: Final = 4 * 1024 * 1024
"""33 million entries; an inflated list is refused as soon as it is longer."""

GZIP: Final = 31
"""zlib's wbits for one gzip member."""


def bitstring(indexes: Iterable[int], entries: int = MIN_ENTRIES) -> bytes:
    """Return a bitstring with these bits set.

    Args:
        indexes: Entry numbers, 0 <= index < entries.
        entries: Length in bits, a multiple of 8 and at least MIN_ENTRIES.

    Raises:
        ValueError: The length is not allowed.
        StatusIndexOutOfRange: An index is outside the list.
    """
    if entries < MIN_ENTRIES or entries % 8:
        raise ValueError(f"a status list has a multiple of 8 entries, at least {MIN_ENTRIES}")
    bits = bytearray(entries // 8)
    for index in indexes:
        byte, mask = _place(bits, index)
        bits[byte] |= mask
    return bytes(bits)


def status_bit(bits: bytes, index: int) -> bool:
    """Read one entry of an expanded status list.

    Args:
        bits: The bitstring, most significant bit of each byte first; at least 16 KiB.
        index: Entry number, 0 <= index < 8 * len(bits). Negative is an error, not "from the end".

    Raises:
        StatusIndexOutOfRange: The list has no such entry.

    Source: Bit order as in w3c/vc-bitstring-status-list#211.
    """
    byte, mask = _place(bits, index)
    return bool(bits[byte] & mask)


def status_value(bits: bytes, index: int, size: int = 1) -> int:
    """Read one entry of a list whose entries have several bits, the most significant first.

    Args:
        bits: As for `status_bit`.
        index: Entry number, 0 <= index < 8 * len(bits) // size.
        size: Bits an entry, at least 1 (``statusSize``).

    Raises:
        StatusListTooShort: With entries of this size there are fewer than MIN_ENTRIES.
        StatusIndexOutOfRange: The list has no such entry.

    Source: Section 3.2 (validate algorithm), steps 8 to 11.
    """
    entries = 8 * len(bits) // size
    if entries < MIN_ENTRIES:
        raise StatusListTooShort(f"the list has {entries} entries of {size} bits, at least {MIN_ENTRIES} are needed")
    if not 0 <= index < entries:
        raise StatusIndexOutOfRange(f"entry {index} of {entries}")
    value = 0
    for place in range(index * size, (index + 1) * size):
        value = value << 1 | status_bit(bits, place)
    return value


def encode(bits: bytes) -> str:
    """Return ``encodedList``: multibase ``u`` and base64url of gzip; the same bytes give the same text.

    Raises:
        ValueError: Fewer than MIN_ENTRIES entries.
    """
    if len(bits) * 8 < MIN_ENTRIES:
        raise ValueError(f"a status list has at least {MIN_ENTRIES} entries")
    # Through zlib, which writes no time and no name, unlike the gzip module.
    deflate = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    return "u" + base64url.encode(deflate.compress(bits) + deflate.flush())


def decode(encoded: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bitstring of an ``encodedList``.

    Args:
        encoded: As found in the status list credential. The drafts' form, without the ``u`` of multibase, is
            not read.
        max_bytes: Longest bitstring that is expanded; no more memory than that is used.

    Raises:
        StatusListError: Not multibase base64url of exactly one complete gzip member, or too long.
        StatusListTooShort: Fewer than MIN_ENTRIES entries.
    """
    if not encoded.startswith("u"):
        raise StatusListError("the encoded list is not multibase base64url (u...)")
    try:
        packed = base64url.decode(encoded[1:])
    except ProofError as error:
        raise StatusListError(f"the encoded list is damaged: {error}") from error
    return _long_enough(inflated(packed, GZIP, max_bytes))


def decode_of_2021(encoded: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bitstring of a StatusList2021: base64 of gzip, in either alphabet, padded or not, without multibase.

    Raises:
        StatusListError: Not base64 of exactly one complete gzip member, or too long.
        StatusListTooShort: Fewer than MIN_ENTRIES entries.

    Source: W3C CCG Status List 2021 sections 4.3 and 5.2, whose text says base64 and whose implementations write
    base64url.
    """
    plain = encoded.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        packed = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise StatusListError("the encoded list is not base64") from error
    return _long_enough(inflated(packed, GZIP, max_bytes))


def inflated(packed: bytes, window: int, max_bytes: int) -> bytes:
    """Expand exactly one complete member, with no more memory than that of the result.

    Args:
        packed: The member and nothing behind it.
        window: zlib's ``wbits``: GZIP or ZLIB.
        max_bytes: Longest result.

    Raises:
        StatusListError: Damaged, cut short, followed by something, or too long.
    """
    inflate = zlib.decompressobj(window)
    try:
        bits = inflate.decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise StatusListError(f"the encoded list is damaged: {error}") from error
    if len(bits) > max_bytes:
        raise StatusListError(f"the list is longer than {max_bytes} bytes")
    if not inflate.eof or inflate.unused_data:
        raise StatusListError("the encoded list is not exactly one complete compressed member")
    return bits


def _long_enough(bits: bytes) -> bytes:
    if len(bits) * 8 < MIN_ENTRIES:
        raise StatusListTooShort(f"the list has {len(bits) * 8} entries, at least {MIN_ENTRIES} are needed")
    return bits


def _place(bits: bytes | bytearray, index: int) -> tuple[int, int]:
    if not 0 <= index < 8 * len(bits):
        raise StatusIndexOutOfRange(f"entry {index} of {8 * len(bits)}")
    byte, offset = divmod(index, 8)
    return byte, 0x80 >> offset
