"""Exchanges are their platform's, and one that is asked for twice with one key is one."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.records import Platform
from gateway.records.access import EVERY_SCOPE, Scope
from tests.gateway.http.conftest import Client
from tests.gateway.http.vc_api.conftest import EXCHANGES
from tests.gateway.http.vc_api.test_exchanges import refusal

KEY = {"Idempotency-Key": "a-1"}
OPERATIONS = ("createExchange",)
"""What takes an Idempotency-Key."""


async def _key(gateway: Gateway, platform: str, *scopes: Scope) -> dict[str, str]:
    await gateway.platforms.ensure(Platform(id=platform, name="Another platform"))
    made = await gateway.tenancy.make_key(platform, Wish(name="x", scopes=frozenset(scopes)), "command line")
    return {"Authorization": f"Bearer {made.text}"}


async def test_the_same_request_makes_one_exchange(holder: Client, record: dict[str, Any]) -> None:
    body = {"variables": {"credentialId": record["id"]}}

    first = await holder.post(EXCHANGES, json=body, headers=KEY)
    again = await holder.post(EXCHANGES, json=body, headers=KEY)
    other = await holder.post(EXCHANGES, json={**body, "expires": "2026-01-08T12:00:00Z"}, headers=KEY)

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["Location"] == first.headers["Location"] == first.json()["id"]
    assert refusal(other)["code"] == "idempotency-conflict"


async def test_another_platform_neither_sees_nor_makes_one(
    client: Client, gateway: Gateway, exchange: str, record: dict[str, Any]
) -> None:
    foreign = await _key(gateway, "other", *EVERY_SCOPE)

    seen = await client.get(exchange, headers=foreign)
    made = await client.post(EXCHANGES, json={"variables": {"credentialId": record["id"]}}, headers=foreign)

    assert (seen.status_code, made.status_code) == (404, 404)
    assert (await client.get(exchange)).status_code == 200


async def test_a_key_makes_and_sees_what_it_may(client: Client, gateway: Gateway, exchange: str) -> None:
    reader = await _key(gateway, "default", Scope.CREDENTIALS_READ)
    issuer = await _key(gateway, "default", Scope.CREDENTIALS_ISSUE)

    made = await client.post(EXCHANGES, json={"variables": {"credentialId": "x"}}, headers=reader)
    seen = await client.get(exchange, headers=issuer)

    assert (made.status_code, seen.status_code) == (403, 403)


@pytest.mark.parametrize(
    "wish",
    [{"claiming": "code"}, {"claiming": "sign-in"}, {"configurations": ["OpenBadgeCredential_jwt_vc_json"]}],
)
async def test_what_only_openid4vci_delivers_has_no_exchange(
    client: Client, record: dict[str, Any], wish: dict[str, Any]
) -> None:
    made = await client.post("/v1/offers", json={"credential": record["id"], **wish})
    address = f"{EXCHANGES}/{made.json()['offer']['id']}"

    answers = [
        await client.get(address),
        await client.post(address, json={}),
        await client.get(f"{address}/protocols"),
        await client.get(f"{address}/request"),
        await client.post(f"{address}/bare", json={}),
    ]

    assert [refusal(answer)["status"] for answer in answers] == [404, 422, 422, 422, 422]
    assert {refusal(answer)["fix"] for answer in answers[1:]} == {"fetch it with OpenID4VCI"}
