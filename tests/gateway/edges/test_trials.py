"""What twins have set up, on both databases: each sees its own, for as long as it holds, and nobody reads it."""

import datetime as dt

import pytest

from gateway.edges.audit import StoredAuditTrail
from gateway.edges.database import Database
from gateway.edges.trials import StoredEchoes, StoredTrials
from gateway.records.trials import (
    ECHOES,
    RECEIVED,
    Behaviour,
    Echo,
    EchoAnswer,
    EchoedRequest,
    SignatureVerdict,
    Travel,
    Upstream,
)
from tests.gateway.edges.stores import AT, ENVELOPE, dumped
from tests.gateway.edges.tenancy import WithoutClauses

TWIN, OTHER = "one-test", "other-test"
DAY = dt.timedelta(days=1)


def said(fixture: str, behaviour: Behaviour = Behaviour.REVOKED) -> Upstream:
    return Upstream(fixture=fixture, behaviour=behaviour, changed=AT, until=AT + DAY)


def echo(number: int = 0) -> Echo:
    at = AT + dt.timedelta(seconds=number)
    return Echo(id=f"echo-{number:03}", answer=EchoAnswer.OK, created=at, until=at + DAY)


def received(number: int) -> EchoedRequest:
    return EchoedRequest(
        at=AT + dt.timedelta(seconds=number),
        headers={"webhook-id": "an-id"},
        body=f"the body {number}",
        signature=SignatureVerdict.RIGHT,
        in_time=True,
        answered=200,
    )


@pytest.fixture
def trials(database: Database) -> StoredTrials:
    return StoredTrials(database, ENVELOPE)


@pytest.fixture
def echoes(database: Database) -> StoredEchoes:
    return StoredEchoes(database, ENVELOPE)


async def test_a_clock_is_set_until_it_ends(trials: StoredTrials) -> None:
    travel = Travel(offset=dt.timedelta(days=-400, seconds=7), until=AT + DAY)

    await trials.set_travel(TWIN, travel, "key 1", AT)

    assert await trials.travel(TWIN, AT) == travel
    assert await trials.travel(TWIN, AT + DAY) is None
    assert await trials.travel(OTHER, AT) is None


async def test_what_is_said_of_all_fixtures_ends_what_was_said_of_one(trials: StoredTrials, database: Database) -> None:
    await trials.set_upstream(TWIN, said("one"), "key 1")
    await trials.set_upstream(OTHER, said("one"), "key 2")
    await trials.set_upstream(TWIN, said("two", Behaviour.GONE), "key 1")
    before = await trials.upstream(TWIN)

    await trials.set_upstream(TWIN, said("", Behaviour.SOUND), "key 1")

    trail = await StoredAuditTrail(database).page(TWIN, "", 10)
    assert before == [said("one"), said("two", Behaviour.GONE)]
    assert await trials.upstream(TWIN) == [said("", Behaviour.SOUND)]
    assert await trials.upstream(OTHER) == [said("one")]
    assert {(each.action, each.target) for each in trail} == {
        ("test-upstream.revoked", "one"),
        ("test-upstream.gone", "two"),
        ("test-upstream.sound", "every fixture"),
    }


async def test_the_latest_addresses_and_their_latest_requests_are_kept(echoes: StoredEchoes) -> None:
    for number in range(ECHOES + 2):
        await echoes.add(TWIN, echo(number), "key 1")
        await echoes.receive(TWIN, echo(number).id, received(0))
    for number in range(RECEIVED + 5):
        await echoes.receive(TWIN, echo(5).id, received(number))
    await echoes.add(TWIN, echo(ECHOES + 2), "key 1")

    kept = await echoes.received(TWIN, echo(5).id)
    there = [await echoes.find(TWIN, echo(number).id, AT) is not None for number in range(ECHOES + 3)]
    assert there == [False] * 3 + [True] * ECHOES
    assert [len(await echoes.received(TWIN, echo(number).id)) for number in (0, 2, 3)] == [0, 0, 1]
    assert (len(kept), kept[0], kept[-1]) == (RECEIVED, received(RECEIVED + 4), received(5))


