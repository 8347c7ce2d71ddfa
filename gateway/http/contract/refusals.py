"""What accompanies every answer, and how refusals are said once for all operations."""

from collections.abc import Iterator
from typing import Any  # Any: headers in a document

from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import SCHEMAS
from gateway.http.html_page import HTML
from gateway.http.missing_page import PROGRAMS
from gateway.http.openapi import ACCOMPANIED, REFUSED_AS_PAGE
from gateway.http.problems import CHALLENGE, ENDED, MEDIA_TYPE, WORDS

BAD_REQUEST, CONFLICT, TOO_MANY = 400, 409, 429
OF_BODIES = (408, 413, 503)
"""What befalls whatever has a body: it comes too slowly, is too large, or too many come at once."""

CHALLENGES = {"type": "string", "maxLength": 400}
AGAIN = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}

PROBLEM_HEADERS: dict[int, dict[str, Any]] = {
    401: {
        "WWW-Authenticate": {
            "description": "Always `Bearer`; with `error` where an access token was shown (RFC 6750 section 3).",
            "schema": {"type": "string", "pattern": f"^{CHALLENGE}({ENDED})?$(?!\\n)", "maxLength": 100},
            "required": True,
        }
    },
    # Only what somebody is working on is over by itself.
    **{status: {"Retry-After": {**AGAIN, "required": status != CONFLICT}} for status in (CONFLICT, 429, 503)},
}
"""What accompanies a problem, by its status."""

REFUSAL_HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"description": "How to show who asks (RFC 9110).", "schema": CHALLENGES}},
    **{status: {"Retry-After": AGAIN} for status in (CONFLICT, 429, 503)},
}
"""What accompanies a refusal in the words of a protocol, by its status."""

_OURS = {MEDIA_TYPE: {"schema": {"$ref": f"{SCHEMAS}Problem"}}}
"""What a refusal says where no protocol has words of its own."""

HEADERS = "#/components/headers/"
RATE_LIMITS = {name: {"$ref": f"{HEADERS}{name}"} for name in ("RateLimit-Policy", "RateLimit")}
NOT_KEPT = {"Cache-Control": {"$ref": f"{HEADERS}No-Store"}}
"""Of every answer that is no page (`gateway.app`)."""


def with_headers(document: Document, made: Made) -> Document:
    """Problems as the components they are, and every other answer with what always accompanies it."""
    document["components"]["responses"] = {f"Problem{status}": _problem(status) for status in WORDS}
    people = {id(each) for each in _where_people_look(document, made)}
    for operation in made.operations(document):
        opt = made.handlers[operation["operationId"]].opt
        if "requestBody" in operation and operation["responses"]["500"].get("content") == _OURS:
            for status in OF_BODIES:
                operation["responses"].setdefault(str(status), _problem(status))
        if id(operation) in people:
            _show_missing_page(operation["responses"])
        if opt.get(REFUSED_AS_PAGE):
            _show_as_pages(operation["responses"])
        _accompany(operation["responses"], opt.get(ACCOMPANIED, ()))
        _share(operation["responses"], document["components"]["responses"])
    return document


def _where_people_look(document: Document, made: Made) -> Iterator[Document]:
    """Operations at whose address a browser gets a page when there is nothing (`gateway.http.missing_page`)."""
    for path, item in document["paths"].items():
        worded = made.surface.failed is not None and made.surface.speaks_at(path)
        if not worded and not path.startswith(PROGRAMS):
            yield from item.values()


def _show_missing_page(responses: Document) -> None:
    for status in ("404", "410"):
        if responses.get(status, {}).get("content") == _OURS:
            responses[status] = {**responses[status], "content": {**_OURS, HTML: {"schema": {"type": "string"}}}}


def _accompany(responses: Document, names: tuple[str, ...]) -> None:
    more = {name: {"$ref": f"{HEADERS}{name}"} for name in names}
    if str(TOO_MANY) in responses:
        more |= RATE_LIMITS
    for status, response in responses.items():
        if response.get("content") == _OURS:
            responses[status] = {"$ref": f"#/components/responses/Problem{status}"}
        else:
            always = {**NOT_KEPT, **more, **REFUSAL_HEADERS.get(int(status), {})}
            response["headers"] = {**always, **response.get("headers", {})}


def _show_as_pages(responses: Document) -> None:
    for status, response in responses.items():
        if int(status) >= BAD_REQUEST:
            response["content"] = {**response["content"], HTML: {"schema": {"type": "string"}}}


def _share(responses: Document, shared: Document) -> None:
    """Say once what the refusals of several operations say alike."""
    for status, response in responses.items():
        name = f"Refused{status}"
        if int(status) >= BAD_REQUEST and "$ref" not in response and shared.setdefault(name, response) == response:
            responses[status] = {"$ref": f"#/components/responses/{name}"}


def _problem(status: int) -> Document:
    return {
        "description": WORDS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{SCHEMAS}Problem"}}},
        "headers": {**NOT_KEPT, **RATE_LIMITS, **PROBLEM_HEADERS.get(status, {})},
    }
