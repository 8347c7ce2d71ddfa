"""What every ``document.py`` stands on: the Struct of a wire format, and validating JSON against one."""

import re
from typing import Any, TypeVar  # Any: decoded JSON that is about to be validated

import msgspec

from adapters.hub.errors import Malformed

_PLACE = re.compile(r"(.*) - at `(?:key in )?\$(.*)`\Z", re.DOTALL)
_WANTED = re.compile(r"Expected ([a-z0-9 |]+), got ")
_LACKING = re.compile(r"Object missing required field (\S+)")
_IN_WORDS = {
    "str": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "object": "an object",
    "array": "a list",
    "datetime": "a date-time with a zone, such as 2026-01-31T12:00:00Z",
    "date": "a date, such as 2026-01-31",
}
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One class of a format: camel-case JSON; an absent member stays ``UNSET``, never ``None``."""


_T = TypeVar("_T", bound=Wire)


def listed(value: Any) -> list[Any]:
    """Return one value or several as a list, which mean the same in JSON-LD."""
    return value if isinstance(value, list) else [value]


def validated(raw: Any, wire: type[_T], at: str = "") -> _T:
    """Read decoded JSON as the class that it claims to be.

    Args:
        raw: Decoded JSON.
        wire: The class.
        at: Pointer to ``raw`` in the whole document.

    Raises:
        Malformed: A member has another type than the format says, or one that nothing can be read without is
            absent. The pointer says where, as far as the names on the way are those of the format.
    """
    try:
        return msgspec.convert(raw, wire)
    except msgspec.ValidationError as error:
        raise _malformed(str(error), at) from error


def _malformed(message: str, at: str) -> Malformed:
    """Turn ``Expected `str`, got `int` - at `$.badge.id``` into a pointer and a reason.

    msgspec writes ``[...]`` for a name that no class declares, so the pointer ends before it.
    """
    reason, steps = message, ""
    if found := _PLACE.match(message):
        reason, path = found[1], found[2].partition("[...]")[0]
        steps = "".join(f"/{name or index}" for name, index in _STEP.findall(path))
    reason = reason.replace("`", "")
    return Malformed(reason, pointer=at + steps, fix=_fix(reason))


def _fix(reason: str) -> str:
    """Say in words what to write instead, "" where the reason says all."""
    if reason.startswith(("Invalid RFC3339", "Expected datetime with a timezone")):
        return "Write a date-time with a zone, such as 2026-01-31T12:00:00Z."
    if found := _LACKING.fullmatch(reason):
        return f"Add {found[1]}."
    if found := _WANTED.match(reason):
        wanted = [_IN_WORDS[name] for name in found[1].split(" | ") if name in _IN_WORDS]
        return f"Write {' or '.join(dict.fromkeys(wanted))}." if wanted else ""
    return ""
