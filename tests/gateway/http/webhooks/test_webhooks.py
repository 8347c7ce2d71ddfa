"""``/v1/webhooks`` over HTTP: what is answered, and what is refused with which words."""

from typing import Any

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.flows.webhooks.register import Wanted
from gateway.records import Purpose
from tests.gateway.http.conftest import Client, problem
from tests.simulators.clock import SimulatedClock

WEBHOOKS = "/v1/webhooks"
URL = "https://lms.example.org/in?token=of-the-address"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
async def webhook(holder: Client) -> dict[str, Any]:
    answer = await holder.post(WEBHOOKS, json={"url": URL, "kinds": ["credential.revoked"], "description": "ours"})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.fixture
async def foreign(gateway: Gateway) -> str:
    """The id of another platform's endpoint."""
    made = await gateway.webhooks.register_webhook(Wanted(url=URL), Caller("people", "somebody"))
    return made.webhook.id


def at(webhook: dict[str, Any], path: str = "") -> str:
    return f"{WEBHOOKS}/{webhook['webhook']['id']}{path}"


async def test_the_secret_is_shown_once(holder: Client, webhook: dict[str, Any]) -> None:
    shown = await holder.get(at(webhook))
    listed = await holder.get(WEBHOOKS)

    assert webhook["secret"].startswith("whsec_")
    assert shown.json() == webhook["webhook"]
    assert listed.json()["webhooks"] == [webhook["webhook"]]
    assert webhook["secret"][6:] not in shown.text + listed.text
    assert webhook["webhook"]["state"] == "unverified"
    assert webhook["webhook"]["publicKeys"][0].startswith("whpk_")


async def test_the_same_idempotency_key_makes_one_endpoint(holder: Client) -> None:
    headers = {"Idempotency-Key": "once"}

    first = await holder.post(WEBHOOKS, json={"url": URL}, headers=headers)
    again = await holder.post(WEBHOOKS, json={"url": URL}, headers=headers)
    other = await holder.post(WEBHOOKS, json={"url": f"{URL}2"}, headers=headers)

    assert first.json() == again.json()
    assert problem(other)["code"] == "idempotency-conflict"
    assert len((await holder.get(WEBHOOKS)).json()["webhooks"]) == 1


async def test_a_webhook_is_changed_disabled_asked_again_and_removed(holder: Client, webhook: dict[str, Any]) -> None:
    changed = await holder.patch(at(webhook), json={"description": "mine", "kinds": []})
    disabled = await holder.post(at(webhook, "/disable"))
    asked = await holder.post(at(webhook, "/challenge"))
    rotated = await holder.post(at(webhook, "/secret"), json={"overlapHours": 1})
    removed = await holder.delete(at(webhook))
    gone = await holder.get(at(webhook))

    assert changed.json()["description"] == "mine"
    assert "kinds" not in changed.json()
    assert (disabled.json()["state"], disabled.json()["whyDisabled"]) == ("disabled", "asked")
    assert (asked.status_code, asked.json()["state"]) == (202, "unverified")
    assert rotated.json()["secret"] != webhook["secret"]
    assert rotated.json()["webhook"]["oldSecretUntil"] == "2026-01-01T13:00:00Z"
    assert (removed.status_code, removed.content) == (204, b"")
    assert problem(gone)["code"] == "not-found"


async def test_an_old_secret_is_told_of_while_it_signs(
    holder: Client, webhook: dict[str, Any], clock: SimulatedClock
) -> None:
    await holder.post(at(webhook, "/secret"), json={"overlapHours": 1})

    clock.advance(minutes=59)
    before = (await holder.get(at(webhook))).json()
    clock.advance(minutes=2)
    after = (await holder.get(at(webhook))).json()

    assert before["oldSecretUntil"] == "2026-01-01T13:00:00Z"
    assert "oldSecretUntil" not in after


