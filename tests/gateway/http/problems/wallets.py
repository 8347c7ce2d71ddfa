"""Problems with offers, presentations and what wallets ask for."""

from typing import Any  # Any: members of JSON documents

from gateway.records.offers import Claiming
from tests.gateway.http.conftest import PUBLIC_URL, here
from tests.gateway.http.oid4vci.conftest import ANOTHER, BADGE, MINE, Counter
from tests.gateway.http.problems.scene import Scenes
from tests.gateway.http.problems.stage import BEARER, Answered, Stage
from tests.laundering.sources import STATUS_LIST, Kind
from tests.simulators.offered import Offering
from tests.simulators.wallet import Wallet

SCENES = Scenes()
WALLET = Wallet.ed25519()
EXCHANGES = "/vc-api/workflows/claim/exchanges"


async def counter(stage: Stage, record: str = "") -> Counter:
    """A wallet with an access token for an offer."""
    made = record or (await stage.converted())["id"]
    found = Counter(stage.client, stage.gateway, stage.clock, made)
    await found.offered()
    return found


async def exchange(stage: Stage) -> str:
    """The path of an exchange of a converted badge."""
    variables = {"credentialId": (await stage.converted())["id"]}
    answer = await stage.client.post(EXCHANGES, json={"variables": variables}, headers=BEARER)
    assert answer.status_code == 201, answer.text
    return here(answer.headers["Location"])


async def presented(stage: Stage, path: str, wallet: Wallet = WALLET, domain: str = "") -> Answered:
    """A wallet answers the challenge of an exchange."""
    request = (await stage.client.post(path, json={})).json()["verifiablePresentationRequest"]
    shown = wallet.presentation(request["challenge"], domain or request["domain"])
    return await stage.client.post(path, json={"verifiablePresentation": shown})


@SCENES("not-the-recipient")
async def an_offer_mailed_to_somebody_else(stage: Stage) -> Answered:
    record = await stage.converted()
    wish = {"credential": record["id"], "email": "somebody-else@example.org"}
    return await stage.client.post("/v1/offers", json=wish, headers=BEARER)


@SCENES("offer-claimed")
async def to_withdraw_what_is_in_a_wallet(stage: Stage) -> Answered:
    found = await counter(stage)
    await found.fetched()
    return await stage.client.delete(f"/v1/offers/{found.offer}", headers=BEARER)


@SCENES("offer-over")
async def another_key_for_what_was_claimed(stage: Stage) -> Answered:
    path = await exchange(stage)
    await presented(stage, path)
    return await presented(stage, path, Wallet.ed25519(2))


@SCENES("not-offered")
async def an_exchange_for_what_has_none(stage: Stage) -> Answered:
    made = await Offering(stage.gateway).make(Claiming.SIGN_IN)
    return await stage.client.post(f"{EXCHANGES}/{made.offer.id}", json={})


@SCENES("not-yet")
async def an_issuer_who_does_not_answer_now(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        badge = other.world.sound(Kind.DATA_INTEGRITY)
        record = await other.converted(badge)
        variables = {"credentialId": record["id"]}
        made = await other.client.post(EXCHANGES, json={"variables": variables}, headers=BEARER)
        other.clock.advance(hours=25)
        other.world.web.at = other.clock.now
        other.world.web.unreachable(STATUS_LIST)
        await other.gateway.publish()
        path = here(made.headers["Location"])
        request = (await other.client.post(path, json={})).json()["verifiablePresentationRequest"]
        created = f"{other.clock.now:%Y-%m-%dT%H:%M:%SZ}"
        shown = WALLET.presentation(request["challenge"], request["domain"], created=created)
        return await other.client.post(path, json={"verifiablePresentation": shown})


@SCENES("presentation-refused")
async def what_is_no_presentation(stage: Stage) -> Answered:
    path = await exchange(stage)
    request = (await stage.client.post(path, json={})).json()["verifiablePresentationRequest"]
    shown: dict[str, Any] = WALLET.presentation(request["challenge"], request["domain"])
    return await stage.client.post(path, json={"verifiablePresentation": {**shown, "holder": "did:key:zElse"}})


@SCENES("wrong-occasion")
async def a_presentation_for_another_domain(stage: Stage) -> Answered:
    return await presented(stage, await exchange(stage), domain="https://elsewhere.example")


@SCENES("invalid-credential-request")
async def a_request_for_nothing(stage: Stage) -> Answered:
    return await (await counter(stage)).asked("credential", {})


@SCENES("unknown-credential-configuration")
async def a_configuration_that_there_is_not(stage: Stage) -> Answered:
    return await (await counter(stage)).asked("credential", {"credential_configuration_id": "Diploma"})


@SCENES("unknown-credential-identifier")
async def an_identifier_that_there_is_not(stage: Stage) -> Answered:
    return await (await counter(stage)).asked("credential", {"credential_identifier": "Diploma"})


@SCENES("invalid-proof")
async def a_proof_for_another_issuer(stage: Stage) -> Answered:
    found = await counter(stage)
    proof = MINE.proof_jwt("https://elsewhere.example", await found.nonce())
    body = {"credential_configuration_id": BADGE, "proofs": {"jwt": [proof]}}
    return await found.asked("credential", body)


@SCENES("invalid-nonce")
async def a_nonce_that_was_never_given(stage: Stage) -> Answered:
    proof = MINE.proof_jwt(PUBLIC_URL, "n" * 43)
    body = {"credential_configuration_id": BADGE, "proofs": {"jwt": [proof]}}
    return await (await counter(stage)).asked("credential", body)


@SCENES("invalid-encryption-parameters")
async def an_answer_that_is_encrypted(stage: Stage) -> Answered:
    found = await counter(stage)
    wanted = {"jwk": MINE.jwk, "enc": "A128GCM"}
    body = {"credential_configuration_id": BADGE, "proofs": await found.proofs(MINE)}
    return await found.asked("credential", {**body, "credential_response_encryption": wanted})


@SCENES("credential-request-denied")
async def a_credential_for_another_key(stage: Stage) -> Answered:
    found = await counter(stage)
    await found.fetched()
    return await found.fetched(ANOTHER)


@SCENES("invalid-transaction-id")
async def a_transaction_that_there_is_not(stage: Stage) -> Answered:
    return await (await counter(stage)).asked("deferred", {"transaction_id": "unknown"})


@SCENES("invalid-notification-id")
async def a_notification_of_nothing(stage: Stage) -> Answered:
    body = {"notification_id": "unknown", "event": "credential_accepted"}
    return await (await counter(stage)).asked("notification", body)


@SCENES("invalid-notification-request")
async def a_notification_that_says_nothing(stage: Stage) -> Answered:
    return await (await counter(stage)).asked("notification", {})
