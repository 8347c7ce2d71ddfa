"""What a record can be made into for a wallet, and whom it is for."""

import json

import pytest
from msgspec.structs import replace

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import NotIssuable
from gateway.flows.issue import Award
from gateway.flows.offers.contents import material_of, recipient_of
from gateway.flows.prepare import Conversion, target
from gateway.issuing.issuance import SECURINGS
from gateway.records import Record, StatementKind
from gateway.records.offers import Configuration
from tests.gateway.flows.conftest import CALLER
from tests.gateway.plain import award
from tests.simulators.clock import SimulatedClock


@pytest.fixture
async def stated(gateway: Gateway) -> Record:
    body = json.dumps(award()).encode()
    return (await gateway.native.issue(body, (target(Format.OPEN_BADGES_3),), CALLER)).record


async def test_of_a_converted_badge_it_is_the_source_as_it_was_verified(record: Record, clock: SimulatedClock) -> None:
    material = await material_of(record, clock.now)

    assert isinstance(material, Conversion)
    assert record.source is not None
    assert material.opened.received == record.source.received
    assert material.whole


async def test_of_what_the_platform_stated_it_is_that(stated: Record, clock: SimulatedClock) -> None:
    assert isinstance(await material_of(stated, clock.now), Award)
    assert stated.statement is not None
    with pytest.raises(NotIssuable):
        await material_of(replace(stated, statement=replace(stated.statement, kind=StatementKind.ELM)), clock.now)


async def test_the_recipient_is_that_of_the_source(record: Record, stated: Record) -> None:
    [plain], [hashed] = [(await recipient_of(each)).identities for each in (record, stated)]

    assert (plain.value, plain.hashed) == ("learner@example.org", False)
    assert hashed.hashed
    assert hashed.salt


async def test_it_can_be_had_in_every_format_that_holds_it(
    gateway: Gateway, stated: Record, clock: SimulatedClock
) -> None:
    forms = len(stated.forms)

    able = await gateway.offers.make.writable(await material_of(stated, clock.now))

    sealable = [each for each in Configuration if each.sealed_as in SECURINGS.get(each.written_in, ())]
    assert set(able) <= set(sealable)
    assert {each for each in sealable if each.written_in is Format.OPEN_BADGES_3} <= set(able)
    found = await gateway.offers.claim.records.find(CALLER.platform, stated.id)
    assert found is not None
    assert len(found.forms) == forms


async def test_it_is_not_offered_in_a_format_that_does_not_hold_it(
    gateway: Gateway, stated: Record, clock: SimulatedClock
) -> None:
    material = await material_of(stated, clock.now)
    assert isinstance(material, Award)
    credential = material.stated.credential
    nameless = replace(credential, achievement=replace(credential.achievement, name={}))

    named = await gateway.offers.make.writable(material)
    able = await gateway.offers.make.writable(replace(material, stated=replace(material.stated, credential=nameless)))

    assert set(named) - set(able) == {Configuration.LEARNING_SD_JWT}
