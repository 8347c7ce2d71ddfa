"""A receiving address is the one that was given out, spelled so, for as long as it lasts, and nothing without one."""

import pytest

from gateway.assembly.whole import Gateway
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem
from tests.gateway.http.problems.stage import stage
from tests.gateway.http.test_aids.conftest import Headers, key_of
from tests.gateway.http.test_aids.test_echo import arrived, echo, webhook
from tests.simulators.clock import SimulatedClock

HOST = PUBLIC_URL.removeprefix("https://")


@pytest.mark.parametrize(
    ("exact", "spelled"),
    [
        (PUBLIC_URL, f"{PUBLIC_URL}:443"),
        (PUBLIC_URL, f"{PUBLIC_URL}:8443"),
        (PUBLIC_URL, f"https://{HOST.upper()}"),
        (PUBLIC_URL, f"{PUBLIC_URL}."),
        ("/test-echo/", "/./test-echo/"),
        ("/test-echo/", "//test-echo/"),
        ("/test-echo/", "/x/../test-echo/"),
        ("/test-echo/", "/test%2Decho/"),
        ("/test-echo/", "/test%252Decho/"),
        ("/test-echo/", "/TEST-echo/"),
        ("/test-echo/", "/test-echo//"),
        ("default-test", "default%2Dtest"),
    ],
)
async def test_no_other_spelling_of_it_is_taken(
    client: Client, twin: Headers, live: Headers, exact: str, spelled: str
) -> None:
    url = (await echo(client, twin))["url"]
    assert exact in url

    answers = [
        await client.post("/v1/webhooks", headers=headers, json={"url": url.replace(exact, spelled, 1)})
        for headers in (twin, live)
    ]

    assert [(each.status_code, problem(each)["code"]) for each in answers] == [(422, "fetch-blocked")] * 2


@pytest.mark.parametrize("more", ["?a=b", "/", "x"])
async def test_nothing_is_added_to_it(client: Client, twin: Headers, more: str) -> None:
    url = (await echo(client, twin))["url"] + more

    answer = await client.post("/v1/webhooks", headers=twin, json={"url": url})

    assert (answer.status_code, problem(answer)["code"]) == (422, "fetch-blocked")


async def test_there_is_none_where_the_gateway_has_no_address() -> None:
    async with stage() as shown, shown.otherwise(public_url="") as other:
        headers = await key_of(other.gateway, twin_of(DEFAULT_PLATFORM))

        answer = await other.client.post("/v1/test/webhook-echo", headers=headers, json={})

    assert (answer.status_code, problem(answer)["code"]) == (503, "no-public-address")


@pytest.mark.usefixtures("delivering")
async def test_what_arrived_there_is_gone_a_day_later(
    client: Client, twin: Headers, gateway: Gateway, clock: SimulatedClock
) -> None:
    made = await echo(client, twin)
    await webhook(client, twin, made["url"])
    await arrived(client, twin, made["id"], 1)
    echoes = gateway.test_aids.show_echo.echoes
    platform = twin_of(DEFAULT_PLATFORM)
    before = await echoes.received(platform, made["id"])

    clock.advance(days=1)
    await gateway.test_aids.forget_over()

    assert len(before) == 1
    assert list(await echoes.received(platform, made["id"])) == []
