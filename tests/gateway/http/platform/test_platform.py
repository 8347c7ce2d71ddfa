"""The interface by which a platform is managed: what it is, who may act for it, its keys, its trail."""

import datetime as dt
import uuid
from typing import Any

import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.flows.key_text import LIVE, TEST, intact
from gateway.flows.platform.keys import Wish
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.tenants import DEFAULT_PLATFORM, PlatformLimits, twin_of
from tests.gateway.http.conftest import Client, problem
from tests.simulators.clock import NOON, SimulatedClock


async def key_for(gateway: Gateway, *scopes: Scope, platform: str = DEFAULT_PLATFORM) -> dict[str, str]:
    """The header of a new key with these scopes, or with all."""
    wish = Wish(name="of a test", scopes=frozenset(scopes) or EVERY_SCOPE)
    made = await gateway.tenancy.make_key(platform, wish, "command line")
    return {"Authorization": f"Bearer {made.text}"}


async def trail(holder: Client) -> list[tuple[str, str]]:
    answer = await holder.get("/v1/audit")
    return [(entry["action"], entry["target"]) for entry in answer.json()["entries"]]


async def test_a_platform_is_shown_to_its_own_key(holder: Client) -> None:
    answer = await holder.get("/v1/platform")

    assert answer.status_code == 200
    assert answer.json() == {
        "id": "default",
        "name": "Open Badges gateway",
        "email": "",
        "url": "",
        "organisationId": "",
        "country": "",
        "test": False,
        "policy": {},
        "limits": {"requestsPerMinute": 0, "issuedPerDay": 0},
        "created": f"{NOON:%Y-%m-%dT%H:%M:%SZ}",
    }


async def test_what_is_changed_shows_at_once_in_what_the_platform_publishes(holder: Client) -> None:
    change = {"name": "The academy", "email": "badges@academy.example", "url": "https://academy.example/badges"}

    answer = await holder.patch("/v1/platform", json=change)

    profile = (await holder.get("/p/default/issuer")).json()
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in change} == change
    assert {name: profile[name] for name in change} == change
    assert ("platform.changed", "name email url") in await trail(holder)


async def test_what_is_not_named_stays(holder: Client) -> None:
    await holder.patch("/v1/platform", json={"policy": {"refuses": ["https://mill.example"]}})

    answer = await holder.patch("/v1/platform", json={"name": "The academy"})

    assert answer.json()["policy"] == {"refuses": ["https://mill.example"]}


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "two\nlines"},
        {"name": "x" * 201},
        {"url": "http://academy.example"},
        {"url": "javascript:alert(1)"},
        {"email": "nobody"},
        {"limits": {"requestsPerMinute": -1}},
        {"policy": {"accepts": [""]}},
        {"policy": {"refuses": ["x"]}},
        {"policy": {"accepts": ["https://issuer.example", "issuer.example"]}},
        {"id": "other"},
        {"test": True},
        [],
    ],
)
async def test_a_platform_cannot_become_what_it_cannot_be(holder: Client, change: Any) -> None:
    before = (await holder.get("/v1/platform")).json()

    answer = await holder.patch("/v1/platform", json=change)

    assert answer.status_code in (400, 422)
    assert problem(answer)["detail"]
    assert (await holder.get("/v1/platform")).json() == before


async def test_a_platform_lowers_its_limits_and_does_not_raise_them(holder: Client) -> None:
    lowered = await holder.patch("/v1/platform", json={"limits": {"requestsPerMinute": 100, "issuedPerDay": 5}})

    raised = await holder.patch("/v1/platform", json={"limits": {"requestsPerMinute": 100}})

    assert lowered.status_code == 200
    assert (raised.status_code, problem(raised)["code"]) == (403, "limit-raised")


async def test_whoever_runs_the_gateway_raises_them(gateway: Gateway) -> None:
    wanted = {"limits": PlatformLimits(requests_per_minute=10**6)}

    changed = await gateway.tenancy.change(DEFAULT_PLATFORM, wanted, "command line", may_raise=True)

    assert changed.limits == wanted["limits"]


async def test_a_key_is_shown_once_and_works(holder: Client) -> None:
    answer = await holder.post("/v1/platform/keys", json={"name": "for lists", "scopes": ["credentials.read"]})

    made = answer.json()
    [listed] = [key for key in (await holder.get("/v1/platform/keys")).json()["keys"] if key["id"] == made["id"]]
    headers = {"Authorization": f"Bearer {made['key']}"}
    assert answer.status_code == 201
    assert intact(made["key"])
    assert listed == {**made, "key": ""}
    assert (await holder.get("/v1/credentials", headers=headers)).status_code == 200
    assert (await holder.get("/v1/platform", headers=headers)).status_code == 403
    assert ("api-key.made", made["id"]) in await trail(holder)


