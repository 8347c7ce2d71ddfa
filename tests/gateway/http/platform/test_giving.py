"""What a caller can give to others: nothing that it lacks, and nothing that outlives it or who made it."""

import datetime as dt
import re
from typing import Any  # Any: members of JSON documents

import pytest
from httpx import AsyncClient

from gateway.assembly.whole import Gateway
from gateway.errors import GatewayError
from gateway.flows.oauth.own_clients import MadeClient
from gateway.flows.platform.keys import Wish
from gateway.records.access import EVERY_SCOPE, Role, Scope
from gateway.records.tenants import DEFAULT_PLATFORM, Member, twin_of
from tests.gateway.http.account.conftest import LEARNER, browser, gateway
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.platform.test_pages import OWN, field, owner
from tests.simulators.clock import SimulatedClock

__all__ = ["browser", "gateway", "owner"]

COMMAND_LINE = "command line"
MANAGING = frozenset({Scope.PLATFORM_MANAGE})
READING = ["credentials.read"]
MEMBERS, KEYS, CLIENTS = "/v1/platform/members", "/v1/platform/keys", "/v1/platform/clients"


async def bearer(gateway: Gateway, scopes: frozenset[Scope] = EVERY_SCOPE, hours: float = 0) -> dict[str, str]:
    """The header of a new key that ends after so many hours; 0 for never."""
    expires = gateway.clock() + dt.timedelta(hours=hours) if hours else None
    made = await gateway.tenancy.make_key(DEFAULT_PLATFORM, Wish(name="x", scopes=scopes, expires=expires), "gateway")
    return {"Authorization": f"Bearer {made.text}"}


async def joined(gateway: Gateway, address: str, role: Role = Role.OWNER) -> Member:
    return await gateway.tenancy.add_member(DEFAULT_PLATFORM, address, role, COMMAND_LINE)


async def key_of(owner: AsyncClient, **more: str) -> dict[str, str]:
    """The header of a key that an owner makes on the page."""
    form = {"csrf": await field(owner, "csrf"), "name": "mine", "may": "owner", **more}
    page = (await owner.post(f"{OWN}/keys", data=form)).text
    found = re.search(r"<code>(bgk_\w+)</code>", page)
    assert found is not None
    return {"Authorization": f"Bearer {found[1]}"}


async def only_owner_leaves(gateway: Gateway, role: Role | None = None) -> None:
    """Remove the learner, or make them something less."""
    await joined(gateway, "other@example.org")
    tenancy = gateway.tenancy
    [member] = [each for each in await tenancy.list_members(DEFAULT_PLATFORM) if each.address == LEARNER]
    if role is None:
        await tenancy.remove_member(DEFAULT_PLATFORM, member.id, COMMAND_LINE)
    else:
        await tenancy.change_member(DEFAULT_PLATFORM, member.id, role, COMMAND_LINE)


@pytest.mark.parametrize("role", list(Role))
async def test_a_key_makes_nobody_a_member_who_may_do_more(client: Client, gateway: Gateway, role: Role) -> None:
    headers = await bearer(gateway, MANAGING)

    answer = await client.post(MEMBERS, headers=headers, json={"address": LEARNER, "role": role})

    said = problem(answer)
    assert (answer.status_code, said["code"], said["pointer"]) == (403, "insufficient-scope", "/role")
    assert await gateway.tenancy.list_members(DEFAULT_PLATFORM) == []


@pytest.mark.parametrize("role", list(Role))
async def test_nor_does_it_raise_lower_or_remove_one_who_may(client: Client, gateway: Gateway, role: Role) -> None:
    await joined(gateway, "other@example.org")
    member = await joined(gateway, LEARNER, role)
    headers = await bearer(gateway, MANAGING | {Scope.CREDENTIALS_READ} if role is not Role.READER else MANAGING)

    changed = [
        await client.patch(f"{MEMBERS}/{member.id}", headers=headers, json={"role": each})
        for each in ("owner", "reader")
    ]
    removed = await client.delete(f"{MEMBERS}/{member.id}", headers=headers)

    assert [answer.status_code for answer in (*changed, removed)] == [403] * 3
    assert member in await gateway.tenancy.list_members(DEFAULT_PLATFORM)


async def test_a_key_with_the_scopes_of_the_roles_does_all_that(client: Client, gateway: Gateway) -> None:
    headers = await bearer(gateway)

    added = await client.post(MEMBERS, headers=headers, json={"address": LEARNER, "role": "issuer"})
    address = f"{MEMBERS}/{added.json()['id']}"
    lowered = await client.patch(address, headers=headers, json={"role": "reader"})
    removed = await client.delete(address, headers=headers)

    assert [answer.status_code for answer in (added, lowered, removed)] == [201, 200, 204]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (KEYS, {"name": "y", "scopes": READING}),
        (KEYS, {"name": "y", "scopes": READING, "expires": "2027-01-01T00:00:00Z"}),
        (CLIENTS, {"name": "y", "scopes": READING}),
        (CLIENTS, {"name": "y", "scopes": READING, "expires": "2027-01-01T00:00:00Z"}),
        (MEMBERS, {"address": LEARNER, "role": "reader"}),
        (f"/v1/platforms/{DEFAULT_PLATFORM}/keys", {"name": "y", "scopes": READING}),
    ],
)
async def test_a_key_that_expires_gives_nothing_that_outlives_it(
    client: Client, gateway: Gateway, address: str, wanted: dict[str, Any]
) -> None:
    headers = await bearer(gateway, frozenset(Scope), hours=1)

    answer = await client.post(address, headers=headers, json=wanted)

    said = problem(answer)
    assert (answer.status_code, said["code"]) == (403, "outlives-maker")
    assert "T13:00:00Z" in said["detail"] + said["fix"]


