"""What a platform issued with VC-API, fetched by wallets and in other formats."""

from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.offers.claim import Claim
from gateway.records.offers import Configuration, Holder
from tests.gateway.http.conftest import Client
from tests.gateway.http.vc_api.conftest import EXCHANGES
from tests.gateway.http.vc_api.test_issue import ID, STATUS, VERIFY, entry, issued, records, subject
from tests.simulators.wallet import Wallet

WALLET = Wallet.ed25519()
HOLDER = Holder(WALLET.did, msgspec.json.encode(WALLET.jwk).decode())
HASHED = {"type": "IdentityObject", "identityType": "emailAddress", "hashed": False}
NAMED = {**HASHED, "identityHash": "learner@example.org"}


@pytest.fixture
async def offer(holder: Client) -> str:
    """The id of an offer of a credential that names its recipient by an address."""
    await issued(holder, id=ID, credentialSubject=subject(identifier=[NAMED]))
    [record] = await records(holder)
    made = await holder.post("/v1/offers", json={"credential": record["id"]})
    assert made.status_code == 201, made.text
    return str(made.json()["offer"]["id"])


@pytest.fixture
def claim(gateway: Gateway) -> Claim:
    return gateway.offers.claim


async def test_an_exchange_is_made_by_every_id_of_what_was_issued(holder: Client) -> None:
    address = (await issued(holder, {"credentialId": "course-7/learner-12"}))["id"]
    [record] = await records(holder)
    await issued(holder, id=ID)

    found = []
    for name in ("course-7/learner-12", address, address.rpartition("/")[2], record["id"], ID):
        answer = await holder.post(EXCHANGES, json={"variables": {"credentialId": name}})
        assert answer.status_code == 201, answer.text
        found.append(answer.json()["variables"]["credentialId"])

    assert found[:4] == [record["id"]] * 4
    assert found[4] != record["id"]


async def verified(client: Client, credential: Any) -> list[str]:
    """Names of the checks that speak against it."""
    answer = await client.post(VERIFY, json={"verifiableCredential": credential})
    return [each["check"] for each in answer.json()["problemDetails"] if each["level"] == "error"]


async def test_wallet_gets_it_for_its_key_under_an_id_of_its_own(holder: Client, claim: Claim, offer: str) -> None:
    [form] = await claim(offer, Configuration.BADGE, (HOLDER,))

    credential = msgspec.json.decode(form.sealed or b"")
    assert credential["credentialSubject"]["id"] == WALLET.did
    assert [each["identityHash"] for each in credential["credentialSubject"]["identifier"]] == [
        "learner@example.org",
        "did:example:learner",
    ]
    assert credential["id"] != ID
    assert await verified(holder, credential) == []


async def test_beginning_of_the_bound_one_is_that_of_the_first(holder: Client, claim: Claim, offer: str) -> None:
    own = (await holder.get(f"/vc-api/credentials/{ID}")).json()["verifiableCredential"]

    [form] = await claim(offer, Configuration.BADGE, (HOLDER,))

    assert msgspec.json.decode(form.sealed or b"")["validFrom"] == own["validFrom"]


@pytest.mark.parametrize(
    "configuration", [Configuration.BADGE_JWT, Configuration.BADGE_SD_JWT, Configuration.LEARNING_SD_JWT]
)
async def test_wallet_gets_it_in_its_form(
    holder: Client, claim: Claim, offer: str, configuration: Configuration
) -> None:
    [form] = await claim(offer, configuration, (HOLDER,))

    assert await verified(holder, (form.sealed or b"").decode()) == []


async def test_what_is_taken_back_is_taken_back_in_the_wallet_too(holder: Client, claim: Claim, offer: str) -> None:
    [form] = await claim(offer, Configuration.BADGE, (HOLDER,))
    body = {"credentialId": ID, "credentialStatus": entry("revocation"), "status": True}

    answer = await holder.post(STATUS, json=body)

    assert answer.status_code == 200
    assert await verified(holder, msgspec.json.decode(form.sealed or b"")) == ["status"]


async def test_token_of_it_is_made_under_the_same_id(holder: Client) -> None:
    await issued(holder, id=ID)
    [record] = await records(holder)

    answer = await holder.post(
        f"/v1/credentials/{record['id']}/forms", params={"to": "open-badges-3", "securing": "vc-jwt"}
    )
    token = await holder.get(
        f"/v1/credentials/{record['id']}/export", params={"format": "open-badges-3", "securing": "vc-jwt"}
    )

    assert answer.status_code == 201, answer.text
    assert await verified(holder, token.text) == []