async def test_a_key_gives_nothing_that_it_does_not_have(client: Client, gateway: Gateway) -> None:
    headers = await key_for(gateway, Scope.PLATFORM_MANAGE)

    answer = await client.post(
        "/v1/platform/keys", json={"name": "more", "scopes": ["platform.manage", "credentials.issue"]}, headers=headers
    )

    assert (answer.status_code, problem(answer)["code"]) == (403, "insufficient-scope")
    assert "credentials.issue" in problem(answer)["detail"]


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "none", "scopes": []},
        {"name": "unknown", "scopes": ["everything"]},
        {"name": "", "scopes": ["audit.read"]},
        {"name": "ended", "scopes": ["audit.read"], "expires": "2001-01-01T00:00:00Z"},
        {"name": "when", "scopes": ["audit.read"], "expires": "2101-01-01T00:00:00"},
        {"scopes": ["audit.read"]},
    ],
)
async def test_no_key_is_made_of_a_wish_that_makes_no_sense(holder: Client, wish: dict[str, Any]) -> None:
    answer = await holder.post("/v1/platform/keys", json=wish)

    assert answer.status_code in (400, 422)
    assert problem(answer)["detail"]
    assert len((await holder.get("/v1/platform/keys")).json()["keys"]) == 1


async def test_the_same_request_with_the_same_idempotency_key_makes_one_key(holder: Client) -> None:
    async def made(name: str) -> Response:
        headers = {"Idempotency-Key": "make-1"}
        return await holder.post("/v1/platform/keys", json={"name": name, "scopes": ["audit.read"]}, headers=headers)

    first, again, other = [await made(name) for name in ("a", "a", "b")]

    assert first.content == again.content
    assert (other.status_code, problem(other)["code"]) == (422, "idempotency-conflict")
    assert len((await holder.get("/v1/platform/keys")).json()["keys"]) == 2


async def test_a_revoked_key_is_refused_from_then_on(holder: Client, gateway: Gateway, clock: SimulatedClock) -> None:
    clock.advance(seconds=1)
    headers = await key_for(gateway)
    [*_, made] = (await holder.get("/v1/platform/keys")).json()["keys"]

    answer = await holder.delete(f"/v1/platform/keys/{made['id']}")

    refused = await holder.get("/v1/platform", headers=headers)
    assert answer.status_code == 204
    assert (refused.status_code, problem(refused)["detail"]) == (401, "this API key was revoked")
    assert ("api-key.revoked", made["id"]) in await trail(holder)


async def test_the_last_use_of_a_key_is_shown(holder: Client, gateway: Gateway, clock: SimulatedClock) -> None:
    await holder.get("/v1/credentials")
    await gateway.tenancy.admit.uses.settled()  # type: ignore[attr-defined] # of the store behind the port

    [used] = (await holder.get("/v1/platform/keys")).json()["keys"]

    assert dt.datetime.fromisoformat(used["lastUsed"]) == clock()


async def test_members_come_change_and_go(holder: Client) -> None:
    owner = (await holder.post("/v1/platform/members", json={"address": "a@example.org", "role": "owner"})).json()
    added = await holder.post("/v1/platform/members", json={"address": "b@example.org", "role": "reader"})
    address = f"/v1/platform/members/{added.json()['id']}"

    changed = await holder.patch(address, json={"role": "issuer"})
    removed = await holder.delete(address)

    assert (added.status_code, changed.json()["role"], removed.status_code) == (201, "issuer", 204)
    assert (await holder.get("/v1/platform/members")).json() == {"members": [owner]}
    assert {action for action, _ in await trail(holder)} >= {
        "member.removed",
        "member.made issuer",
        "member.added as reader",
    }


async def test_an_address_is_a_member_once_and_the_last_owner_stays(holder: Client) -> None:
    owner = (await holder.post("/v1/platform/members", json={"address": "a@example.org", "role": "owner"})).json()

    again = await holder.post("/v1/platform/members", json={"address": "A@Example.org", "role": "reader"})
    gone = await holder.delete(f"/v1/platform/members/{owner['id']}")

    assert (again.status_code, problem(again)["code"], problem(again)["pointer"]) == (409, "taken", "/address")
    assert (gone.status_code, problem(gone)["code"]) == (409, "last-owner")


