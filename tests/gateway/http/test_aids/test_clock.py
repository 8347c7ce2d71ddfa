"""A twin travels in time, alone, and only what verifies goes with it."""

import asyncio
import datetime as dt

import pytest

from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.test_aids.conftest import Headers, converted, fixture, verified
from tests.simulators.clock import NOON, SimulatedClock

EXPIRED, EARLY, VALID = "ob3-vc-jwt-expired", "ob3-data-integrity-not-yet-valid", "ob2-hosted-valid"


async def travel(client: Client, headers: Headers, to: str) -> None:
    answer = await client.put("/v1/test/clock", headers=headers, json={"time": to})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("name", "time", "before", "after"),
    [
        (EXPIRED, "2025-05-01T00:00:00Z", "failed", "passed"),
        (EARLY, "2098-05-01T00:00:00Z", "failed", "passed"),
        (VALID, "2098-05-01T00:00:00Z", "passed", "failed"),
        (VALID, "2024-05-01T00:00:00Z", "passed", "failed"),
    ],
)
async def test_what_is_valid_depends_on_the_time(
    client: Client, twin: Headers, name: str, time: str, before: str, after: str
) -> None:
    badge = await fixture(client, twin, name)
    first = await verified(client, badge, twin)

    await travel(client, twin, time)
    second = await verified(client, badge, twin)
    await client.delete("/v1/test/clock", headers=twin)
    third = await verified(client, badge, twin)

    assert [each["outcome"] for each in (first, second, third)] == [before, after, before]
    assert second["at"] == time


async def test_the_clock_says_what_time_it_is_and_goes_on(client: Client, twin: Headers, clock: SimulatedClock) -> None:
    await travel(client, twin, "2030-01-01T00:00:00Z")
    clock.advance(minutes=10)

    shown = (await client.get("/v1/test/clock", headers=twin)).json()

    assert shown["time"] == "2030-01-01T00:10:00Z"
    assert shown["offsetSeconds"] == (dt.datetime(2030, 1, 1, tzinfo=dt.UTC) - NOON).total_seconds()


async def test_after_a_day_it_is_right_again(client: Client, twin: Headers, clock: SimulatedClock) -> None:
    await travel(client, twin, "2030-01-01T00:00:00Z")
    clock.advance(days=1)

    shown = (await client.get("/v1/test/clock", headers=twin)).json()

    assert shown == {"time": "2026-01-02T12:00:00Z", "offsetSeconds": 0, "until": None}


async def test_nobody_else_travels_along(client: Client, twin: Headers, other_twin: Headers, live: Headers) -> None:
    """Interleaved: each is answered by a clock of its own."""
    await travel(client, twin, "2098-05-01T00:00:00Z")
    badge = await fixture(client, other_twin, EXPIRED)
    everybody = [twin, other_twin, live, {}] * 25

    found = await asyncio.gather(*(verified(client, badge, headers) for headers in everybody))

    at = {(headers is twin, each["at"][:4]) for each, headers in zip(found, everybody, strict=True)}
    assert at == {(True, "2098"), (False, "2026")}


async def test_what_is_issued_and_recorded_keeps_the_real_time(client: Client, twin: Headers) -> None:
    await travel(client, twin, "2030-01-01T00:00:00Z")

    record = await converted(client, await fixture(client, twin, VALID), twin)

    audit = (await client.get("/v1/audit", headers=twin)).json()["entries"]
    assert record["created"].startswith("2026-01-01")
    assert {each["at"][:10] for each in audit} == {"2026-01-01"}


async def test_a_key_goes_on_to_hold(client: Client, twin: Headers) -> None:
    await travel(client, twin, "9998-01-01T00:00:00Z")

    found = await verified(client, await fixture(client, twin, VALID), twin)
    await travel(client, twin, "0003-01-01T00:00:00Z")
    early = await verified(client, await fixture(client, twin, VALID), twin)

    assert (found["outcome"], early["outcome"]) == ("failed", "failed")


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "9999-06-01T00:00:00Z", "2030-01-01T00:00:00", "soon", None])
async def test_a_time_that_nobody_can_write_is_refused(client: Client, twin: Headers, time: str | None) -> None:
    answer = await client.put("/v1/test/clock", headers=twin, json={"time": time})

    assert (answer.status_code, problem(answer)["code"]) == (400, "invalid-body")


async def test_it_is_never_before_the_time_that_was_asked_for(
    client: Client, twin: Headers, clock: SimulatedClock
) -> None:
    for ms in (0, 1, 400, 500, 999):
        clock.advance(milliseconds=ms)

        answer = await client.put("/v1/test/clock", headers=twin, json={"time": "2030-01-01T00:00:00Z"})

        late = dt.datetime.fromisoformat(answer.json()["time"]) - dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
        assert dt.timedelta(0) <= late < dt.timedelta(seconds=1)


async def test_a_time_that_nobody_can_write_is_pointed_at(client: Client, twin: Headers) -> None:
    answer = await client.put("/v1/test/clock", headers=twin, json={"time": "9999-06-01T00:00:00Z"})

    assert (answer.status_code, problem(answer)["pointer"]) == (400, "/time")


async def test_what_has_ended_by_the_real_time_is_converted_by_no_clock(client: Client, twin: Headers) -> None:
    badge = await fixture(client, twin, EXPIRED)
    await travel(client, twin, "2025-05-01T00:00:00Z")

    found = await verified(client, badge, twin)
    answer = await client.post("/v1/credentials", content=badge, headers=twin, params={"to": "open-badges-3"})

    described = (await client.get("/openapi/gateway.json")).json()["paths"]["/v1/test/clock"]["put"]["description"]
    assert found["outcome"] == "passed"
    assert (answer.status_code, problem(answer)["code"]) == (422, "not-writable")
    assert "not-writable" in described
