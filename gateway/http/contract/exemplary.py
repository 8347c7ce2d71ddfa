"""Examples: what was recorded of an operation, where a document shows it."""

from typing import Any  # Any: parts of a document

import msgspec

from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import resolved
from gateway.http.examples.recorded import CameBack, Exchange, Sent, exchanges

MULTIPART = "multipart/form-data"
IN_BASE64 = "The bytes, in base64."
AS_SENT = "sent"
"""The name of the request's body among the examples of its operation."""
RECORDED = "recorded"
"""The name of an answer's."""
SERVED = "Every gateway serves an example at `{}`."
"""Of an answer that is too large to be shown."""


def with_examples(document: Document, made: Made) -> Document:
    """Every operation with the request and the answers that were recorded of it.

    Raises:
        RuntimeError: What was recorded does not fit the operation, or there is no such operation.
    """
    recorded = exchanges(made.surface.document)
    for operation in made.operations(document):
        if exchange := recorded.pop(operation["operationId"], None):
            show(document, operation, exchange)
    if recorded:
        raise RuntimeError(f"examples of operations that are not in {made.surface.document}: {', '.join(recorded)}")
    return document


def show(document: Document, operation: Document, exchange: Exchange) -> None:
    """Put what was recorded of an operation into it.

    Raises:
        RuntimeError: It does not fit.
    """
    name = operation["operationId"]
    sent = dict(exchange.request.parameters)
    parameters = [resolved(document, each) for each in operation.get("parameters", ())]
    if parameters:
        operation["parameters"] = [
            {**each, "example": valued(each, sent.pop(each["name"]))} if each["name"] in sent else each
            for each in parameters
        ]
    if sent:
        raise RuntimeError(f"{name}: there are no such parameters: {', '.join(sent)}")
    _show_body(document, operation, exchange.request)
    for status, answer in exchange.responses.items():
        if status not in operation["responses"]:
            raise RuntimeError(f"{name}: the document knows of no {status}")
        response = resolved(document, operation["responses"][status])
        operation["responses"][status] = _answered(document, response, answer, f"{name}: {status}")


def _show_body(document: Document, operation: Document, sent: Sent) -> None:
    if not sent.media_type and not sent.shared:
        return
    body = resolved(document, operation["requestBody"])
    if sent.shared:
        if not any(sent.shared in content.get("examples", {}) for content in body["content"].values()):
            raise RuntimeError(f"{operation['operationId']}: its body has no example {sent.shared}")
        return
    value = as_texts(sent.body) if sent.media_type == MULTIPART else sent.body
    shown = {AS_SENT: _example(value, sent.media_type, "")}
    operation["requestBody"] = {
        **body,
        "content": _with(body["content"], sent.media_type, shown, operation["operationId"]),
    }


def valued(parameter: Document, value: Any) -> Any:
    """The value of a parameter as its schema has it: what may be repeated is a list, even of one."""
    several = parameter["schema"].get("type") == "array" and not isinstance(value, list)
    return [value] if several else value


def as_texts(form: dict[str, Any]) -> dict[str, Any]:
    """The parts of a form as the texts that they are."""
    return {
        name: [_text(each) for each in value] if isinstance(value, list) else _text(value)
        for name, value in form.items()
    }


def _text(part: Any) -> str:
    return part if isinstance(part, str) else msgspec.json.encode(part).decode()


def _answered(document: Document, response: Document, answer: CameBack, where: str) -> Document:
    headers = dict(response.get("headers", {}))
    for name, value in answer.headers.items():
        if name not in headers:
            raise RuntimeError(f"{where}: the document knows of no header {name}")
        described = resolved(document, headers[name])
        is_number = described["schema"].get("type") == "integer"
        headers[name] = {**described, "example": int(value) if is_number else value}
    said = {**response, "headers": headers} if headers else response
    if not answer.media_type:
        return said
    if answer.external:
        # Not as an externalValue: what reads a document from a file cannot tell where that is, and gives up.
        return {**said, "description": f"{response['description']} {SERVED.format(answer.external)}"}
    shown = _example(answer.body, answer.media_type, answer.summary)
    return {**said, "content": _with(response.get("content", {}), answer.media_type, {RECORDED: shown}, where)}


def _with(content: Document, media_type: str, examples: Document, where: str) -> Document:
    if media_type not in content:
        raise RuntimeError(f"{where}: the document knows of no {media_type}")
    described = content[media_type]
    return {**content, media_type: {**described, "examples": {**examples, **described.get("examples", {})}}}


def _example(body: Any, media_type: str, summary: str) -> Document:
    said = " ".join(filter(None, (summary, IN_BASE64 if is_binary(media_type) else "")))
    return {**({"summary": said} if said else {}), "value": None if body is msgspec.UNSET else body}


def is_binary(media_type: str) -> bool:
    """Whether a body in this media type is shown in base64."""
    return media_type.startswith("image/") and media_type != "image/svg+xml"
