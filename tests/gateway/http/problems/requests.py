"""Problems with a request as such."""

import asyncio
from collections.abc import AsyncIterator

from httpx import AsyncClient, Response

from gateway.http.badge_connect.manifest import SCOPES as CONNECT
from gateway.http.middleware import BodyDeadline
from gateway.http.open_badges_3 import scopes
from gateway.records.access import Scope
from tests.gateway.http.asgi import transport
from tests.gateway.http.badge_connect.conftest import ASSERTIONS
from tests.gateway.http.problems.scene import Scenes
from tests.gateway.http.problems.stage import BEARER, Answered, Stage
from tests.gateway.plain import award
from tests.laundering.sources import Kind

SCENES = Scenes()
JSON = {"Content-Type": "application/json"}
NOBODY = "00000000-0000-4000-8000-000000000000"
ISSUE = "/v1/credentials/issue"


@SCENES("bad-request")
async def a_format_that_there_is_not(stage: Stage) -> Answered:
    badge = stage.world.sound(Kind.HOSTED)
    return await stage.client.post("/v1/credentials?to=open-badges-9", content=badge, headers=BEARER)


@SCENES("invalid-body")
async def a_name_that_is_a_number(stage: Stage) -> Answered:
    return await stage.client.patch("/v1/platform", json={"name": 5}, headers=BEARER)


@SCENES("unstorable")
async def an_id_with_nul(stage: Stage) -> Answered:
    browser = await stage.browser(await stage.person("nul@example.org"))
    form = {"csrf": await stage.csrf(browser), "client": "a\0b"}
    return await browser.send("/account/applications", form, Accept="application/json")


@SCENES("malformed-host")
async def a_host_that_is_none(stage: Stage) -> Answered:
    return await stage.client.get("/healthz", headers={"Host": "[::1"})


@SCENES("unknown-parameter")
async def a_misspelt_parameter(stage: Stage) -> Answered:
    return await stage.client.get("/v1/credentials?limt=10", headers=BEARER)


@SCENES("too-many-fields")
async def a_form_with_more_fields_than_any_has(stage: Stage) -> Answered:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": stage.gateway.settings.public_url}
    return await stage.client.post("/account/sign-in", content="a&" * 100, headers=headers)


@SCENES("not-found")
async def a_record_of_nobody(stage: Stage) -> Answered:
    return await stage.client.get(f"/v1/credentials/{NOBODY}", headers=BEARER)


@SCENES("method-not-allowed")
async def to_read_what_only_answers(stage: Stage) -> Answered:
    return await stage.client.get("/v1/inspections")


@SCENES("body-timeout")
async def a_body_that_trickles_in(stage: Stage) -> Answered:
    async def trickling() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(0.05)
        yield b"}"

    hasty = transport(BodyDeadline(stage.app, timeout_s=0.02))
    async with AsyncClient(transport=hasty, base_url=stage.client.base_url) as client:
        return await client.post("/v1/inspections", content=trickling())


@SCENES("unsupported-media-type")
async def a_body_that_calls_itself_a_pdf(stage: Stage) -> Answered:
    return await stage.client.post("/v1/inspections", content=b"%PDF-1.7", headers={"Content-Type": "application/pdf"})


@SCENES("not-acceptable")
async def to_want_html_of_an_interface(stage: Stage) -> Answered:
    shown = await stage.application(await stage.person("reader@example.org"), scopes.READ)
    return await stage.client.get("/ims/ob/v3p0/credentials", headers={**shown, "Accept": "text/html"})


@SCENES("unauthorised")
async def no_key(stage: Stage) -> Answered:
    return await stage.client.get("/v1/credentials")


@SCENES("insufficient-scope")
async def a_key_for_something_else(stage: Stage) -> Answered:
    return await stage.client.get("/v1/credentials", headers=await stage.key(Scope.AUDIT_READ))


@SCENES("too-many-requests")
async def one_request_more_than_there_may_be(stage: Stage) -> Answered:
    async with stage.otherwise(public_requests_per_minute=1) as other:
        await other.client.get("/")
        return await other.client.get("/")


@SCENES("idempotency-conflict")
async def a_key_for_two_requests(stage: Stage) -> Answered:
    headers = {**BEARER, "Idempotency-Key": "award-1"}
    await stage.post(ISSUE, params={"to": "open-badges-3"}, json=award(), headers=headers)
    return await stage.client.post(
        ISSUE, params={"to": "open-badges-3"}, json=award(name="Another badge"), headers=headers
    )


@SCENES("in-progress")
async def a_request_that_is_being_worked_on(stage: Stage) -> Answered:
    async def sent() -> Response:
        headers = {**BEARER, "Idempotency-Key": "award-2"}
        return await stage.client.post(ISSUE, params={"to": "open-badges-3"}, json=award(), headers=headers)

    answers = await asyncio.gather(*(sent() for _ in range(4)))
    return next(answer for answer in answers if answer.status_code == 409)


@SCENES("answer-erased")
async def a_repetition_of_what_was_erased(stage: Stage) -> Answered:
    async def sent() -> Response:
        headers = {**BEARER, "Idempotency-Key": "award-3"}
        return await stage.client.post(ISSUE, params={"to": "open-badges-3"}, json=award(), headers=headers)

    record = (await sent()).json()["record"]
    await stage.client.delete(f"/v1/credentials/{record['id']}", headers=BEARER)
    return await sent()


@SCENES("bad-cursor")
async def a_page_after_nothing(stage: Stage) -> Answered:
    return await stage.client.get("/v1/credentials?after=garbage", headers=BEARER)


@SCENES("unknown-cursor")
async def changes_since_nothing(stage: Stage) -> Answered:
    return await stage.client.get("/v1/changes?since=garbage", headers=BEARER)


@SCENES("not-json")
async def a_push_of_half_an_object(stage: Stage) -> Answered:
    shown = await stage.application(await stage.person("pusher@example.org"), *CONNECT)
    return await stage.client.post(ASSERTIONS, content=b"{", headers={**shown, **JSON})


@SCENES("request-validation")
async def a_push_of_nothing(stage: Stage) -> Answered:
    shown = await stage.application(await stage.person("pusher@example.org"), *CONNECT)
    return await stage.client.post(ASSERTIONS, content=b"{}", headers={**shown, **JSON})