async def test_deliveries_are_listed_page_by_page(holder: Client, webhook: dict[str, Any]) -> None:
    await holder.post(at(webhook, "/challenge"))

    first = (await holder.get(at(webhook, "/deliveries"), params={"limit": 1})).json()
    second = (await holder.get(at(webhook, "/deliveries"), params={"limit": 1, "after": first["next"]})).json()
    dead = (await holder.get(at(webhook, "/deliveries"), params={"state": "dead"})).json()
    delivered = (await holder.get(at(webhook, "/deliveries"), params={"state": "delivered"})).json()

    waiting = (await holder.get(at(webhook, "/deliveries"), params={"state": "waiting"})).json()

    assert {each["type"] for each in first["deliveries"] + second["deliveries"]} == {"webhook.verification"}
    assert first["deliveries"][0]["id"] != second["deliveries"][0]["id"]
    assert second["next"] == ""
    assert [each["state"] for each in waiting["deliveries"]] == ["waiting"]
    assert [each["outcome"] for each in dead["deliveries"]] == ["the endpoint was asked anew"]
    assert delivered == {"deliveries": [], "next": ""}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"url": "https://127.0.0.1/"}, 422, "fetch-blocked"),
        ({"url": "http://lms.example.org/"}, 422, "fetch-blocked"),
        ({"url": "https://lms.example.org:22/"}, 422, "fetch-blocked"),
        ({"url": "https://user:word@lms.example.org/"}, 422, "fetch-blocked"),
        ({"url": "https://metadata/"}, 422, "fetch-blocked"),
        ({"url": "ftp://lms.example.org/"}, 400, "invalid-body"),
        ({"url": ""}, 400, "invalid-body"),
        ({"url": "https://lms.example.org/" + "a" * 2048}, 400, "invalid-body"),
        ({"url": None}, 400, "invalid-body"),
        ({}, 400, "invalid-body"),
        ([], 400, "invalid-body"),
        ({"url": URL, "kinds": ["no.such"]}, 400, "invalid-body"),
        ({"url": URL, "secret": "whsec_mine"}, 400, "invalid-body"),
        ({"url": URL, "description": "x" * 201}, 400, "invalid-body"),
    ],
)
async def test_what_cannot_be_an_endpoint_is_refused_and_nothing_is_stored(
    holder: Client, body: object, status: int, code: str
) -> None:
    answer = await holder.post(WEBHOOKS, json=body)

    assert (answer.status_code, problem(answer)["code"]) == (status, code)
    assert (await holder.get(WEBHOOKS)).json() == {"webhooks": []}


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/verification", {"code": "guessed"}, 422, "wrong-code"),
        ("/test", None, 409, "webhook-inactive"),
        ("/replay", {"since": "2026-01-01T00:00:00Z"}, 409, "webhook-inactive"),
        ("/replay", {"since": "2026-01-01T00:00:00"}, 400, "invalid-body"),
        ("/secret", {"overlapHours": 169}, 400, "invalid-body"),
        ("/secret", {}, 400, "invalid-body"),
        (f"/deliveries/{NOBODY}/replay", None, 409, "webhook-inactive"),
    ],
)
async def test_what_an_unverified_endpoint_cannot_do(
    holder: Client, webhook: dict[str, Any], path: str, body: object, status: int, code: str
) -> None:
    answer = await holder.post(at(webhook, path), json=body)

    assert (answer.status_code, problem(answer)["code"]) == (status, code)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"description": "mine"}),
        ("DELETE", "", None),
        ("POST", "/secret", {"overlapHours": 0}),
        ("POST", "/challenge", None),
        ("POST", "/verification", {"code": "x"}),
        ("POST", "/disable", None),
        ("GET", "/deliveries", None),
        ("POST", f"/deliveries/{NOBODY}/replay", None),
        ("POST", "/replay", {"since": "2026-01-01T00:00:00Z"}),
        ("POST", "/test", None),
    ],
)
async def test_the_endpoint_of_another_platform_is_not_there(
    holder: Client, foreign: str, method: str, path: str, body: object
) -> None:
    answer = await holder.request(method, f"{WEBHOOKS}/{foreign}{path}", json=body)

    assert (answer.status_code, problem(answer)["code"]) == (404, "not-found")


async def test_a_platform_has_at_most_a_hundred_endpoints(holder: Client, gateway: Gateway) -> None:
    for _ in range(100):
        await gateway.webhooks.register_webhook(Wanted(url=URL), Caller("default", "holder"))

    answer = await holder.post(WEBHOOKS, json={"url": URL})

    assert (answer.status_code, problem(answer)["code"]) == (409, "too-many-webhooks")


async def test_the_key_of_webhooks_is_in_no_document_of_the_issuer(
    holder: Client, gateway: Gateway, record: dict[str, Any], webhook: dict[str, Any]
) -> None:
    del record, webhook
    keys = await gateway.keys.all("default")
    [ours] = [key.id for key in keys if key.purpose is Purpose.WEBHOOK]
    documents = ("/p/default/did.json", "/p/default/issuer", "/p/default/profile", "/.well-known/jwks.json")

    shown = [(await holder.get(path)).text for path in documents]
    alone = await holder.get(f"/p/default/keys/{ours}")

    assert all(any(key.id in text for text in shown) for key in keys if key.purpose is not Purpose.WEBHOOK)
    assert not any(ours in text for text in shown)
    assert alone.status_code == 404
