"""An Idempotency-Key belongs to one request: whatever differs in operation, target or parameters is told apart."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.test_idempotency import SUSPENDABLE, activated
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World

REASON = {"json": {"reason": "under review"}}
NAMED = {"json": {"name": "one", "scopes": ["audit.read"]}}
THIRD = {"to": "open-badges-3"}
TOKEN = {**SUSPENDABLE, "securing": "vc-jwt"}


class Asked(NamedTuple):
    """A request that has an answer the first time, and differs from its neighbours in one thing."""

    method: str
    address: str
    sent: dict[str, Any]


async def of_credentials(holder: Client, _: Gateway, world: World) -> list[Asked]:
    issue, badge = (
        Asked("POST", "/v1/credentials/issue", {"params": SUSPENDABLE, "json": award()}),
        world.sound(Kind.JWS),
    )
    records = [(await holder.post(issue.address, **issue.sent)).json()["record"]["id"] for _ in range(2)]
    here = [f"/v1/credentials/{record}" for record in records]
    return [
        *(
            Asked("POST", "/v1/credentials", {"params": {**THIRD, **more}, "content": badge})
            for more in ({}, {"award": 0, "securing": "data-integrity"}, {"to": "open-badges-2"})
        ),
        issue,
        issue._replace(sent={"params": THIRD, "json": award()}),
        *(Asked("POST", f"{each}/forms", {"params": TOKEN}) for each in here),
        *(Asked("POST", f"{each}/forms", {"params": {**TOKEN, "securing": "sd-jwt"}}) for each in here),
        *(Asked("POST", "/v1/offers", {"json": {"credential": record}}) for record in records),
        *(Asked("POST", f"{each}/suspend", REASON) for each in here),
        *(Asked("POST", f"{each}/reinstate", {}) for each in here),
        *(Asked("POST", f"{each}/revoke", REASON) for each in here),
        *(Asked("DELETE", each, {}) for each in here),
    ]


async def of_webhooks(holder: Client, gateway: Gateway, _: World) -> list[Asked]:
    here = [f"/v1/webhooks/{(await activated(holder, gateway)).id}" for _ in range(2)]
    since = {"json": {"since": "2020-01-01T00:00:00Z"}}
    return [
        Asked("POST", "/v1/webhooks", {"json": {"url": "https://lms.example.org/in"}}),
        *(Asked("POST", f"{each}/test", {}) for each in here),
        *(Asked("POST", f"{each}/secret", {"json": {"overlapHours": 1}}) for each in here),
        *(Asked("POST", f"{each}/replay", since) for each in here),
        *(Asked("POST", f"{each}/challenge", {}) for each in here),
    ]


async def of_settings(*_: object) -> list[Asked]:
    return [
        Asked("POST", "/v1/platform/keys", NAMED),
        Asked("POST", "/v1/platform/clients", NAMED),
        Asked("POST", "/v1/platform/signing-keys", {"json": {"algorithm": "EdDSA"}}),
        Asked("POST", "/v1/platform/signing-keys", {"json": {"algorithm": "EdDSA", "purpose": "receipt"}}),
    ]


@pytest.mark.parametrize("family", [of_credentials, of_webhooks, of_settings])
async def test_no_request_gets_the_answer_of_another_one(
    holder: Client, gateway: Gateway, world: World, family: Callable[..., Awaitable[list[Asked]]]
) -> None:
    every = await family(holder, gateway, world)
    taken: list[tuple[Asked, Asked]] = []

    for number, (method, address, sent) in enumerate(every):
        key = {"Idempotency-Key": f"key-{number}"}
        first = await holder.request(method, address, headers=key, **sent)
        assert first.is_success, (method, address, first.text)
        for other in every:
            answer = await holder.request(other.method, other.address, headers=key, **other.sent)
            conflict = answer.status_code == 422 and problem(answer)["code"] == "idempotency-conflict"
            if conflict is (other == every[number]):
                taken.append((every[number], other))

    assert taken == []


async def test_another_award_of_the_same_document_is_another_request(holder: Client, world: World) -> None:
    key, badge = {"Idempotency-Key": "a-1"}, world.sound(Kind.JWS)
    first = await holder.post("/v1/credentials", params={**THIRD, "award": 0}, content=badge, headers=key)

    second = await holder.post("/v1/credentials", params={**THIRD, "award": 1}, content=badge, headers=key)

    assert first.status_code == 201
    assert problem(second)["code"] == "idempotency-conflict"