async def test_the_trail_holds_no_address_and_no_secret(holder: Client, key: str) -> None:
    await holder.post("/v1/platform/members", json={"address": "a@example.org", "role": "owner"})
    made = (await holder.post("/v1/platform/keys", json={"name": "x", "scopes": ["audit.read"]})).json()

    said = (await holder.get("/v1/audit")).text

    assert "example.org" not in said
    assert made["key"] not in said
    assert key not in said


async def test_the_trail_is_read_page_by_page(holder: Client) -> None:
    for number in range(4):
        await holder.patch("/v1/platform", json={"name": f"Name {number}"})

    first = (await holder.get("/v1/audit", params={"limit": 3})).json()
    rest = (await holder.get("/v1/audit", params={"limit": 3, "after": first["next"]})).json()

    whole = (await holder.get("/v1/audit", params={"limit": 5})).json()

    assert [len(first["entries"]), len(rest["entries"])] == [3, 2]
    assert (rest["next"], whole["next"]) == ("", "")
    assert whole["entries"] == first["entries"] + rest["entries"]
    assert len({entry["id"] for page in (first, rest) for entry in page["entries"]}) == 5


async def test_a_signing_key_gets_a_successor_and_keeps_verifying(holder: Client, record: dict[str, Any]) -> None:
    before = (await holder.get("/v1/platform/signing-keys")).json()["keys"]

    answer = await holder.post("/v1/platform/signing-keys", json={})

    after = {key["id"]: key for key in (await holder.get("/v1/platform/signing-keys")).json()["keys"]}
    made = answer.json()
    [old] = [key for key in before if (key["purpose"], key["algorithm"]) == (made["purpose"], made["algorithm"])]
    assert answer.status_code == 201
    assert (made["state"], after[old["id"]]["state"]) == ("active", "retired")
    assert ("signing-key.rotated assertion EdDSA", made["id"]) in await trail(holder)
    assert record["forms"]


async def test_a_test_key_manages_the_twin_alone(client: Client, gateway: Gateway) -> None:
    headers = await key_for(gateway, platform=twin_of(DEFAULT_PLATFORM))

    shown = await client.get("/v1/platform", headers=headers)
    await client.patch("/v1/platform", json={"name": "Trials"}, headers=headers)
    made = await client.post("/v1/platform/keys", json={"name": "x", "scopes": ["audit.read"]}, headers=headers)

    assert (shown.json()["id"], shown.json()["test"]) == ("default-test", True)
    assert made.json()["key"].startswith(TEST)
    assert (await gateway.tenancy.show(DEFAULT_PLATFORM)).name == "Open Badges gateway"


async def test_what_nobody_can_have_an_id_of_is_missing(holder: Client) -> None:
    for address in ("/v1/platform/keys/x", "/v1/platform/members/" + "x" * 36, f"/v1/platform/keys/{uuid.uuid4()}"):
        answer = await holder.delete(address)

        assert (answer.status_code, problem(answer)["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/v1/platform/keys", {"expires": "9999-12-31T23:59:59-14:00"}),
        ("/v1/platform/clients", {"expires": "9999-12-31T23:59:59-14:00"}),
        ("/v1/platform/clients", {"name": "a\0b"}),
    ],
)
async def test_what_nobody_can_store_or_write_is_refused(holder: Client, path: str, wanted: dict[str, str]) -> None:
    answer = await holder.post(path, json={"name": "Import", "scopes": ["credentials.read"], **wanted})
    listed = await holder.get(path)

    assert (answer.status_code, listed.status_code) == (400, 200)


async def test_the_id_of_a_client_holds_no_nul(holder: Client) -> None:
    assert (await holder.delete("/v1/platform/clients/a%00b")).status_code in (400, 404)


async def test_an_algorithm_that_makes_no_seal_is_named(holder: Client) -> None:
    answer = await holder.post("/v1/platform/signing-keys", json={"purpose": "seal", "algorithm": "EdDSA"})

    said = problem(answer)
    assert (answer.status_code, said["code"], said["pointer"]) == (422, "seal-unusable", "/algorithm")


async def test_a_key_is_known_by_its_beginning_and_no_more_of_it_is_shown_again(holder: Client) -> None:
    made = (await holder.post("/v1/platform/keys", json={"name": "one", "scopes": ["audit.read"]})).json()

    listed = (await holder.get("/v1/platform/keys")).json()["keys"]

    [shown] = [each["prefix"] for each in listed if each["name"] == "one"]
    assert made["key"].startswith(shown)
    assert len(shown) == len(LIVE) + 4
