"""Webhooks of a twin arrive at its receiving addresses, inside the gateway."""

import asyncio
from typing import Any  # Any: members of JSON documents

import pytest

from tests.gateway.http.conftest import PUBLIC_URL, Client, problem
from tests.gateway.http.test_aids.conftest import Headers
from tests.simulators.clock import SimulatedClock

OPERATIONS = ("makeEcho",)
"""Operations that take an Idempotency-Key."""


async def echo(client: Client, headers: Headers, **wanted: str) -> dict[str, Any]:
    answer = await client.post("/v1/test/webhook-echo", headers=headers, json=wanted)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def webhook(client: Client, headers: Headers, url: str) -> dict[str, Any]:
    answer = await client.post("/v1/webhooks", headers=headers, json={"url": url})
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["webhook"])


async def arrived(client: Client, headers: Headers, echo_id: str, number: int) -> list[dict[str, Any]]:
    """What a receiving address got, once it is so many."""
    for _ in range(200):
        shown = (await client.get(f"/v1/test/webhook-echo/{echo_id}", headers=headers)).json()
        if len(shown["requests"]) >= number:
            return list(shown["requests"])
        await asyncio.sleep(0.02)
    raise AssertionError(shown)


async def state(client: Client, headers: Headers, webhook_id: str, wanted: str) -> str:
    """The state of a webhook, once it is this one."""
    found = ""
    for _ in range(200):
        found = (await client.get(f"/v1/webhooks/{webhook_id}", headers=headers)).json()["state"]
        if found == wanted:
            break
        await asyncio.sleep(0.02)
    return found


@pytest.mark.usefixtures("delivering")
async def test_a_webhook_is_verified_and_its_messages_are_shown(
    client: Client, twin: Headers, clock: SimulatedClock
) -> None:
    made = await echo(client, twin)
    hook = await webhook(client, twin, made["url"])
    assert await state(client, twin, hook["id"], "active") == "active"
    clock.advance(seconds=1)

    await client.post(f"/v1/webhooks/{hook['id']}/test", headers=twin)

    latest, first = await arrived(client, twin, made["id"], 2)
    assert ("webhook.verification" in first["body"], "webhook.test" in latest["body"]) == (True, True)
    assert {(each["signature"], each["inTime"], each["answered"]) for each in (latest, first)} == {("right", True, 200)}
    assert latest["headers"]["webhook-id"]


@pytest.mark.usefixtures("delivering")
async def test_a_message_that_fails_is_tried_again_and_gone_disables_the_webhook(
    client: Client, twin: Headers, clock: SimulatedClock
) -> None:
    made = await echo(client, twin)
    hook = await webhook(client, twin, made["url"])
    await state(client, twin, hook["id"], "active")
    path = f"/v1/test/webhook-echo/{made['id']}"
    await client.patch(path, headers=twin, json={"answer": "server-error"})
    await client.post(f"/v1/webhooks/{hook['id']}/test", headers=twin)
    await arrived(client, twin, made["id"], 2)

    await client.patch(path, headers=twin, json={"answer": "gone"})
    clock.advance(hours=1)

    latest = (await arrived(client, twin, made["id"], 3))[0]
    assert latest["answered"] == 410
    assert await state(client, twin, hook["id"], "disabled") == "disabled"


@pytest.mark.usefixtures("delivering")
async def test_a_twin_whose_clock_is_off_takes_the_time_for_wrong(client: Client, twin: Headers) -> None:
    await client.put("/v1/test/clock", headers=twin, json={"time": "2030-01-01T00:00:00Z"})
    made = await echo(client, twin)

    await webhook(client, twin, made["url"])

    [first] = await arrived(client, twin, made["id"], 1)
    assert (first["signature"], first["inTime"]) == ("right", False)


