"""Travelling decides what is valid, and nothing else: what is kept, signed or promised goes by the wall."""

import base64

import msgspec
import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.verdict import Verdict
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.http.conftest import Client, here
from tests.gateway.http.oid4vci.conftest import Counter
from tests.gateway.http.test_aids.conftest import Headers, converted, fixture, verified
from tests.gateway.http.test_aids.test_clock import travel
from tests.gateway.http.test_aids.test_upstream import behaves
from tests.gateway.http.test_aids.test_worlds import offered
from tests.gateway.plain import award
from tests.laundering.sources import STATUS_LIST, Kind, World
from tests.simulators.clock import NOON, SimulatedClock

SIGNED = "ob3-data-integrity-valid"


@pytest.mark.parametrize("name", [SIGNED, "ob2-hosted-valid", "ob1-jws-valid"])
async def test_nothing_that_is_signed_or_shown_is_dated_by_another_clock(
    client: Client, twin: Headers, gateway: Gateway, name: str
) -> None:
    await travel(client, twin, "2027-03-04T05:06:07Z")
    record = await converted(client, await fixture(client, twin, name), twin)
    found = await gateway.look_up.records.find(twin_of(DEFAULT_PLATFORM), record["id"])
    assert found is not None
    assert found.source is not None
    [form] = record["forms"]

    served = [(await client.get(here(form["links"][kind]))).text for kind in ("json", "receipt")]
    page = (await client.get(here(record["url"]), headers={"Accept": "text/html"})).text
    claims = base64.urlsafe_b64decode(served[1].split(".")[1] + "==").decode()

    kept = msgspec.json.decode(found.source.report, type=Verdict)
    assert kept.at == NOON
    assert f'"verifiedAt":{int(NOON.timestamp())}' in claims.replace(" ", "")
    written = [*served, claims, page, found.source.report.decode(), found.forms[0].intent.unsigned.decode()]
    assert [each for each in written if "2027-03-04" in each] == []


@pytest.mark.parametrize("time", [None, "2090-01-01T00:00:00Z", "2026-01-09T12:00:00Z"])
async def test_what_a_claim_rests_on_grows_old_by_the_clock_on_the_wall(
    client: Client, twin: Headers, gateway: Gateway, world: World, clock: SimulatedClock, time: str | None
) -> None:
    badge = world.sound(Kind.DATA_INTEGRITY)
    if time:
        await travel(client, twin, time)
    record = await converted(client, badge, twin)
    await client.delete("/v1/test/clock", headers=twin)
    clock.advance(hours=25)
    world.web.at = clock.now
    world.web.unreachable(STATUS_LIST)
    await gateway.publish()
    counter = Counter(client, gateway, clock, record["id"])
    await offered(client, twin, counter, record)

    fetched = await counter.fetched()

    assert (fetched.status_code, "transaction_id" in fetched.json()) == (202, True)


@pytest.mark.parametrize(("behaviour", "status"), [("sound", 200), ("missing", 202)])
async def test_a_claim_of_a_twin_asks_its_own_test_issuer(
    client: Client, twin: Headers, gateway: Gateway, clock: SimulatedClock, behaviour: str, status: int
) -> None:
    record = await converted(client, await fixture(client, twin, SIGNED), twin)
    clock.advance(hours=25)
    await gateway.publish()
    await behaves(client, twin, behaviour)
    counter = Counter(client, gateway, clock, record["id"])
    await offered(client, twin, counter, record)

    fetched = await counter.fetched()

    assert fetched.status_code == status, fetched.text


@pytest.mark.parametrize("securing", ["data-integrity", "vc-jwt"])
async def test_a_twin_sees_what_it_issued_expire(client: Client, twin: Headers, securing: str) -> None:
    given = award(expires="2027-01-01T00:00:00Z")
    made = await client.post(
        "/v1/credentials/issue", params={"to": "open-badges-3", "securing": securing}, json=given, headers=twin
    )
    assert made.status_code == 201, made.text
    [form] = made.json()["record"]["forms"]
    badge = (await client.get(here(form["url"]), headers=twin)).content
    found = []

    for time in ("2026-06-01T00:00:00Z", "2026-12-31T23:00:00Z", "2027-01-02T00:00:00Z"):
        await travel(client, twin, time)
        seen = await verified(client, badge, twin)
        wrong = [each["name"] for each in seen["checks"] if each["outcome"] in ("failed", "unknown")]
        found.append((seen["outcome"], wrong))

    assert found == [
        ("passed", []),
        ("passed", []),
        ("failed", ["validity-period"]),
    ]


async def test_what_it_revoked_is_revoked_at_any_time(client: Client, twin: Headers, gateway: Gateway) -> None:
    made = await client.post("/v1/credentials/issue", params={"to": "open-badges-3"}, json=award(), headers=twin)
    record = made.json()["record"]
    badge = (await client.get(here(record["forms"][0]["url"]), headers=twin)).content
    await client.post(f"/v1/credentials/{record['id']}/revoke", json={"reason": "a mistake"}, headers=twin)
    await gateway.publish()

    await travel(client, twin, "2026-06-01T00:00:00Z")
    found = await verified(client, badge, twin)

    assert [each["name"] for each in found["checks"] if each["outcome"] == "failed"] == ["status"]