async def test_an_address_answers_otherwise_until_it_ends(echoes: StoredEchoes) -> None:
    await echoes.add(TWIN, echo(), "key 1")
    gone = Echo(id=echo().id, answer=EchoAnswer.GONE, created=AT, until=AT + DAY)

    changed = await echoes.answer(TWIN, gone, "key 1", AT)
    too_late = await echoes.answer(TWIN, echo(), "key 1", AT + DAY)

    assert (changed, too_late) == (True, False)
    assert await echoes.find(TWIN, gone.id, AT) == gone
    assert await echoes.find(TWIN, gone.id, AT + DAY) is None


async def test_nothing_that_was_received_is_readable(echoes: StoredEchoes, database: Database) -> None:
    await echoes.add(TWIN, echo(), "key 1")
    await echoes.receive(TWIN, echo().id, received(0))

    stored = await dumped(database, "trials", "echoed")
    assert TWIN.encode() in stored
    assert b"the body" not in stored


@pytest.mark.parametrize(
    ("migrated_place", "loose"),
    [("sqlite", False), ("postgres", False), ("postgres", True)],
    ids=["sqlite", "postgres", "row-level security"],
    indirect=["migrated_place"],
)
async def test_another_tenant_reaches_nothing(database: Database, loose: bool) -> None:
    reaching: Database = WithoutClauses(database) if loose else database
    trials, echoes = StoredTrials(database, ENVELOPE), StoredEchoes(database, ENVELOPE)
    travel = Travel(offset=DAY, until=AT + DAY)
    await trials.set_travel(TWIN, travel, "key 1", AT)
    await trials.set_upstream(TWIN, said("one"), "key 1")
    await echoes.add(TWIN, echo(), "key 1")
    await echoes.receive(TWIN, echo().id, received(0))

    other_trials, other_echoes = StoredTrials(reaching, ENVELOPE), StoredEchoes(reaching, ENVELOPE)
    reached = [
        await other_trials.travel(OTHER, AT),
        list(await other_trials.upstream(OTHER)),
        await other_echoes.find(OTHER, echo().id, AT),
        await other_echoes.answer(OTHER, echo(), "key 2", AT),
        list(await other_echoes.received(OTHER, echo().id)),
    ]
    await other_trials.set_upstream(OTHER, said(""), "key 2")
    await other_echoes.add(OTHER, echo(1), "key 2")

    assert not any(reached)
    assert await trials.travel(TWIN, AT) == travel
    assert await trials.upstream(TWIN) == [said("one")]
    assert await echoes.find(TWIN, echo().id, AT) == echo()
    assert await echoes.received(TWIN, echo().id) == [received(0)]


async def test_what_is_over_is_forgotten_with_all_that_arrived_and_nothing_else_is(
    trials: StoredTrials, echoes: StoredEchoes
) -> None:
    for twin in (TWIN, OTHER):
        await trials.set_travel(twin, Travel(offset=DAY, until=AT + DAY), "key 1", AT)
        await trials.set_upstream(twin, said("one"), "key 1")
    await echoes.add(TWIN, echo(0), "key 1")
    await echoes.add(OTHER, echo(60), "key 2")
    for twin, number in ((TWIN, 0), (OTHER, 60)):
        await echoes.receive(twin, echo(number).id, received(number))

    await trials.forget(AT + DAY)

    left = await trials.travel(TWIN, AT), await trials.travel(OTHER, AT), await echoes.find(TWIN, echo(0).id, AT)
    assert left == (None, None, None)
    assert list(await echoes.received(TWIN, echo(0).id)) == []
    assert await echoes.find(OTHER, echo(60).id, AT) == echo(60)
    assert list(await echoes.received(OTHER, echo(60).id)) == [received(60)]
    assert await trials.upstream(TWIN) == [said("one")]
