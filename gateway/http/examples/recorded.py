"""Requests that were really sent and what really came back: one file an operation, in a folder a document."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any  # Any: bodies in JSON

import msgspec


class Sent(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """A request, without what shows who asks: each reader has a key of their own.

    Attributes:
        parameters: Of path, query, header and cookie, by their names.
        body: JSON as it is, fields of a form by their names, text as text, other bytes in base64.
        media_type: Of the body; "" where there is none.
        shared: The name of an example of the body that several operations take, in the place of ``body``.
    """

    parameters: dict[str, Any] = {}
    media_type: str = ""
    body: Any = msgspec.UNSET
    shared: str = ""


class CameBack(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True
):
    """An answer.

    Attributes:
        summary: What was different about the request, where this is not the answer to the one that is shown.
        media_type: Of the body; "" where there is none.
        headers: Those worth showing.
        body: As in a request.
        external: Where the body can be read instead, on every gateway, when it is too large to be shown.
    """

    summary: str = ""
    media_type: str = ""
    headers: dict[str, str] = {}
    body: Any = msgspec.UNSET
    external: str = ""


class Exchange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One request to an operation, and answers by their status."""

    request: Sent
    responses: dict[str, CameBack]


class Delivered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Messages that really arrived at an endpoint.

    Attributes:
        headers: Of one of them, which Standard Webhooks name.
        bodies: By what they tell.
    """

    headers: dict[str, str]
    bodies: dict[str, Any]


MESSAGES = "messages"
"""Where a document's messages lie, below its folder."""


def folder_of(document: str) -> str:
    """Where the examples of a document lie, below this package: ``open-badges-3`` for ``open-badges-3.json``."""
    return document.removesuffix(".json")


def exchanges(document: str) -> dict[str, Exchange]:
    """The examples of a document, by the ids of its operations."""
    folder = files(__package__) / folder_of(document)
    return {name: msgspec.json.decode(text, type=Exchange) for name, text in _files(folder)}


def messages(document: str) -> dict[str, Delivered]:
    """What is posted to endpoints, by the ids of the operations that receive it."""
    folder = files(__package__) / folder_of(document) / MESSAGES
    return {name: msgspec.json.decode(text, type=Delivered) for name, text in _files(folder)}


def _files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else ():
        if file.name.endswith(".json"):
            yield file.name.removesuffix(".json"), file.read_bytes()
