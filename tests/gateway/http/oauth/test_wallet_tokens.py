"""Tokens for wallets that are not registered: pre-authorized codes and refresh tokens (OpenID4VCI 1.0 section 6)."""

import asyncio
import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from httpx import Response
from litestar import Litestar

from gateway.assembly.whole import assembled
from gateway.edges.oauth import StoredClients
from gateway.edges.tickets import MemoryTickets
from gateway.errors import Unavailable
from gateway.flows.oauth.prove import Prove
from gateway.flows.oauth.wallet_tokens import FromOffer, FromWalletRefresh, GiveTokens
from gateway.flows.offers.claim import CLAIM_WINDOW
from gateway.records.offers import Claiming, Configuration, Grant, Offer
from gateway.records.tickets import Kind
from gateway.settings import Settings
from tests.gateway.http.conftest import Client
from tests.laundering.sources import World
from tests.simulators.application import Application
from tests.simulators.clock import SimulatedClock
from tests.simulators.offered import Offering, redeemed
from tests.simulators.wallet import Wallet

BADGE, JWT = Configuration.BADGE, Configuration.BADGE_JWT


def details(*configurations: str, **more: object) -> str:
    return json.dumps(
        [{"type": "openid_credential", "credential_configuration_id": each, **more} for each in configurations]
    )


DETAILS = (
    "",
    "{",
    "{}",
    "[]",
    "[{}]",
    "null",
    '["openid_credential"]',
    "[" * 3000,
    details("Unknown"),
    details(""),
    details(BADGE, type="payment"),
    details(BADGE, locations=["https://evil.example"]),
    details(BADGE, locations="https://badges.example.net"),
    details(*[BADGE] * 21),
    details(Configuration.LEARNING_SD_JWT),
    '[{"type":"openid_credential","format":"ldp_vc"}]',
    '[{"type":"openid_credential","credential_configuration_id":"\\ud800"}]',
)
"""Details that nobody can be answered to, where an offer is for two configurations; the first is as if absent."""


@pytest.fixture
async def offer(offering: Offering) -> Offer:
    return (await offering.make(Claiming.LINK, BADGE, JWT)).offer


async def test_a_code_of_an_offer_becomes_a_token_for_it(client: Client, offering: Offering, offer: Offer) -> None:
    answer = await redeemed(client, await offering.code(offer))

    said = answer.json()
    assert answer.status_code == 200
    assert (answer.headers["Cache-Control"], answer.headers["Pragma"]) == ("no-store", "no-cache")
    assert set(said) == {"access_token", "token_type", "expires_in", "refresh_token", "scope"}
    assert (said["token_type"], said["expires_in"], said["scope"]) == ("bearer", 300, f"{BADGE} {JWT}")
    assert await offering.granted(said["access_token"]) == Grant(offer=offer.id, configurations=(BADGE, JWT))


UNREGISTERED = ("did:key:z6MkNobody", "bgc_nobody", "bgc_é\x00")


@pytest.mark.parametrize("said", [*({"client_id": each} for each in UNREGISTERED), {"client_secret": "x"}])
async def test_who_asks_without_being_registered_is_not_looked_at(
    client: Client, offering: Offering, offer: Offer, said: dict[str, str]
) -> None:
    answer = await redeemed(client, await offering.code(offer), **said)

    assert answer.status_code == 200
    assert await offering.granted(answer.json()["access_token"]) == Grant(offer=offer.id, configurations=(BADGE, JWT))


async def test_a_registered_client_may_stand_in_the_proofs_and_has_shown_nothing_of_itself(
    client: Client, offering: Offering, offer: Offer, application: Application
) -> None:
    named = application.id
    first = (await redeemed(client, await offering.code(offer), client_id=named)).json()
    tokens = (await refreshed(client, first["refresh_token"])).json()

    statuses = []
    for issuer in ("bgc_another", None, named):
        nonce = (await client.post("/oid4vci/nonce")).json()["c_nonce"]
        proof = Wallet.ed25519().proof_jwt("https://badges.example.net", nonce, claims={"iss": issuer})
        answer = await client.post(
            "/oid4vci/credential",
            json={"credential_configuration_id": BADGE, "proofs": {"jwt": [proof]}},
            headers={"Authorization": f"Bearer {tokens['access_token']}"},
        )
        statuses.append(answer.status_code)

    assert statuses == [400, 200, 200]
    granted = await offering.granted(tokens["access_token"])
    assert granted == Grant(offer=offer.id, configurations=(BADGE, JWT), said=named)