async def test_nor_does_it_raise_anybody(client: Client, gateway: Gateway) -> None:
    member = await joined(gateway, LEARNER, Role.ISSUER)
    headers = await bearer(gateway, hours=1)

    raised, lowered = [
        await client.patch(f"{MEMBERS}/{member.id}", headers=headers, json={"role": role})
        for role in ("owner", "reader")
    ]

    assert (raised.status_code, lowered.status_code) == (403, 200)


async def test_a_client_of_a_key_that_expires_ends_no_later(
    client: Client, gateway: Gateway, clock: SimulatedClock
) -> None:
    end = (gateway.clock() + dt.timedelta(minutes=30)).isoformat()
    headers = await bearer(gateway, hours=1)
    made = (
        await client.post(CLIENTS, headers=headers, json={"name": "y", "scopes": ["platform.manage"], "expires": end})
    ).json()
    form, auth = {"grant_type": "client_credentials"}, (made["clientId"], made["clientSecret"])

    token = (await client.post("/oauth/token", data=form, auth=auth)).json()
    wish = {"name": "z", "scopes": ["platform.manage"]}
    longer = await client.post(KEYS, headers={"Authorization": f"Bearer {token['access_token']}"}, json=wish)
    clock.advance(minutes=31)
    late = await client.post("/oauth/token", data=form, auth=auth)
    dead = await client.get(KEYS, headers={"Authorization": f"Bearer {token['access_token']}"})

    assert token["expires_in"] == 30 * 60
    assert (longer.status_code, late.status_code, dead.status_code) == (403, 401, 401)


@pytest.mark.parametrize("role", [None, Role.ISSUER, Role.READER])
async def test_with_an_owner_ends_all_that_they_and_their_keys_made(
    client: Client, owner: AsyncClient, gateway: Gateway, role: Role | None
) -> None:
    first, test = await key_of(owner), await key_of(owner, test="yes")
    second = (await client.post(KEYS, headers=first, json={"name": "y", "scopes": ["platform.manage"]})).json()["key"]
    third = {"Authorization": f"Bearer {second}"}
    server = (await client.post(CLIENTS, headers=third, json={"name": "z", "scopes": ["platform.manage"]})).json()
    auth = (server["clientId"], server["clientSecret"])
    form = {"grant_type": "client_credentials"}
    token = (await client.post("/oauth/token", data=form, auth=auth)).json()["access_token"]
    headers = [first, test, third, {"Authorization": f"Bearer {token}"}]
    assert [(await client.get(KEYS, headers=each)).status_code for each in headers] == [200] * 4

    await only_owner_leaves(gateway, role)

    assert [(await client.get(KEYS, headers=each)).status_code for each in headers] == [401] * 4
    assert (await client.post("/oauth/token", data=form, auth=auth)).status_code == 401
    ended = [
        entry.action
        for platform in (DEFAULT_PLATFORM, twin_of(DEFAULT_PLATFORM))
        for entry in await gateway.tenancy.read_trail(platform, "", 100)
        if entry.action.endswith("with its maker")
    ]
    assert sorted(ended) == ["api-key.revoked with its maker"] * 3 + ["client.revoked with its maker"]


async def test_a_key_that_a_member_made_does_no_more_than_its_scopes(client: Client, owner: AsyncClient) -> None:
    headers = await key_of(owner, may="reader")

    read, managed = [await client.get(address, headers=headers) for address in ("/v1/credentials", KEYS)]

    assert (read.status_code, managed.status_code) == (200, 403)
    assert problem(managed)["code"] == "insufficient-scope"


async def test_keys_of_others_stay(client: Client, owner: AsyncClient, gateway: Gateway) -> None:
    await key_of(owner)
    headers = await bearer(gateway)

    await only_owner_leaves(gateway)

    assert (await client.get(KEYS, headers=headers)).status_code == 200


async def test_nothing_is_made_by_a_membership_that_has_just_ended(owner: AsyncClient, gateway: Gateway) -> None:
    headers = await key_of(owner)
    caller = await gateway.admit(headers["Authorization"].partition(" ")[2])
    await only_owner_leaves(gateway)

    made: list[object] = []
    for make in (
        gateway.tenancy.make_key(DEFAULT_PLATFORM, Wish(name="y", scopes=MANAGING), caller.actor, maker=caller),
        gateway.oauth.make_client(DEFAULT_PLATFORM, "y", MANAGING, caller.actor, maker=caller),
    ):
        with pytest.raises(GatewayError, match="no owner any more"):
            made.append(await make)

    assert made == []


async def test_lists_say_who_made_a_key(client: Client, owner: AsyncClient, gateway: Gateway) -> None:
    headers = await key_of(owner)
    holder = (await gateway.admit(headers["Authorization"].partition(" ")[2])).holder
    await client.post(KEYS, headers=headers, json={"name": "y", "scopes": READING})
    made: MadeClient = await gateway.oauth.make_client(DEFAULT_PLATFORM, "z", MANAGING, COMMAND_LINE)

    keys = (await client.get(KEYS, headers=headers)).json()["keys"]
    clients = (await client.get(CLIENTS, headers=headers)).json()["clients"]
    page = (await owner.get(OWN)).text

    assert {key["name"]: key["madeBy"].partition(" ")[0] for key in keys} == {"mine": "person", "y": "key"}
    assert f"key {holder}" in [key["madeBy"] for key in keys]
    assert [each["madeBy"] for each in clients if each["clientId"] == made.client.id] == [COMMAND_LINE]
    assert f"<bdi>{LEARNER}</bdi>" in page
