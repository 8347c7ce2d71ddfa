"""What msgspec enforces, in the place of what Litestar made of it."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args  # Any: a document in JSON

import msgspec
from litestar.handlers import HTTPRouteHandler

from gateway.http.attributes import described
from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import SCHEMAS
from gateway.http.delivery import HttpRequest
from gateway.http.openapi import SENT
from gateway.http.parameters import field_of
from gateway.http.problems import Problem

BOUNDS = ("default", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "pattern")


def exact_schemas(document: Document, made: Made) -> Document:
    """The schemas of bodies, from their types."""
    structs = [
        Problem,
        *(struct for handler in made.handlers.values() for struct in _structs(handler)),
        *(each.body for each in made.surface.told),
    ]
    choices = [choice for handler in made.handlers.values() for choice in _choices(handler)]
    _, components = msgspec.json.schema_components([*structs, *choices], ref_template=SCHEMAS + "{name}")
    document["components"]["schemas"] = {name: described(schema) for name, schema in components.items()}
    return document


def exact_parameters(document: Document, made: Made) -> Document:
    """The schemas of parameters, from their types."""
    for operation in made.operations(document):
        handler = made.handlers[operation["operationId"]]
        for parameter in operation.get("parameters", ()):
            field = field_of(handler, parameter["name"])
            # Parameters that a handler reads as bytes, from the request itself, are described by hand.
            if field is not None and field.annotation is not HttpRequest:
                parameter["schema"] = _parameter(parameter["schema"], field.annotation)
    return document


def with_scopes(document: Document, made: Made) -> Document:
    """The scope that an API key needs, in words: security schemes for bearer tokens have no place for it."""
    for operation in made.operations(document):
        if scope := made.handlers[operation["operationId"]].opt.get("scope"):
            operation["description"] += f"\n\nThe API key needs the scope `{scope}`."
    return document


def _parameter(schema: dict[str, Any], annotation: object) -> dict[str, Any]:
    """The schema of a parameter: msgspec's for its type, with Litestar's bounds, never null.

    A parameter that is absent is not null, and none can be sent as null.
    """
    [exact], _ = msgspec.json.schema_components([annotation], ref_template=SCHEMAS + "{name}")
    [given] = [branch for branch in exact.get("anyOf", [exact]) if branch != {"type": "null"}]
    if "enum" in given:
        given["enum"] = [value for value in given["enum"] if value is not None]
    return {**given, **{name: schema[name] for name in BOUNDS if name in schema}}


def _structs(handler: HTTPRouteHandler) -> Iterator[type[msgspec.Struct]]:
    """What a handler is sent, what it returns, and how it fails."""
    returned = handler.parsed_fn_signature.return_type.annotation
    documented = [response.data_container for response in (handler.responses or {}).values()]
    sent = [field.annotation for name, field in handler.parsed_fn_signature.parameters.items() if name == "data"]
    for answer in (*sent, handler.opt.get(SENT), *_parts(returned), *documented):
        if isinstance(answer, type) and issubclass(answer, msgspec.Struct):
            yield answer


def _parts(annotation: Any) -> Iterator[Any]:
    """A type, and those that it is made of: of several answers each."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _choices(handler: HTTPRouteHandler) -> Iterator[type[Enum]]:
    """Whose values a handler's parameters may have."""
    for field in handler.parsed_fn_signature.parameters.values():
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, Enum):
                yield kind
