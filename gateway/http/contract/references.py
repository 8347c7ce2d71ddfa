"""What a document refers to inside itself."""

from collections.abc import Iterator
from typing import Any  # Any: parts of a document

from gateway.http.contract.made import Document

COMPONENTS = "#/components/"
SCHEMAS = f"{COMPONENTS}schemas/"


def references(value: object, to: str) -> Iterator[str]:
    """What ``value`` refers to below ``to``."""
    if isinstance(value, dict):
        if str(value.get("$ref", "")).startswith(to):
            yield value["$ref"].removeprefix(to)
        for child in value.values():
            yield from references(child, to)
    elif isinstance(value, list):
        for child in value:
            yield from references(child, to)


def resolved(document: Document, part: Document) -> Document:
    """A part of the document, or what it refers to there."""
    while "$ref" in part:
        found: Any = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def only_used(document: Document) -> Document:
    """The document without components that nothing refers to; security schemes are referred to by name.

    Raises:
        RuntimeError: It refers to a component that it does not have.
    """
    components = document["components"]
    missing = set(references(document, COMPONENTS)) - {
        f"{kind}/{name}" for kind in components for name in components[kind]
    }
    if missing:
        raise RuntimeError(f"there are no such components: {', '.join(sorted(missing))}")
    while True:
        used = set(references(document, COMPONENTS))
        kept = {
            kind: {name: each for name, each in found.items() if kind == "securitySchemes" or f"{kind}/{name}" in used}
            for kind, found in components.items()
        }
        if kept == components:
            return {**document, "components": {kind: found for kind, found in kept.items() if found}}
        components = kept
        document = {**document, "components": components}
