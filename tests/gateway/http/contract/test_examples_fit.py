"""Every example of the contracts fits its schema, formats included."""

from collections.abc import Iterator
from typing import Any  # Any: an OpenAPI document

import jsonschema_rs
import msgspec
import pytest

from gateway.http.contract.references import resolved
from tests.gateway.http.contract.schemas import DOCUMENTS, operations

Place = tuple[str, dict[str, Any], Any]


def examples(document: dict[str, Any]) -> Iterator[Place]:
    """Place, schema and value of each."""
    told = [item["post"] for item in document.get("webhooks", {}).values()]
    for operation in (*operations(document), *told):
        at = operation["operationId"]
        for parameter in operation.get("parameters", ()):
            yield from _shown(f"{at}?{parameter['name']}", parameter)
        yield from _of_content(f"{at} request", resolved(document, operation.get("requestBody", {})))
        for status, found in operation["responses"].items():
            response = resolved(document, found)
            yield from _of_content(f"{at} {status}", response)
            for name, header in response.get("headers", {}).items():
                yield from _shown(f"{at} {status} {name}", resolved(document, header))


def _of_content(place: str, said: dict[str, Any]) -> Iterator[Place]:
    for media_type, content in said.get("content", {}).items():
        yield from _shown(f"{place} {media_type}", content)


def _shown(place: str, said: dict[str, Any]) -> Iterator[Place]:
    if "example" in said:
        yield place, said["schema"], said["example"]
    for name, example in said.get("examples", {}).items():
        # Bytes have no schema, and what is too large to show is at an address.
        if "value" in example and "schema" in said:
            yield f"{place} {name}", said["schema"], example["value"]


def misfits(document: dict[str, Any]) -> dict[str, str]:
    """What does not fit, by its place."""
    found: dict[str, str] = {}
    for place, schema, value in examples(document):
        whole = {**schema, "components": document["components"]}
        for fault in jsonschema_rs.Draft202012Validator(whole, validate_formats=True).iter_errors(value):
            found[place] = str(fault.message)[:200]
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_example_fits_its_schema(name: str) -> None:
    assert misfits(DOCUMENTS[name]) == {}


def test_an_example_that_does_not_fit_is_found() -> None:
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(DOCUMENTS["gateway.json"]))
    body = {"reason": "a" * 100_000}
    operation = document["paths"]["/v1/credentials/{record_id}/revoke"]["post"]
    operation["requestBody"]["content"]["application/json"]["examples"] = {"sent": {"value": body}}
    operation["parameters"][0]["example"] = "no id"

    found = misfits(document)

    assert {"revokeCredential request application/json sent", "revokeCredential?record_id"} <= found.keys()
