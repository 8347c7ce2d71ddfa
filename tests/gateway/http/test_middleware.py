"""Around the application: HEAD, scripts of other origins, senders that hang up."""

import asyncio
import logging
import re
from collections.abc import Awaitable
from typing import Any  # Any: members of JSON documents

import pytest
from httpx import Response
from litestar import Litestar
from litestar.types import HTTPReceiveMessage

from gateway.http.middleware import BODY_BYTES_PER_S, BodyDeadline
from tests.gateway.http.asgi import Answer, asked, receiving
from tests.gateway.http.conftest import Client, form, here

ORIGIN = {"Origin": "https://verifier.example"}


async def test_scripts_of_every_origin_read_the_public_documents(client: Client, record: dict[str, Any]) -> None:
    client.headers.pop("Authorization")
    made = form(record, "open-badges-3")
    did = (await client.get("/p/default/did.json")).json()
    documents = [
        "/p/default/did.json",
        "/p/default/issuer",
        "/p/default",
        "/p/default/profile",
        "/p/default/revocations",
        f"/p/default/keys/{did['verificationMethod'][0]['id'].rpartition('#')[2]}",
        here(made["status"]["list"]),
        *(here(link) for link in made["links"].values()),
        "/.well-known/jwks.json",
    ]

    for address in documents:
        for method in ("GET", "HEAD"):
            answer = await client.request(method, address, headers=ORIGIN)

            assert answer.status_code == 200, address
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert answer.headers["Access-Control-Expose-Headers"] == "ETag, Content-Digest"
            assert "Access-Control-Allow-Credentials" not in answer.headers
    unchanged = await client.get(documents[0], headers={"If-None-Match": "*"})
    assert (unchanged.status_code, unchanged.headers["Access-Control-Allow-Origin"]) == (304, "*")


