"""Every schema of the contracts has an end, and each that is sent has it from what enforces it."""

import re
from typing import Any  # Any: an OpenAPI document

import pytest

from gateway.http.contract.bounds import NUMBER, TEXT, bounded
from gateway.http.contract.made import Made
from gateway.http.surfaces import GATEWAY
from tests.gateway.http.contract.schemas import DOCUMENTS, Placed, every_schema, operations

ANYTHING = {
    "A picture is bytes, for which OpenAPI 3.1 has no schema.": (r" image/(png|jpeg)$",),
    "A badge or a credential holds what its format allows; where it is sent, its size and its values are limited.": (
        r"#(CredentialVerification\.credential|Single\.input|PresentationVerification\.verifiablePresentation)$",
        r"#(Handed\.verifiableCredential\[\]|IssuedCredential\.verifiableCredential|Credential\.credential)$",
        r"#(AssertionsResponse\.assertions\[\]|Repair\.document)$",
        r"#claimBare 200 application/json\.additionalProperties$",
        r"#(issuedForm|badgeClass|exportCredential|originalBytes|showOriginal|showDeposit) (200|410) \S+$",
        r"#(convertCredential|sealCredential|downloadShared|statusList|fetchFixture) 200 \S+$",
        r"#Refused410 \S+$",
    ),
    "A document of another specification, which says what is in it.": (
        r"#(jwks|jwtVcIssuer|credentialType|issuerOfTokens|didDocument|profile|conversionReceipt) 200 \S+$",
        r"#(issuerProfile|signingKey|revocationList|getServiceDescription|contract|contractOfSurface) 200 \S+$",
    ),
    "Refused, whatever it is.": (r"\.credential_response_encryption$",),
    "An answer of any operation.": (r"#Sample\.body$",),
}
"""Where anything may stand, and why."""

EVERY = [placed for name in DOCUMENTS for placed in every_schema(name)]


def open_ends(placed: Placed) -> list[str]:
    """Limits that a schema lacks."""
    schema, kinds = placed.schema, placed.kinds
    if schema.keys() & {"$ref", "const", "enum"}:
        return []
    wanted: list[set[str]] = []
    if "string" in kinds:
        # RFC 3339 is the limit of a time that is sent: nothing else is read, and no length of it is counted.
        wanted += [] if schema.get("format") == "date-time" else [{"maxLength"}]
    if "array" in kinds:
        wanted += [{"maxItems"}, {"items", "prefixItems"}]
    if kinds & {"integer", "number"}:
        wanted += [{"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}]
    if isinstance(schema.get("additionalProperties"), dict):
        wanted += [{"maxProperties"}, {"propertyNames"}]
    elif "object" in kinds and "properties" not in schema:
        wanted += [{"maxProperties"}]
    if not kinds and not schema.keys() & {"type", "anyOf", "oneOf", "allOf", "contains", "maxLength"}:
        wanted += [{"type"}]
    return [" or ".join(sorted(names)) for names in wanted if not names & schema.keys()]


def test_every_schema_has_an_end() -> None:
    excused = [where for patterns in ANYTHING.values() for where in patterns]

    found = {placed.place: lacking for placed in EVERY if (lacking := open_ends(placed))}

    assert {place: found[place] for place in found if not any(re.search(where, place) for where in excused)} == {}
    assert [where for where in excused if not any(re.search(where, place) for place in found)] == []


def test_a_schema_without_an_end_is_found() -> None:
    without: list[dict[str, Any]] = [
        {"type": "string"},
        {"type": ["string", "null"], "pattern": "^a"},
        {"type": "array", "items": {"type": "boolean"}},
        {"type": "array", "maxItems": 1},
        {"type": "integer", "minimum": 0},
        {"type": "number", "maximum": 1},
        {"type": "object"},
        {"type": "object", "additionalProperties": {"type": "boolean"}},
        {},
    ]

    assert all(open_ends(Placed("here", schema)) for schema in without)


def test_nothing_is_added_to_what_is_sent() -> None:
    sent = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"$ref": "#/components/schemas/Deep"}}}
    both = {"type": "array", "items": {"type": "number"}}
    told = {"type": "object", "properties": {"c": {"type": "string"}, "d": {"type": "integer"}}}
    document: dict[str, Any] = {
        "components": {"schemas": {"Sent": sent, "Deep": both, "Told": told}},
        "paths": {"/": {"post": _operation("Sent", "Told", "Deep")}},
    }

    schemas = bounded(document, Made(surface=GATEWAY, handlers={}))["components"]["schemas"]

    assert (schemas["Sent"], schemas["Deep"]) == (sent, both)
    assert schemas["Told"]["properties"]["c"]["maxLength"] == TEXT
    assert schemas["Told"]["properties"]["d"] == {
        "type": "integer",
        "minimum": 0,
        "maximum": NUMBER,
        "format": "int64",
    }


def _operation(sent: str, *told: str) -> dict[str, Any]:
    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    responses = {str(200 + index): {"content": content(name)} for index, name in enumerate(told)}
    return {"requestBody": {"content": content(sent)}, "responses": responses}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_says_what_may_change_and_how_much_is_taken(name: str) -> None:
    document = DOCUMENTS[name]

    assert "may gain members" in document["info"]["description"]
    for operation in operations(document):
        body = operation.get("requestBody", {"description": "At most"})
        assert "$ref" in body or "At most" in body["description"]