async def test_who_asks_in_detail_is_answered_in_detail_and_gets_no_more(
    client: Client, offering: Offering, offer: Offer
) -> None:
    asked = details(JWT, locations=["https://badges.example.net"], claims=[{"path": ["name"]}])
    said = (await redeemed(client, await offering.code(offer), authorization_details=asked)).json()
    again = (await refreshed(client, said["refresh_token"])).json()

    for each in (said, again):
        assert "scope" not in each
        assert each["authorization_details"] == [
            {
                "type": "openid_credential",
                "credential_configuration_id": JWT,
                "credential_identifiers": [JWT],
            }
        ]
        assert await offering.granted(each["access_token"]) == Grant(offer=offer.id, configurations=(JWT,))


async def test_details_that_nobody_can_be_answered_to_use_nothing_up(
    client: Client, offering: Offering, offer: Offer
) -> None:
    code = await offering.code(offer)

    answers = [await redeemed(client, code, authorization_details=each) for each in DETAILS[1:]]

    assert {(answer.status_code, answer.json()["error"]) for answer in answers} == {
        (400, "invalid_authorization_details")
    }
    assert (await redeemed(client, code, authorization_details=DETAILS[0])).status_code == 200


async def test_codes_that_are_none(client: Client, offering: Offering, offer: Offer, clock: SimulatedClock) -> None:
    used, old = await offering.code(offer), await offering.code(offer)
    await redeemed(client, used)
    clock.advance(seconds=601)

    answers = [await redeemed(client, code) for code in (used, old, "x", "é\x00", "x" * 2000)]
    missing = [await redeemed(client, "")]

    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(400, "invalid_grant")] * 5
    assert [(answer.status_code, answer.json()["error"]) for answer in missing] == [(400, "invalid_request")]
    assert all("access_token" not in answer.text for answer in (*answers, *missing))


async def test_of_fifty_uses_of_a_code_at_once_one_gets_a_token(
    client: Client, offering: Offering, offer: Offer
) -> None:
    code = await offering.code(offer)

    answers = await asyncio.gather(*(redeemed(client, code) for _ in range(50)))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 400: 49}
    assert {answer.json()["error"] for answer in answers if answer.status_code == 400} == {"invalid_grant"}


async def test_an_offer_for_who_signs_in_is_not_opened_by_a_code(client: Client, offering: Offering) -> None:
    made = await offering.make(Claiming.SIGN_IN)

    answer = await redeemed(client, await offering.code(made.offer))

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_an_offer_that_is_over_gives_no_tokens(client: Client, offering: Offering, offer: Offer) -> None:
    code = await offering.code(offer)
    tokens = (await redeemed(client, await offering.code(offer))).json()
    await offering.gateway.offers.withdraw(offer.id, offering.caller)

    answers = [await redeemed(client, code), await refreshed(client, tokens["refresh_token"])]

    assert [answer.json()["error"] for answer in answers] == ["invalid_grant"] * 2
    assert "withdrawn" in answers[0].json()["error_description"]


async def refreshed(client: Client, token: str, **changed: str) -> Response:
    form = {"grant_type": "refresh_token", "refresh_token": token, **changed}
    return await client.post("/oauth/token", data=form)


async def test_a_refresh_token_serves_once_and_there_is_a_next_one(
    client: Client, offering: Offering, offer: Offer
) -> None:
    first = (await redeemed(client, await offering.code(offer))).json()

    answers = await asyncio.gather(*(refreshed(client, first["refresh_token"]) for _ in range(50)))

    [second] = [answer.json() for answer in answers if answer.status_code == 200]
    assert {answer.json()["error"] for answer in answers if answer.status_code != 200} == {"invalid_grant"}
    assert await offering.granted(second["access_token"]) == await offering.granted(first["access_token"])
    assert (await refreshed(client, second["refresh_token"], scope=JWT)).json()["scope"] == JWT


async def test_a_mistyped_scope_does_not_use_a_refresh_token_up(client: Client, offering: Offering) -> None:
    made = await offering.make(Claiming.LINK, BADGE)
    token = (await redeemed(client, await offering.code(made.offer))).json()["refresh_token"]

    wrong = [
        await refreshed(client, token, scope=JWT),
        await refreshed(client, token, authorization_details="["),
    ]

    assert [answer.json()["error"] for answer in wrong] == ["invalid_authorization_details"] * 2
    assert (await refreshed(client, token)).status_code == 200


async def test_refresh_tokens_follow_each_other_for_an_hour(
    client: Client, offering: Offering, offer: Offer, clock: SimulatedClock
) -> None:
    token = (await redeemed(client, await offering.code(offer))).json()["refresh_token"]
    for _ in range(3):
        clock.advance(minutes=19)
        token = (await refreshed(client, token)).json()["refresh_token"]
    clock.advance(minutes=3)

    late = await refreshed(client, token)

    assert (late.status_code, late.json()["error"]) == (400, "invalid_grant")


