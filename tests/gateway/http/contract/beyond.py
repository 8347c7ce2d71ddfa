"""Bodies that go one beyond a limit of the published schema, and are as they should be everywhere else."""

from collections.abc import Callable, Iterator
from typing import Any  # Any: a JSON Schema, and a value of it

import msgspec

from gateway.http.contract.references import resolved

DEEP = 8
UNKNOWN = "nobodyKnowsThis"
TIME = "2026-09-01T12:00:00Z"
Schema = dict[str, Any]


class Beyond(msgspec.Struct, frozen=True):
    """A value that a schema refuses, for one reason.

    Attributes:
        pointer: To the place at fault (RFC 6901); "" for the whole.
        named: To what a refusal names: of a value in a map, the map; of a member too many, that member.
    """

    pointer: str
    limit: str
    value: Any
    named: str = ""


def beyond(document: dict[str, Any], schema: Schema, example: Any, depth: int = 0) -> Iterator[Beyond]:
    """One value for each limit of the schema and of all that is inside it; it may fit another branch of the schema.

    Args:
        example: A value that fits, or UNSET; what it lacks is made up.
    """
    if depth > DEEP:
        return
    for branch in branches(document, schema):
        wanted = _wanted(branch, example)
        fits = example if wanted else least(document, branch)
        yield from _itself(document, branch, fits)
        for name, inside, value in _parts(document, branch, fits):
            in_map = isinstance(fits, dict) and name not in branch.get("properties", {})
            for each in beyond(document, inside, value, depth + 1):
                named = "" if in_map else f"/{name}{each.named}"
                yield Beyond(f"/{name}{each.pointer}", each.limit, _with(fits, name, each.value), named)


def branches(document: dict[str, Any], schema: Schema) -> Iterator[Schema]:
    """Each way to fit a schema, with what stands beside the ways."""
    schema = resolved(document, schema)
    for name in ("anyOf", "oneOf", "allOf"):
        if name in schema:
            beside = {key: value for key, value in schema.items() if key != name}
            for each in schema[name]:
                for branch in branches(document, each):
                    yield {**branch, **beside}
            return
    if schema.get("type") != "null":
        yield schema


def _wanted(schema: Schema, example: Any) -> bool:
    """Whether an example is of this branch."""
    kinds = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
    if kinds.get(type(example)) != _kind(schema):
        return False
    return not isinstance(example, dict) or set(schema.get("required", ())) <= example.keys()


def _parts(document: dict[str, Any], schema: Schema, fits: Any) -> Iterator[tuple[str, Schema, Any]]:
    """What is inside: its name, its schema, and its value where there is one."""
    if isinstance(fits, dict):
        for name, inside in schema.get("properties", {}).items():
            yield name, inside, fits.get(name, msgspec.UNSET)
        if isinstance(inside := schema.get("additionalProperties"), dict) and inside:
            name = next(iter(fits), _name(document, schema))
            yield name, inside, fits.get(name, msgspec.UNSET)
    if isinstance(fits, list) and "items" in schema:
        yield "0", schema["items"], fits[0] if fits else msgspec.UNSET


def _with(fits: Any, name: str, value: Any) -> Any:
    return {**fits, name: value} if isinstance(fits, dict) else [value, *fits[1:]]


def _name(document: dict[str, Any], schema: Schema) -> str:
    return str(least(document, {"type": "string", **schema.get("propertyNames", {})}))


def least(document: dict[str, Any], schema: Schema) -> Any:
    """A small value that fits, as far as a schema can say."""
    schema = next(branches(document, schema), {})
    for name in ("const", "default"):
        if schema.get(name) is not None:
            return schema[name]
    for name in ("enum", "examples"):
        if name in schema:
            return schema[name][0]
    made: dict[str, Callable[[], Any]] = {
        "object": lambda: _object(document, schema),
        "array": lambda: [least(document, schema["items"])] * schema.get("minItems", 0),
        "string": lambda: TIME if schema.get("format") == "date-time" else "a" * schema.get("minLength", 1),
        "integer": lambda: schema.get("minimum", 0),
        "number": lambda: schema.get("minimum", 0),
        "boolean": lambda: True,
    }
    return made[_kind(schema)]() if _kind(schema) in made else None


def _object(document: dict[str, Any], schema: Schema) -> dict[str, Any]:
    known = schema.get("properties", {})
    found = {name: least(document, known[name]) if name in known else "a" for name in schema.get("required", ())}
    if schema.get("minProperties", 0) > len(found) and isinstance(schema.get("additionalProperties"), dict):
        found[_name(document, schema)] = least(document, schema["additionalProperties"])
    return found


def _itself(document: dict[str, Any], schema: Schema, fits: Any) -> Iterator[Beyond]:
    if "enum" in schema or "const" in schema:
        yield Beyond("", "enum", "none of them")
    if "maxLength" in schema and schema.get("format") != "binary":
        yield Beyond("", "maxLength", "a" * (schema["maxLength"] + 1))
    if schema.get("minLength"):
        yield Beyond("", "minLength", "a" * (schema["minLength"] - 1))
    if "maxItems" in schema:
        one = fits[0] if fits else least(document, schema["items"])
        yield Beyond("", "maxItems", [one] * (schema["maxItems"] + 1))
    if schema.get("minItems"):
        yield Beyond("", "minItems", [])
    if "maximum" in schema:
        yield Beyond("", "maximum", schema["maximum"] + 1)
    if "minimum" in schema:
        yield Beyond("", "minimum", schema["minimum"] - 1)
    if "maxProperties" in schema:
        more = {f"a{index}": "a" for index in range(schema["maxProperties"] + 1)}
        yield Beyond("", "maxProperties", {**more, **(fits if isinstance(fits, dict) else {})})
    if schema.get("additionalProperties") is False:
        yield Beyond("", "additionalProperties", {**fits, UNKNOWN: 1}, f"/{UNKNOWN}")


def _kind(schema: Schema) -> str:
    kinds = schema.get("type", "")
    return kinds if isinstance(kinds, str) else str(next(kind for kind in kinds if kind != "null"))
