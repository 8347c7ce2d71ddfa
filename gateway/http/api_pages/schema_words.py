"""A JSON Schema in words on one line: what it is, and its bounds."""

from collections.abc import Iterator
from typing import Any  # Any: a JSON Schema

import msgspec

ALTERNATIVES = {"anyOf": " or ", "oneOf": " or ", "allOf": " and "}
RANGES = (
    ("minLength", "maxLength", ("character", "characters")),
    ("minItems", "maxItems", ("entry", "entries")),
    ("minProperties", "maxProperties", ("member", "members")),
    ("minimum", "maximum", ("", "")),
    ("exclusiveMinimum", "exclusiveMaximum", ("(excluded)", "(excluded)")),
)


def in_words(schema: dict[str, Any] | bool) -> str:
    """What a value is and may be, such as "`string`, 1 to 100 characters"."""
    if isinstance(schema, bool):
        return "anything" if schema else "nothing"
    return ", ".join([_kind(schema), *_bounds(schema)])


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return f"`{name_of(schema['$ref'])}`"
    if "const" in schema:
        return f"always `{_text(schema['const'])}`"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{_text(value)}`" for value in schema["enum"])
    for name, between in ALTERNATIVES.items():
        if name in schema:
            return between.join(in_words(each) for each in schema[name])
    return _typed(schema)


def _typed(schema: dict[str, Any]) -> str:
    types = schema.get("type", ())
    kinds = [types] if isinstance(types, str) else list(types)
    if kinds == ["array"]:
        return f"list of ({in_words(schema.get('items', {}))})"
    if kinds == ["object"] and isinstance(schema.get("additionalProperties"), dict):
        return f"object of ({in_words(schema['additionalProperties'])})"
    form = f" ({schema['format']})" if "format" in schema else ""
    return (" or ".join(f"`{kind}`" for kind in kinds) or "anything") + form


def _bounds(schema: dict[str, Any]) -> Iterator[str]:
    for least, most, (one, several) in RANGES:
        if least in schema or most in schema:
            unit = one if schema.get(most, schema.get(least)) == 1 else several
            yield f"{_range(schema.get(least), schema.get(most))} {unit}".rstrip()
    if schema.get("uniqueItems"):
        yield "each once"
    if "pattern" in schema:
        yield f"pattern `{schema['pattern']}`"
    if schema.get("default") not in (None, "", []):
        yield f"by default `{_text(schema['default'])}`"


def _range(least: float | None, most: float | None) -> str:
    if least == most:
        return f"exactly {least}"
    if least is None:
        return f"at most {most}"
    return f"at least {least}" if most is None else f"{least} to {most}"


def name_of(reference: str) -> str:
    """Of the component that a reference leads to."""
    return reference.rpartition("/")[2]


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
