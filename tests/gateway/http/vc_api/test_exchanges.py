"""Wallets fetch what is offered to them through exchanges, and nobody else does."""

import asyncio
import dataclasses
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from httpx import Response
from litestar import Litestar

from gateway.assembly.whole import Gateway
from gateway.edges.redis import SharedRedis
from gateway.edges.tickets import RedisTickets
from gateway.flows.offers.claim import CLAIM_WINDOW
from gateway.ports.offers import Tickets
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.vc_api.conftest import EXCHANGES, Arrange
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.wallet import Wallet, stamp

WALLETS = {
    "eddsa-rdfc-2022": Wallet.ed25519(),
    "ecdsa-rdfc-2019": Wallet.p256(),
    "Ed25519Signature2020": Wallet.ed25519(suite="Ed25519Signature2020"),
}
WALLET, OTHER = WALLETS["eddsa-rdfc-2022"], Wallet.ed25519(2)
MANY = 50


@pytest.fixture
def wallets(client: Client, record: dict[str, Any]) -> Client:
    """A client without an API key."""
    del record
    client.headers.pop("Authorization")
    return client


async def asked(client: Client, exchange: str) -> dict[str, Any]:
    answer = await client.post(exchange, json={}, headers={"Authorization": ""})
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["verifiablePresentationRequest"])


async def claimed(client: Client, exchange: str, wallet: Wallet = WALLET) -> Response:
    request = await asked(client, exchange)
    presentation = wallet.presentation(request["challenge"], request["domain"])
    return await client.post(exchange, json={"verifiablePresentation": presentation}, headers={"Authorization": ""})


def refusal(answer: Response) -> dict[str, Any]:
    """The problem details of a refusal."""
    found = dict(answer.json())
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert found["status"] == answer.status_code
    assert {"type", "title", "detail"} <= found.keys()
    return found


async def test_an_exchange_asks_for_a_key(client: Client, exchange: str) -> None:
    request = await asked(client, exchange)

    assert request["domain"] == PUBLIC_URL
    assert request["query"][0]["type"] == "DIDAuthentication"
    assert {"method": "key"} in request["query"][0]["acceptedMethods"]
    assert {"cryptosuite": "Ed25519Signature2020"} in request["query"][0]["acceptedCryptosuites"]
    assert request["interact"]["service"] == [
        {"type": "UnmediatedHttpPresentationService2021", "serviceEndpoint": PUBLIC_URL + exchange}
    ]


@pytest.mark.parametrize("suite", WALLETS)
async def test_a_wallet_gets_a_credential_for_its_key(
    client: Client, gateway: Gateway, exchange: str, suite: str
) -> None:
    answer = await claimed(client, exchange, WALLETS[suite])

    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    [credential] = answer.json()["verifiablePresentation"]["verifiableCredential"]
    assert credential["credentialSubject"]["id"] == WALLETS[suite].did
    offer = await gateway.offers.claim.open(exchange.rpartition("/")[2])
    record = await gateway.offers.claim.records.find(offer.platform, offer.record)
    [bound] = [form for form in record.forms if form.intent.holder] if record else []
    assert (bound.sealed or b"not sealed") in answer.content


async def test_the_same_key_gets_the_same_bytes_again(client: Client, exchange: str) -> None:
    first, second = await claimed(client, exchange), await claimed(client, exchange)

    assert first.content == second.content


async def test_another_key_gets_nothing(client: Client, exchange: str) -> None:
    await claimed(client, exchange)

    answer = await claimed(client, exchange, OTHER)

    assert refusal(answer)["code"] == "offer-over"
    assert answer.status_code == 410


