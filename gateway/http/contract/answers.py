"""What an answer is, where the framework can only say that there is one."""

from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import resolved

FULFILLED = "Request fulfilled, document follows"

WORDS = {
    FULFILLED: "What was asked for.",
    "Document created, URL follows": "It was made.",
    "Request accepted, processing continues off-line": "It was accepted.",
    "Request fulfilled, nothing follows": "It is done.",
}
"""By what the framework says of every 200, 201, 202 and 204."""


def with_answers(document: Document, made: Made) -> Document:
    """Every success in words: those of the operation, else those of what the answer holds."""
    for operation in made.operations(document):
        for response in operation["responses"].values():
            said = response.get("description")
            if said in WORDS:
                response["description"] = (_held(document, response) if said == FULFILLED else "") or WORDS[said]
    return document


def _held(document: Document, response: Document) -> str:
    """How the type of the body begins to describe itself, "" where it does not."""
    for content in response.get("content", {}).values():
        described = str(resolved(document, content.get("schema", {})).get("description", ""))
        return described.partition("\n\n")[0]
    return ""
