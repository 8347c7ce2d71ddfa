"""VC-API before @digitalbazaar/vc: it signs what is presented, and judges what is issued and handed over."""

from collections.abc import AsyncIterator, Iterator
from copy import deepcopy
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from httpx import AsyncClient, Response

from gateway.http.vc_api.documented import CREDENTIAL
from gateway.proofs import contexts
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.interop.oracles import Talk, node_project, told
from tests.interop.received import Judges, subject
from tests.interop.served import Served

pytestmark = pytest.mark.interop

DOMAIN = "https://verifier.example"
KEYS = ("Ed25519", "P-256", "P-384")
PROGRAMS = {"Accept": "application/json"}


class Presented(msgspec.Struct, frozen=True):
    """A presentation and the DID that signed it."""

    presentation: dict[str, Any] | None = None
    holder: str = ""
    error: str = ""


@pytest.fixture(scope="module")
def presenter() -> Iterator[Talk]:
    with Talk(node_project("present.mjs")) as talk:
        talk.tell({"contexts": {url: body.document for url, body in contexts.NEWEST.bodies.items()}})
        yield talk


@pytest.fixture
async def platform(gateway: Served) -> AsyncIterator[AsyncClient]:
    """Asks with an API key."""
    key = await gateway.gateway.first_key(DEFAULT_PLATFORM)
    gateway.http.headers["Authorization"] = f"Bearer {key}"
    yield gateway.http
    del gateway.http.headers["Authorization"]


async def issued(platform: AsyncClient) -> dict[str, Any]:
    answer = await platform.post("/vc-api/credentials/issue", json={"credential": CREDENTIAL})
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["verifiableCredential"])


async def presented(
    presenter: Talk, key: str, challenge: str, domain: str, *credentials: dict[str, Any]
) -> dict[str, Any]:
    asked = {"key": key, "credentials": credentials, "challenge": challenge, "domain": domain}
    made = await told(presenter, asked, Presented)
    assert made.error == ""
    assert made.presentation is not None
    return made.presentation


async def verified(http: AsyncClient, shown: dict[str, Any], challenge: str, domain: str = DOMAIN) -> Response:
    body = {"verifiablePresentation": shown, "options": {"challenge": challenge, "domain": domain}}
    return await http.post("/vc-api/presentations/verify", json=body)


def types(answer: Response) -> list[str]:
    return [each["type"].rpartition("#")[2] for each in answer.json()["problemDetails"]]


async def test_what_is_issued_is_accepted_until_it_is_revoked(
    gateway: Served, platform: AsyncClient, judges: Judges
) -> None:
    credential = await issued(platform)

    before = await judges.judged(gateway, credential)
    known = await platform.post("/vc-api/credentials/verify", json={"verifiableCredential": credential})
    status = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
    change = {"credentialId": credential["id"], "credentialStatus": status, "status": True}
    assert (await platform.post("/vc-api/credentials/status", json=change)).status_code == 200

    after = await judges.judged(gateway, credential)
    gone = await platform.post("/vc-api/credentials/verify", json={"verifiableCredential": credential})
    assert (before.reasons, known.status_code) == ((), 200)
    assert (after.reasons, gone.status_code) == (("status revocation is set",), 400)


async def test_what_holders_present_is_verified_once_and_as_it_was_signed(
    platform: AsyncClient, presenter: Talk
) -> None:
    credential = await issued(platform)
    for key in KEYS:
        challenge = str((await platform.post("/vc-api/challenges")).json()["challenge"])
        shown = await presented(presenter, key, challenge, DOMAIN, credential)
        forged, altered = deepcopy(shown), deepcopy(shown)
        forged["verifiableCredential"][0]["credentialSubject"]["achievement"]["name"] = "Brain surgery"
        altered["proof"]["proofValue"] = altered["proof"]["proofValue"][:-4] + "1111"

        refused = [
            await verified(platform, forged, challenge),
            await verified(platform, altered, challenge),
            await verified(platform, shown, "another challenge"),
            await verified(platform, shown, challenge, "https://elsewhere.example"),
        ]
        taken = await verified(platform, shown, challenge)
        again = await verified(platform, shown, challenge)

        assert [answer.status_code for answer in refused] == [400] * 4, key
        assert (taken.status_code, taken.json()) == (200, {"verified": True, "problemDetails": []})
        assert (again.status_code, types(again)) == (400, ["INVALID_CHALLENGE_ERROR"])


async def test_an_interaction_leads_to_a_credential_for_every_key(
    gateway: Served, presenter: Talk, judges: Judges
) -> None:
    record = await gateway.award()
    for key in KEYS:
        made = await gateway.offer(record)
        links = gateway.gateway.offers.look.made(made).offer.links
        protocols = (await gateway.http.get(links.interaction, headers=PROGRAMS)).json()["protocols"]
        beside = (await gateway.http.get(f"{protocols['vcapi']}/protocols", headers=PROGRAMS)).json()["protocols"]

        request = (await gateway.http.post(protocols["vcapi"], json={})).json()["verifiablePresentationRequest"]
        shown = await presented(presenter, key, request["challenge"], request["domain"])
        service = request["interact"]["service"][0]["serviceEndpoint"]
        answer = await gateway.http.post(service, json={"verifiablePresentation": shown})

        assert beside == protocols
        assert protocols["oid4vci-1.0"] == protocols["OID4VCI"] == links.openid4vci
        [credential] = answer.json()["verifiablePresentation"]["verifiableCredential"]
        assert subject(credential)["id"] == shown["holder"]
        assert (await judges.judged(gateway, credential)).reasons == ()


async def test_an_exchange_refuses_what_was_tampered_with_and_stays_open(gateway: Served, presenter: Talk) -> None:
    made = await gateway.offer(await gateway.award())
    exchange = gateway.gateway.offers.look.made(made).offer.links.exchange
    request = (await gateway.http.post(exchange, json={})).json()["verifiablePresentationRequest"]
    occasion = (request["challenge"], request["domain"])
    shown = await presented(presenter, "Ed25519", *occasion)
    other = await presented(presenter, "P-256", *occasion)
    elsewhere = await presented(presenter, "Ed25519", request["challenge"], DOMAIN)

    refused = [
        await gateway.http.post(exchange, json={"verifiablePresentation": each})
        for each in ({**shown, "holder": other["holder"]}, {**shown, "proof": other["proof"]}, elsewhere)
    ]
    taken = await gateway.http.post(exchange, json={"verifiablePresentation": [shown]})

    assert [answer.status_code for answer in refused] == [400] * 3
    assert taken.status_code == 200
