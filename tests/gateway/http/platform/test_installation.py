"""The platforms of an installation, managed by a key that may: made, changed, given keys."""

import pytest

from gateway.assembly.whole import Gateway
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.people import PEOPLE
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.platform.test_platform import key_for

ACADEMY = {"id": "academy", "name": "The academy"}
READING = {"name": "reads", "scopes": ["credentials.read"]}


@pytest.fixture
async def operator(client: Client, gateway: Gateway) -> Client:
    """Shows a key that manages the installation and can do nothing else."""
    client.headers.update(await key_for(gateway, Scope.INSTALLATION_MANAGE))
    return client


async def test_a_platform_is_made_with_its_twin_and_gets_keys_that_work(operator: Client, client: Client) -> None:
    made = await operator.post("/v1/platforms", json=ACADEMY)
    keys = [
        (await operator.post(f"/v1/platforms/{each}/keys", json=READING)).json()["key"]
        for each in ("academy", twin_of("academy"))
    ]

    listed = (await operator.get("/v1/platforms")).json()["platforms"]
    answers = [await client.get("/v1/credentials", headers={"Authorization": f"Bearer {key}"}) for key in keys]

    assert (made.status_code, made.json()["id"]) == (201, "academy")
    assert [platform["id"] for platform in listed] == ["academy", "academy-test", "default", "default-test"]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert keys[1].startswith("bgk_test_")


async def test_a_limit_is_raised_here_and_noted_at_the_platform(operator: Client, gateway: Gateway) -> None:
    await operator.post("/v1/platforms", json=ACADEMY)
    limits = {"requestsPerMinute": 1_000_000, "issuedPerDay": 5}

    changed = await operator.patch("/v1/platforms/academy", json={"limits": limits})

    trail = await gateway.tenancy.read_trail("academy", "", 10)
    assert changed.json()["limits"] == (await operator.get("/v1/platforms/academy")).json()["limits"] == limits
    assert ("platform.changed", "limits") in {(entry.action, entry.target) for entry in trail}


async def test_an_id_is_given_once(operator: Client) -> None:
    answers = [await operator.post("/v1/platforms", json=ACADEMY) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]


@pytest.mark.parametrize("identifier", ["academy-test", PEOPLE, "ends-", "Academy", "a/b", "a" * 41, ""])
async def test_an_id_that_addresses_cannot_hold_is_refused(operator: Client, identifier: str) -> None:
    answer = await operator.post("/v1/platforms", json={"id": identifier, "name": "The academy"})

    assert answer.status_code in {400, 422}


async def test_no_key_opens_what_people_hold(operator: Client) -> None:
    answer = await operator.post(f"/v1/platforms/{PEOPLE}/keys", json=READING)

    assert answer.status_code == 404


async def test_the_first_key_and_those_of_other_platforms_manage_no_platform_but_their_own(
    key: str, operator: Client, gateway: Gateway
) -> None:
    """``key`` stands before ``operator``: a platform that has a key gets no first one any more."""
    await operator.post("/v1/platforms", json=ACADEMY)
    strangers = {
        "without the scope": ({"Authorization": f"Bearer {key}"}, 403),
        "a tenant's with it": (await key_for(gateway, *Scope, platform="academy"), 404),
        "a twin's with it": (await key_for(gateway, *Scope, platform=twin_of(DEFAULT_PLATFORM)), 404),
    }

    for name, (headers, status) in strangers.items():
        for method, path, body in (
            ("GET", "/v1/platforms", None),
            ("GET", "/v1/platforms/academy", None),
            ("POST", "/v1/platforms", {"id": "mill", "name": "The mill"}),
            ("PATCH", "/v1/platforms/academy", {"name": "Another"}),
            ("POST", "/v1/platforms/default/keys", READING),
        ):
            answer = await operator.request(method, path, json=body, headers=headers)
            assert problem(answer)["status"] == status, (name, method, path)


async def test_who_lacks_its_scope_is_told_who_gives_it(client: Client, gateway: Gateway) -> None:
    owner = await key_for(gateway, *EVERY_SCOPE)

    answer = await client.get("/v1/platforms", headers=owner)

    assert "badge-gateway api-keys add --scope installation.manage" in problem(answer)["fix"]
    assert "owner" not in problem(answer)["fix"]


def test_every_scope_of_a_platform_does_not_reach_the_others() -> None:
    assert Scope.INSTALLATION_MANAGE not in EVERY_SCOPE
