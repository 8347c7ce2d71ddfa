"""Scenes of ``vc-api.json``: credentials and presentations issued, fetched, verified and taken back."""

from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.http.vc_api.documented import CREDENTIAL
from gateway.records.access import Scope
from tests.examples.scene import NOBODY, Asked, Scenes, asked, by_platform
from tests.examples.story import NOON, SAMPLE, Story
from tests.simulators.wallet import Wallet, stamp

SCENES = Scenes()
ISSUE = "/vc-api/credentials/issue"
NO_CREDENTIAL = f"urn:uuid:{NOBODY}"
HOLDER = Wallet.ed25519()
VERIFIER = "https://verifier.example"
FORGED = SAMPLE.replace(b"Repairing", b"Designing")


def written(story: Story) -> dict[str, Any]:
    """A credential that the platform wrote, under an id of its own."""
    return {**CREDENTIAL, "id": f"urn:uuid:{story.ids()}"}


async def issued(story: Story) -> str:
    """The id of one that is signed."""
    made = await story.post(ISSUE, json={"credential": written(story)})
    return str(made["verifiableCredential"]["id"])


def taking_back(credential: str) -> dict[str, Any]:
    """What says that a credential is revoked."""
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
    return {"credentialId": credential, "credentialStatus": entry, "status": True}


@SCENES("createChallenge")
async def challenge(story: Story) -> Asked:
    del story
    return asked()


@SCENES("issueVerifiableCredential", 201)
async def made(story: Story) -> Asked:
    return by_platform(body={"credential": written(story)}, shown=("Location",))


@SCENES("issueVerifiableCredential", 400, "A member that no context defines.")
async def undefined(story: Story) -> Asked:
    del story
    return by_platform(body={"credential": {**CREDENTIAL, "colour": "blue"}})


@SCENES("issueVerifiableCredential", 401, "Without an API key.")
async def made_by_nobody(story: Story) -> Asked:
    del story
    return asked(body={"credential": CREDENTIAL}, shown=("WWW-Authenticate",))


@SCENES("issueVerifiableCredential", 403, "With an API key that may not issue.")
async def made_by_a_reader(story: Story) -> Asked:
    return asked(body={"credential": CREDENTIAL}, headers=await story.key(Scope.CREDENTIALS_READ))


@SCENES("fetchVerifiableCredential")
async def fetched(story: Story) -> Asked:
    return by_platform({"credential_id": await issued(story)})


@SCENES("fetchVerifiableCredential", 404, "A credential that the platform did not issue.")
async def not_fetched(story: Story) -> Asked:
    del story
    return by_platform({"credential_id": NO_CREDENTIAL})


@SCENES("deleteVerifiableCredential", 202)
async def erased(story: Story) -> Asked:
    return by_platform({"credential_id": await issued(story)})


@SCENES("deleteVerifiableCredential", 404, "A credential that the platform did not issue, or that was erased before.")
async def not_erased(story: Story) -> Asked:
    del story
    return by_platform({"credential_id": NO_CREDENTIAL})


@SCENES("updateCredentialStatus")
async def taken_back(story: Story) -> Asked:
    return by_platform(body=taking_back(await issued(story)))


@SCENES("updateCredentialStatus", 404, "Of a credential that the platform did not issue.")
async def not_taken_back(story: Story) -> Asked:
    del story
    return by_platform(body=taking_back(NO_CREDENTIAL))


@SCENES("verifyVerifiableCredential")
async def verified(story: Story) -> Asked:
    del story
    return asked(body={"verifiableCredential": msgspec.json.decode(SAMPLE)})


@SCENES("verifyVerifiableCredential", 400, "A credential that somebody changed.")
async def not_verified(story: Story) -> Asked:
    del story
    return asked(body={"verifiableCredential": msgspec.json.decode(FORGED)})


@SCENES("verifyPresentation")
async def shown(story: Story) -> Asked:
    answer = await story.client.post("/vc-api/challenges")
    occasion = str(answer.json()["challenge"])
    unsigned = HOLDER.unsigned(verifiableCredential=[msgspec.json.decode(SAMPLE)])
    presentation = HOLDER.signed(unsigned, occasion, VERIFIER, created=stamp(NOON))
    options = {"challenge": occasion, "domain": VERIFIER}
    return asked(body={"verifiablePresentation": presentation, "options": options})


@SCENES("verifyPresentation", 400, "For an occasion that is over.")
async def shown_again(story: Story) -> Asked:
    del story
    presentation = HOLDER.presentation("the-first", VERIFIER, created=stamp(NOON))
    options = {"challenge": "the-second", "domain": VERIFIER}
    return asked(body={"verifiablePresentation": presentation, "options": options})
