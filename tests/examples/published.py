"""The published documents as an integrator reads them: each operation with its example."""

from collections.abc import Iterator
from typing import Any  # Any: parts of a document

import msgspec

from gateway.http.contract import documents
from gateway.http.contract.exemplary import AS_SENT, RECORDED, SERVED
from gateway.http.contract.references import resolved
from gateway.http.examples.recorded import Sent

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One operation of a document.

    Attributes:
        document: File name in ``openapi/``.
        said: What the document says of it.
        whole: The document.
    """

    document: str
    method: str
    path: str
    said: dict[str, Any]
    whole: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.said["operationId"])

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """With those that are components in their place."""
        return [resolved(self.whole, each) for each in self.said.get("parameters", ())]

    @property
    def contents(self) -> dict[str, Any]:
        """What may be sent, by media type."""
        return dict(resolved(self.whole, self.said.get("requestBody", {})).get("content", {}))

    def response(self, status: str) -> dict[str, Any]:
        """What the document says of an answer."""
        return resolved(self.whole, self.said["responses"][status])

    def component(self, reference: str) -> dict[str, Any]:
        """What a reference leads to."""
        return resolved(self.whole, {"$ref": reference})

    def sent(self, shared: str = "") -> Sent:
        """The request that the document shows.

        Args:
            shared: The name of the body's example, when the body is one that several operations take.
        """
        parameters = {each["name"]: each["example"] for each in self.parameters if "example" in each}
        for media_type, content in self.contents.items():
            if example := content.get("examples", {}).get(shared or AS_SENT):
                return Sent(parameters=parameters, media_type=media_type, body=example["value"])
        return Sent(parameters=parameters)

    def shows(self, status: str) -> bool:
        """Whether there is an example of an answer's body."""
        return any(RECORDED in each.get("examples", {}) for each in self.response(status).get("content", {}).values())

    def served_at(self, status: str) -> str:
        """Where an example of an answer is served that is too large to be shown; "" of others."""
        before, after = SERVED.split("{}")
        _, _, address = self.response(status)["description"].partition(before)
        return str(address).removesuffix(after)

    def came_back(self, status: str) -> tuple[str, dict[str, Any], dict[str, str]]:
        """Media type, example and headers of an answer that the document shows; "" and {} for what it does not."""
        response = self.response(status)
        headers = {
            name: str(header["example"]) for name, header in response.get("headers", {}).items() if "example" in header
        }
        for media_type, content in response.get("content", {}).items():
            if example := content.get("examples", {}).get(RECORDED):
                return media_type, example, headers
        return "", {}, headers


def operations() -> Iterator[Operation]:
    """Every operation of every document."""
    for name, text in documents().items():
        whole = msgspec.json.decode(text)
        for path, item in whole["paths"].items():
            for method in METHODS:
                if method in item:
                    yield Operation(document=name, method=method.upper(), path=path, said=item[method], whole=whole)


OPERATIONS = {operation.id: operation for operation in operations()}
"""By their ids, which are unique across the documents."""
