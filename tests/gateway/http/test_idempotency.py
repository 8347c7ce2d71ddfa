"""Every operation of the native document that takes an Idempotency-Key keeps its promise."""

import asyncio
from typing import Any  # Any: an OpenAPI document, members of JSON objects

import msgspec
import pytest
from httpx import Response

from gateway.http.contract import document
from gateway.http.surfaces import GATEWAY
from tests.gateway.http.conftest import Client, problem
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World

KEY = {"Idempotency-Key": "a-1"}
SUSPENDABLE = {"to": "open-badges-3", "status": "suspension"}


def declared() -> set[str]:
    """Ids of the operations that take the header."""
    paths: dict[str, dict[str, Any]] = msgspec.json.decode(document(GATEWAY.document))["paths"]
    return {
        operation["operationId"]
        for item in paths.values()
        for operation in item.values()
        if any(parameter["name"] == "Idempotency-Key" for parameter in operation.get("parameters", ()))
    }


PLATFORM: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "addMember": (
        "members",
        {"address": "a@b.example", "role": "reader"},
        {"address": "c@b.example", "role": "reader"},
    ),
    "makeApiKey": ("keys", {"name": "one", "scopes": ["audit.read"]}, {"name": "two", "scopes": ["audit.read"]}),
    "makeClient": ("clients", {"name": "one", "scopes": ["audit.read"]}, {"name": "two", "scopes": ["audit.read"]}),
    "rotateSigningKey": ("signing-keys", {"algorithm": "EdDSA"}, {"algorithm": "ES256"}),
}
"""Of a platform's own settings: the last part of the address, a body and another one."""


class Caller:
    """Sends one operation, as it is or with another body or parameter."""

    def __init__(self, holder: Client, world: World, record: str) -> None:
        self.holder = holder
        self.world = world
        self.record = record

    async def __call__(self, operation: str, *, other: bool = False) -> Response:
        reason = {"reason": "another" if other else "under review"}
        here = f"/v1/credentials/{self.record}"
        match operation:
            case "convertBadge":
                badge = self.world.sound(Kind.JWS if other else Kind.HOSTED)
                return await self._post("/v1/credentials", params={"to": "open-badges-3"}, content=badge)
            case "addForms":
                asked = {"to": "open-badges-3", "securing": "data-integrity" if other else "vc-jwt"}
                return await self._post(f"{here}/forms", params=asked)
            case "issueCredential":
                body = award(narrative="Twice") if other else award()
                return await self._post("/v1/credentials/issue", params=SUSPENDABLE, json=body)
            case "revokeCredential" | "suspendCredential":
                return await self._post(f"{here}/{operation.removesuffix('Credential')}", json=reason)
        if operation in PLATFORM:
            name, *bodies = PLATFORM[operation]
            return await self._post(f"/v1/platform/{name}", json=bodies[other])
        address = f"{here}/reinstate"
        return await (self._post(f"{here}/revoke", json=reason) if other else self._post(address))

    async def _post(self, address: str, **sent: Any) -> Response:
        return await self.holder.post(address, headers=KEY, **sent)


OPERATIONS = (
    "addForms",
    "convertBadge",
    "issueCredential",
    "reinstateCredential",
    "revokeCredential",
    "suspendCredential",
    *PLATFORM,
)


@pytest.fixture
async def send(holder: Client, world: World) -> Caller:
    made = await holder.post("/v1/credentials/issue", params=SUSPENDABLE, json=award())
    return Caller(holder, world, made.json()["record"]["id"])


def test_every_operation_that_takes_a_key_is_tried_here() -> None:
    # Those of webhooks ask an endpoint first, and are tried where there is one.
    assert {name for name in declared() if "Webhook" not in name} == set(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_the_same_request_gets_the_same_bytes_and_another_one_is_refused(send: Caller, operation: str) -> None:
    first = await send(operation)
    again = await send(operation)
    other = await send(operation, other=True)

    assert first.status_code in (200, 201), first.text
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (other.status_code, problem(other)["code"]) == (422, "idempotency-conflict")


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_of_eight_at_once_all_get_one_answer_or_are_told_to_wait(send: Caller, operation: str) -> None:
    answers = await asyncio.gather(*(send(operation) for _ in range(8)))

    done = [answer for answer in answers if answer.is_success]
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert len({answer.content for answer in done}) == 1
    assert all(problem(answer)["code"] == "in-progress" for answer in answers if not answer.is_success)
