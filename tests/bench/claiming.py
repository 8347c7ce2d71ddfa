"""What a whole pre-authorized claim costs: offer, access token, nonce and credential, through the application."""

import datetime as dt
from collections.abc import Callable, Iterator

import httpx

from gateway.records.offers import Claiming, Configuration, Offer
from tests.bench.measuring import Case, Work
from tests.simulators.offered import PRE_AUTHORIZED, Offering, redeemed
from tests.simulators.wallet import Wallet

LIMIT_US = 60_000.0
OFFERS = 120
"""Made beforehand, each of a badge of its own; in one run not more are claimed."""


async def claims(store: str, offering: Offering, client: httpx.AsyncClient, badge: Callable[[], bytes]) -> list[Case]:
    """A claim as Open Badges 3.0 with Data Integrity, and one as SD-JWT VC."""

    async def case(configuration: Configuration) -> Case:
        offers = [await offering.converted(badge(), Claiming.LINK) for _ in range(OFFERS)]
        return Case(f"claim {configuration} ({store})", _claim(client, iter(offers), configuration))

    return [await case(each) for each in (Configuration.BADGE, Configuration.BADGE_SD_JWT)]


def _claim(client: httpx.AsyncClient, offers: Iterator[Offer], configuration: Configuration) -> Work:
    issuer, wallet = str(client.base_url).rstrip("/"), Wallet.ed25519()

    async def claim() -> None:
        offer = (await client.get(f"/oid4vci/offers/{next(offers).id}")).json()
        token = (await redeemed(client, offer["grants"][PRE_AUTHORIZED]["pre-authorized_code"])).json()
        nonce = (await client.post("/oid4vci/nonce")).json()["c_nonce"]
        proof = wallet.proof_jwt(issuer, nonce, dt.datetime.now(dt.UTC))
        answer = await client.post(
            "/oid4vci/credential",
            json={"credential_configuration_id": configuration, "proofs": {"jwt": [proof]}},
            headers={"Authorization": f"Bearer {token['access_token']}"},
        )
        answer.raise_for_status()

    return claim
