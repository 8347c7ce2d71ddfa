"""Scenes of ``europass.json``: wallets, what lies in them, and the links that show it."""

from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.http.contract.exemplary import MULTIPART
from tests.examples.scene import NOBODY, Asked, Scenes, asked, by_platform
from tests.examples.scenes.europass_issuer import sealed
from tests.examples.story import BEARER, Story, said
from tests.gateway.http.europass.uploads import WALLETS, part

SCENES = Scenes()
NO_LINK = "A" * 43
ENDS = {"expirationDate": "2026-12-01T12:00:00Z"}


async def wallet(story: Story, name: str) -> str:
    """The ``userId`` of a wallet for somebody with this name."""
    made = await story.post(WALLETS, json={"userEmail": f"{name}@example.org"})
    return str(made["userId"])


async def deposit(story: Story, name: str, number: int) -> dict[str, str]:
    """The parameters that name a deposit in the wallet of somebody with this name."""
    user_id = await wallet(story, name)
    file = await sealed(story, number)
    put = await story.post(f"{WALLETS}/{user_id}/credentials", files=part("_credential", file))
    return {"user_id": user_id, "uuid": put["uuid"]}


async def link(story: Story, name: str, number: int) -> dict[str, str]:
    """The parameter that names a share link."""
    there = await deposit(story, name, number)
    place = f"{WALLETS}/{there['user_id']}/credentials/{there['uuid']}/sharelink"
    made: dict[str, Any] = said(await story.client.post(place, json=ENDS, headers=BEARER)).json()
    return {"share_hash": made["shareHash"]}


@SCENES("makeWallet", 201)
async def made(story: Story) -> Asked:
    del story
    return by_platform({"Idempotency-Key": "wallet-1"}, {"userEmail": "wallet@example.org"})


@SCENES("makeWallet", 400, "For what is no e-mail address.")
async def made_for_nobody(story: Story) -> Asked:
    del story
    return by_platform(body={"userEmail": "nobody"})


@SCENES("showWallet")
async def shown(story: Story) -> Asked:
    return by_platform({"user_id": await wallet(story, "shown")})


@SCENES("showWallet", 404, "A wallet of nobody.")
async def none_shown(story: Story) -> Asked:
    del story
    return by_platform({"user_id": NOBODY})


@SCENES("removeWallet", 204)
async def removed(story: Story) -> Asked:
    return by_platform({"user_id": await wallet(story, "removed")})


@SCENES("depositCredential", 201)
async def put(story: Story) -> Asked:
    user_id = await wallet(story, "put")
    file = msgspec.json.decode(await sealed(story, 2001))
    return by_platform({"user_id": user_id}, {"_credential": file}, media_type=MULTIPART)


@SCENES("depositCredentialByEmail", 201)
async def put_by_address(story: Story) -> Asked:
    file = msgspec.json.decode(await sealed(story, 2002))
    return by_platform({"user_email": "mailed@example.org"}, {"_credential": file}, media_type=MULTIPART)


@SCENES("listDeposits")
async def listed(story: Story) -> Asked:
    there = await deposit(story, "listed", 2003)
    return by_platform({"user_id": there["user_id"], "offset": 0})


@SCENES("showDeposit")
async def found(story: Story) -> Asked:
    return by_platform(await deposit(story, "found", 2004), shown=("Content-Disposition",))


@SCENES("verifyDeposit")
async def verified(story: Story) -> Asked:
    return by_platform({**await deposit(story, "verified", 2005), "locale": "en"})


@SCENES("removeDeposit", 204)
async def taken_away(story: Story) -> Asked:
    return by_platform(await deposit(story, "away", 2006))


@SCENES("shareDeposit", 201)
async def shared(story: Story) -> Asked:
    return by_platform(await deposit(story, "sharing", 2007), ENDS)


@SCENES("showShared")
async def followed(story: Story) -> Asked:
    return asked(await link(story, "followed", 2008), accept="application/json")


@SCENES("showShared", 404, "A link that nobody made.")
async def followed_nowhere(story: Story) -> Asked:
    del story
    return asked({"share_hash": NO_LINK}, accept="application/json")


@SCENES("showSharedDetails")
async def shared_details(story: Story) -> Asked:
    return asked({**await link(story, "details", 2009), "locale": "en"})


@SCENES("downloadShared")
async def downloaded(story: Story) -> Asked:
    return asked(await link(story, "downloaded", 2010), shown=("Content-Disposition",))


@SCENES("showSharedPicture")
async def picture(story: Story) -> Asked:
    return asked(await link(story, "picture", 2011))


@SCENES("verifyShared")
async def shared_checks(story: Story) -> Asked:
    return asked({**await link(story, "checks", 2012), "locale": "en"})


@SCENES("endShareLink", 204)
async def ended(story: Story) -> Asked:
    return by_platform(await link(story, "ended", 2013))
