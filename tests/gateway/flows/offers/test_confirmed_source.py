"""What a wallet fetches rests on a source that was confirmed a short while ago, or is verified again now."""

import datetime as dt

import pytest

from gateway.assembly.whole import Gateway
from gateway.edges.watches import StoredWatchedSources
from gateway.flows.convert import NotTrusted
from gateway.flows.offers.confirmed_source import ConfirmSource, NotYet
from gateway.flows.verify import Verified
from gateway.records import Record
from tests.gateway.flows.watching import Watched
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


class Asked(Watched):
    """A gateway that is asked for sources; one is old after a day."""

    async def source(self, record: Record) -> Verified:
        part = self.gateway
        sources = StoredWatchedSources(part.edges.database)
        confirm = ConfirmSource(part.edges.clock, part.verify, sources, dt.timedelta(days=1))
        found = await self.now(record)
        assert found.source is not None
        self.web.requests.clear()
        return await confirm(found, found.source)


@pytest.fixture
def asked(gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> Asked:
    return Asked(gateway, web, clock, issuer)


async def test_a_source_that_was_just_verified_is_not_verified_again(asked: Asked) -> None:
    record = await asked.credential()
    asked.clock.advance(hours=23)

    found = await asked.source(record)

    assert asked.web.requests == []
    assert found.report.at == record.created
    assert found.received.reading is not None


async def test_hosted_parts_are_those_that_it_was_verified_with(asked: Asked) -> None:
    record = await asked.converted(asked.issuer.hosted(asked.issuer.assertion()))

    found = await asked.source(record)

    assert asked.web.requests == []
    assert found.received.reading is not None
    assert found.received.reading.credentials[0].achievement.name


async def test_an_old_confirmation_is_made_anew(asked: Asked) -> None:
    record = await asked.credential()
    asked.clock.advance(hours=25)
    asked.listed()

    found = await asked.source(record)

    assert asked.web.requests
    assert found.report.at == asked.clock.now


async def test_one_that_says_that_it_is_yet_to_come_is_made_anew(asked: Asked) -> None:
    asked.clock.advance(days=365)
    record = await asked.credential()
    asked.clock.advance(days=-364)
    asked.listed()

    found = await asked.source(record)

    assert asked.web.requests
    assert found.report.at == asked.clock.now


async def test_a_look_at_its_status_is_a_confirmation_too(asked: Asked) -> None:
    record = await asked.credential()
    asked.clock.advance(hours=20)
    asked.listed()
    await asked.later(minutes=1)
    asked.clock.advance(hours=20)

    await asked.source(record)

    assert asked.web.requests == []


async def test_one_that_ended_since_is_never_taken_as_it_was_found(asked: Asked) -> None:
    record = await asked.credential(validUntil="2026-01-01T13:00:00Z")
    asked.clock.advance(hours=2)

    with pytest.raises(NotTrusted, match="validity-period"):
        await asked.source(record)


async def test_one_that_was_revoked_since_is_refused(asked: Asked) -> None:
    record = await asked.credential()
    asked.clock.advance(hours=25)
    asked.listed(7)

    with pytest.raises(NotTrusted, match="status"):
        await asked.source(record)


async def test_one_whose_host_does_not_answer_is_to_be_asked_for_later(asked: Asked) -> None:
    record = await asked.credential()
    asked.clock.advance(hours=25)
    asked.web.unreachable("https://issuer.example/status/1")

    with pytest.raises(NotYet, match="status") as refused:
        await asked.source(record)

    assert refused.value.fix == "try again in a few minutes"
