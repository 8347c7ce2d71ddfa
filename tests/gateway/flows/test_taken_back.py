"""What was taken back is not issued again because its bytes are written in another way."""

import json
from collections.abc import Callable

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import NotActive
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.records import State
from tests.gateway.flows.conftest import CALLER
from tests.gateway.flows.test_watch import SUSPENDABLE
from tests.gateway.flows.watching import ONE_FORM, Watched
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

OTHER_FORM = (target(Format.OPEN_BADGES_2),)


@pytest.fixture
def watched(gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> Watched:
    return Watched(gateway, web, clock, issuer)


async def refused(gateway: Gateway, *bodies: bytes) -> bool:
    for body in bodies:
        with pytest.raises(NotActive):
            await gateway.convert(body, "", OTHER_FORM, CALLER)
    return True


WRITTEN: list[Callable[[bytes], bytes]] = [
    lambda body: body,
    lambda body: body + b" ",
    lambda body: json.dumps(json.loads(body), sort_keys=True, indent=1).encode(),
]


async def test_a_revoked_badge_is_the_same_however_it_is_written(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    credential = issuer.credential()
    body = json.dumps(issuer.signed(credential)).encode()
    record = (await gateway.convert(body, "", ONE_FORM, CALLER)).record

    await gateway.revoke(record.id, "fraud", CALLER)

    assert await refused(gateway, *(write(body) for write in WRITTEN), issuer.token(credential).encode())


async def test_a_revoked_hosted_badge_is_the_same_by_its_address(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    assertion = issuer.assertion()
    body = issuer.hosted(assertion)
    record = (await gateway.convert(body, "", ONE_FORM, CALLER)).record

    await gateway.revoke(record.id, "fraud", CALLER)

    assert await refused(gateway, *(write(body) for write in WRITTEN), assertion["id"].encode())


async def test_a_suspended_badge_is_not_issued_beside_its_record(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body = json.dumps(issuer.signed(issuer.credential())).encode()
    record = (await gateway.convert(body, "", SUSPENDABLE[:1], CALLER)).record
    await gateway.native.suspend(record.id, "under review", CALLER)
    assert await refused(gateway, body, body + b" ")

    await gateway.native.reinstate(record.id, CALLER)

    assert (await gateway.convert(body + b" ", "", OTHER_FORM, CALLER)).record.state is State.ACTIVE


async def test_what_its_issuer_took_back_and_gave_again_stays_taken_back(watched: Watched) -> None:
    document = watched.issuer.signed(watched.issuer.credential(credentialStatus=watched.listed()))
    body = json.dumps(document).encode()
    await watched.converted(body)
    watched.clock.advance(minutes=1)
    watched.listed(7)
    await watched.later()
    watched.clock.advance(minutes=1)

    watched.listed()

    assert await refused(watched.gateway, *(write(body) for write in WRITTEN))


async def test_a_hosted_badge_that_was_gone_and_is_back_stays_taken_back(watched: Watched) -> None:
    assertion = watched.issuer.assertion()
    body = watched.issuer.hosted(assertion)
    await watched.converted(body)
    watched.web.gone(assertion["id"])
    await watched.later(hours=25)

    watched.issuer.serve(assertion["id"], assertion)

    assert await refused(watched.gateway, *(write(body) for write in WRITTEN))


async def test_other_platforms_and_other_badges_are_not_concerned(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    made = [json.dumps(issuer.signed(issuer.credential(id=f"urn:uuid:{n}"))).encode() for n in range(2)]
    record = (await gateway.convert(made[0], "", ONE_FORM, CALLER)).record
    await gateway.revoke(record.id, "fraud", CALLER)

    for body, caller in ((made[1], CALLER), (made[0], Caller("default-test", "key"))):
        assert (await gateway.convert(body, "", ONE_FORM, caller)).record.state is State.ACTIVE
