"""A platform and the issuer of a source suspend each for themselves, and neither lifts what the other one decided."""

import pytest

from gateway.assembly.whole import Gateway
from gateway.errors import NotSuspendable
from gateway.records import Record, State
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER
from tests.gateway.flows.test_watch import SUSPENDABLE
from tests.gateway.flows.watching import Watched
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

ISSUERS_REASON = "suspended by its issuer: its entry in the issuer's status list is set"


@pytest.fixture
def watched(gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> Watched:
    return Watched(gateway, web, clock, issuer)


async def suspendable(watched: Watched) -> Record:
    return await watched.credential(targets=SUSPENDABLE, credentialStatus=watched.listed(purpose="suspension"))


async def say(watched: Watched, *indexes: int) -> None:
    """Let the issuer publish its list with these entries set, and look at it."""
    watched.clock.advance(minutes=1)
    watched.listed(*indexes, purpose="suspension")
    await watched.later()


async def suspended(watched: Watched, record: Record) -> str:
    """Why the forms are suspended, by word and by bit; "" when both say that they are not."""
    now = await watched.now(record)
    [reason] = {form.suspension_reason for form in now.forms}
    [outcome] = set(await watched.verdicts(record))
    assert (now.state is State.SUSPENDED) is (outcome is Outcome.FAILED) is bool(reason)
    return reason


async def test_what_the_platform_suspends_after_the_issuer_stays_when_the_issuer_lifts(watched: Watched) -> None:
    record = await suspendable(watched)
    await say(watched, 7)
    during = await suspended(watched, record)
    await watched.gateway.native.suspend(record.id, "fraud?", CALLER)
    both = await suspended(watched, record)

    await say(watched)

    assert [during, both, await suspended(watched, record)] == [ISSUERS_REASON, "fraud?", "fraud?"]
    assert (await watched.gateway.native.reinstate(record.id, CALLER)).state is State.ACTIVE
    assert await suspended(watched, record) == ""


async def test_what_the_issuer_suspends_is_not_lifted_by_the_platform(watched: Watched) -> None:
    record = await suspendable(watched)
    await say(watched, 7)

    with pytest.raises(NotSuspendable, match="issuer of the badge"):
        await watched.gateway.native.reinstate(record.id, CALLER)

    assert await suspended(watched, record) == ISSUERS_REASON
    await say(watched)
    assert await suspended(watched, record) == ""


async def test_the_platform_lifts_its_own_and_the_issuer_s_stays(watched: Watched) -> None:
    record = await suspendable(watched)
    await watched.gateway.native.suspend(record.id, "ours", CALLER)
    await say(watched, 7)

    reinstated = await watched.gateway.native.reinstate(record.id, CALLER)

    assert reinstated.state is State.SUSPENDED
    assert await suspended(watched, record) == ISSUERS_REASON
    await say(watched)
    assert await suspended(watched, record) == ""


async def test_a_reason_decides_nothing(watched: Watched) -> None:
    record = await suspendable(watched)
    await watched.gateway.native.suspend(record.id, ISSUERS_REASON, CALLER)
    await say(watched, 7)

    await say(watched)

    assert await suspended(watched, record) == ISSUERS_REASON