async def test_a_client_that_fetches_what_is_offered_is_in_use_and_not_forgotten(
    client: Client, offering: Offering, application: Application, clock: SimulatedClock
) -> None:
    idle, clients = await Application.registered(client), StoredClients(offering.gateway.edges.database)
    said = []
    for _ in range(3):
        offer = (await offering.make(Claiming.LINK, BADGE)).offer
        answer = await redeemed(client, await offering.code(offer), client_id=application.id)
        granted = await offering.granted(answer.json()["access_token"])
        said.append(granted.said if granted else "")
        clock.advance(hours=13)
        await offering.gateway.forget_lapsed()

    assert said == [application.id] * 3
    assert await clients.find(idle.id) is None


class Full(MemoryTickets):
    """A store that has room for so many more."""

    room = 0

    async def give(self, kind: str, value: bytes, life_s: float) -> str:
        if self.room == 0:
            raise Unavailable("the store is full")
        self.room -= 1
        return await super().give(kind, value, life_s)


@pytest.mark.parametrize("room", [0, 1])
async def test_while_nothing_can_be_kept_no_code_and_no_refresh_token_is_used_up(
    offering: Offering, offer: Offer, clock: SimulatedClock, room: int
) -> None:
    tickets, claim = Full(clock), offering.gateway.offers.claim
    give = GiveTokens(clock, tickets, claim, "https://badges.example.net")
    clients = StoredClients(offering.gateway.edges.database)
    by_code = FromOffer(tickets, clients, clients, claim.offers, give, b"")
    by_refresh = FromWalletRefresh(tickets, Prove(clients), give)
    tickets.room = 1
    code = {"pre-authorized_code": await tickets.give(Kind.CODE, offer.id.encode(), 600)}

    tickets.room = room
    with pytest.raises(Unavailable):
        await by_code(code)
    tickets.room = 2
    refresh = {"refresh_token": (await by_code(code)).refresh_token}
    tickets.room = room
    with pytest.raises(Unavailable):
        await by_refresh("", refresh)
    tickets.room = 2
    answer = await by_refresh("", refresh)

    assert answer.scope == f"{BADGE} {JWT}"


async def test_after_the_window_of_a_claim_no_token_is_renewed(
    client: Client, offering: Offering, offer: Offer, clock: SimulatedClock
) -> None:
    tokens = (await redeemed(client, await offering.code(offer))).json()
    await offering.gateway.offers.claim.claims.settle(offer, BADGE, ("a",), clock.now)
    clock.advance(minutes=50)
    next = (await refreshed(client, tokens["refresh_token"])).json()
    clock.now = clock.now + CLAIM_WINDOW

    late = await refreshed(client, next["refresh_token"])

    assert (late.status_code, late.json()["error"]) == (400, "invalid_grant")


async def test_a_token_lives_five_minutes(
    client: Client, offering: Offering, offer: Offer, clock: SimulatedClock
) -> None:
    token = (await redeemed(client, await offering.code(offer))).json()["access_token"]

    clock.advance(seconds=299)
    before = await offering.granted(token)
    clock.advance(seconds=1)

    assert (before is None, await offering.granted(token)) == (False, None)


async def test_without_the_store_of_codes_wallets_are_asked_to_come_again(
    app: Litestar, client: Client, settings: Settings, world: World, tmp_path: Path
) -> None:
    nobody = msgspec.structs.replace(settings, redis_url="redis://127.0.0.1:1/0", data_dir=tmp_path / "another")
    (tmp_path / "another").mkdir(mode=0o700)
    async with assembled(nobody, web=world.web) as gateway:
        app.state.gateway = gateway

        answers = [
            await redeemed(client, "x" * 43),
            await refreshed(client, "bgwr_" + "x" * 43),
        ]

    for answer in answers:
        assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")
        assert answer.headers["Retry-After"]


async def test_who_is_not_registered_ends_their_own_tokens(client: Client, offering: Offering, offer: Offer) -> None:
    tokens = (await redeemed(client, await offering.code(offer))).json()
    sent = [tokens["access_token"], tokens["refresh_token"], tokens["refresh_token"], "unknown"]

    answers = [await client.post("/oauth/revoke", data={"token": token}) for token in sent]

    shown = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert [answer.status_code for answer in answers] == [200] * len(sent)
    assert (await client.post("/oid4vci/credential", json={}, headers=shown)).status_code == 401
    assert (await refreshed(client, tokens["refresh_token"])).json()["error"] == "invalid_grant"
