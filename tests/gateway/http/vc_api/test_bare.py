"""The doorway of Learner Credential Wallet: a bare presentation in, a bare credential out."""

import asyncio
from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.assembly.whole import Gateway
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.vc_api.test_exchanges import MANY, refusal
from tests.simulators.wallet import Wallet

WALLET = Wallet.ed25519(suite="Ed25519Signature2020")


@pytest.fixture
async def challenge(gateway: Gateway, exchange: str) -> str:
    """The challenge of the deep link on the page of the offer."""
    shown = await gateway.offers.show(exchange.rpartition("/")[2])
    link = parse_qs(urlsplit(shown.learner_wallet).query)
    assert link["auth_type"] == ["bearer"]
    assert link["vc_request_url"] == [f"{PUBLIC_URL}{exchange}/bare"]
    return link["challenge"][0]


async def test_the_credential_stands_at_the_top(client: Client, exchange: str, challenge: str) -> None:
    answer = await client.post(f"{exchange}/bare", json=WALLET.presentation(challenge))

    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    credential = answer.json()
    assert "VerifiableCredential" in credential["type"]
    assert isinstance(credential["@context"], list)
    assert credential["credentialSubject"]["id"] == WALLET.did


async def test_a_later_wallet_names_our_domain(client: Client, exchange: str, challenge: str) -> None:
    answer = await client.post(f"{exchange}/bare", json=WALLET.presentation(challenge, PUBLIC_URL))

    assert answer.status_code == 200, answer.text


async def test_a_proof_for_another_domain_is_refused(client: Client, exchange: str, challenge: str) -> None:
    answer = await client.post(f"{exchange}/bare", json=WALLET.presentation(challenge, "https://other.example"))

    assert refusal(answer)["code"] == "wrong-occasion"


async def test_a_link_works_once(client: Client, exchange: str, challenge: str) -> None:
    body = WALLET.presentation(challenge)

    answers = await asyncio.gather(*(client.post(f"{exchange}/bare", json=body) for _ in range(MANY)))

    assert sorted(answer.status_code for answer in answers) == [200] + [400] * (MANY - 1)
    refused = {refusal(answer)["fix"] for answer in answers if answer.status_code == 400}
    assert refused == {"Open the page of the offer again."}


async def test_what_is_no_presentation_is_refused(client: Client, exchange: str, challenge: str) -> None:
    wrapped = {"verifiablePresentation": WALLET.presentation(challenge)}

    for body in ({}, {"type": "VerifiablePresentation"}, wrapped):
        answer = await client.post(f"{exchange}/bare", json=body)
        assert refusal(answer)["code"] == "presentation-refused"
