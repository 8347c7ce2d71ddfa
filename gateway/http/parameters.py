"""What may stand in the query of an operation, and how a caller mends what may not."""

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any  # Any: a JSON Schema

import msgspec
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import ValidationException
from litestar.handlers import BaseRouteHandler
from litestar.params import HeaderParameter, QueryParameter
from litestar.typing import FieldDefinition

from gateway.errors import GatewayError
from gateway.http.delivery import HttpRequest

MAX_PARAMETERS = 100
"""Of a query; more than four times what any operation takes, since links are adorned by others on their way."""

ONE_VALUE = ("Authorization", "Content-Type", "Host", "Idempotency-Key", "Origin", "Sec-Fetch-Site")
"""Headers that decide what a request is, and are no lists (RFC 9110 section 5.3)."""

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
REFERENCE = "#/components/schemas/"


class UnknownParameter(GatewayError):
    """The operation has no query parameter of this name."""

    code = "unknown-parameter"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        named = f"it knows {', '.join(known)}" if known else "it knows none"
        super().__init__(
            f"{name[:60]}: there is no such query parameter",
            fix=f'did you mean "{near[0]}"?' if near else f"leave it out; {named}",
        )
        self.name = name[:60]


class TooManyFields(GatewayError):
    """A query or a form has more fields than any that is read here."""

    code = "too-many-fields"


