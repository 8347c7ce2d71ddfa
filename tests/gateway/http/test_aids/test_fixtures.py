"""Fixtures keep what the list says of them, and are sound for nobody but the twin that they were made for."""

import asyncio

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import FetchBlocked
from gateway.flows.test_aids.catalogue import FIXTURES, Flaw
from gateway.ports.trials import TRIAL
from gateway.trust.report import Outcome
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.test_aids.conftest import Headers, converted, fixture, verified

GOOD = ("passed", "noted")
REFUSED = ("refused", "fetch-blocked")
HOSTED, SIGNED = "ob2-hosted-valid", "ob3-data-integrity-valid"
SEALED, WITHHOLDING = "elm3-jades-valid", "ob3-sd-jwt-valid"


async def test_the_list_names_every_fixture_with_its_verdict(client: Client, twin: Headers) -> None:
    answer = await client.get("/v1/test/fixtures", headers=twin)

    [expired] = [each for each in answer.json()["fixtures"] if each["name"] == "ob3-vc-jwt-expired"]
    assert len(answer.json()["fixtures"]) == len(FIXTURES) > 40
    assert expired == {
        "name": "ob3-vc-jwt-expired",
        "format": "open-badges-3",
        "securing": "vc-jwt",
        "carrier": "token",
        "mediaType": "application/jose",
        "flaw": "expired",
        "about": "It ended on 2025-06-30.",
        "recipient": None,
        "outcome": "failed",
        "check": "validity-period",
        "conversion": {"status": 422, "code": "refused"},
    }


def test_every_format_has_a_fixture_that_is_sound_and_one_that_is_not() -> None:
    for flaw in (Flaw.VALID, Flaw.TAMPERED, Flaw.EXPIRED):
        found = {each.format for each in FIXTURES.values() if each.flaw is flaw}

        assert found == set(Format)


async def test_the_list_is_of_one_format_and_flaw_when_that_is_asked_for(client: Client, twin: Headers) -> None:
    answer = await client.get("/v1/test/fixtures", headers=twin, params={"format": "open-badges-1", "flaw": "valid"})

    assert [each["name"] for each in answer.json()["fixtures"]] == ["ob1-hosted-valid", "ob1-jws-valid"]


async def test_the_verdict_is_the_one_that_was_promised(client: Client, twin: Headers) -> None:
    for each in FIXTURES.values():
        answer = await client.get(f"/v1/test/fixtures/{each.name}", headers=twin)
        recipient = {"recipient": each.recipient} if each.recipient else {}

        found = await verified(client, answer.content, {**twin, "Content-Type": each.media_type}, **recipient)

        outcomes = {check["name"]: check["outcome"] for check in found["checks"]}
        promised = GOOD if each.outcome is Outcome.PASSED else (each.outcome,)
        assert answer.headers["Content-Type"].partition(";")[0] == each.media_type
        assert (found["outcome"] in promised, found["format"]) == (True, each.format), each.name
        assert each.check is None or outcomes[each.check] == each.outcome, each.name


async def test_converting_it_answers_what_was_promised(client: Client, twin: Headers) -> None:
    for each in FIXTURES.values():
        badge = await fixture(client, twin, each.name)

        answer = await client.post("/v1/credentials", content=badge, headers=twin, params={"to": "open-badges-3"})

        promised = each.conversion.status, each.conversion.code
        assert (answer.status_code, answer.json().get("code")) == promised, each.name


async def test_for_everybody_else_it_is_not_sound(
    client: Client, twin: Headers, other_twin: Headers, live: Headers
) -> None:
    for each in FIXTURES.values():
        badge = await fixture(client, twin, each.name)

        for headers in ({}, live, other_twin):
            found = await verified(client, badge, headers)
            assert found.get("outcome", found.get("code")) in ("unknown", "failed", "fetch-blocked"), each.name
        for headers in (live, other_twin):
            refused = await client.post(
                "/v1/credentials", content=badge, headers=headers, params={"to": "open-badges-3"}
            )
            assert (refused.status_code, problem(refused)["code"] in REFUSED) == (422, True), each.name


async def test_it_is_not_sound_for_others_while_its_twin_is_at_work(
    client: Client, twin: Headers, live: Headers
) -> None:
    """Interleaved by hundreds: nobody's request sees another one's test mode."""
    badges = [await fixture(client, twin, name) for name in (HOSTED, SIGNED, SEALED, WITHHOLDING)]
    asked = [(badge, headers) for _ in range(20) for badge in badges for headers in (twin, None, live)]

    found = await asyncio.gather(*(verified(client, badge, headers) for badge, headers in asked))

    by_twin = [each["outcome"] in GOOD for each, (_, headers) in zip(found, asked, strict=True) if headers is twin]
    by_others = [each["outcome"] for each, (_, headers) in zip(found, asked, strict=True) if headers is not twin]
    assert all(by_twin)
    assert set(by_others) == {"unknown"}


