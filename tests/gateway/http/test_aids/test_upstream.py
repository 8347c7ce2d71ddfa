"""The test issuer behaves as it was told to, for its twin alone, and what was made of its badges follows."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.test_aids.conftest import Headers, converted, fixture, verified
from tests.simulators.clock import SimulatedClock

HOSTED, SIGNED, SUSPENDABLE = "ob2-hosted-valid", "ob3-data-integrity-valid", "ob3-data-integrity-suspendable"


async def behaves(client: Client, headers: Headers, behaviour: str, **more: object) -> Any:
    answer = await client.put("/v1/test/upstream", headers=headers, json={"behaviour": behaviour, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["behaviours"]


async def rechecked(client: Client, headers: Headers, record: dict[str, Any]) -> tuple[str, str]:
    answer = await client.post(f"/v1/credentials/{record['id']}/recheck", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["state"], answer.json()["seen"]


def check(found: dict[str, Any], name: str) -> tuple[str, str]:
    [one] = [each for each in found["checks"] if each["name"] == name]
    return one["outcome"], one["detail"]


@pytest.mark.parametrize("name", [HOSTED, "ob2-jws-valid", "ob1-hosted-valid", "ob1-jws-valid", SIGNED])
async def test_a_badge_is_revoked_and_sound_again(client: Client, twin: Headers, name: str) -> None:
    badge = await fixture(client, twin, name)

    await behaves(client, twin, "revoked", fixture=name)
    revoked = await verified(client, badge, twin)
    await client.delete("/v1/test/upstream", headers=twin)
    sound = await verified(client, badge, twin)

    assert (revoked["outcome"], check(revoked, "status")[0]) == ("failed", "failed")
    assert sound["outcome"] in ("passed", "noted")


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        ("missing", "answered 404"),
        ("server-error", "answered 503"),
        ("bad-tls", "its certificate is not trusted"),
        ("gone", "gone (410)"),
        ("not-json", "text/html"),
    ],
)
async def test_the_web_fails_as_it_would_in_life(client: Client, twin: Headers, behaviour: str, said: str) -> None:
    badge = await fixture(client, twin, SIGNED)

    await behaves(client, twin, behaviour)
    found = await verified(client, badge, twin)

    assert found["outcome"] == "unknown"
    assert said in check(found, "status")[1]


async def test_what_is_said_of_one_fixture_is_not_said_of_another_nor_to_another_twin(
    client: Client, twin: Headers, other_twin: Headers
) -> None:
    await behaves(client, twin, "missing", fixture=SIGNED)

    others = await verified(client, await fixture(client, twin, HOSTED), twin)
    theirs = await verified(client, await fixture(client, other_twin, SIGNED), other_twin)
    shown = await client.get("/v1/test/upstream", headers=other_twin)

    assert others["outcome"] in ("passed", "noted")
    assert theirs["outcome"] in ("passed", "noted")
    assert shown.json() == {"behaviours": []}


async def test_it_ends_by_itself(client: Client, twin: Headers, clock: SimulatedClock) -> None:
    badge = await fixture(client, twin, SIGNED)
    said = await behaves(client, twin, "revoked", lastsSeconds=60)
    clock.advance(seconds=60)

    found = await verified(client, badge, twin)

    assert [(each["fixture"], each["behaviour"]) for each in said] == [("", "revoked")]
    assert found["outcome"] in ("passed", "noted")
    assert (await client.get("/v1/test/upstream", headers=twin)).json() == {"behaviours": []}


async def test_an_unknown_fixture_is_refused(client: Client, twin: Headers) -> None:
    answer = await client.put("/v1/test/upstream", headers=twin, json={"behaviour": "gone", "fixture": "nothing"})

    assert (answer.status_code, problem(answer)["pointer"]) == (404, "/fixture")
    assert "/v1/test/fixtures" in problem(answer)["fix"]


@pytest.mark.parametrize("copied", [f"{SIGNED}.11", f"{SIGNED}.1"])
async def test_who_names_a_copy_as_its_addresses_do_is_told_the_fixture(
    client: Client, twin: Headers, copied: str
) -> None:
    answer = await client.put("/v1/test/upstream", headers=twin, json={"behaviour": "gone", "fixture": copied})

    assert answer.status_code == 404
    assert problem(answer)["fix"] == f"name it without its copy: {SIGNED}"


@pytest.mark.parametrize("name", [HOSTED, SIGNED])
async def test_a_record_is_revoked_when_its_source_is(client: Client, twin: Headers, name: str) -> None:
    record = await converted(client, await fixture(client, twin, name), twin, "open-badges-3")
    await behaves(client, twin, "revoked", fixture=name)

    found = await rechecked(client, twin, record)

    now = (await client.get(f"/v1/credentials/{record['id']}", headers=twin)).json()
    changes = (await client.get("/v1/changes", headers=twin)).json()["events"]
    assert found == ("revoked", "revoked")
    assert now["state"] == "revoked"
    assert "source.revoked" in [each["type"] for each in changes]


async def test_a_record_is_suspended_and_reinstated_with_its_source(
    client: Client, twin: Headers, clock: SimulatedClock
) -> None:
    badge = await fixture(client, twin, SUSPENDABLE)
    answer = await client.post(
        "/v1/credentials",
        content=badge,
        headers=twin,
        params={"to": "open-badges-3", "securing": "vc-jwt", "status": "suspension"},
    )
    record = answer.json()["record"]
    states = []

    for behaviour in ("suspended", "sound"):
        await behaves(client, twin, behaviour)
        await rechecked(client, twin, record)
        states.append((await client.get(f"/v1/credentials/{record['id']}", headers=twin)).json()["state"])
        clock.advance(minutes=2)

    assert states == ["suspended", "active"]


async def test_the_timer_sees_it_as_well(
    client: Client, twin: Headers, gateway: Gateway, clock: SimulatedClock
) -> None:
    record = await converted(client, await fixture(client, twin, SIGNED), twin)
    await gateway.watching.watch()
    await behaves(client, twin, "revoked")
    clock.advance(hours=3)

    await gateway.watching.watch()

    shown = (await client.get(f"/v1/credentials/{record['id']}", headers=twin)).json()
    assert (shown["state"], shown["source"]["state"]) == ("revoked", "revoked")


async def test_it_is_in_the_audit_trail_of_the_twin(client: Client, twin: Headers, live: Headers) -> None:
    await behaves(client, twin, "bad-tls", fixture=SIGNED)
    await client.put("/v1/test/clock", headers=twin, json={"time": "2030-01-01T00:00:00Z"})

    own = (await client.get("/v1/audit", headers=twin)).json()["entries"]
    theirs = (await client.get("/v1/audit", headers=live)).json()["entries"]

    assert {"test-upstream.bad-tls", "test-clock.set"} <= {each["action"] for each in own}
    assert [each for each in theirs if each["action"].startswith("test-")] == []
