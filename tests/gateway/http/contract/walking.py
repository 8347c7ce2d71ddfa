"""The published documents, taken apart: operations, links, and what stands behind a reference."""

import re
from collections.abc import Iterator
from typing import Any  # Any: parts of OpenAPI documents
from urllib.parse import parse_qsl, unquote

import msgspec
import pytest

from gateway.http.contract import documents
from gateway.http.contract.references import resolved

DOCUMENTS: dict[str, dict[str, Any]] = {name: msgspec.json.decode(text) for name, text in documents().items()}


class Operation(msgspec.Struct, frozen=True):
    """One operation of one document."""

    document: str
    path: str
    method: str
    said: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.said["operationId"])

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """By name; every name stands in one place only."""
        found = [self.resolved(each) for each in self.said.get("parameters", ())]
        return {each["name"]: each for each in found}

    def resolved(self, value: dict[str, Any]) -> dict[str, Any]:
        """What a part of the document says, behind its reference if it is one."""
        return resolved(DOCUMENTS[self.document], value)

    def response(self, status: str) -> dict[str, Any] | None:
        """What is said of a status, none when nothing is."""
        found = self.said["responses"].get(status)
        return None if found is None else self.resolved(found)


OPERATIONS = {
    str(said["operationId"]): Operation(name, path, method, said)
    for name, document in DOCUMENTS.items()
    for path, item in document["paths"].items()
    for method, said in item.items()
}


class Link(msgspec.Struct, frozen=True):
    """A link of an answer."""

    source: Operation
    status: str
    name: str
    said: dict[str, Any]

    @property
    def body(self) -> dict[str, str]:
        """Members of the body that it takes along, each a plain text or a runtime expression."""
        return members(self.said.get("requestBody", ""))

    @property
    def target(self) -> Operation | None:
        """Where it leads, none when nothing is there."""
        if name := self.said.get("operationId"):
            found = OPERATIONS.get(name)
            return found if found and found.document == self.source.document else None
        document, _, pointer = self.said["operationRef"].removeprefix("/openapi/").partition("#/paths/")
        path, _, method = pointer.rpartition("/")
        path = unquote(path).replace("~1", "/").replace("~0", "~")
        return next((each for each in OPERATIONS.values() if place(each) == (document, path, method)), None)


def members(body: str) -> dict[str, str]:
    """The body that a link writes as a text, a form or JSON, with its expressions bare."""
    if not body.startswith("{"):
        return {name: value.removeprefix("{").removesuffix("}") for name, value in parse_qsl(body)}
    found: dict[str, str] = msgspec.json.decode(re.sub(r'"?\{(\$[^}]*)\}"?', r'"\1"', body))
    return found


def place(operation: Operation) -> tuple[str, str, str]:
    """Where an operation stands."""
    return operation.document, operation.path, operation.method


def links() -> Iterator[Link]:
    """Every link of every document."""
    for operation in OPERATIONS.values():
        for status in operation.said["responses"]:
            for name, said in (operation.response(status) or {}).get("links", {}).items():
                yield Link(operation, status, name, said)


EVERY_LINK = [pytest.param(link, id=f"{link.source.id}-{link.status}-{link.name}") for link in links()]
