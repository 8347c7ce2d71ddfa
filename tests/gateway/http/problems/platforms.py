"""Problems with what a platform is, has and may do."""

import datetime as dt

from gateway.records.access import Role, Scope
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.gateway.http.problems.scene import Scenes
from tests.gateway.http.problems.stage import BEARER, NOON, Answered, Stage
from tests.gateway.plain import award
from tests.laundering.sources import Kind

SCENES = Scenes()
ACADEMY = {"id": "academy", "name": "Example Academy"}
HOOK = {"url": "https://lms.example.org/in"}


@SCENES("taken")
async def two_platforms_with_one_id(stage: Stage) -> Answered:
    operator = await stage.key(Scope.INSTALLATION_MANAGE)
    await stage.client.post("/v1/platforms", json=ACADEMY, headers=operator)
    return await stage.client.post("/v1/platforms", json=ACADEMY, headers=operator)


@SCENES("unusable-id")
async def a_platform_that_is_called_like_a_twin(stage: Stage) -> Answered:
    operator = await stage.key(Scope.INSTALLATION_MANAGE)
    return await stage.client.post("/v1/platforms", json={**ACADEMY, "id": "academy-test"}, headers=operator)


@SCENES("last-owner")
async def to_remove_the_only_owner(stage: Stage) -> Answered:
    member = await stage.gateway.tenancy.add_member(DEFAULT_PLATFORM, "owner@example.org", Role.OWNER, "command line")
    return await stage.client.delete(f"/v1/platform/members/{member.id}", headers=BEARER)


@SCENES("limit-raised")
async def a_platform_that_helps_itself(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        for most in (5, 10):
            answer = await other.client.patch("/v1/platform", json={"limits": {"issuedPerDay": most}}, headers=BEARER)
        return answer


@SCENES("past-expiry")
async def an_offer_that_has_ended(stage: Stage) -> Answered:
    record = await stage.converted()
    wish = {"credential": record["id"], "expires": "2020-01-01T00:00:00Z"}
    return await stage.client.post("/v1/offers", json=wish, headers=BEARER)


@SCENES("too-far-ahead")
async def an_offer_for_ten_years(stage: Stage) -> Answered:
    record = await stage.converted()
    wish = {"credential": record["id"], "expires": "2036-01-01T00:00:00Z"}
    return await stage.client.post("/v1/offers", json=wish, headers=BEARER)


@SCENES("outlives-maker")
async def a_key_that_makes_one_for_ever(stage: Stage) -> Answered:
    maker = await stage.key(expires=NOON + dt.timedelta(days=1))
    wish = {"name": "Registry", "scopes": ["credentials.read"]}
    return await stage.client.post("/v1/platform/keys", json=wish, headers=maker)


@SCENES("issue-limit")
async def one_form_more_than_there_may_be(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        await other.client.patch("/v1/platform", json={"limits": {"issuedPerDay": 1}}, headers=BEARER)
        issue = "/v1/credentials/issue?to=open-badges-3"
        for name in ("Knots", "Ropes"):
            answer = await other.client.post(issue, json=award(name=name), headers=BEARER)
        return answer


@SCENES("issuer-not-accepted")
async def a_badge_of_an_issuer_that_the_platform_refuses(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        policy = {"policy": {"refuses": ["https://issuer.example"]}}
        await other.client.patch("/v1/platform", json=policy, headers=BEARER)
        badge = other.world.sound(Kind.HOSTED)
        return await other.client.post("/v1/credentials?to=open-badges-3", content=badge, headers=BEARER)


@SCENES("too-many-webhooks")
async def one_webhook_more_than_there_may_be(stage: Stage) -> Answered:
    async with stage.otherwise() as other:
        while True:
            answer = await other.client.post("/v1/webhooks", json=HOOK, headers=BEARER)
            if answer.status_code != 201:
                return answer


@SCENES("wrong-code")
async def a_guessed_code(stage: Stage) -> Answered:
    made = await stage.post("/v1/webhooks", json=HOOK)
    path = f"/v1/webhooks/{made['webhook']['id']}/verification"
    return await stage.client.post(path, json={"code": "guessed"}, headers=BEARER)


@SCENES("webhook-inactive")
async def a_test_before_it_is_verified(stage: Stage) -> Answered:
    made = await stage.post("/v1/webhooks", json=HOOK)
    return await stage.client.post(f"/v1/webhooks/{made['webhook']['id']}/test", headers=BEARER)


@SCENES("seal-unusable")
async def a_seal_with_an_algorithm_that_makes_none(stage: Stage) -> Answered:
    wish = {"purpose": "seal", "algorithm": "EdDSA"}
    return await stage.client.post("/v1/platform/signing-keys", json=wish, headers=BEARER)


@SCENES("no-seal-identifier")
async def to_seal_for_nobody_in_particular(stage: Stage) -> Answered:
    async with stage.otherwise(seal_organisation_id="") as other:
        badge = other.world.sound(Kind.HOSTED)
        return await other.client.post("/v1/credentials?to=elm-3", content=badge, headers=BEARER)


@SCENES("test-only")
async def test_aids_for_real_operation(stage: Stage) -> Answered:
    return await stage.client.get("/v1/test/fixtures", headers=BEARER)
