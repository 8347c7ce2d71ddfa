"""Links between operations, where their answers lead to others."""

import json
from urllib.parse import quote, quote_plus

from gateway.http.contract.made import Document, Made
from gateway.http.onward import Onward


def with_links(document: Document, made: Made) -> Document:
    """Every success of an operation with what follows.

    Raises:
        RuntimeError: A surface tells what follows an operation that it does not have.
    """
    left = dict(made.surface.links)
    for operation in made.operations(document):
        for link in left.pop(operation["operationId"], ()):
            _link(operation["responses"], link, made)
    if left:
        raise RuntimeError(f"links from operations that are not there: {', '.join(left)}")
    return document


def _link(responses: Document, link: Onward, made: Made) -> None:
    is_here = not link.to.startswith("/")
    said = {
        "operationId" if is_here else "operationRef": link.to,
        "description": link.description or _summary(link, made, is_here=is_here),
        "parameters": link.parameters,
        "requestBody": _body(link),
    }
    for status in [str(link.on)] if link.on else [each for each in responses if each.startswith("2")]:
        told = {name: value for name, value in said.items() if value}
        responses[status].setdefault("links", {})[link.name] = told


def _summary(link: Onward, made: Made, *, is_here: bool) -> str:
    return f"{made.handlers[link.to].summary}." if is_here else ""


def _body(link: Onward) -> str:
    """The body as it is sent, ``{$…}`` where a value goes: OpenAPI knows expressions in texts, and in no object."""
    if link.is_form:
        return "&".join(f"{quote(name)}={_in_form(value)}" for name, value in link.body.items())
    members = (f"{json.dumps(name)}: {_in_json(link, name)}" for name in link.body)
    return f"{{{', '.join(members)}}}" if link.body else ""


def _in_form(value: str) -> str:
    return f"{{{value}}}" if value.startswith("$") else quote_plus(value)


def _in_json(link: Onward, name: str) -> str:
    value = link.body[name]
    if not value.startswith("$"):
        return json.dumps(value)
    return f"{{{value}}}" if name in link.whole else f'"{{{value}}}"'
