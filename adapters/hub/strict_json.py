"""JSON as I-JSON (RFC 7493) wants it, within limits: UTF-8, unique names, finite numbers, bounded depth."""

import json
import math
import re
from collections.abc import Callable
from typing import Any  # Any: a JSON value, whatever it may be

import msgspec

from adapters.hub.errors import Malformed, TooLarge, Unwritable

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MAX_INT_DIGITS = 20  # 2**64 has 20; more would be exact here and rounded by the next reader
_MAX_NAME_SHOWN = 64
_MAX_POINTERS_CHARS = 4_000_000  # of the ways to all values together; the largest official example has 60,000
_INDEX_CHARS = 5
_SPACES = " \t\n\r"

# Only what tells depth and number of values apart; both kinds of brackets become one.
_UNSTRUCTURED = bytes(set(range(256)) - set(b'"[]{},'))
_ONE_BRACKET = bytes.maketrans(b"{}", b"[]")

# Escapes that may stand for half a character or for U+0000; the tree is searched only where one occurs.
_DOUBTFUL_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")


class Limits(msgspec.Struct, frozen=True):
    """How much JSON may cost. Everything is counted before any value is built.

    Attributes:
        max_bytes: Length of the whole document.
        max_depth: Objects and arrays inside one another.
        max_nodes: Values of every kind together, containers included; an empty one counts as two.

    The defaults are about twice what the largest official European Digital Credentials need: 2 MB, most of it
    pictures in base64, and 13,000 values.
    """

    max_bytes: int = 4 * 1024 * 1024
    max_depth: int = 32
    max_nodes: int = 24_000


DEFAULT = Limits()
WITH_A_BADGE = Limits(max_depth=DEFAULT.max_depth + 1, max_nodes=DEFAULT.max_nodes + 100)
"""Of what has a badge as one of its few members."""


def decode(document: bytes, limits: Limits = DEFAULT) -> Any:
    """Decode JSON that no two readers could understand differently.

    msgspec and json both keep the last of two equal names, take integers of any length and let U+0000
    pass, which PostgreSQL cannot store. A signature that one reader checks could then cover what another
    never sees. Noncharacters such as U+FFFF are let through, against RFC 7493 section 2.1: all readers
    agree on them.

    Args:
        document: UTF-8 without byte order mark.
        limits: Bounds on size, depth and number of values.

    Raises:
        TooLarge: More bytes, depth or values than the limits allow.
        Malformed: Not JSON, or JSON that is not I-JSON; the pointer or the line and column say where.

    Source: RFC 8259; RFC 7493 section 2.
    """
    nodes = _bound(document, limits)
    try:
        text = document.decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start}: not UTF-8", fix="Encode the JSON as UTF-8.") from error
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Malformed(f"line {error.lineno} column {error.colno}: {error.msg}") from error
    except _NotIJson as error:
        raise _located(text) from error
    if _DOUBTFUL_ESCAPE.search(document):
        _reject_fault(value)
    # No pointer is longer than the document, so most need no walk.
    if nodes * len(document) > _MAX_POINTERS_CHARS:
        _bound_pointers(value)
    return value


def check_bounds(document: bytes, limits: Limits = DEFAULT) -> None:
    """Refuse what would be dear to read, before anything of it is built.

    True of JSON; of what is none, a decoder says so cheaply.

    Raises:
        TooLarge: More bytes, depth or values than the limits allow.
        Malformed: It begins with a byte order mark.
    """
    _bound(document, limits)


def check_names(document: bytes) -> None:
    """Refuse JSON in which a name stands twice in one object; the one kept by a decoder is not what others read.

    For what another decoder reads, within its own limits: numbers and texts are not looked at.

    Raises:
        Malformed: There is such a name, which the pointer leads to, or the document is no JSON.

    Source: RFC 7493 section 2.3.
    """
    text = document.decode()
    try:
        _NAMES.decode(text)
    except json.JSONDecodeError as error:
        raise Malformed(f"line {error.lineno} column {error.colno}: {error.msg}") from error
    except _NotIJson as error:
        raise _located(text) from error


def members(document: bytes, limits: Limits) -> list[bytes] | None:
    """Take a list apart into its members, each in its own bytes and still to be decoded; None when it is no list.

    Only what tells where a member ends is looked at: one that is JSON and no I-JSON says nothing about the others.

    Args:
        limits: Of all members together, the list included.

    Raises:
        TooLarge: More bytes, depth or values than the limits allow.
        Malformed: It begins as a list, and is no JSON.
    """
    _bound(document, limits)
    # What is no UTF-8 is the fault of its member, which gets its bytes back.
    text = document.decode(errors="surrogateescape")
    at, mark = _mark(text, 0)
    if mark != "[":
        return None
    found: list[bytes] = []
    at, mark = _mark(text, at)
    while mark != "]":
        start = at if found else at - 1
        try:
            _, end = _SKIPPER.raw_decode(text, _mark(text, start)[0] - 1)
        except json.JSONDecodeError as error:
            raise Malformed(f"line {error.lineno} column {error.colno}: {error.msg}") from error
        found.append(text[start:end].strip(_SPACES).encode(errors="surrogateescape"))
        at, mark = _mark(text, end)
        if mark not in (",", "]"):
            raise Malformed(f"member {len(found) - 1} is followed by neither a comma nor the end of the list")
    if _mark(text, at)[1]:
        raise Malformed("something follows the list")
    return found


def _mark(text: str, at: int) -> tuple[int, str]:
    """The first character after space, and where it ends; "" at the end."""
    while text[at : at + 1] and text[at] in _SPACES:
        at += 1
    return at + 1, text[at : at + 1]


