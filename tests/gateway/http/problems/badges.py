"""Problems with the bytes of a badge, and with what it refers to."""

import json
from typing import Any  # Any: members of JSON documents

from adapters.hub.baking import KEYWORD_2, bake_png
from gateway.errors import FetchBudget
from gateway.http.badge_connect.manifest import SCOPES as CONNECT
from gateway.http.open_badges_3 import scopes
from gateway.ports import Fetched
from tests.gateway.http.badge_connect.conftest import ASSERTIONS
from tests.gateway.http.problems.scene import Scenes
from tests.gateway.http.problems.stage import BEARER, Answered, Stage
from tests.laundering.sources import DRAWING, PICTURE, Kind

SCENES = Scenes()


async def inspected(stage: Stage, body: bytes) -> Answered:
    """What is found in the bytes."""
    return await stage.client.post("/v1/verifications", content=body)


async def pushed(stage: Stage, assertion: dict[str, Any]) -> Answered:
    """An Assertion, pushed into a backpack by Badge Connect."""
    shown = await stage.application(await stage.person("learner@example.org"), *CONNECT)
    return await stage.client.post(ASSERTIONS, json={"assertion": assertion}, headers=shown)


@SCENES("malformed")
async def a_name_that_stands_twice(stage: Stage) -> Answered:
    return await inspected(stage, b'{"id": "a", "type": "Assertion", "id": "b"}')


@SCENES("revoked")
async def nothing_but_that_it_was_revoked(stage: Stage) -> Answered:
    left = {"@context": "https://w3id.org/openbadges/v2", "id": "https://issuer.example/a/1", "type": "Assertion"}
    return await pushed(stage, {**left, "revoked": True})


@SCENES("too-large")
async def deeper_than_anybody_reads(stage: Stage) -> Answered:
    return await inspected(stage, b'{"a":' * 1000 + b"1" + b"}" * 1000)


@SCENES("unsupported-carrier")
async def a_pdf(stage: Stage) -> Answered:
    return await inspected(stage, b"%PDF-1.7 a certificate")


@SCENES("unsupported-jws-json")
async def a_jws_of_two_signatures(stage: Stage) -> Answered:
    signature = {"protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "AA"}
    return await inspected(stage, json.dumps({"payload": "e30", "signatures": [signature, signature]}).encode())


@SCENES("unknown-format")
async def a_credential_that_is_no_badge(stage: Stage) -> Answered:
    credential = {"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential"]}
    return await inspected(stage, json.dumps(credential).encode())


@SCENES("bake-corrupt")
async def half_a_picture(stage: Stage) -> Answered:
    return await inspected(stage, PICTURE[:20])


@SCENES("bake-ambiguous")
async def a_picture_with_two_badges(stage: Stage) -> Answered:
    baked = bake_png(PICTURE, stage.world.sound(Kind.JWS), KEYWORD_2)
    begin = baked.index(b"iTXt") - 4
    end = begin + 12 + int.from_bytes(baked[begin : begin + 4])
    return await inspected(stage, baked[:end] + baked[begin:])


@SCENES("bake-empty")
async def a_picture_like_any_other(stage: Stage) -> Answered:
    return await inspected(stage, PICTURE)


@SCENES("bake-unsafe")
async def a_drawing_with_a_dtd(stage: Stage) -> Answered:
    return await inspected(stage, b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING)


@SCENES("reference-missing")
async def a_badge_whose_class_is_gone(stage: Stage) -> Answered:
    badge = stage.world.sound(Kind.HOSTED, badge="https://issuer.example/classes/gone")
    return await pushed(stage, json.loads(badge))


@SCENES("not-an-assertion")
async def a_newer_badge_by_badge_connect(stage: Stage) -> Answered:
    return await pushed(stage, json.loads(stage.world.sound(Kind.DATA_INTEGRITY)))


@SCENES("no-credential")
async def an_older_badge_by_open_badges_3(stage: Stage) -> Answered:
    shown = await stage.application(await stage.person("older@example.org"), scopes.UPSERT)
    headers = {**shown, "Content-Type": "application/json"}
    badge = stage.world.sound(Kind.HOSTED)
    return await stage.client.post("/ims/ob/v3p0/credentials", content=badge, headers=headers)


@SCENES("unreachable")
async def an_address_that_serves_nothing(stage: Stage) -> Answered:
    return await inspected(stage, b'{"url": "https://nobody.example/badge"}')


@SCENES("fetch-blocked")
async def a_webhook_on_loopback(stage: Stage) -> Answered:
    return await stage.client.post("/v1/webhooks", json={"url": "https://127.0.0.1/"}, headers=BEARER)


@SCENES("fetch-budget")
async def more_documents_than_one_caller_may_have(stage: Stage) -> Answered:
    """The web says it, where real ones count what each caller has had."""

    async def spent(url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        del accept, fresh
        raise FetchBudget(f"{url}: too many documents were fetched for you", retry_after_s=12)

    async with stage.otherwise(web=spent) as other:
        return await inspected(other, b'{"url": "https://files.example/badge"}')
