"""Scenes of ``openid4vci.json``: what a wallet calls to fetch the credential of an offer."""

import datetime as dt
from typing import Any  # Any: members of JSON documents

from gateway.records.offers import Configuration
from tests.examples.scene import Asked, Scenes, asked
from tests.examples.scenes.gateway_offers import offered
from tests.examples.story import NOON, PUBLIC_URL, Story, said
from tests.laundering.sources import STATUS_LIST, Kind
from tests.simulators.offered import PRE_AUTHORIZED, redeemed
from tests.simulators.wallet import Wallet

SCENES = Scenes()
METADATA = "/.well-known/openid-credential-issuer"
WALLET = Wallet.ed25519()
NOWHERE = {"offer_id": "A" * 22}
LONG_AGO = dt.timedelta(hours=25)
"""A badge that was looked at so long ago is looked at again before anybody gets it."""


async def bearer(story: Story, offer: dict[str, Any]) -> dict[str, str]:
    """The header with a wallet's token for an offer."""
    grants = said(await story.client.get(f"/oid4vci/offers/{offer['id']}")).json()["grants"]
    tokens = said(await redeemed(story.client, grants[PRE_AUTHORIZED]["pre-authorized_code"])).json()
    return {"Authorization": f"Bearer {tokens['access_token']}"}


async def wish(story: Story) -> dict[str, Any]:
    """A credential for the wallet's key, which it proves to have."""
    nonce = said(await story.client.post("/oid4vci/nonce")).json()["c_nonce"]
    proof = WALLET.proof_jwt(PUBLIC_URL, nonce, NOON)
    return {"credential_configuration_id": Configuration.BADGE, "proofs": {"jwt": [proof]}}


async def waiting(story: Story) -> tuple[dict[str, Any], dict[str, str]]:
    """What names a credential that is not there yet, and the token: nobody can say whether its badge still stands."""
    story.clock.now = story.world.web.at = NOON - LONG_AGO
    answers(story)
    record = await story.converted(story.world.sound(Kind.DATA_INTEGRITY), "open-badges-3")
    story.clock.now = story.world.web.at = NOON
    story.world.web.unreachable(STATUS_LIST)
    await story.gateway.publish()
    offer = (await story.post("/v1/offers", json={"credential": record["id"]}))["offer"]
    shown = await bearer(story, offer)
    told = said(await story.client.post("/oid4vci/credential", json=await wish(story), headers=shown)).json()
    return {"transaction_id": told["transaction_id"]}, shown


def answers(story: Story) -> None:
    """Publish the status list of the badge's issuer, as of now."""
    story.world.issuer.status_list(STATUS_LIST, validFrom=f"{story.clock.now:%Y-%m-%dT%H:%M:%SZ}")


@SCENES("credentialIssuerMetadata")
async def metadata(story: Story) -> Asked:
    del story
    return asked(external=METADATA)


@SCENES("credentialNonce")
async def nonce(story: Story) -> Asked:
    del story
    return asked()


@SCENES("credentialOffer")
async def offer(story: Story) -> Asked:
    return asked({"offer_id": (await offered(story))["id"]})


@SCENES("credentialOffer", 410, "An offer that is over.")
async def no_offer(story: Story) -> Asked:
    del story
    return asked(NOWHERE)


@SCENES("credentialOfferByValue")
async def link(story: Story) -> Asked:
    return asked({"offer_id": (await offered(story))["id"]})


@SCENES("issueWalletCredential")
async def fetched(story: Story) -> Asked:
    shown = await bearer(story, await offered(story))
    return asked(body=await wish(story), headers=shown)


@SCENES("issueWalletCredential", 202, "While nobody can say whether the badge still stands.", first=True)
async def not_yet(story: Story) -> Asked:
    _, shown = await waiting(story)
    return asked(body=await wish(story), headers=shown)


@SCENES("issueWalletCredential", 400, "With a proof for a nonce that is not ours.")
async def old_nonce(story: Story) -> Asked:
    shown = await bearer(story, await offered(story))
    proof = WALLET.proof_jwt(PUBLIC_URL, "another", NOON)
    return asked(body={"credential_configuration_id": Configuration.BADGE, "proofs": {"jwt": [proof]}}, headers=shown)


@SCENES("issueWalletCredential", 401, "Without a token.")
async def no_token(story: Story) -> Asked:
    return asked(body=await wish(story), shown=("WWW-Authenticate",))


@SCENES("issueDeferredCredential", first=True)
async def delivered(story: Story) -> Asked:
    body, shown = await waiting(story)
    answers(story)
    return asked(body=body, headers=shown)


@SCENES("issueDeferredCredential", 202, "As long as it is not there.", first=True)
async def still_not_there(story: Story) -> Asked:
    body, shown = await waiting(story)
    return asked(body=body, headers=shown)


@SCENES("issueDeferredCredential", 400, "A transaction that there is not.")
async def no_transaction(story: Story) -> Asked:
    return asked(body={"transaction_id": "A" * 43}, headers=await bearer(story, await offered(story)))


@SCENES("notifyOfCredential", 204)
async def notified(story: Story) -> Asked:
    shown = await bearer(story, await offered(story))
    told = said(await story.client.post("/oid4vci/credential", json=await wish(story), headers=shown)).json()
    return asked(body={"notification_id": told["notification_id"], "event": "credential_accepted"}, headers=shown)


@SCENES("notifyOfCredential", 400, "Of a credential that was not issued for this token.")
async def not_notified(story: Story) -> Asked:
    body = {"notification_id": "A" * 43, "event": "credential_accepted"}
    return asked(body=body, headers=await bearer(story, await offered(story)))
