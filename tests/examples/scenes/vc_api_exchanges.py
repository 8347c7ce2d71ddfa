"""Scenes of ``vc-api.json``: exchanges, through which wallets fetch what is offered to them."""

from typing import Any  # Any: members of JSON documents
from urllib.parse import parse_qs, urlsplit

from tests.examples.scene import NOBODY, Asked, Scenes, asked, by_platform
from tests.examples.scenes.gateway_offers import offered
from tests.examples.story import BEARER, NOON, PUBLIC_URL, Story, said
from tests.simulators.wallet import Wallet, stamp

SCENES = Scenes()
EXCHANGES = "/vc-api/workflows/claim/exchanges"
WALLET = Wallet.ed25519()
OLD_WALLET = Wallet.ed25519(suite="Ed25519Signature2020")
NOWHERE = {"exchange_id": "A" * 22}


async def exchange(story: Story) -> dict[str, str]:
    """The parameter that names an exchange."""
    return {"exchange_id": (await offered(story))["id"]}


async def proof(story: Story, there: dict[str, str]) -> dict[str, Any]:
    """What a wallet shows that was asked."""
    asked_for = said(await story.client.post(f"{EXCHANGES}/{there['exchange_id']}", json={})).json()
    wanted = asked_for["verifiablePresentationRequest"]
    return WALLET.presentation(wanted["challenge"], wanted["domain"], created=stamp(NOON))


@SCENES("createExchange", 201)
async def made(story: Story) -> Asked:
    record = await story.awarded()
    body = {"variables": {"credentialId": record["id"]}}
    return by_platform({"Idempotency-Key": "exchange-4711"}, body, shown=("Location",))


@SCENES("createExchange", 404, "Of a credential that there is not, or that is another platform's.")
async def not_made(story: Story) -> Asked:
    del story
    return by_platform(body={"variables": {"credentialId": NOBODY}})


@SCENES("getExchange")
async def shown(story: Story) -> Asked:
    return by_platform(await exchange(story))


@SCENES("getExchange", 404, "An exchange that there is not.")
async def none_shown(story: Story) -> Asked:
    del story
    return by_platform(NOWHERE)


@SCENES("getExchangeProtocols")
async def protocols(story: Story) -> Asked:
    return asked(await exchange(story))


@SCENES("getExchangeProtocols", 410, "Of an offer that was withdrawn.")
async def over(story: Story) -> Asked:
    there = await exchange(story)
    said(await story.client.delete(f"/v1/offers/{there['exchange_id']}", headers=BEARER))
    return asked(there)


@SCENES("getExchangeRequest")
async def request(story: Story) -> Asked:
    return asked(await exchange(story))


@SCENES("participateInExchange")
async def claimed(story: Story) -> Asked:
    there = await exchange(story)
    return asked(there, {"verifiablePresentation": await proof(story, there)})


@SCENES("participateInExchange", 400, "With a proof for another occasion.")
async def not_claimed(story: Story) -> Asked:
    presentation = WALLET.presentation("the-first", PUBLIC_URL, created=stamp(NOON))
    return asked(await exchange(story), {"verifiablePresentation": presentation})


@SCENES("claimBare")
async def bare(story: Story) -> Asked:
    there = await exchange(story)
    page = await story.gateway.offers.show(there["exchange_id"])
    [challenge] = parse_qs(urlsplit(page.learner_wallet).query)["challenge"]
    return asked(there, OLD_WALLET.presentation(challenge, created=stamp(NOON)))


@SCENES("claimBare", 410, "Of an offer that is over.")
async def bare_nowhere(story: Story) -> Asked:
    del story
    return asked(NOWHERE, OLD_WALLET.presentation("the-first", created=stamp(NOON)))
