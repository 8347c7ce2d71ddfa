"""What is changed about webhooks stands in the trail: every change once, with the endpoint, and nothing else."""

from gateway.assembly.whole import Gateway
from tests.gateway.http.conftest import Client
from tests.gateway.http.test_idempotency import activated


async def test_every_change_of_a_webhook_is_noted_and_nothing_else(holder: Client, gateway: Gateway) -> None:
    made = await activated(holder, gateway)
    here = f"/v1/webhooks/{made.id}"

    answers = [
        await holder.post(f"{here}/verification", json={"code": "not the code"}),
        await holder.patch(here, json={"description": "In another place"}),
        await holder.patch(here, json={"url": "https://lms.example.org/else"}),
        await holder.post(f"{here}/secret", json={"overlapHours": 1}),
        await holder.post(f"{here}/challenge"),
        await holder.post(f"{here}/disable"),
        await holder.get(here),
        await holder.delete(here),
        await holder.delete(here),
    ]

    entries = (await holder.get("/v1/audit")).json()["entries"]
    assert [answer.is_success for answer in answers] == [False, *[True] * 7, False]
    assert sorted(entry["action"] for entry in entries if entry["target"] == made.id) == [
        "webhook.asked-again",
        "webhook.changed",
        "webhook.changed",
        "webhook.disabled",
        "webhook.made",
        "webhook.removed",
        "webhook.secret-rotated",
        "webhook.verified",
    ]
    assert {entry["actor"] for entry in entries if entry["target"] == made.id} == {f"key {await _own(holder)}"}


async def _own(holder: Client) -> str:
    [key] = (await holder.get("/v1/platform/keys")).json()["keys"]
    return str(key["id"])
