"""What a JSON document has otherwise than its Struct wants it, in words for whoever wrote it."""

import difflib
import re
from typing import Any  # Any: a JSON Schema

import msgspec

_PLACE = re.compile(r"\.([^.\[]+)|\[(\d+)\]|(\[\.\.\.\])")
_MEMBER = re.compile(r"Object (missing required|contains unknown) field `([^`]*)`")
_NO_VALUE = re.compile(r"Invalid enum value (.*)", re.DOTALL)
_MOST_VALUES = 20
_NO_TIME = ("Invalid RFC3339 encoded datetime", "Expected `datetime` with a timezone component")
_REFERENCE = "#/$defs/"
_WORDS = {
    "`str`": "text",
    "`int`": "a whole number",
    "`float`": "a number",
    "`bool`": "true or false",
    "`object`": "an object",
    "`array`": "a list",
    "`null`": "null",
    "`datetime`": "a time such as 2027-01-31T12:00:00Z",
    "`": "",
}


class Misfit(msgspec.Struct, frozen=True):
    """One fault.

    Attributes:
        pointer: JSON Pointer (RFC 6901) to it, or to where a member is missing; "" for the whole document.
        reason: What is wrong there.
        fix: What would be right, "" where the reason says it.
    """

    pointer: str
    reason: str
    fix: str = ""


def misfit(kind: Any, message: str) -> Misfit:
    """Read what msgspec says of a document that is no ``kind``.

    Args:
        kind: The type that was wanted.
        message: Of its ``ValidationError``, which names one fault and perhaps its place.
    """
    said, _, place = message.partition(" - at ")
    pointer = _pointer(place)
    schema = _at(kind, pointer)
    if found := _MEMBER.fullmatch(said):
        return _of_member(pointer, schema, found[2], missing=found[1].startswith("missing"))
    if "matching regex" in said:
        shown = schema.get("examples", ())
        return Misfit(pointer, "it does not have the form that is wanted", f"give it as {shown[0]}" if shown else "")
    if found := _NO_VALUE.fullmatch(said):
        return Misfit(pointer, f"{found[1]:.100} is none of its values", _choices(schema))
    if said in _NO_TIME:
        return Misfit(pointer, "it is no time with a time zone", "give it as 2027-01-31T12:00:00Z")
    for mark, word in _WORDS.items():
        said = said.replace(mark, word)
    return Misfit(pointer, said[:1].lower() + said[1:])


def _choices(schema: dict[str, Any]) -> str:
    """What may stand there; "" where that is not known, or too much to say."""
    branches = [schema, *schema.get("anyOf", ())]
    values = next((list(map(str, branch["enum"])) for branch in branches if "enum" in branch), [])
    return f"give it as {' or '.join(values)}" if 0 < len(values) <= _MOST_VALUES else ""


def _of_member(pointer: str, schema: dict[str, Any], name: str, *, missing: bool) -> Misfit:
    known = list(schema.get("properties", {}))
    place = f"{pointer}/{name[:60].replace('~', '~0').replace('/', '~1')}"
    if missing:
        needed = ", ".join(schema.get("required", (name,)))
        return Misfit(place, "it is missing", f"{pointer or 'the document'} needs {needed}")
    near = difflib.get_close_matches(name, known, n=1)
    return Misfit(
        place,
        "there is no such member",
        f'did you mean "{near[0]}"?' if near else f"leave it out; known here: {', '.join(known)}",
    )


def _pointer(place: str) -> str:
    """The pointer of a place as msgspec writes it, ``$.a[0].b``; of a value in a map, the map itself."""
    pointer = ""
    for name, index, hidden in _PLACE.findall(place.strip("`").removeprefix("$")):
        if hidden:
            break
        pointer += f"/{name or index}"
    return pointer


def _at(kind: Any, pointer: str) -> dict[str, Any]:
    """The schema of the place; {} where it is not one alone."""
    schema = msgspec.json.schema(kind)
    definitions = schema.get("$defs", {})
    found = _resolved(schema, definitions)
    for step in pointer.split("/")[1:]:
        inner = found.get("items") or found.get("prefixItems") if step.isdigit() else None
        inner = inner or found.get("properties", {}).get(step)
        if not isinstance(inner, dict):
            return {}
        found = _resolved(inner, definitions)
    return found


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _resolved(definitions[schema["$ref"].removeprefix(_REFERENCE)], definitions)
    structured = [branch for branch in schema.get("anyOf", ()) if "$ref" in branch]
    return _resolved(structured[0], definitions) if len(structured) == 1 else schema
