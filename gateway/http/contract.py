"""The published contracts: Litestar's routes, with schemas that say exactly what msgspec accepts."""

import functools
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any, get_args  # Any: a document in JSON

import msgspec
from litestar import Litestar, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, License
from litestar.params import PathParameter
from litestar.routes import HTTPRoute

from gateway.errors import NotFound
from gateway.http.attributes import described
from gateway.http.delivery import HttpRequest, delivered, for_everybody
from gateway.http.openapi import BODIES, HEADERS, SENT, pages
from gateway.http.parameters import field_of
from gateway.http.problems import MEDIA_TYPE, WORDS, Problem, problems
from gateway.http.routes import DEPENDENCIES
from gateway.http.surface import Surface, Told
from gateway.http.surfaces import GATEWAY, SURFACES
from gateway.provenance import software

MAX_AGE_S = 300
JSON = "application/json"
REFERENCE = "#/components/schemas/"

BOUNDS = ("default", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "pattern")
EXAMPLE = "value"
BAD_REQUEST, TOO_MANY = 400, 429
FOLLOWS = "Document created, URL follows"
"""What the framework says of every 201."""
SAID_BY_DEFAULT = ("deprecated", "allowEmptyValue", "allowReserved")

DocumentName = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,40}\.json$", max_length=45)]

CONFLICT = 409

AGAIN = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}

PROBLEM_HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"description": "Always Bearer.", "schema": {"type": "string"}, "required": True}},
    # Only what somebody is working on is over by itself.
    **{status: {"Retry-After": {**AGAIN, "required": status != CONFLICT}} for status in (CONFLICT, 429, 503)},
}
"""What accompanies a problem, by its status."""

REFUSAL_HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"description": "How to show who asks (RFC 9110).", "schema": {"type": "string"}}},
    **{status: {"Retry-After": AGAIN} for status in (429, 503)},
}
"""What accompanies a refusal in the words of a protocol, by its status."""


@get(
    "/openapi.json",
    operation_id="contract",
    summary="This document",
    tags=["Operations"],
    security=[{}],
    sync_to_thread=True,
    operation_class=pages("OpenAPI 3.1.", JSON),
    responses=problems(429),
)
def contract(request: HttpRequest) -> Response[bytes]:
    """The contract of this very version, byte for byte as it is published."""
    return delivered(request, document(GATEWAY.document), JSON, cache=for_everybody(MAX_AGE_S))


@get(
    "/openapi/{name:str}",
    operation_id="contractOfSurface",
    summary="The document of one surface",
    tags=["Operations"],
    security=[{}],
    sync_to_thread=True,
    operation_class=pages("OpenAPI 3.1.", JSON),
    responses=problems(404, 429),
)
def contract_of_surface(name: DocumentName, request: HttpRequest) -> Response[bytes]:
    """Each surface has a document of its own; their names are those of the files in ``openapi/``."""
    if name not in BY_NAME:
        raise NotFound("there is no such document", fix=f"there are {', '.join(BY_NAME)}")
    return delivered(request, document(name), JSON, cache=for_everybody(MAX_AGE_S))


CONTRACTS = [contract, contract_of_surface]
BY_NAME = {surface.document: surface for surface in SURFACES if surface.document}
ALL_ROUTES = [*CONTRACTS, *(route for surface in SURFACES for route in surface.routes)]
"""Every route, those that show the contracts too."""


def documents() -> dict[str, bytes]:
    """Every published contract by its file name."""
    return {name: document(name) for name in BY_NAME}


@functools.cache
def document(name: str) -> bytes:
    """One published contract: JSON, sorted and indented, the same on every machine."""
    surface = BY_NAME[name]
    served = [*surface.routes, *(CONTRACTS if surface is GATEWAY else ())]
    app = Litestar(served, dependencies=DEPENDENCIES, openapi_config=_config(surface), logging_config=None)
    routes = [route for route in app.routes if isinstance(route, HTTPRoute)]
    handlers = [handler for route in routes for handler in route.route_handlers if handler.operation_id]
    said = _used(_lean(_exact(app.openapi_schema.to_schema(), handlers, surface.told)))
    return msgspec.json.format(msgspec.json.encode(said, order="sorted"), indent=2) + b"\n"


def _config(surface: Surface) -> OpenAPIConfig:
    return OpenAPIConfig(
        title=surface.title,
        version=software().rpartition("/")[2],
        summary=surface.summary,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        use_handler_docstrings=True,
        components=Components(
            request_bodies=dict(BODIES), headers={**HEADERS}, security_schemes={**surface.security_schemes}
        ),
        tags=list(surface.tags),
    )


def _used(document: dict[str, Any]) -> dict[str, Any]:
    """The document without components that nothing refers to; security schemes are referred to by name."""
    components: dict[str, dict[str, Any]] = document["components"]
    while True:
        used = set(_references(document, "#/components/"))
        kept = {
            kind: {name: each for name, each in found.items() if kind == "securitySchemes" or f"{kind}/{name}" in used}
            for kind, found in components.items()
        }
        if kept == components:
            return {**document, "components": {kind: found for kind, found in kept.items() if found}}
        components = kept
        document = {**document, "components": components}


