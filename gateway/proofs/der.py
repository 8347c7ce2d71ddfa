"""DER read without freedoms: tag, length, value, each inside the bounds of what holds it (ITU-T X.690)."""

from typing import Final

import msgspec

from gateway.proofs.errors import ProofError

INTEGER: Final = 0x02
OCTET_STRING: Final = 0x04
OBJECT_IDENTIFIER: Final = 0x06
SEQUENCE: Final = 0x30
SET: Final = 0x31

_MAX_ITEMS: Final = 512
_LONG: Final = 0x80
_MANY_TAGS: Final = 0x1F
_MAX_LENGTH_BYTES: Final = 4


class Item(msgspec.Struct, frozen=True):
    """One value.

    Attributes:
        tag: The identifier octet.
        value: Its content.
        raw: All of it, tag and length included.
    """

    tag: int
    value: bytes
    raw: bytes


def items(data: bytes) -> list[Item]:
    """Return the values that follow one another.

    Raises:
        ProofError: Not DER: a length that is indefinite or longer than need be, a tag of several octets, something
            cut off; or more than 512 values.
    """
    found: list[Item] = []
    start = 0
    while start < len(data):
        if len(found) == _MAX_ITEMS:
            raise ProofError("too many values in one place of a DER structure")
        item = _item(data, start)
        found.append(item)
        start += len(item.raw)
    return found


def only(data: bytes, tag: int) -> Item:
    """Return the one value that the bytes are.

    Raises:
        ProofError: Another tag, nothing, or something after it.
    """
    found = items(data)
    if len(found) != 1 or found[0].tag != tag:
        raise ProofError(f"not one DER value of tag {tag:#04x}")
    return found[0]


def oid(value: bytes) -> str:
    """Return an object identifier with dots, of the content octets.

    Raises:
        ProofError: It is cut off, empty, or longer than 64 octets.
    """
    if not value or len(value) > 64 or value[-1] & _LONG:  # noqa: PLR2004
        raise ProofError("not an object identifier")
    arcs: list[int] = []
    arc = 0
    for octet in value:
        arc = arc << 7 | octet & 0x7F
        if not octet & _LONG:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def _item(data: bytes, start: int) -> Item:
    try:
        tag, length, at = data[start], data[start + 1], start + 2
    except IndexError as error:
        raise ProofError("a DER value that is cut off") from error
    if tag & _MANY_TAGS == _MANY_TAGS or length == _LONG:
        raise ProofError("a tag of several octets or a length without end, which DER does not have here")
    if length & _LONG:
        size = length & 0x7F
        length = int.from_bytes(data[at : at + size])
        at += size
        if size > _MAX_LENGTH_BYTES or length < _LONG or length >> 8 * (size - 1) == 0:
            raise ProofError("a length that is not written as DER writes it")
    if at + length > len(data):
        raise ProofError("a DER value that is cut off")
    return Item(tag, data[at : at + length], data[start : at + length])
