"""Problems with what is made of a badge, or issued anew."""

from gateway.http.vc_api.documented import CREDENTIAL
from tests.gateway.http.problems.scene import Scenes
from tests.gateway.http.problems.stage import BEARER, Answered, Stage
from tests.gateway.plain import award
from tests.laundering.sources import Kind

SCENES = Scenes()
CONVERT, ISSUE = "/v1/credentials", "/v1/credentials/issue"
ID = "urn:uuid:3c2f7c34-6b0f-4a5e-9f0e-2f4f3c1a7d10"


async def converted(stage: Stage, badge: bytes, **query: str | int) -> Answered:
    """A badge, sent to be converted."""
    return await stage.client.post(CONVERT, params={"to": "open-badges-3", **query}, content=badge, headers=BEARER)


async def issued(stage: Stage, **query: str) -> dict[str, object]:
    """The record of an award."""
    made = await stage.post(ISSUE, params={"to": "open-badges-3", **query}, json=award())
    return dict(made["record"])


@SCENES("refused")
async def a_badge_that_was_changed(stage: Stage) -> Answered:
    return await converted(stage, stage.world.sound(Kind.DATA_INTEGRITY).replace(b"Knots", b"Ropes"))


@SCENES("source-changed")
async def a_further_form_of_what_now_says_something_else(stage: Stage) -> Answered:
    issuer = stage.world.issuer
    badge = stage.world.sound(Kind.HOSTED)
    first = await stage.converted(badge)
    issuer.serve(issuer.badge_class()["id"], issuer.badge_class(name="More knots"))
    await stage.converted(badge)
    answer = await stage.client.post(f"{CONVERT}/{first['id']}/forms", params={"to": "open-badges-2"}, headers=BEARER)
    issuer.serve(issuer.badge_class()["id"], issuer.badge_class())
    return answer


@SCENES("no-such-award")
async def the_second_award_of_one(stage: Stage) -> Answered:
    return await converted(stage, stage.world.sound(Kind.HOSTED), award=1)


@SCENES("not-writable")
async def what_the_other_format_has_no_place_for(stage: Stage) -> Answered:
    known = {"type": "IdentityObject", "identityType": "systemId", "identityHash": "learner-7", "hashed": False}
    subject = {**stage.world.credential()["credentialSubject"], "identifier": [known]}
    subject.pop("id", None)
    badge = stage.world.sound(Kind.DATA_INTEGRITY, credentialSubject=subject)
    return await converted(stage, badge, to="open-badges-2")


@SCENES("not-sealable")
async def a_way_of_signing_that_the_format_has_not(stage: Stage) -> Answered:
    return await converted(stage, stage.world.sound(Kind.HOSTED), securing="hosted")


@SCENES("no-suspension")
async def to_suspend_what_can_only_be_revoked(stage: Stage) -> Answered:
    return await converted(stage, stage.world.sound(Kind.HOSTED), to="open-badges-2", status="suspension")


@SCENES("not-issuable")
async def an_award_that_has_ended(stage: Stage) -> Answered:
    body = award(expires="2020-01-01T00:00:00Z")
    return await stage.client.post(ISSUE, params={"to": "open-badges-3"}, json=body, headers=BEARER)


@SCENES("issued-otherwise")
async def two_credentials_with_one_id(stage: Stage) -> Answered:
    one = {**CREDENTIAL, "id": ID}
    await stage.post("/vc-api/credentials/issue", json={"credential": one})
    other = {"credential": {**one, "name": "Something else"}}
    return await stage.client.post("/vc-api/credentials/issue", json=other, headers=BEARER)


@SCENES("not-active")
async def a_further_form_of_what_was_revoked(stage: Stage) -> Answered:
    record = await issued(stage)
    await stage.post(f"{CONVERT}/{record['id']}/revoke", json={"reason": "by mistake"})
    return await stage.client.post(f"{CONVERT}/{record['id']}/forms", params={"to": "open-badges-2"}, headers=BEARER)


@SCENES("erased")
async def the_page_of_what_was_erased(stage: Stage) -> Answered:
    record = await issued(stage)
    await stage.client.delete(f"{CONVERT}/{record['id']}", headers=BEARER)
    return await stage.client.get(f"/credentials/{record['id']}", headers={"Accept": "application/json"})


@SCENES("not-suspendable")
async def to_suspend_what_was_not_issued_for_it(stage: Stage) -> Answered:
    record = await issued(stage)
    return await stage.client.post(f"{CONVERT}/{record['id']}/suspend", json={"reason": "looked into"}, headers=BEARER)


@SCENES("not-made")
async def a_form_that_nobody_made(stage: Stage) -> Answered:
    record = await issued(stage)
    return await stage.client.get(
        f"{CONVERT}/{record['id']}/export", params={"format": "open-badges-2"}, headers=BEARER
    )