async def test_a_receiving_address_takes_nobody_elses_webhooks(
    client: Client, twin: Headers, other_twin: Headers, live: Headers
) -> None:
    made = await echo(client, twin)

    for headers in (other_twin, live):
        answer = await client.post("/v1/webhooks", headers=headers, json={"url": made["url"]})
        assert (answer.status_code, problem(answer)["code"]) == (422, "fetch-blocked")
    shown = await client.get(f"/v1/test/webhook-echo/{made['id']}", headers=other_twin)
    changed = await client.patch(f"/v1/test/webhook-echo/{made['id']}", headers=other_twin, json={"answer": "gone"})
    assert (shown.status_code, changed.status_code) == (404, 404)


async def test_nothing_arrives_there_over_the_network(client: Client, twin: Headers) -> None:
    made = await echo(client, twin)

    answer = await client.post(made["url"].removeprefix(PUBLIC_URL), json={})

    assert answer.status_code in (404, 405)
    assert (await client.get(f"/v1/test/webhook-echo/{made['id']}", headers=twin)).json()["requests"] == []


async def test_of_more_than_ten_the_oldest_ends_and_all_do_after_a_day(
    client: Client, twin: Headers, clock: SimulatedClock
) -> None:
    made = []
    for _ in range(11):
        made.append(await echo(client, twin))
        clock.advance(seconds=1)

    there = [(await client.get(f"/v1/test/webhook-echo/{each['id']}", headers=twin)).status_code for each in made]
    clock.advance(days=1)
    later = [(await client.get(f"/v1/test/webhook-echo/{each['id']}", headers=twin)).status_code for each in made]

    assert there == [404, *[200] * 10]
    assert later == [404] * 11


async def test_the_same_request_makes_one_address_and_another_one_is_refused(client: Client, twin: Headers) -> None:
    headers = {**twin, "Idempotency-Key": "a-1"}

    answers = [
        await client.post("/v1/test/webhook-echo", headers=headers, json={"answer": answer})
        for answer in ("ok", "ok", "gone")
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert answers[0].content == answers[1].content
    assert problem(answers[2])["code"] == "idempotency-conflict"


async def test_every_change_of_a_receiving_address_is_noted(
    client: Client, twin: Headers, clock: SimulatedClock
) -> None:
    made = await echo(client, twin)
    clock.advance(seconds=1)

    await client.patch(f"/v1/test/webhook-echo/{made['id']}", headers=twin, json={"answer": "gone"})

    entries = (await client.get("/v1/audit", headers=twin)).json()["entries"]
    assert [entry["action"] for entry in entries if entry["target"] == made["id"]] == [
        "test-echo.gone",
        "test-echo.made",
    ]


async def test_an_answer_is_not_changed_unless_it_is_said_to_which(client: Client, twin: Headers) -> None:
    made = await echo(client, twin, answer="gone")

    answer = await client.patch(f"/v1/test/webhook-echo/{made['id']}", headers=twin, json={})

    shown = (await client.get(f"/v1/test/webhook-echo/{made['id']}", headers=twin)).json()
    assert answer.status_code in (400, 422), answer.text
    assert "answer" in problem(answer)["detail"]
    assert shown["echo"]["answer"] == "gone"


async def test_a_repetition_is_told_an_address_that_has_ended_since(
    client: Client, twin: Headers, clock: SimulatedClock
) -> None:
    headers = {**twin, "Idempotency-Key": "a-1"}
    first = await client.post("/v1/test/webhook-echo", headers=headers, json={})
    for _ in range(10):
        clock.advance(seconds=1)
        await echo(client, twin)

    again = await client.post("/v1/test/webhook-echo", headers=headers, json={})

    shown = await client.get(f"/v1/test/webhook-echo/{first.json()['id']}", headers=twin)
    described = (await client.get("/openapi/gateway.json")).json()["paths"]["/v1/test/webhook-echo"]["post"]
    assert (again.status_code, again.content) == (201, first.content)
    assert shown.status_code == 404
    assert "ended since" in described["description"]