async def test_lists_of_one_and_presentations_of_no_credentials_are_taken(client: Client, exchange: str) -> None:
    first, second = await asked(client, exchange), await asked(client, exchange)
    listed = WALLET.presentation(first["challenge"], first["domain"])
    empty = WALLET.signed(WALLET.unsigned(verifiableCredential=[]), second["challenge"], second["domain"])

    answers = [
        await client.post(exchange, json={"verifiablePresentation": [listed]}),
        await client.post(exchange, json={"verifiablePresentation": empty, "referenceId": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200]


async def test_a_challenge_works_once(client: Client, exchange: str) -> None:
    request = await asked(client, exchange)
    body = {"verifiablePresentation": WALLET.presentation(request["challenge"], request["domain"])}

    answers = await asyncio.gather(*(client.post(exchange, json=body) for _ in range(MANY)))

    assert sorted(answer.status_code for answer in answers) == [200] + [400] * (MANY - 1)
    assert {refusal(answer)["code"] for answer in answers if answer.status_code == 400} == {"wrong-occasion"}


async def test_a_wrong_proof_uses_no_challenge_up(client: Client, exchange: str) -> None:
    request = await asked(client, exchange)
    wrong = WALLET.presentation(request["challenge"], "https://other.example")

    refused = await client.post(exchange, json={"verifiablePresentation": wrong})
    right = WALLET.presentation(request["challenge"], request["domain"])
    answer = await client.post(exchange, json={"verifiablePresentation": right})

    assert refusal(refused)["code"] == "wrong-occasion"
    assert answer.status_code == 200


async def test_the_challenge_of_another_exchange_is_none(client: Client, arrange: Arrange) -> None:
    mine, other = await arrange(), await arrange()
    request = await asked(client, other)

    answer = await client.post(
        mine, json={"verifiablePresentation": WALLET.presentation(request["challenge"], request["domain"])}
    )

    assert refusal(answer)["code"] == "wrong-occasion"


async def test_a_challenge_of_no_exchange_is_none(client: Client, exchange: str) -> None:
    challenge = (await client.post("/vc-api/challenges")).json()["challenge"]

    answer = await client.post(exchange, json={"verifiablePresentation": WALLET.presentation(challenge, PUBLIC_URL)})

    assert refusal(answer)["code"] == "wrong-occasion"


HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "for assertions": ({"proofPurpose": "assertionMethod"}, "presentation-refused"),
    "no domain": ({"domain": None}, "wrong-occasion"),
    "made up challenge": ({"challenge": "made-up"}, "wrong-occasion"),
    "foreign controller": ({"verificationMethod": "did:web:holder.example#1"}, "presentation-refused"),
    "another key": ({"verificationMethod": OTHER.method}, "presentation-refused"),
    "expired": ({"expires": stamp(NOON)}, "wrong-occasion"),
}


async def test_nothing_is_issued_for_a_hostile_proof(client: Client, gateway: Gateway, exchange: str) -> None:
    request = await asked(client, exchange)

    for name, (changes, code) in HOSTILE.items():
        members = {"challenge": request["challenge"], "domain": request["domain"], **changes}
        presentation = WALLET.signed(WALLET.unsigned(), **members)
        answer = await client.post(exchange, json={"verifiablePresentation": presentation})
        assert (refusal(answer)["code"], answer.status_code) == (code, 400), name

    assert (await gateway.offers.claim.open(exchange.rpartition("/")[2])).claimed is None


NO_MESSAGES = {
    b"": 400,
    b"[]": 400,
    b"{": 400,
    b'{"verifiablePresentation": []}': 400,
    b'{"verifiablePresentation": [{}, {}]}': 400,
    b'{"verifiablePresentation": "a.b.c"}': 400,
    b'{"verifiablePresentation": {}}': 400,
    b'{"verifiablePresentation": {}, "verifiablePresentation": {}}': 400,
    b'{"verifiablePresentation": {"a": "' + b"a" * 300_000 + b'"}}': 413,
}


async def test_what_is_no_message_is_refused(client: Client, exchange: str) -> None:
    for body, status in NO_MESSAGES.items():
        answer = await client.post(exchange, content=body, headers={"Content-Type": "application/json"})
        assert refusal(answer)["status"] == status, body[:100]


async def test_the_request_can_be_looked_at(client: Client, exchange: str) -> None:
    answer = await client.get(f"{exchange}/request")
    request = answer.json()["verifiablePresentationRequest"]

    taken = await client.post(
        exchange, json={"verifiablePresentation": WALLET.presentation(request["challenge"], request["domain"])}
    )

    assert taken.status_code == 200


async def test_the_protocols_name_every_way(client: Client, exchange: str) -> None:
    found = (await client.get(f"{exchange}/protocols")).json()["protocols"]

    assert found["vcapi"] == PUBLIC_URL + exchange
    assert found["oid4vci-1.0"] == found["OID4VCI"]
    assert found["OID4VCI"].startswith("openid-credential-offer://?credential_offer_uri=")


async def test_a_platform_sees_what_became_of_its_exchange(
    client: Client, exchange: str, record: dict[str, Any]
) -> None:
    before = (await client.get(exchange)).json()
    await claimed(client, exchange)
    after = (await client.get(exchange)).json()

    assert before["id"] == PUBLIC_URL + exchange
    assert before["variables"] == {"credentialId": record["id"]}
    assert (before["state"], before["sequence"]) == ("pending", 0)
    assert (after["state"], after["sequence"]) == ("complete", 1)


async def test_an_exchange_is_over_after_its_window(client: Client, clock: SimulatedClock, exchange: str) -> None:
    await claimed(client, exchange)
    clock.advance(minutes=2 * CLAIM_WINDOW.total_seconds() / 60)

    answer = await client.post(exchange, json={})

    assert refusal(answer)["code"] == "offer-over"


async def test_wallets_in_browsers_take_part_and_make_nothing(client: Client, exchange: str) -> None:
    origin = {"Origin": "https://wallet.example"}
    before = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}

    asked_first = await client.options(exchange, headers=before)
    answer = await client.post(exchange, json={}, headers=origin)
    made = await client.options(EXCHANGES, headers=before)

    assert asked_first.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in made.headers