async def test_a_request_of_the_same_task_is_not_in_test_mode_any_more(
    client: Client, twin: Headers, gateway: Gateway
) -> None:
    badge = await fixture(client, twin, SIGNED)
    await verified(client, badge, twin)

    await verified(client, badge)

    assert TRIAL.get() is None
    assert (await gateway.verify(badge)).report.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("name", [HOSTED, SEALED, WITHHOLDING])
async def test_what_a_twin_made_of_it_is_not_converted_with_a_live_key(
    client: Client, twin: Headers, live: Headers, name: str
) -> None:
    made = await converted(client, await fixture(client, twin, name), twin)
    issued = await client.get(f"/v1/credentials/{made['id']}/export", headers=twin, params={"format": "open-badges-3"})
    assert (await verified(client, issued.content, live))["outcome"] in GOOD

    refused = await client.post("/v1/credentials", content=issued.content, headers=live, params={"to": "open-badges-2"})

    assert (refused.status_code, problem(refused)["code"]) == (422, "issuer-not-accepted")


async def test_the_bytes_are_the_same_each_time_and_another_twins_are_others(
    client: Client, twin: Headers, other_twin: Headers
) -> None:
    for name in FIXTURES:
        first, again = await fixture(client, twin, name), await fixture(client, twin, name)

        assert first == again
        assert await fixture(client, other_twin, name) != first


async def test_a_live_key_is_told_to_come_with_a_test_key(client: Client, live: Headers) -> None:
    for method, path, body in (
        ("GET", "/v1/test/fixtures", None),
        ("GET", f"/v1/test/fixtures/{SIGNED}", None),
        ("GET", "/v1/test/upstream", None),
        ("PUT", "/v1/test/upstream", {"behaviour": "revoked"}),
        ("DELETE", "/v1/test/upstream", None),
        ("GET", "/v1/test/clock", None),
        ("PUT", "/v1/test/clock", {"time": "2030-01-01T00:00:00Z"}),
        ("DELETE", "/v1/test/clock", None),
        ("POST", "/v1/test/webhook-echo", {}),
        ("GET", "/v1/test/webhook-echo/00000000-0000-4000-8000-000000000000", None),
        ("PATCH", "/v1/test/webhook-echo/00000000-0000-4000-8000-000000000000", {"answer": "ok"}),
    ):
        answer = await client.request(method, path, headers=live, json=body)

        assert (answer.status_code, problem(answer)["code"]) == (403, "test-only"), path


async def test_a_fixture_that_is_none_is_missing(client: Client, twin: Headers) -> None:
    answer = await client.get("/v1/test/fixtures/ob3-vc-jwt-forgotten", headers=twin)

    assert (answer.status_code, problem(answer)["code"]) == (404, "not-found")


async def test_a_wrong_test_key_is_told_so_where_none_is_needed(client: Client) -> None:
    headers = {"Authorization": "Bearer bgk_test_wrong"}

    answer = await client.post("/v1/verifications", content=b"{}", headers=headers)

    assert (answer.status_code, problem(answer)["code"]) == (401, "unauthorised")


async def test_nothing_of_the_test_issuer_is_served_to_the_web(client: Client, gateway: Gateway) -> None:
    for address in ("https://default-test.issuer.invalid/ob3-vc-jwt-valid/issuer", "https://issuer.invalid/"):
        with pytest.raises(FetchBlocked, match="test issuer"):
            await gateway.fetch(address)
    assert (await client.get("/ob3-vc-jwt-valid/issuer")).status_code == 404


async def test_a_token_of_the_twins_own_client_is_in_test_mode(client: Client, twin: Headers) -> None:
    wish = {"name": "x", "scopes": ["credentials.read"]}
    made = (await client.post("/v1/platform/clients", json=wish, headers=twin)).json()
    asked = {"grant_type": "client_credentials"}
    given = await client.post("/oauth/token", data=asked, auth=(made["clientId"], made["clientSecret"]))
    token = {"Authorization": f"Bearer {given.json()['access_token']}"}
    badge = await fixture(client, twin, "ob2-hosted-valid")

    found = [(await verified(client, badge, headers))["outcome"] for headers in (twin, token, {})]

    assert found == ["passed", "passed", "unknown"]


@pytest.mark.parametrize("shown", ["bgk_live_wrong", "bgk_test_wrong", "bga_wrong", "wrong"])
async def test_what_is_shown_to_verify_has_to_be_right(client: Client, twin: Headers, shown: str) -> None:
    badge = await fixture(client, twin, "ob2-hosted-valid")

    answer = await client.post("/v1/verifications", content=badge, headers={"Authorization": f"Bearer {shown}"})

    assert (answer.status_code, problem(answer)["code"]) == (401, "unauthorised")
