"""What a key is told of a record is what its scopes allow: without the one to read, it is what everybody may see."""

import re
from typing import Any  # Any: OpenAPI documents, members of JSON objects

import msgspec
import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.http.contract import document
from gateway.http.surfaces import SURFACES
from gateway.records.access import EVERY_SCOPE, Scope
from tests.gateway.http.conftest import Client, here, problem
from tests.gateway.http.platform.test_platform import key_for
from tests.laundering.sources import Kind, World

WHOLE = re.compile(r'"#/components/schemas/(Description|Conversion|SourceDescription)"')
"""The schemas that have members for who may read."""

REASON = {"reason": "a test"}

ASKED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "showCredential": ("GET", "/v1/credentials/{id}", {}),
    "showHistory": ("GET", "/v1/credentials/{id}/history", {}),
    "showOriginal": ("GET", "/v1/credentials/{id}/original", {}),
    "exportCredential": ("GET", "/v1/credentials/{id}/export", {"params": {"format": "open-badges-3"}}),
    "recheckSource": ("POST", "/v1/credentials/{id}/recheck", {}),
    "addForms": ("POST", "/v1/credentials/{id}/forms", {"params": {"to": "open-badges-3"}}),
    "convertBadge": ("POST", "/v1/credentials", {"params": {"to": "open-badges-3"}}),
    "makeOffer": ("POST", "/v1/offers", {"json": {"credential": "{id}"}}),
    "createExchange": (
        "POST",
        "/vc-api/workflows/claim/exchanges",
        {"json": {"variables": {"credentialId": "{id}"}}},
    ),
    "fetchVerifiableCredential": ("GET", "/vc-api/credentials/{id}", {}),
    "reinstateCredential": ("POST", "/v1/credentials/{id}/reinstate", {}),
    "suspendCredential": ("POST", "/v1/credentials/{id}/suspend", {"json": REASON}),
    "revokeCredential": ("POST", "/v1/credentials/{id}/revoke", {"json": REASON}),
    "eraseCredential": ("DELETE", "/v1/credentials/{id}", {}),
}
"""Operations that name a record, or answer with one; in this order, so that what ends it comes last."""

OTHERWISE = {
    "issueCredential": "makes a record of its own, of what it was sent",
    "recordPage": "for everybody who has the address; tested with the page",
    "originalBytes": "for everybody who has the address; tested with the page",
}

SINGLE = sorted(EVERY_SCOPE - {Scope.CREDENTIALS_READ})


def operations() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every operation of every document with its address, by its id."""
    return {
        operation["operationId"]: (path, operation)
        for surface in SURFACES
        if surface.document
        for path, item in msgspec.json.decode(document(surface.document))["paths"].items()
        for operation in item.values()
    }


async def asked(client: Client, operation: str, record: str, headers: dict[str, str], badge: bytes) -> Response:
    method, address, sent = ASKED[operation]
    filled = msgspec.json.decode(msgspec.json.encode(sent).replace(b"{id}", record.encode()))
    if operation == "convertBadge":
        filled["content"] = badge
    return await client.request(method, address.format(id=record), headers=headers, **filled)


def test_every_operation_that_shows_a_record_is_walked_or_says_why_not() -> None:
    shows = {
        name
        for name, (path, operation) in operations().items()
        if "{record_id}" in path or WHOLE.search(msgspec.json.encode(operation.get("responses", {})).decode())
    }

    assert shows - set(ASKED) - set(OTHERWISE) == set()


@pytest.mark.parametrize("scope", SINGLE)
async def test_no_key_is_told_more_than_its_one_scope_allows(
    holder: Client, gateway: Gateway, world: World, record: dict[str, Any], scope: Scope
) -> None:
    original = record["source"]["original"]
    headers, badge = await key_for(gateway, scope), world.sound(Kind.HOSTED)

    answers = {name: await asked(holder, name, record["id"], headers, badge) for name in ASKED}

    assert here(original)
    assert {answer.status_code for answer in answers.values()} <= {200, 201, 204, 400, 403, 409}
    assert [name for name, answer in answers.items() if original in answer.text or "/history" in answer.text] == []


@pytest.mark.parametrize(
    ("operation", "scope"),
    [
        ("reinstateCredential", Scope.CREDENTIALS_REVOKE),
        ("revokeCredential", Scope.CREDENTIALS_REVOKE),
        ("addForms", Scope.CREDENTIALS_ISSUE),
        ("convertBadge", Scope.CREDENTIALS_ISSUE),
    ],
)
async def test_without_the_scope_to_read_a_record_is_told_as_to_everybody(
    holder: Client, gateway: Gateway, world: World, record: dict[str, Any], operation: str, scope: Scope
) -> None:
    headers = await key_for(gateway, scope)

    answer = await asked(holder, operation, record["id"], headers, world.sound(Kind.HOSTED))

    told = answer.json()
    page = await holder.get(here(record["url"]), headers={"Accept": "application/json", "Authorization": ""})
    assert answer.status_code == 200
    assert told.get("record", told) == page.json()


async def test_with_it_the_answer_says_where_the_original_lies(
    holder: Client, gateway: Gateway, world: World, record: dict[str, Any]
) -> None:
    headers = await key_for(gateway, Scope.CREDENTIALS_REVOKE, Scope.CREDENTIALS_READ)

    answer = await asked(holder, "reinstateCredential", record["id"], headers, world.sound(Kind.HOSTED))

    assert answer.json()["source"]["original"] == record["source"]["original"]


async def test_an_answer_kept_for_a_token_that_reads_is_not_given_to_one_that_does_not(
    holder: Client, record: dict[str, Any]
) -> None:
    scopes = ["credentials.read", "credentials.revoke"]
    made = (await holder.post("/v1/platform/clients", json={"name": "x", "scopes": scopes})).json()
    shown = (made["clientId"], made["clientSecret"])
    tokens = [await token(holder, shown, granted) for granted in (" ".join(scopes), scopes[1])]
    address = f"/v1/credentials/{record['id']}/reinstate"

    first, second = [
        await holder.post(address, headers={"Authorization": f"Bearer {each}", "Idempotency-Key": "one"})
        for each in tokens
    ]

    assert first.json()["source"]["original"]
    assert (second.status_code, problem(second)["code"]) == (422, "idempotency-conflict")


async def token(client: Client, shown: tuple[str, str], scope: str) -> str:
    """An access token of a platform's own client."""
    wish = {"grant_type": "client_credentials", "scope": scope}
    answer = await client.post("/oauth/token", data=wish, auth=shown)
    return str(answer.json()["access_token"])
