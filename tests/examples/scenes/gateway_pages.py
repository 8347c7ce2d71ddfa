"""Scenes of ``gateway.json``: what was issued and who issued it, for everybody to read."""

from tests.examples.scene import NOBODY, Asked, Scenes, asked
from tests.examples.scenes.gateway_offers import offered
from tests.examples.story import BEARER, PUBLIC_URL, Story, said

SCENES = Scenes()
PLATFORM = {"platform": "default"}
CACHED = ("ETag", "Cache-Control", "Content-Digest")


@SCENES("jwks", alone=True)
async def keys(story: Story) -> Asked:
    del story
    return asked(shown=CACHED)


@SCENES("jwtVcIssuer", alone=True)
async def keys_of_tokens(story: Story) -> Asked:
    del story
    return asked(PLATFORM)


@SCENES("credentialType")
async def credential_type(story: Story) -> Asked:
    del story
    return asked({"kind": "open-badge-3"})


@SCENES("recordPage")
async def record(story: Story) -> Asked:
    record = await story.awarded()
    return asked({"record_id": record["id"]}, accept="application/json")


@SCENES("recordPage", 404, "A record that there is not.")
async def no_record(story: Story) -> Asked:
    del story
    return asked({"record_id": NOBODY}, accept="application/json")


@SCENES("originalBytes")
async def original(story: Story) -> Asked:
    capability = story.record["source"]["original"].rpartition("/")[2]
    return asked({"record_id": story.record["id"], "capability": capability})


@SCENES("offerPage")
async def offer(story: Story) -> Asked:
    return asked({"offer_id": (await offered(story))["id"], "iuv": "1"}, accept="application/json")


@SCENES("offerPage", 410, "An offer that was withdrawn.")
async def offer_that_is_over(story: Story) -> Asked:
    withdrawn = (await offered(story))["id"]
    said(await story.client.delete(f"/v1/offers/{withdrawn}", headers=BEARER))
    return asked({"offer_id": withdrawn, "iuv": "1"}, accept="application/json")


@SCENES("issuerOfTokens", alone=True)
async def issuer_of_tokens(story: Story) -> Asked:
    del story
    return asked(PLATFORM)


@SCENES("didDocument", alone=True)
async def did_document(story: Story) -> Asked:
    del story
    return asked(PLATFORM, shown=CACHED)


@SCENES("didDocument", 404, "Of a platform that there is not.")
async def no_did_document(story: Story) -> Asked:
    del story
    return asked({"platform": "nobody"})


@SCENES("profile", alone=True)
async def profile(story: Story) -> Asked:
    del story
    return asked(PLATFORM)


@SCENES("conversionReceipt")
async def receipt(story: Story) -> Asked:
    name = story.record["forms"][0]["links"]["receipt"].rpartition("/")[2]
    return asked({**PLATFORM, "name": name})


@SCENES("sealCertificate", alone=True)
async def certificate(story: Story) -> Asked:
    await story.awarded("elm-3")
    return asked(PLATFORM)


@SCENES("sealCertificate", 404, "Before anything was sealed.", alone=True)
async def no_certificate(story: Story) -> Asked:
    del story
    return asked(PLATFORM)


@SCENES("statusList", alone=True)
async def status_list(story: Story) -> Asked:
    [address] = {form["status"]["list"] for form in story.record["forms"] if form["status"]}
    return asked({**PLATFORM, "name": address.removeprefix(f"{PUBLIC_URL}/p/default/status-lists/")})
