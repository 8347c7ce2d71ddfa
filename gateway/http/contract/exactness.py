"""What msgspec enforces, in the place of what Litestar made of it."""

from collections.abc import Iterator
from typing import Any, get_args  # Any: a document in JSON

import msgspec
from litestar.handlers import HTTPRouteHandler

from gateway.http.attributes import described, structs_in
from gateway.http.contract.keywords import members
from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import SCHEMAS
from gateway.http.delivery import HttpRequest
from gateway.http.openapi import SENT
from gateway.http.parameters import field_of
from gateway.http.problem import Problem

NAMED = {"Configuration": "OfferedConfiguration"}
"""Schemas that are published under another name than their class: every generated client has a class so called."""

BOUNDS = ("default", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "pattern")


def exact_schemas(document: Document, made: Made) -> Document:
    """The schemas of bodies and parameters, from their types.

    All at once: where two types have one name, msgspec tells them apart by their modules, in every reference.
    """
    structs = [
        Problem,
        *(struct for handler in made.handlers.values() for struct in _structs(handler)),
        *(each.body for each in made.surface.told),
    ]
    parameters = list(_parameters(document, made))
    types = [*(annotation for _, annotation in parameters), *structs]
    schemas, components = msgspec.json.schema_components(types, ref_template=SCHEMAS + "{name}")
    for (parameter, _), schema in zip(parameters, schemas, strict=False):
        parameter["schema"] = _parameter(parameter["schema"], _for_clients(schema))
    kinds = structs_in(types)
    document["components"]["schemas"] = {
        NAMED.get(name, name): described(_for_clients(schema), kinds.get(name)) for name, schema in components.items()
    }
    return document


def _for_clients(schema: Any, *, is_named_by_us: bool = False) -> Any:
    """A schema as generated clients take it: names that are not their own, and no object as a default."""
    if isinstance(schema, list):
        return [_for_clients(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    said = {
        name: _for_clients(each, is_named_by_us=holds_names)
        for name, each, holds_names in members(schema, is_named_by_us=is_named_by_us)
        if is_named_by_us or name != "default" or not isinstance(each, dict)
    }
    name = str(said.get("$ref", "")).removeprefix(SCHEMAS)
    return {**said, "$ref": SCHEMAS + NAMED[name]} if name in NAMED else said


def with_scopes(document: Document, made: Made) -> Document:
    """The scope that an API key needs, in words: security schemes for bearer tokens have no place for it."""
    for operation in made.operations(document):
        if scope := made.handlers[operation["operationId"]].opt.get("scope"):
            operation["description"] += f"\n\nThe API key needs the scope `{scope}`."
    return document


def _parameters(document: Document, made: Made) -> Iterator[tuple[Document, Any]]:
    """Every parameter that is read as a type; what a handler reads as bytes is described by hand."""
    for operation in made.operations(document):
        for parameter in operation.get("parameters", ()):
            field = field_of(made.handlers[operation["operationId"]], parameter["name"])
            if field is not None and field.annotation is not HttpRequest:
                yield parameter, field.annotation


def _parameter(schema: Document, exact: Document) -> Document:
    """The schema of a parameter: msgspec's for its type, with Litestar's bounds, never null.

    A parameter that is absent is not null, and none can be sent as null.
    """
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
