"""How often an address may ask, and which address a request comes from."""

from pathlib import Path

import pytest
from litestar import Litestar

from gateway.assembly.whole import Gateway
from gateway.records import Platform
from gateway.settings import Settings
from tests.gateway.http.asgi import Headers, asked
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem

LIMIT = 5
KEY_LIMIT = 11
PROXY = "192.0.2.1"
"""Where the requests of ``asked`` come from."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=tmp_path,
        public_requests_per_minute=LIMIT,
        key_requests_per_minute=KEY_LIMIT,
        trusted_proxies=f"{PROXY}, 10.0.0.1",
    )


async def test_an_address_that_asks_too_often_is_told_when_to_come_back(client: Client) -> None:
    answers = [await client.get("/p/default/issuer") for _ in range(LIMIT + 1)]

    assert [answer.status_code for answer in answers] == [200] * LIMIT + [429]
    assert problem(answers[-1])["code"] == "too-many-requests"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


async def test_the_limit_holds_for_all_public_routes_together(client: Client) -> None:
    addresses = ("/p/default/issuer", "/readyz", "/.well-known/jwks.json", "/openapi.json", "/problems/refused")
    for address in addresses:
        assert (await client.get(address)).status_code == 200

    assert (await client.post("/v1/inspections", content=b"{}")).status_code == 429


async def test_a_key_that_asks_too_often_is_told_when_to_come_back(holder: Client, gateway: Gateway) -> None:
    answers = [await holder.get("/v1/credentials") for _ in range(KEY_LIMIT + 1)]

    assert [answer.status_code for answer in answers] == [200] * KEY_LIMIT + [429]
    assert problem(answers[-1])["detail"] == "too many requests with this API key"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert (await holder.get("/p/default/issuer")).status_code == 200
    await gateway.platforms.ensure(Platform(id="other", name="Another platform"))
    other = {"Authorization": f"Bearer {await gateway.first_key('other')}"}
    assert (await holder.get("/v1/credentials", headers=other)).status_code == 200


async def test_liveness_and_key_holders_are_not_counted_by_address(holder: Client) -> None:
    for _ in range(LIMIT + 3):
        assert (await holder.get("/healthz")).status_code == 200
        assert (await holder.get("/v1/credentials")).status_code == 200

    assert (await holder.get("/p/default/issuer")).status_code == 200


async def test_guessing_keys_is_counted(client: Client) -> None:
    answers = [await client.get("/v1/credentials", headers={"Authorization": "Bearer guess"}) for _ in range(LIMIT + 1)]

    assert [answer.status_code for answer in answers] == [401] * LIMIT + [429]


def forwarded(*values: str) -> Headers:
    return [(b"x-forwarded-for", value.encode("latin-1")) for value in values]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (forwarded("198.51.100.1"), forwarded("198.51.100.2"), False),
        (forwarded("198.51.100.1"), forwarded("203.0.113.9, 198.51.100.1"), True),
        (forwarded("198.51.100.1"), forwarded("203.0.113.9", "198.51.100.1, 10.0.0.1"), True),
        (forwarded("198.51.100.1"), forwarded("203.0.113.9, 198.51.100.1, , 10.0.0.1"), True),
        (forwarded(), forwarded("10.0.0.1"), True),
        (forwarded(), forwarded("\xff\x80"), False),
        (forwarded("2001:db8::1"), forwarded("2001:DB8:0:0:ffff::2"), True),
        (forwarded("2001:db8::1"), forwarded("2001:db8:0:1::1"), False),
        (forwarded("198.51.100.1"), forwarded("::ffff:198.51.100.1"), True),
        (forwarded("::ffff:198.51.100.1"), forwarded("::ffff:198.51.100.2"), False),
    ],
)
async def test_behind_a_proxy_the_client_is_who_the_proxy_saw(
    app: Litestar, first: Headers, second: Headers, same: bool
) -> None:
    for _ in range(LIMIT):
        await asked(app, "GET", "/p/default/issuer", headers=first)

    answer = await asked(app, "GET", "/p/default/issuer", headers=second)

    assert answer.status == (429 if same else 200)


async def test_nobody_else_says_who_he_is(client: Client) -> None:
    for number in range(LIMIT):
        await client.get("/p/default/issuer", headers={"X-Forwarded-For": f"198.51.100.{number}"})

    answer = await client.get("/p/default/issuer", headers={"X-Forwarded-For": "203.0.113.1"})

    assert answer.status_code == 429


@pytest.mark.parametrize("address", ["/v1/credentials", "/ims/ob/v2p1/assertions", "/ims/ob/v3p0/credentials"])
async def test_what_stands_in_the_address_is_no_key(holder: Client, address: str) -> None:
    key = holder.headers.pop("Authorization").removeprefix("Bearer ")

    answer = await holder.get(address, params={"access_token": key})

    assert answer.status_code == 401
    assert key not in answer.text