def _exact(document: dict[str, Any], handlers: list[HTTPRouteHandler], told: tuple[Told, ...]) -> dict[str, Any]:
    """Put what msgspec enforces in the place of what Litestar made of it, and what is told beside it."""
    structs = [
        Problem,
        *(struct for handler in handlers for struct in _structs(handler)),
        *(each.body for each in told),
    ]
    choices = [choice for handler in handlers for choice in _choices(handler)]
    _, components = msgspec.json.schema_components([*structs, *choices], ref_template=REFERENCE + "{name}")
    document["components"]["responses"] = {f"Problem{status}": _problem(status) for status in WORDS}
    document["components"]["schemas"] = {name: described(schema) for name, schema in components.items()}
    by_id = {handler.operation_id: handler for handler in handlers}
    for item in document["paths"].values():
        for operation in item.values():
            _exact_operation(operation, by_id[operation["operationId"]])
            _share_refusals(operation["responses"], document["components"]["responses"])
    if told:
        document["webhooks"] = {each.name: {"post": _told(each)} for each in told}
    missing = set(_references(document, REFERENCE)) - components.keys()
    if missing:
        raise RuntimeError(f"schemas without a component: {', '.join(sorted(missing))}")
    return document


def _told(message: Told) -> dict[str, Any]:
    """A message to an endpoint, with the headers that it comes with (Standard Webhooks)."""
    return {
        "operationId": message.operation_id,
        "summary": message.summary,
        "description": message.description,
        "tags": ["Webhooks"],
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string", "maxLength": 1000}} | said
            for name, said in MESSAGE_HEADERS.items()
        ],
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": {"$ref": f"{REFERENCE}{message.body.__name__}"}}},
        },
        "responses": {
            "2XX": {"description": "It arrived."},
            "410": {"description": "Send nothing more: the endpoint is disabled."},
            "default": {"description": "It did not arrive; it is sent again, for 72 hours."},
        },
    }


MESSAGE_HEADERS = {
    "webhook-id": {"description": "The same in every attempt and replay."},
    "webhook-timestamp": {"description": "Seconds since 1970 of this attempt; refuse those more than 5 minutes off."},
    "webhook-signature": {
        "description": "Over `id.timestamp.body`, separated by spaces: `v1,` HMAC-SHA-256 with the endpoint's secret, "
        "`v1a,` Ed25519 with the key that the endpoint shows; one that is right suffices."
    },
}

_OURS = {MEDIA_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}}
"""What a refusal says where no protocol has words of its own."""

RATE_LIMITS = {name: {"$ref": f"#/components/headers/{name}"} for name in ("RateLimit-Policy", "RateLimit")}
NOT_KEPT = {"Cache-Control": {"$ref": "#/components/headers/No-Store"}}
"""Of every answer that is no page (`gateway.app`)."""


def _exact_operation(operation: dict[str, Any], handler: HTTPRouteHandler) -> None:
    for parameter in operation.get("parameters", ()):
        field = field_of(handler, parameter["name"])
        # Parameters that a handler reads as bytes, from the request itself, are described by hand.
        if field is not None and field.annotation is not HttpRequest:
            parameter["schema"] = _parameter(parameter["schema"], field.annotation)
    if scope := handler.opt.get("scope"):
        operation["description"] += f"\n\nThe API key needs the scope `{scope}`."
    limits = RATE_LIMITS if str(TOO_MANY) in operation["responses"] else {}
    for status, response in operation["responses"].items():
        if response.get("content") == _OURS:
            operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
        else:
            if response["description"] == FOLLOWS and "Location" not in response.get("headers", ()):
                response["description"] = "It was made."
            always = {**NOT_KEPT, **limits, **REFUSAL_HEADERS.get(int(status), {})}
            response["headers"] = {**always, **response.get("headers", {})}


def _share_refusals(responses: dict[str, Any], shared: dict[str, Any]) -> None:
    """Say once what the refusals of several operations say alike."""
    for status, response in responses.items():
        name = f"Refused{status}"
        if int(status) >= BAD_REQUEST and "$ref" not in response and shared.setdefault(name, response) == response:
            responses[status] = {"$ref": f"#/components/responses/{name}"}


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": WORDS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}},
        "headers": {**NOT_KEPT, **RATE_LIMITS, **PROBLEM_HEADERS.get(status, {})},
    }


def _parameter(schema: dict[str, Any], annotation: object) -> dict[str, Any]:
    """The schema of a parameter: msgspec's for its type, with Litestar's bounds, never null.

    A parameter that is absent is not null, and none can be sent as null.
    """
    [exact], _ = msgspec.json.schema_components([annotation], ref_template=REFERENCE + "{name}")
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


def _references(value: object, to: str) -> Iterator[str]:
    """What the document refers to below ``to``."""
    if isinstance(value, dict):
        if str(value.get("$ref", "")).startswith(to):
            yield value["$ref"].removeprefix(to)
        for child in value.values():
            yield from _references(child, to)
    elif isinstance(value, list):
        for child in value:
            yield from _references(child, to)


def _lean(value: Any) -> Any:
    """Leave out what is said by default, and write whole numbers whole."""
    if isinstance(value, dict):
        return {
            name: child if name == EXAMPLE else _lean(child)
            for name, child in value.items()
            if not (name in SAID_BY_DEFAULT and child is False)
        }
    if isinstance(value, list):
        return [_lean(child) for child in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