def _bound(document: bytes, limits: Limits) -> int:
    """Refuse what would be dear to parse. True of valid JSON; the parser refuses the rest cheaply.

    Returns:
        How many values there are at most.
    """
    if len(document) > limits.max_bytes:
        raise TooLarge(f"{len(document)} bytes of JSON, at most {limits.max_bytes} are accepted")
    if document.startswith(_BYTE_ORDER_MARK):
        raise Malformed("byte 0: a byte order mark", fix="Send UTF-8 without a byte order mark.")
    if b"\\" in document:
        document = document.replace(b"\\\\", b"").replace(b'\\"', b"")
    skeleton = document.translate(_ONE_BRACKET, _UNSTRUCTURED)
    if skeleton.count(b'"') > 4 * limits.max_nodes:  # two quotes a name, two a text
        raise _too_many(limits)
    outside = b"".join(skeleton.split(b'"')[::2])
    nodes = outside.count(b"[") + outside.count(b",") + 1
    if nodes > limits.max_nodes:
        raise _too_many(limits)
    brackets = outside.replace(b",", b"")
    for _ in range(limits.max_depth):  # each round takes away the innermost level
        brackets = brackets.replace(b"[]", b"")
    if b"[]" in brackets or brackets.count(b"[") > limits.max_depth:
        raise TooLarge(f"nested deeper than {limits.max_depth} levels")
    return nodes


def _bound_pointers(value: Any) -> None:
    """Refuse what cannot be spoken of: reports name every place by the way to it, and names may be very long."""
    total = 0
    left: list[tuple[Any, int]] = [(value, 0)]
    while left:
        value, length = left.pop()
        total += length
        if total > _MAX_POINTERS_CHARS:
            raise TooLarge("its names are too long for so many values under them")
        if isinstance(value, dict):
            left += ((member, length + len(name) + 1) for name, member in value.items())
        elif isinstance(value, list):
            left += ((item, length + _INDEX_CHARS) for item in value)


def _too_many(limits: Limits) -> TooLarge:
    return TooLarge(f"more than {limits.max_nodes} values")


class _NotIJson(Exception):
    """JSON, but not I-JSON; the hooks do not know where they are, so the place is looked for afterwards."""


class _Fault(msgspec.Struct, frozen=True):
    """Stands in the tree for a number that cannot be accepted."""

    reason: str


class _Members(list[tuple[str, Any]]):
    """The members of an object with every name as often as it stands there."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _NotIJson
    return members


def _integer(digits: str) -> int | _Fault:
    return int(digits) if len(digits) <= _MAX_INT_DIGITS else _Fault(f"an integer of {len(digits)} digits")


def _finite(number: str) -> float | _Fault:
    value = float(number)
    return value if math.isfinite(value) else _Fault("a number too large for a double")


def _constant(name: str) -> _Fault:
    return _Fault(f"{name} is not JSON")


def _or_raise(hook: Callable[[str], object]) -> Callable[[str], object]:
    def checked(text: str) -> object:
        value = hook(text)
        if isinstance(value, _Fault):
            raise _NotIJson
        return value

    return checked


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_int=_or_raise(_integer),
    parse_float=_or_raise(_finite),
    parse_constant=_or_raise(_constant),
)
# Second reading, only of what the first refused: keeps all there is, so that the place can be named.
_TOLERANT = json.JSONDecoder(
    object_pairs_hook=_Members, parse_int=_integer, parse_float=_finite, parse_constant=_constant
)
# Looks at names alone.
_NAMES = json.JSONDecoder(object_pairs_hook=_unique, parse_int=len, parse_float=len, parse_constant=len, strict=False)
# Finds where a value ends, and keeps nothing of it.
_SKIPPER = json.JSONDecoder(object_pairs_hook=len, parse_int=len, parse_float=len, parse_constant=len, strict=False)


def _located(text: str) -> Malformed:
    """Name the place of the fault that stopped the decoder."""
    try:
        _reject_fault(_TOLERANT.decode(text))
    except json.JSONDecodeError as error:  # the text is broken further on as well
        return Malformed(f"line {error.lineno} column {error.colno}: {error.msg}")
    except Malformed as fault:
        return fault
    raise RuntimeError("the decoder stopped at a fault that is not there")


def _reject_fault(value: object, pointer: str = "") -> None:
    """Walk the tree in document order and raise for the first fault."""
    if isinstance(value, _Fault):
        raise Malformed(value.reason, pointer=pointer)
    if isinstance(value, str) and (found := _UNSTORABLE.search(value)):
        raise Unwritable(_unstorable(found[0]), pointer=pointer)
    if isinstance(value, (dict, _Members)):
        names: set[str] = set()
        for name, member in value.items() if isinstance(value, dict) else value:
            place = f"{pointer}/{_shown(name)}"
            if found := _UNSTORABLE.search(name):
                raise Unwritable(f"{_unstorable(found[0])} in a name", pointer=place)
            if name in names:
                raise Malformed("the name stands twice in one object", pointer=place)
            names.add(name)
            _reject_fault(member, place)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _reject_fault(item, f"{pointer}/{index}")


def _unstorable(character: str) -> str:
    return "U+0000" if character == "\0" else f"half a surrogate pair (U+{ord(character):04X})"


def _shown(name: str) -> str:
    """Write a name as a JSON Pointer token that is short and can itself be encoded."""
    shown = name if len(name) <= _MAX_NAME_SHOWN else f"{name[:_MAX_NAME_SHOWN]}…"
    shown = _UNSTORABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)
    return shown.replace("~", "~0").replace("/", "~1")
