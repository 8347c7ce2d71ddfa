"""A wallet with an access token for an offer, without the way that led there."""

import datetime as dt
import secrets
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.edges.offers import StoredOffers
from gateway.records.offers import Claiming, Configuration, Grant, Offer
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.records.tickets import TOKEN_S, Kind
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.simulators.clock import SimulatedClock
from tests.simulators.wallet import Wallet

BADGE, BADGE_JWT = Configuration.BADGE, Configuration.BADGE_JWT
MINE, ANOTHER = Wallet.ed25519(1), Wallet.ed25519(2)

Members = dict[str, Any]


class Counter:
    """What a wallet asks of the gateway, request by request."""

    def __init__(self, client: Client, gateway: Gateway, clock: SimulatedClock, record: str) -> None:
        self.client, self.gateway, self.clock, self.record = client, gateway, clock, record
        self.token = ""
        self.offer = ""

    @property
    def offers(self) -> StoredOffers:
        edges = self.gateway.edges
        return StoredOffers(edges.database, edges.envelope)

    async def offered(
        self,
        *configurations: Configuration,
        claiming: Claiming = Claiming.LINK,
        record: str = "",
        client: str = "",
    ) -> Offer:
        """Make an offer; from now on the wallet shows a token for it."""
        now = self.clock.now
        offer = Offer(
            id=secrets.token_urlsafe(16),
            platform=DEFAULT_PLATFORM,
            record=record or self.record,
            made_by="key-1",
            created=now,
            expires=now + dt.timedelta(days=2),
            claiming=claiming,
            configurations=configurations or (BADGE, BADGE_JWT),
        )
        await self.offers.add(offer, "key key-1")
        self.offer, self.token = offer.id, await self.granted(offer, client)
        return offer

    async def granted(self, offer: Offer, client: str = "", *configurations: Configuration) -> str:
        """A new access token for an offer, or for it in these configurations alone."""
        grant = Grant(offer=offer.id, configurations=configurations or offer.configurations, client=client)
        return await self.gateway.edges.tickets.give(Kind.TOKEN, msgspec.json.encode(grant), TOKEN_S)

    async def nonce(self) -> str:
        answer = await self.client.post("/oid4vci/nonce")
        assert answer.status_code == 200, answer.text
        return str(answer.json()["c_nonce"])

    async def asked(self, path: str, body: Members | bytes, token: str | None = None) -> Response:
        """Send a request with the token of the offer, or another one; "" for none."""
        shown = self.token if token is None else token
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        headers = {"Authorization": f"Bearer {shown}" if shown else "", "Content-Type": "application/json"}
        return await self.client.post(f"/oid4vci/{path}", content=content, headers=headers)

    async def proofs(self, *wallets: Wallet) -> Members:
        """Proofs of these keys, for a new nonce."""
        nonce = await self.nonce()
        return {"jwt": [wallet.proof_jwt(PUBLIC_URL, nonce, self.clock.now) for wallet in wallets]}

    async def fetched(self, *wallets: Wallet, configuration: Configuration = BADGE) -> Response:
        """Show these keys and ask for a credential each."""
        proofs = await self.proofs(*wallets or (MINE,))
        return await self.asked("credential", {"credential_configuration_id": configuration, "proofs": proofs})


@pytest.fixture
async def counter(client: Client, gateway: Gateway, clock: SimulatedClock, record: Members) -> Counter:
    """With an offer of a converted badge."""
    counter = Counter(client, gateway, clock, record["id"])
    await counter.offered()
    return counter


def refusal(answer: Response) -> tuple[int, str]:
    """Status and error of an answer, after a look at what all of them have in common."""
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    found = answer.json()
    assert set(found) <= {"error", "error_description"}
    assert all(" " <= letter <= "~" and letter not in '"\\' for letter in found["error_description"])
    return answer.status_code, found["error"]
