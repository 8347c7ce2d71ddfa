"""Links between operations, where their answers lead to others."""

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
        "requestBody": link.body,
    }
    for status in [str(link.on)] if link.on else [each for each in responses if each.startswith("2")]:
        told = {name: value for name, value in said.items() if value}
        responses[status].setdefault("links", {})[link.name] = told


def _summary(link: Onward, made: Made, *, is_here: bool) -> str:
    return f"{made.handlers[link.to].summary}." if is_here else ""
