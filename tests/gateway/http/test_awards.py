"""``POST /v1/credentials/issue``: what a platform awards itself, and what it may not say."""

from typing import Any  # Any: members of JSON objects

import pytest
from httpx import Response

from gateway.http.examples import AWARD
from tests.gateway.http.conftest import Client, here, problem
from tests.gateway.plain import award

ISSUE = "/v1/credentials/issue"


async def issued(holder: Client, to: str = "open-badges-3", **changes: Any) -> Response:
    return await holder.post(ISSUE, params={"to": to}, json=award(**changes))


async def test_a_badge_is_issued_and_leads_to_its_record(holder: Client) -> None:
    answer = await holder.post(ISSUE, params={"to": ["open-badges-2", "open-badges-3"]}, json=award())

    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == made["record"]["url"]
    assert (made["outcome"], made["checks"], made["record"]["source"]) == ("skipped", [], None)
    assert made["record"]["state"] == "active"
    for form in made["record"]["forms"]:
        report = (await holder.post("/v1/verifications", content=(await holder.get(here(form["url"]))).content)).json()
        assert report["outcome"] == "passed", report


async def test_every_example_of_the_contract_is_issued_as_it_stands(holder: Client) -> None:
    [operation] = (await holder.get("/openapi.json")).json()["paths"][ISSUE].values()

    examples = operation["requestBody"]["content"]["application/json"]["examples"]

    assert examples["shortest"]["value"] == AWARD
    for name, example in examples.items():
        issued = await holder.post(ISSUE, params={"to": "open-badges-3"}, json=example["value"])
        assert issued.status_code == 201, (name, issued.text)


async def test_the_platform_gets_its_request_back_byte_for_byte(holder: Client) -> None:
    made = (await issued(holder)).json()["record"]

    original = await holder.get(here(made["statement"]["original"]))

    assert original.json() == award()
    assert original.headers["Content-Type"] == "application/json"
    assert (await holder.get(here(made["url"]))).json()["statement"]["original"] == ""


@pytest.mark.parametrize(
    "member",
    ["issuer", "verificationMethod", "kid", "platform", "tenant_id", "verified", "id", "@context", "proof", "creator"],
)
@pytest.mark.parametrize("place", ["", "achievement", "recipient"])
async def test_a_member_that_is_not_the_callers_to_say_is_refused(holder: Client, member: str, place: str) -> None:
    body = award()
    (body[place] if place else body)[member] = "https://other.example"

    answer = await holder.post(ISSUE, params={"to": "open-badges-3"}, json=body)

    assert answer.status_code == 400, answer.text
    assert member in problem(answer)["detail"]
    assert (await holder.get("/v1/credentials")).json()["records"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"nothing", 400),
        (b'{"achievement": {}}', 400),
        (b'{"recipient": {"email": "a@b.example"}, "recipient": {"email": "b@b.example"}}', 400),
        (b"\xff\xfe", 400),
        (b"[" * 200_000, 413),
    ],
)
async def test_what_is_no_award_is_refused(holder: Client, body: bytes, status: int) -> None:
    answer = await holder.post(
        ISSUE, params={"to": "open-badges-3"}, content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == status, answer.text
    assert problem(answer)["status"] == status


async def test_two_members_of_one_name_are_refused_though_either_would_do(holder: Client) -> None:
    text = '{"recipient": {"email": "one@b.example"}, ' + str(award()).replace("'", '"')[1:]

    answer = await holder.post(
        ISSUE, params={"to": "open-badges-3"}, content=text.encode(), headers={"Content-Type": "application/json"}
    )

    assert (answer.status_code, problem(answer)["code"]) == (400, "invalid-body")
    assert problem(answer)["pointer"] == "/recipient"


async def test_what_no_badge_may_say_names_the_place_and_the_fix(holder: Client) -> None:
    answer = await issued(holder, expires="2001-01-01T00:00:00Z")

    said = problem(answer)
    assert (answer.status_code, said["code"], said["pointer"]) == (422, "not-issuable", "/expires")
    assert said["fix"]


async def test_a_status_that_the_format_has_not_is_refused(holder: Client) -> None:
    answer = await holder.post(ISSUE, params={"to": "open-badges-2", "status": "suspension"}, json=award())

    assert (answer.status_code, problem(answer)["code"]) == (400, "no-suspension")
    assert problem(answer)["parameter"] == "status"


async def test_a_whole_number_is_one_however_it_is_written(holder: Client) -> None:
    body = award()
    body["achievement"]["level"] = 6.0

    answer = await holder.post(ISSUE, params={"to": "open-badges-3"}, json=body)

    assert answer.status_code == 201, answer.text


async def test_what_cannot_be_kept_is_said_of_the_request_and_of_no_badge(holder: Client) -> None:
    answer = await issued(holder, narrative="a\0b")

    said = problem(answer)
    assert (answer.status_code, said["code"], said["pointer"]) == (400, "unstorable", "/narrative")
    assert said["fix"] == "leave these characters out"