async def test_scripts_of_other_origins_read_nothing_else(client: Client, record: dict[str, Any]) -> None:
    others = [
        ("GET", "/"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/v1/credentials"),
        ("POST", "/v1/inspections"),
        ("POST", "/p/default/issuer"),
        ("GET", here(record["url"])),
        ("GET", here(record["source"]["original"])),
        ("GET", f"/v1/credentials/{record['id']}/original"),
        ("GET", "/problems/refused"),
    ]

    for method, address in others:
        answer = await client.request(method, address, headers=ORIGIN)

        assert "Access-Control-Allow-Origin" not in answer.headers, address


EXCHANGES = "/vc-api/workflows/claim/exchanges"
DOORS = [
    ("POST", "/oauth/token"),
    ("POST", "/oauth/par"),
    ("GET", "/.well-known/oauth-authorization-server"),
    ("GET", "/.well-known/openid-configuration"),
    ("GET", "/.well-known/openid-credential-issuer"),
    ("GET", "/.well-known/jwt-vc-issuer/p/default"),
    ("GET", "/credential-types/open-badge-3"),
    ("GET", "/credential-types/learning-credential-1"),
    ("GET", "/p/default/did.json"),
    ("GET", "/offers/unknown"),
    ("GET", "/oid4vci/offers/unknown"),
    ("POST", "/oid4vci/nonce"),
    ("POST", "/oid4vci/credential"),
    ("POST", "/oid4vci/deferred"),
    ("POST", "/oid4vci/notification"),
    ("POST", f"{EXCHANGES}/unknown"),
    ("POST", f"{EXCHANGES}/unknown/bare"),
    ("GET", f"{EXCHANGES}/unknown/protocols"),
    ("GET", f"{EXCHANGES}/unknown/request"),
]
"""What wallets ask, and libraries of verifiers; refusals are read as well."""

ADMINISTRATION = [
    *("/oauth/register", "/oauth/authorize", "/oauth/revoke", "/v1/credentials", "/v1/credentials/issue"),
    *("/v1/offers", "/v1/offers/", "/v1/offers/unknown", "/vc-api/credentials/issue", "/vc-api/credentials/status"),
    *("/vc-api/credentials/verify", "/vc-api/presentations/verify", "/vc-api/challenges", EXCHANGES, f"{EXCHANGES}/"),
]


@pytest.mark.parametrize(("method", "address"), DOORS)
async def test_wallets_in_browsers_use_their_doors(client: Client, method: str, address: str) -> None:
    asks = {**ORIGIN, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization"}

    told = await client.options(address, headers=asks)
    answer = await client.request(method, address, headers=ORIGIN)

    assert told.status_code == 204
    assert told.headers["Access-Control-Allow-Origin"] == answer.headers["Access-Control-Allow-Origin"] == "*"
    allowed = "Authorization, Cache-Control, Content-Type, If-None-Match, Pragma"
    assert told.headers["Access-Control-Allow-Headers"] == allowed
    assert method in told.headers["Access-Control-Allow-Methods"].split(", ")
    assert "Access-Control-Allow-Credentials" not in {**told.headers, **answer.headers}


@pytest.mark.parametrize("address", ADMINISTRATION)
async def test_no_other_address_tells_a_browser_yes(client: Client, address: str) -> None:
    asks = {**ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}

    told = await client.options(address, headers=asks)

    assert not [name for name in told.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize(("method", "address"), [("POST", "/healthz"), ("OPTIONS", "/healthz")])
async def test_head_is_named_wherever_get_is(client: Client, method: str, address: str) -> None:
    answer = await client.request(method, address)

    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("address", "methods"),
    [
        ("/v1/credentials", "GET, HEAD, OPTIONS, POST"),
        ("/europass/api/v1/wallets/x", "DELETE, GET, HEAD, OPTIONS"),
        (f"/europass/api/v1/sharelinks/{'A' * 43}", "DELETE, GET, HEAD, OPTIONS"),
        ("/europass/api/v1/wallets", "OPTIONS, POST"),
        ("/healthz", "GET, HEAD, OPTIONS"),
    ],
)
async def test_every_method_of_an_address_is_named(client: Client, address: str, methods: str) -> None:
    answer = await client.request("OPTIONS", address)

    assert (answer.status_code, answer.headers["Allow"]) == (204, methods)


def named(answer: Response) -> set[str]:
    return set(answer.headers.get("Allow", "").split(", "))


async def test_every_address_names_its_methods_alike_asked_or_told(app: Litestar, client: Client) -> None:
    addresses = {re.sub(r"\{[^}]*\}", "x", route.path) for route in app.routes}

    for address in sorted(addresses):
        asked, told = [await client.request(method, address) for method in ("OPTIONS", "PROPFIND")]

        assert named(asked) == named(told), address


async def test_head_is_not_named_where_nobody_gets(client: Client) -> None:
    answer = await client.put("/v1/inspections")

    assert "HEAD" not in answer.headers["Allow"]


async def test_a_body_that_comes_slowly_but_surely_is_waited_for(app: Litestar) -> None:
    second, bounded = b" " * BODY_BYTES_PER_S, BodyDeadline(app, timeout_s=1)

    def post(chunk: bytes) -> Awaitable[Answer]:
        return asked(bounded, "POST", "/v1/inspections", body=[chunk] * 8, pause_s=0.15)

    taken, trickling = await asyncio.gather(post(second), post(b" "))

    assert (taken.status, trickling.status) == (415, 408)


async def test_no_body_is_waited_for_longer_than_all_of_it_may_take(app: Litestar) -> None:
    chunk = b" " * 8192  # an eighth of a second

    slow = await asked(
        BodyDeadline(app, timeout_s=60, whole_s=0.2), "POST", "/v1/inspections", body=[chunk] * 8, pause_s=0.05
    )

    assert slow.status == 408


async def test_large_bodies_that_fill_the_room_are_refused_and_small_ones_and_later_ones_are_not(
    app: Litestar,
) -> None:
    bounded = BodyDeadline(app, room_bytes=3 * 65536)
    large = [b" " * 65536] * 3

    def post(body: list[bytes], pause_s: float = 0.0) -> Awaitable[Answer]:
        return asked(bounded, "POST", "/v1/inspections", body=body, pause_s=pause_s)

    first, second, small = await asyncio.gather(post(large, 0.1), post(large, 0.11), post([b" " * 65536], 0.2))
    later = await post(large)

    assert (first.status, second.status, small.status, later.status) == (415, 503, 415, 415)
    assert second.headers[b"retry-after"] == b"2"
    assert b'"code":"unavailable"' in second.body


@pytest.mark.parametrize("parts", [0, 1])
async def test_a_client_that_hangs_up_is_no_fault_of_ours(
    app: Litestar, parts: int, caplog: pytest.LogCaptureFixture
) -> None:
    part: HTTPReceiveMessage = {"type": "http.request", "body": b"{", "more_body": True}
    messages = [part] * parts

    with caplog.at_level(logging.WARNING):
        answer = await asked(
            BodyDeadline(app), "POST", "/v1/inspections", receive=receiving(*messages, {"type": "http.disconnect"})
        )

    assert answer.status == 400
    assert caplog.records == []
