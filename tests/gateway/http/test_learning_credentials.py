"""EU learning credentials over HTTP: asked for, sealed as SD-JWT VC, verified, shown, revoked, and converted again."""

from typing import Any

import msgspec
import pytest

from adapters.hub.opened import Opened, open_bytes
from tests.gateway.http.conftest import Client, form, here, problem
from tests.gateway.http.html import BROWSER, Page
from tests.laundering.sources import Kind, World

FORMAT = "learning-credential-1"
GATEWAY = "Open Badges gateway"
UNIVERSITY = "Example University"


async def made(holder: Client, badge: bytes) -> dict[str, Any]:
    answer = await holder.post("/v1/credentials", params={"to": FORMAT}, content=badge)
    assert answer.status_code == 201, answer.text
    record: dict[str, Any] = answer.json()["record"]
    return record


async def sealed(holder: Client, badge: bytes) -> bytes:
    record = await made(holder, badge)
    answer = await holder.get(f"/v1/credentials/{record['id']}/export", params={"format": FORMAT})
    return answer.content


def opened(body: bytes) -> Opened:
    found = open_bytes(body)
    assert isinstance(found, Opened)
    return found


@pytest.mark.parametrize("kind", Kind)
async def test_every_kind_of_badge_becomes_one_that_names_both_and_verifies(
    holder: Client, world: World, kind: Kind
) -> None:
    body = await sealed(holder, world.sound(kind))

    report = (await holder.post("/v1/verifications", content=body)).json()
    assert (report["outcome"], report["format"], report["securing"]) == ("passed", FORMAT, "sd-jwt"), report
    claims = opened(body).document
    assert claims["issuing_authority"] == f"{UNIVERSITY} (converted and signed by {GATEWAY})"
    assert claims["iss"] == report["issuer"]
    assert claims["provenance"]["receipt"].startswith(f"{claims['iss']}/receipts/")


async def test_what_tells_who_the_learner_is_can_be_withheld(holder: Client, world: World) -> None:
    body = await sealed(holder, world.sound(Kind.HOSTED))

    alone = opened(body.partition(b"~")[0] + b"~")

    assert b"learner@example.org" not in msgspec.json.encode(alone.document)
    assert b"/assertions/1" not in msgspec.json.encode(alone.document)
    assert alone.document["achievement_title"] == "Knots"
    refused = await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=alone.received)
    assert (refused.status_code, problem(refused)["code"]) == (422, "refused")


@pytest.mark.parametrize("format", ["open-badges-2", "open-badges-3"])
async def test_it_is_converted_again_under_the_same_two_names(holder: Client, world: World, format: str) -> None:
    body = await sealed(holder, world.sound(Kind.DATA_INTEGRITY))

    again = await holder.post("/v1/credentials", params={"to": format}, content=body)

    assert again.status_code == 201, again.text
    document = (await holder.get(here(form(again.json()["record"], format)["url"]))).content
    assert UNIVERSITY.encode() in document
    assert GATEWAY.encode() in document
    verified = (await holder.post("/v1/verifications", content=document)).json()
    assert verified["outcome"] == "passed"


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_page_of_its_record_shows_it_without_a_picture(holder: Client, world: World, language: str) -> None:
    record = await made(holder, world.sound(Kind.HOSTED))

    answer = await holder.get(here(record["url"]), params={"lang": language}, headers=BROWSER)

    page = Page(answer.text)
    assert answer.status_code == 200
    assert "EU Learning Credential" in page.text
    assert page.all("img") == []
    assert form(record, FORMAT)["links"].keys() == {"sdjwt", "receipt"}


async def test_one_that_was_revoked_no_longer_verifies(holder: Client, world: World) -> None:
    record = await made(holder, world.sound(Kind.HOSTED))
    body = (await holder.get(here(form(record, FORMAT)["url"]))).content

    await holder.post(f"/v1/credentials/{record['id']}/revoke", json={"reason": "by mistake"})

    report = (await holder.post("/v1/verifications", content=body)).json()
    failed = [check["name"] for check in report["checks"] if check["outcome"] == "failed"]
    assert (report["outcome"], failed) == ("failed", ["status"])


async def test_a_form_that_is_nowhere_asked_for_is_refused_with_what_there_is(holder: Client, world: World) -> None:
    answer = await holder.post(
        "/v1/credentials", params={"to": FORMAT, "securing": "vc-jwt"}, content=world.sound(Kind.HOSTED)
    )

    assert (answer.status_code, problem(answer)["code"]) == (400, "not-sealable")
    assert "sd-jwt" in problem(answer)["fix"]