async def test_an_exchange_that_never_was_is_over(client: Client) -> None:
    address = f"{EXCHANGES}/nobody"

    answers = [
        await client.post(address, json={}),
        await client.get(f"{address}/request"),
        await client.get(f"{address}/protocols"),
        await client.post(f"{address}/bare", json={}),
    ]

    assert [refusal(answer)["status"] for answer in answers] == [410] * len(answers)


async def test_an_exchange_needs_a_key_to_be_made_and_seen(wallets: Client) -> None:
    made = await wallets.post(EXCHANGES, json={"variables": {"credentialId": "x"}})
    seen = await wallets.get(f"{EXCHANGES}/nobody")

    assert (made.status_code, seen.status_code) == (401, 401)


async def test_an_exchange_of_nothing_is_not_made(holder: Client) -> None:
    answer = await holder.post(EXCHANGES, json={"variables": {"credentialId": "nobody"}})

    assert refusal(answer)["status"] == 404
    assert refusal(answer)["pointer"] == "/variables/credentialId"


async def test_an_exchange_is_made_of_what_it_takes(holder: Client) -> None:
    bodies: list[dict[str, Any]] = [
        {},
        {"variables": {}},
        {"variables": {"credentialId": "x", "more": 1}},
        {"openId": {}},
    ]
    for body in bodies:
        answer = await holder.post(EXCHANGES, json=body)
        assert refusal(answer)["status"] == 400, body


async def test_without_tickets_nothing_is_asked_or_taken(
    client: Client, app: Litestar, gateway: Gateway, exchange: str, unused_tcp_port: int
) -> None:
    request = await asked(client, exchange)
    presentation = WALLET.presentation(request["challenge"], request["domain"])
    async with SharedRedis(f"redis://127.0.0.1:{unused_tcp_port}") as away:
        app.state.gateway = _with_tickets(gateway, RedisTickets(away))

        answers = [
            await client.post(exchange, json={}),
            await client.post(exchange, json={"verifiablePresentation": presentation}),
            await client.post(f"{exchange}/bare", json=presentation),
            await client.post("/vc-api/challenges"),
        ]

    assert {refusal(answer)["status"] for answer in answers} == {503}
    assert (await gateway.offers.claim.open(exchange.rpartition("/")[2])).claimed is None


def _with_tickets(gateway: Gateway, tickets: Tickets) -> Gateway:
    flows = gateway.exchanges
    authenticate = dataclasses.replace(flows.participate.authenticate, tickets=tickets)
    participate = dataclasses.replace(flows.participate, authenticate=authenticate)
    give_challenge = dataclasses.replace(flows.give_challenge, tickets=tickets)
    exchanges = msgspec.structs.replace(flows, participate=participate, give_challenge=give_challenge)
    return msgspec.structs.replace(gateway, exchanges=exchanges)
