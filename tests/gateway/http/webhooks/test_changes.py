"""``/v1/changes`` and the history of a credential, as platforms read them."""

import re
from typing import Any

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from tests.gateway.http.conftest import Client, problem
from tests.gateway.plain import award

CHANGES = "/v1/changes"


async def test_a_conversion_and_a_revocation_are_told_in_order(holder: Client, record: dict[str, Any]) -> None:
    revoked = await holder.post(f"/v1/credentials/{record['id']}/revoke", json={"reason": "awarded twice"})
    assert revoked.status_code == 200, revoked.text

    answer = await holder.get(CHANGES)

    events = answer.json()["events"]
    assert answer.status_code == 200
    assert [event["type"] for event in events][:3] == ["credential.created", "form.issued", "form.issued"]
    assert {event["type"] for event in events[3:]} == {"credential.revoked"}
    assert {event["data"]["credential"] for event in events} == {record["id"]}
    assert {(event["data"]["reason"], event["data"]["actor"]) for event in events[3:]} == {("awarded twice", "key")}
    assert answer.json()["more"] is False


async def test_pages_follow_each_other_by_cursor_and_by_link(holder: Client, record: dict[str, Any]) -> None:
    del record
    whole = (await holder.get(CHANGES)).json()
    found: list[Any] = []
    address = f"{CHANGES}?limit=1"
    while True:
        answer = await holder.get(address)
        found += answer.json()["events"]
        link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        if link is None:
            break
        address = link[1]

    full = (await holder.get(CHANGES, params={"limit": len(found)})).json()

    assert found == whole["events"]
    assert answer.json()["next"] == whole["next"]
    assert full == whole


async def test_an_unchanged_page_still_says_where_to_read_on(holder: Client, record: dict[str, Any]) -> None:
    del record
    first = await holder.get(CHANGES, params={"limit": 1})

    again = await holder.get(CHANGES, params={"limit": 1}, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.headers["Link"] == first.headers["Link"]


async def test_nothing_new_is_an_empty_page_with_the_same_cursor_and_304(
    holder: Client, record: dict[str, Any]
) -> None:
    del record
    cursor = (await holder.get(CHANGES)).json()["next"]

    first = await holder.get(CHANGES, params={"since": cursor})
    again = await holder.get(CHANGES, params={"since": cursor}, headers={"If-None-Match": first.headers["ETag"]})

    assert first.json() == {"events": [], "next": cursor, "more": False}
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("cursor", ["garbage", "A" * 24, "AAAAAAAAAAAAAAAAAAAAAAA=", "é", "0", "A" * 64])
async def test_garbage_is_no_cursor(holder: Client, cursor: str) -> None:
    answer = await holder.get(CHANGES, params={"since": cursor})

    found = problem(answer)
    assert (answer.status_code, found["code"], found["parameter"]) == (400, "unknown-cursor", "since")
    assert found["fix"]


async def test_the_cursor_of_another_platform_is_none_here(holder: Client, gateway: Gateway) -> None:
    foreign = await gateway.webhooks.read_changes("", 1, Caller("people", "somebody"))

    answer = await holder.get(CHANGES, params={"since": foreign.next})

    assert problem(answer)["code"] == "unknown-cursor"


async def test_a_credential_has_a_history_and_a_foreign_one_is_not_there(
    holder: Client, record: dict[str, Any]
) -> None:
    own = await holder.get(f"/v1/credentials/{record['id']}/history")
    foreign = await holder.get("/v1/credentials/00000000-0000-4000-8000-000000000000/history")

    assert [event["type"] for event in own.json()["events"]] == ["credential.created", "form.issued", "form.issued"]
    assert problem(foreign)["code"] == "not-found"


async def test_the_history_keeps_why_and_by_whom_a_suspension_was(holder: Client) -> None:
    asked = {"to": "open-badges-3", "status": "suspension"}
    issued = await holder.post("/v1/credentials/issue", params=asked, json=award())
    address = f"/v1/credentials/{issued.json()['record']['id']}"
    await holder.post(f"{address}/suspend", json={"reason": "under review"})
    await holder.post(f"{address}/reinstate")

    suspended, reinstated = (await holder.get(f"{address}/history")).json()["events"][-2:]

    assert (suspended["data"]["reason"], suspended["data"]["actor"]) == ("under review", "key")
    assert (reinstated["data"].get("reason"), reinstated["data"]["actor"]) == (None, "key")
    trail = (await holder.get("/v1/audit")).json()["entries"]
    assert sorted(entry["action"] for entry in trail if entry["target"] == address.rpartition("/")[2]) == [
        "credential.issued",
        "credential.reinstated",
        "credential.suspended",
    ]


async def test_without_a_key_nothing_is_told(client: Client) -> None:
    for path in (CHANGES, "/v1/webhooks"):
        assert problem(await client.get(path))["code"] == "unauthorised"
