"""One document, built from the routes of a surface: the steps, in their order."""

from collections.abc import Callable, Sequence
from typing import Any  # Any: a document in JSON

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, License
from litestar.routes import HTTPRoute

from gateway.http.contract.answers import with_answers
from gateway.http.contract.bounds import bounded
from gateway.http.contract.codes import with_problems
from gateway.http.contract.exactness import exact_schemas, with_scopes
from gateway.http.contract.exemplary import with_examples
from gateway.http.contract.linking import with_links
from gateway.http.contract.made import Document, Made
from gateway.http.contract.messages import with_messages
from gateway.http.contract.promises import with_promises
from gateway.http.contract.references import only_used
from gateway.http.contract.refusals import with_headers
from gateway.http.contract.wording import in_plain_words
from gateway.http.openapi import BODIES, HEADERS
from gateway.http.routes import DEPENDENCIES
from gateway.http.surface import Surface
from gateway.provenance import software

EXAMPLE, EXAMPLES = "value", "examples"
SAID_BY_DEFAULT = ("deprecated", "allowEmptyValue", "allowReserved")

Step = Callable[[Document, Made], Document]
"""Makes a document say more, or more exactly."""

STEPS: tuple[Step, ...] = (
    exact_schemas,
    with_scopes,
    with_answers,
    with_headers,
    with_messages,
    with_links,
    with_examples,
    with_problems,
    with_promises,
    bounded,
    in_plain_words,
)
"""Before them the document is Litestar's; after them, what is said by default and what nothing uses is left out."""


def built(surface: Surface, routes: Sequence[Any]) -> bytes:
    """The document of a surface: JSON, sorted and indented, the same on every machine."""
    app = Litestar(routes, dependencies=DEPENDENCIES, openapi_config=_config(surface), logging_config=None)
    found = [handler for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    handlers = {str(handler.operation_id): handler for handler in found if handler.operation_id}
    made = Made(surface=surface, handlers=handlers)
    document = app.openapi_schema.to_schema()
    for step in STEPS:
        document = step(document, made)
    said = only_used(_lean(document))
    return msgspec.json.format(msgspec.json.encode(_sorted(said)), indent=2) + b"\n"


def _config(surface: Surface) -> OpenAPIConfig:
    return OpenAPIConfig(
        title=surface.title,
        version=software().rpartition(" ")[2],
        summary=surface.summary,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        use_handler_docstrings=True,
        components=Components(
            request_bodies=dict(BODIES), headers={**HEADERS}, security_schemes={**surface.security_schemes}
        ),
        tags=list(surface.tags),
    )


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


def _sorted(value: Any, *, is_order_told: bool = False) -> Any:
    """With every member in its place; of several examples the first is the one that tools show and send."""
    if isinstance(value, dict):
        names = value if is_order_told else sorted(value)
        return {name: _sorted(value[name], is_order_told=name == EXAMPLES) for name in names}
    return [_sorted(child) for child in value] if isinstance(value, list) else value
