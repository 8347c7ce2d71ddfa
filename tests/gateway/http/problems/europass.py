"""Problems with what is sealed, sent and kept for Europass."""

import msgspec
from httpx import Response

from tests.gateway.http.europass.uploads import LEARNER, SEAL, SEND, WALLETS, credential, part, payload, upload
from tests.gateway.http.problems.scene import Scenes
from tests.gateway.http.problems.stage import BEARER, Answered, Stage
from tests.laundering.sources import Kind

SCENES = Scenes()
OWN = "urn:credential:0b5e8cf6-3f1c-4b9e-8a55-7f1f7f3f0a02"


async def sealed(stage: Stage) -> bytes:
    """A sealed credential."""
    answer = await stage.client.post(SEAL, files=part("_file", upload()), headers=BEARER)
    assert answer.status_code == 200, answer.text
    return answer.content


async def deposited(stage: Stage, file: bytes, email: str = LEARNER) -> Response:
    """A file, put into the wallet of an address."""
    path = f"{WALLETS}/email/{email}/credentials"
    return await stage.client.post(path, files=part("_credential", file, "credential.jsonld"), headers=BEARER)


@SCENES("missing-file")
async def nothing_to_be_sealed(stage: Stage) -> Answered:
    return await stage.client.post(SEAL, content=b"", headers=BEARER)


@SCENES("not-an-upload")
async def an_open_badge_to_be_sealed(stage: Stage) -> Answered:
    badge = stage.world.sound(Kind.DATA_INTEGRITY)
    return await stage.client.post(SEAL, files=part("_file", badge), headers=BEARER)


@SCENES("not.sealed")
async def a_credential_without_its_seal(stage: Stage) -> Answered:
    return await deposited(stage, msgspec.json.encode(payload(await sealed(stage))))


@SCENES("no-delivery")
async def an_upload_for_nobody(stage: Stage) -> Answered:
    return await stage.client.post(SEND, files=part("_file", upload()), headers=BEARER)


@SCENES("sealed-otherwise")
async def two_credentials_with_one_id(stage: Stage) -> Answered:
    display = {**credential()["displayParameter"], "title": {"en": "Something else"}}
    for changes in ({"id": OWN}, {"id": OWN, "displayParameter": display}):
        answer = await stage.client.post(SEAL, files=part("_file", upload(**changes)), headers=BEARER)
    return answer


@SCENES("duplicate-credential")
async def the_same_credential_twice(stage: Stage) -> Answered:
    file = await sealed(stage)
    await deposited(stage, file)
    return await deposited(stage, file)


@SCENES("wallet-full")
async def a_credential_for_which_there_is_no_room(stage: Stage) -> Answered:
    async with stage.otherwise(backpack_badges=0) as other:
        return await deposited(other, await sealed(other))


@SCENES("link-expired")
async def a_share_link_after_its_day(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        answer = await deposited(other, await sealed(other))
        said = answer.json()
        place = f"{WALLETS}/{said['userId']}/credentials/{said['uuid']}/sharelink"
        made = await other.post(place, json={"expirationDate": "2026-01-08T12:00:00Z"})
        other.clock.advance(days=8)
        return await other.client.get(f"/europass/api/v1/sharelinks/{made['shareHash']}/details")
