"""A whole claim, from the link to the credential in the wallet, over the stores that a deployment has."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.flows.offers.make import Made
from gateway.proofs import base64url
from gateway.records.offers import Claiming, Configuration
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.oid4vci.conftest import refusal
from tests.simulators.clock import SimulatedClock
from tests.simulators.offered import PRE_AUTHORIZED, Offering, redeemed
from tests.simulators.wallet import Wallet

AWAY = (503, "temporarily_unavailable")
STORES = {"database_url": "migrated_database", "redis_url": "redis_database"}


@pytest.fixture(params=["sqlite", "postgres and redis"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "sqlite":
        return Settings(public_url=PUBLIC_URL, data_dir=tmp_path)
    stores = {name: request.getfixturevalue(fixture) for name, fixture in STORES.items()}
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, **stores)


class Fetching:
    """A wallet that knows nothing but a link, and what it was told since."""

    def __init__(self, client: Client, offer: str, clock: SimulatedClock) -> None:
        self.client, self.clock = client, clock
        self.link = f"/oid4vci/offers/{offer}"
        self.tokens: dict[str, Any] = {}

    async def get(self, address: str) -> dict[str, Any]:
        answer = await self.client.get(address.removeprefix(PUBLIC_URL))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def code(self) -> str:
        """A new code of the offer."""
        grants = (await self.get(self.link))["grants"]
        return str(grants[PRE_AUTHORIZED]["pre-authorized_code"])

    async def authorised(self, **form: str) -> None:
        """Show the code of the offer."""
        answer = await redeemed(self.client, await self.code(), **form)
        assert answer.status_code == 200, answer.text
        self.tokens = answer.json()

    async def post(self, endpoint: str, body: dict[str, Any]) -> Response:
        """Send something to an endpoint that the metadata names."""
        metadata = await self.get("/.well-known/openid-credential-issuer")
        headers = {"Authorization": f"Bearer {self.tokens['access_token']}"} if self.tokens else {}
        address = metadata[f"{endpoint}_endpoint"].removeprefix(PUBLIC_URL)
        return await self.client.post(address, json=body, headers=headers)

    async def asking(self, *wallets: Wallet) -> dict[str, Any]:
        """A credential request with a new nonce, but for what is wanted."""
        nonce = (await self.post("nonce", {})).json()["c_nonce"]
        return {"proofs": {"jwt": [each.proof_jwt(PUBLIC_URL, nonce, self.clock.now) for each in wallets]}}

    async def fetched(self, configuration: Configuration, *wallets: Wallet) -> Response:
        body = await self.asking(*wallets or (Wallet.ed25519(),))
        return await self.post("credential", {"credential_configuration_id": configuration, **body})


@pytest.fixture
def offering(gateway: Gateway) -> Offering:
    return Offering(gateway)


def fetching(client: Client, made: Made, clock: SimulatedClock) -> Fetching:
    return Fetching(client, made.offer.id, clock)


async def test_a_link_becomes_credentials_in_a_wallet(
    client: Client, gateway: Gateway, offering: Offering, clock: SimulatedClock
) -> None:
    wallet = fetching(client, await offering.make(), clock)
    keys = [Wallet.ed25519(number) for number in range(1, 4)]

    await wallet.authorised()
    first = await wallet.fetched(Configuration.BADGE, *keys)
    told = await wallet.post(
        "notification", {"notification_id": first.json()["notification_id"], "event": "credential_accepted"}
    )
    again = await wallet.fetched(Configuration.BADGE, *keys)
    other = await wallet.fetched(Configuration.BADGE, Wallet.ed25519(9))

    assert (first.status_code, told.status_code) == (200, 204)
    found = [each["credential"] for each in first.json()["credentials"]]
    assert [each["credentialSubject"]["id"] for each in found] == [key.did for key in keys]
    for each in found:
        sealed = json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode()
        assert (await gateway.verify(sealed)).report.outcome is Outcome.PASSED
    assert again.content == first.content
    assert refusal(other) == (400, "credential_request_denied")


async def test_a_wallet_has_a_key_for_each_configuration_and_another_wallet_none(
    client: Client, offering: Offering, clock: SimulatedClock
) -> None:
    made = await offering.make()
    wallet, thief = fetching(client, made, clock), fetching(client, made, clock)
    await wallet.authorised()
    await thief.authorised()

    first = await wallet.fetched(Configuration.BADGE, Wallet.ed25519(1))
    second = await wallet.fetched(Configuration.BADGE_JWT, Wallet.ed25519(2))
    stolen = await thief.fetched(Configuration.BADGE_SD_JWT, Wallet.ed25519(3))
    more = await wallet.fetched(Configuration.BADGE, Wallet.ed25519(4))

    assert (first.status_code, second.status_code) == (200, 200)
    assert [refusal(each) for each in (stolen, more)] == [(400, "credential_request_denied")] * 2


async def test_whoever_asks_in_detail_fetches_by_identifier(
    client: Client, offering: Offering, clock: SimulatedClock
) -> None:
    wallet = fetching(client, await offering.make(), clock)
    asked = {"type": "openid_credential", "credential_configuration_id": Configuration.BADGE_JWT}

    await wallet.authorised(authorization_details=json.dumps([asked]))
    [given] = wallet.tokens["authorization_details"]
    [identifier] = given["credential_identifiers"]
    answer = await wallet.post(
        "credential", {"credential_identifier": identifier, **await wallet.asking(Wallet.p256())}
    )

    assert answer.status_code == 200
    assert answer.json()["credentials"][0]["credential"].count(".") == 2


async def test_a_transaction_code_is_asked_for(client: Client, offering: Offering, clock: SimulatedClock) -> None:
    made = await offering.make(Claiming.CODE)
    wallet = fetching(client, made, clock)
    wrong = f"{(int(made.code) + 1) % 1_000_000:06}"

    refused = await redeemed(client, await wallet.code(), tx_code=wrong)
    await wallet.authorised(tx_code=made.code)

    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert (await wallet.fetched(Configuration.BADGE)).status_code == 200


async def test_of_fifty_uses_of_a_code_and_of_a_nonce_at_once_one_succeeds_each(
    client: Client, offering: Offering, clock: SimulatedClock
) -> None:
    wallet = fetching(client, await offering.make(), clock)
    code = await wallet.code()

    tokens = await asyncio.gather(*(redeemed(client, code) for _ in range(50)))
    [wallet.tokens] = [answer.json() for answer in tokens if answer.status_code == 200]
    body = {"credential_configuration_id": Configuration.BADGE, **await wallet.asking(Wallet.ed25519())}
    answers = await asyncio.gather(*(wallet.post("credential", body) for _ in range(50)))

    assert {answer.json()["error"] for answer in tokens if answer.status_code != 200} == {"invalid_grant"}
    assert [answer.status_code for answer in answers].count(200) == 1
    assert {refusal(answer) for answer in answers if answer.status_code != 200} == {(400, "invalid_nonce")}


async def test_every_configuration_is_had(client: Client, offering: Offering, clock: SimulatedClock) -> None:
    wallet = fetching(client, await offering.make(Claiming.LINK, *Configuration), clock)
    await wallet.authorised()

    answers = {each: await wallet.fetched(each) for each in Configuration}

    assert {each: answer.status_code for each, answer in answers.items()} == dict.fromkeys(Configuration, 200)
    sd_jwt = answers[Configuration.BADGE_SD_JWT].json()["credentials"][0]["credential"]
    claims = json.loads(base64url.decode(sd_jwt.split(".")[1]))
    assert claims["cnf"]["jwk"] == Wallet.ed25519().jwk
    metadata = await wallet.get("/.well-known/openid-credential-issuer")
    assert claims["vct"] == metadata["credential_configurations_supported"][Configuration.BADGE_SD_JWT]["vct"]


class TestWithoutRedis:
    """What was given out once cannot be told then, so that nothing is given."""

    @pytest.fixture
    def settings(self, tmp_path: Path, unused_tcp_port: int) -> Settings:
        return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, redis_url=f"redis://127.0.0.1:{unused_tcp_port}")

    async def test_every_door_says_so_in_its_words(self, client: Client, offering: Offering) -> None:
        made = await offering.make()
        bearer = {"Authorization": "Bearer x"}

        answers = [
            await client.get(f"/oid4vci/offers/{made.offer.id}"),
            await client.post("/oid4vci/nonce"),
            *[
                await client.post(f"/oid4vci/{path}", headers=bearer, json={})
                for path in ("credential", "deferred", "notification")
            ],
        ]

        assert [refusal(answer) for answer in answers] == [AWAY] * 5
        assert all(answer.headers["Retry-After"] for answer in answers)


class TestInDevelopment:
    """On loopback without https: credentials under the did:key of the one key."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(public_url="http://127.0.0.1:8000", data_dir=tmp_path)

    async def test_a_wallet_is_served(self, client: Client, offering: Offering, clock: SimulatedClock) -> None:
        wallet = fetching(client, await offering.make(Claiming.LINK, *Configuration), clock)
        await wallet.authorised()
        headers = {"Authorization": f"Bearer {wallet.tokens['access_token']}"}

        for configuration in Configuration:
            nonce = (await client.post("/oid4vci/nonce")).json()["c_nonce"]
            proofs = {"jwt": [Wallet.ed25519().proof_jwt("http://127.0.0.1:8000", nonce)]}
            body = {"credential_configuration_id": configuration, "proofs": proofs}
            answer = await client.post("/oid4vci/credential", json=body, headers=headers)

            assert answer.status_code == 200, answer.text
