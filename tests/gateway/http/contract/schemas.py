"""Every schema of the published contracts, with the place where it stands."""

from collections.abc import Iterator
from typing import Any  # Any: an OpenAPI document

import msgspec

from gateway.http.contract import documents

DOCUMENTS: dict[str, dict[str, Any]] = {
    name: msgspec.json.decode(text) for name, text in documents().items() if name != "index.json"
}

_ONE = ("items", "additionalProperties", "propertyNames", "contains")
_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")


class Placed(msgspec.Struct, frozen=True):
    """A schema and where it is: `gateway.json#Award.name`, `gateway.json#listAudit?after[]`."""

    place: str
    schema: dict[str, Any]

    @property
    def kinds(self) -> set[str]:
        """Its types, but for null."""
        said = self.schema.get("type", ())
        return ({said} if isinstance(said, str) else set(said)) - {"null"}


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of a document."""
    for item in document["paths"].values():
        yield from item.values()


def every_schema(name: str) -> Iterator[Placed]:
    """Every schema of a document, each once."""
    document = DOCUMENTS[name]
    for component, schema in document["components"].get("schemas", {}).items():
        yield from _inside(f"{name}#{component}", schema)
    for kind in ("requestBodies", "responses", "headers"):
        for component, found in document["components"].get(kind, {}).items():
            yield from _held(f"{name}#{component}", found)
    told = [item["post"] for item in document.get("webhooks", {}).values()]
    for operation in (*operations(document), *told):
        at = f"{name}#{operation['operationId']}"
        for parameter in operation.get("parameters", ()):
            yield from _inside(f"{at}?{parameter['name']}", parameter["schema"])
        yield from _held(f"{at} request", operation.get("requestBody", {}))
        for status, response in operation["responses"].items():
            yield from _held(f"{at} {status}", response)


def _held(place: str, value: dict[str, Any]) -> Iterator[Placed]:
    """Of a body, a response or a header."""
    if "schema" in value:
        yield from _inside(place, value["schema"])
    for media_type, content in value.get("content", {}).items():
        yield from _inside(f"{place} {media_type}", content.get("schema", {"$ref": ""}))
    for header, said in value.get("headers", {}).items():
        yield from _held(f"{place} {header}", said)


def _inside(place: str, schema: dict[str, Any]) -> Iterator[Placed]:
    yield Placed(place, schema)
    for name in _ONE:
        if isinstance(schema.get(name), dict):
            yield from _inside(f"{place}[]" if name == "items" else f"{place}.{name}", schema[name])
    for name in _LISTS:
        for each in schema.get(name, ()):
            yield from _inside(place, each)
    for name, each in schema.get("properties", {}).items():
        yield from _inside(f"{place}.{name}", each)
