"""What a test issuer says to its twin is told to nobody else: no look at a source, in whatever order, passes it on."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from tests.gateway.http.conftest import Client
from tests.gateway.http.oid4vci.conftest import Counter
from tests.gateway.http.test_aids.conftest import Headers, converted, fixture, verified
from tests.gateway.http.test_aids.test_upstream import behaves, rechecked
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.first_badges import FirstIssuer
from tests.simulators.offered import PRE_AUTHORIZED, redeemed

LEANS_ON = "https://default-test.issuer.invalid/ob1-jws-valid/revoked"
"""What the Profile of a real issuer comes to name as its list: the test issuer's."""


class Both:
    """The same badge of a real issuer as a record of a live platform and of its twin."""

    def __init__(self, client: Client, twin: Headers, live: Headers, world: World, clock: SimulatedClock) -> None:
        self.client, self.twin, self.live, self.world, self.clock = client, twin, live, world, clock

    async def made(self, *, twin_first: bool = True) -> None:
        """Convert the badge at both; the record of the one that is asked first in a shared look has the lower id."""
        for number in range(40):
            self.issuer = FirstIssuer(self.world.web, f"https://first{number}.example")
            self.badge = self.issuer.signed(uid="ob1-jws-valid").encode()
            self.ours = await converted(self.client, self.badge, self.live)
            self.theirs = await converted(self.client, self.badge, self.twin)
            if (self.theirs["id"] < self.ours["id"]) is twin_first:
                return
        raise AssertionError("the ids of records are not random")

    async def lean(self) -> None:
        """Let the issuer name the test issuer's list, for which no live platform gets an answer."""
        self.issuer.serve("issuer.json", self.issuer.issuer(revocationList=LEANS_ON))
        self.pass_by(hours=30)
        assert (await verified(self.client, self.badge, self.live))["outcome"] == "unknown"

    def pass_by(self, **period: float) -> None:
        self.clock.advance(**period)
        self.world.web.at = self.clock.now

    async def shown(self) -> dict[str, Any]:
        """The live record."""
        return dict((await self.client.get(f"/v1/credentials/{self.ours['id']}", headers=self.live)).json())


@pytest.fixture
def both(client: Client, twin: Headers, live: Headers, world: World, clock: SimulatedClock) -> Both:
    return Both(client, twin, live, world, clock)


async def offered(client: Client, headers: Headers, counter: Counter, record: dict[str, Any]) -> None:
    """Give the counter a token for the record."""
    made = (await client.post("/v1/offers", json={"credential": record["id"]}, headers=headers)).json()["offer"]
    grants = (await client.get(f"/oid4vci/offers/{made['id']}")).json()["grants"]
    counter.token = (await redeemed(client, grants[PRE_AUTHORIZED]["pre-authorized_code"])).json()["access_token"]


@pytest.mark.parametrize("behaviour", ["sound", "revoked"])
@pytest.mark.parametrize("twin_first", [True, False])
async def test_a_look_on_request_tells_a_live_record_nothing(both: Both, behaviour: str, twin_first: bool) -> None:
    await both.made(twin_first=twin_first)
    for _ in range(2):
        await rechecked(both.client, both.twin, both.theirs)
        both.pass_by(minutes=2)
        await rechecked(both.client, both.live, both.ours)
        both.pass_by(minutes=2)
    confirmed = (await both.shown())["source"]["lastConfirmedAt"]
    await both.lean()
    await behaves(both.client, both.twin, behaviour)

    theirs = await rechecked(both.client, both.twin, both.theirs)
    both.pass_by(minutes=2)
    ours = await rechecked(both.client, both.live, both.ours)

    assert theirs[1] == ("valid" if behaviour == "sound" else "revoked")
    assert ours == ("unreachable", "unproven")
    shown = await both.shown()
    assert (shown["state"], shown["source"]["lastConfirmedAt"]) == ("active", confirmed)


@pytest.mark.parametrize("behaviour", ["sound", "revoked"])
@pytest.mark.parametrize("twin_first", [True, False])
async def test_a_round_tells_a_live_record_nothing(
    both: Both, gateway: Gateway, behaviour: str, twin_first: bool
) -> None:
    await both.made(twin_first=twin_first)
    other = await converted(both.client, await fixture(both.client, both.twin, "ob1-jws-valid"), both.twin)
    await gateway.watching.watch()
    await both.lean()

    for _ in range(4):
        await behaves(both.client, both.twin, behaviour)
        await gateway.watching.watch()
        both.pass_by(hours=30)

    shown = await both.shown()
    assert (shown["state"], shown["source"]["state"]) == ("active", "unreachable")
    assert shown["source"]["lastConfirmedAt"] == "2026-01-01T12:00:00Z"
    theirs = (await both.client.get(f"/v1/credentials/{other['id']}", headers=both.twin)).json()
    assert theirs["state"] == ("active" if behaviour == "sound" else "revoked")


async def test_nothing_is_signed_live_for_what_a_test_issuer_confirms(both: Both, gateway: Gateway) -> None:
    await both.made()
    await gateway.watching.watch()
    await both.lean()
    await rechecked(both.client, both.twin, both.theirs)
    both.pass_by(minutes=2)
    await rechecked(both.client, both.live, both.ours)
    await gateway.publish()
    counter = Counter(both.client, gateway, both.clock, both.ours["id"])
    await offered(both.client, both.live, counter, both.ours)

    answer = await counter.fetched()

    assert (answer.status_code, "transaction_id" in answer.json()) == (202, True)


async def test_a_twin_is_told_nothing_by_the_test_issuer_of_another(
    both: Both, client: Client, twin: Headers, other_twin: Headers
) -> None:
    await both.made()
    theirs = await converted(client, both.badge, other_twin)
    await both.lean()
    await rechecked(client, twin, both.theirs)
    both.pass_by(minutes=2)

    found = await rechecked(client, other_twin, theirs)

    assert found == ("unreachable", "unproven")
