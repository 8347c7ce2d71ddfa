"""Bounds of what is only answered; what is sent has its bounds from its types, which enforce them.

Each constant here holds for every answer there is, and says why. Where more is known, the type of the answer says it.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy

from adapters.hub.strict_json import DEFAULT
from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import SCHEMAS, references

TEXT = 16 * 1024 * 1024
"""Characters of a text. What is read has at most 5 MiB, its picture included (`adapters.hub.png`, the largest of the
carriers); what is made of it holds that at most in base64 within base64: a picture in a document in a token."""

ITEMS = DEFAULT.max_nodes
"""Entries of a list or a map: most stand for a value of a document that was read, which has no more of them; what is
ours, such as problems or fixtures, is counted in hundreds."""

NUMBER = 2**53 - 1
"""Numbers are counts, sizes, times and statuses: none is negative, and each is exact in every reader (RFC 7493)."""

INT32 = 2**31 - 1

WRITTEN = {"date-time": 32, "date": 10, "uuid": 36}
"""Characters of what has one spelling here: times to the microsecond with their offset, ids with dashes."""

KEYWORDS = ("items", "additionalProperties", "propertyNames", "contains", "not")
LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")


def bounded(document: Document, made: Made) -> Document:
    """Every schema of an answer with an end, and every whole number with the width that it fits into.

    What is one of some texts says that it is a text.
    """
    del made
    document = deepcopy(document)  # several places may share one object, of other documents too
    components: Document = document["components"]
    sent = _sent(document)
    for name, schema in components.get("schemas", {}).items():
        if name not in sent:
            _each(schema, _end)
    for holder in _answers(document):
        _each(holder["schema"], _end)
    for holder in _holders(document):
        _each(holder["schema"], _kind_and_width)
    for schema in components.get("schemas", {}).values():
        _each(schema, _kind_and_width)
    return document


def _sent(document: Document) -> set[str]:
    """Names of the schemas that requests are made of, however deep."""
    found: set[str] = set()
    new = set(references([*_requests(document)], SCHEMAS))
    while new:
        found |= new
        new = set(references([document["components"]["schemas"][name] for name in new], SCHEMAS)) - found
    return found


def _requests(document: Document) -> Iterator[Document]:
    """What callers send, where it is said."""
    bodies = document["components"].get("requestBodies", {})
    yield from bodies.values()
    for item in document["paths"].values():
        for operation in item.values():
            yield from operation.get("parameters", ())
            if "requestBody" in operation:
                yield operation["requestBody"]


def _answers(document: Document) -> Iterator[Document]:
    """What holds a schema of an answer: bodies and headers of responses, and of messages that we post."""
    components = document["components"]
    answers = [components.get("responses", {}), components.get("headers", {})]
    answers += [operation["responses"] for item in document["paths"].values() for operation in item.values()]
    yield from _holders([*answers, document.get("webhooks", {})])


def _holders(value: object) -> Iterator[Document]:
    """Every object with a schema in it."""
    if isinstance(value, dict):
        if isinstance(value.get("schema"), dict):
            yield value
        for name, child in value.items():
            if name not in ("schema", "schemas", "example", "examples"):
                yield from _holders(child)
    elif isinstance(value, list):
        for child in value:
            yield from _holders(child)


def _each(schema: object, told: Callable[[Document], None]) -> None:
    """A schema and every one inside it."""
    if not isinstance(schema, dict):
        return
    told(schema)
    inside = [schema[name] for name in KEYWORDS if name in schema]
    inside += [each for name in LISTS for each in schema.get(name, ())]
    inside += schema.get("properties", {}).values()
    for each in inside:
        _each(each, told)


def _end(schema: Document) -> None:
    kinds = _kinds(schema)
    if "enum" in schema or "const" in schema:
        return
    if "string" in kinds:
        schema.setdefault("maxLength", WRITTEN.get(schema.get("format", ""), TEXT))
    if "array" in kinds:
        schema.setdefault("maxItems", ITEMS)
    if "object" in kinds and isinstance(schema.get("additionalProperties"), dict):
        schema.setdefault("maxProperties", ITEMS)
        schema.setdefault("propertyNames", {"maxLength": TEXT})
    if kinds & {"integer", "number"}:
        if "exclusiveMinimum" not in schema:
            schema.setdefault("minimum", 0)
        if "exclusiveMaximum" not in schema:
            schema.setdefault("maximum", NUMBER)


def _kind_and_width(schema: Document) -> None:
    if "type" not in schema and all(isinstance(value, str) for value in schema.get("enum", (0,))):
        schema["type"] = "string"  # said by its values; tools that show documents do not look at them
    if "integer" in _kinds(schema) and "enum" not in schema and "const" not in schema:
        small = schema.get("maximum", NUMBER) <= INT32 and schema.get("minimum", 0) >= -INT32
        schema.setdefault("format", "int32" if small else "int64")


def _kinds(schema: Document) -> set[str]:
    kinds = schema.get("type", ())
    return {kinds} if isinstance(kinds, str) else set(kinds)