async def only_known_parameters(
    connection: ASGIConnection[BaseRouteHandler, object, object, State], handler: BaseRouteHandler
) -> None:
    """Let only requests pass whose query parameters are all known: a misspelt one would silently change nothing.

    OPTIONS asks about the address, whatever its query says to other methods.

    Raises:
        UnknownParameter: There is another one.
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    known = [name for name, field in _fields(handler).items() if isinstance(field.kwarg_definition, QueryParameter)]
    for name in connection.query_params:
        if name not in known:
            raise UnknownParameter(name, known)


async def few_parameters(
    connection: ASGIConnection[BaseRouteHandler, object, object, State],
    handler: BaseRouteHandler,  # noqa: ARG001
) -> None:
    """Let only requests pass whose query is soon read; it is counted before that.

    Raises:
        TooManyFields: There are more than ``MAX_PARAMETERS``.
    """
    if connection.scope["query_string"].count(b"&") >= MAX_PARAMETERS:
        raise TooManyFields(f"the query has more than {MAX_PARAMETERS} parameters")


def sent_once(request: HttpRequest) -> None:
    """Let only requests pass that give one value where one is read: the others would silently change nothing.

    Raises:
        ValidationException: A query parameter that takes one value stands there twice, even with the same value, or
            one of the headers ``ONE_VALUE`` with two different ones.
    """
    handler, headers = request.route_handler, request.headers
    sent = Counter(name for name, _ in request.query_params.items())
    faults = [name for name, count in sent.items() if count > 1 and _takes_one(handler, name)]
    faults += [name for name in ONE_VALUE if len(set(headers.getall(name, ()))) > 1]
    if faults:
        raise ValidationException(extra=[{"key": name, "message": "it is sent more than once"} for name in faults])


def times_as_written(request: HttpRequest) -> None:
    """Let only requests pass whose times in the query are written as RFC 3339 section 5.6 has them.

    All in a query is text to the framework, which takes numbers for seconds since 1970.

    Raises:
        ValidationException: A time is written otherwise.
    """
    fields = _fields(request.route_handler)
    faults = [
        {"key": name, "message": "it is no date and time with an offset from UTC (RFC 3339)"}
        for name, value in request.query_params.items()
        if name in fields and fields[name].has_inner_subclass_of(dt.datetime) and not RFC_3339.fullmatch(value)
    ]
    if faults:
        raise ValidationException(extra=faults)


def missing(handler: BaseRouteHandler, query: Sequence[str]) -> list[str]:
    """Names of query parameters that an operation needs and a query lacks."""
    return [
        name
        for name, field in _fields(handler).items()
        if isinstance(field.kwarg_definition, QueryParameter) and not field.has_default and name not in query
    ]


def values(request: HttpRequest, name: str) -> list[str]:
    """What was sent as a query parameter or header."""
    return request.query_params.getall(name, []) or request.headers.getall(name, [])


def allowed(handler: BaseRouteHandler, name: str) -> tuple[str, ...]:
    """The values that a parameter may have, when they can be counted."""
    field = field_of(handler, name)
    if field is None:
        return ()
    [schema], components = msgspec.json.schema_components([field.annotation], ref_template=REFERENCE + "{name}")
    schema = _resolved(schema, components)
    if schema.get("type") == "boolean":
        return ("true", "false")
    return tuple(map(str, _resolved(schema.get("items", schema), components).get("enum", ())))


def sent_as(handler: BaseRouteHandler, name: str) -> str:
    """The name of a parameter as it is sent, which may be another than that of its argument."""
    field = _arguments(handler).get(name) or field_of(handler, name)
    definition = field.kwarg_definition if field else None
    return definition.name or name if isinstance(definition, HeaderParameter | QueryParameter) else name


def fix(handler: BaseRouteHandler, name: str, values: Sequence[str]) -> str:
    """How to say what was said wrongly.

    Args:
        name: Of the parameter, as it is sent.
        values: What was sent; empty when it is missing.
    """
    field = field_of(handler, name)
    definition = field.kwarg_definition if field else None
    if not isinstance(definition, QueryParameter | HeaderParameter):
        return f"send {name} once" if len(set(values)) > 1 else ""
    choices = allowed(handler, name)
    if not choices and len(values) > 1:
        return f"send {name} once"
    if not choices:
        return f"{name}: {definition.description}"
    if (definition.max_items or 1) == 1:
        return f"send {name} once, with one of {', '.join(choices)}"
    meant = list(dict.fromkeys(part.strip() for value in values for part in value.split(",")))
    if len(meant) > 1 and set(meant) <= set(choices):
        return f"repeat it for each value: {_repeated(name, meant)}"
    return f"choose from {', '.join(choices)}: {name}={choices[-1]}, or for several {_repeated(name, choices)}"


def _takes_one(handler: BaseRouteHandler, name: str) -> bool:
    """Of a parameter that takes a list, its ``max_items`` says how many."""
    field = _fields(handler).get(name)
    return (
        field is not None and isinstance(field.kwarg_definition, QueryParameter) and not field.is_non_string_collection
    )


def _repeated(name: str, values: Sequence[str]) -> str:
    return "&".join(f"{name}={value}" for value in values)


def field_of(handler: BaseRouteHandler, name: str) -> FieldDefinition | None:
    """What a handler says of a parameter, by the name that is sent."""
    fields = _fields(handler)
    return fields.get(name) or fields.get(name.replace("-", "_").lower())


def _fields(handler: BaseRouteHandler) -> dict[str, FieldDefinition]:
    """By their names in a query; ``state`` and some others are none that an argument may have."""
    found: dict[str, FieldDefinition] = {}
    for name, field in _arguments(handler).items():
        definition = field.kwarg_definition
        found[definition.name or name if isinstance(definition, QueryParameter) else name] = field
    return found


def _arguments(handler: BaseRouteHandler) -> dict[str, FieldDefinition]:
    """Of the handler itself and of what it depends on: a parameter may be read by either."""
    found = {
        name: field
        for provided in handler.resolve_dependencies().values()
        for name, field in provided.parsed_fn_signature.parameters.items()
        if isinstance(field.kwarg_definition, HeaderParameter | QueryParameter)
    }
    return found | handler.parsed_fn_signature.parameters


def _resolved(schema: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = components[schema["$ref"].removeprefix(REFERENCE)] if "$ref" in schema else schema
    return found
