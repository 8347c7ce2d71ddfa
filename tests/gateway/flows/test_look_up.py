"""Stored records: whole for their platform, without the original's address for everybody else."""

import json

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.ports import Search
from gateway.records import Platform, Record
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.recorded import source_of

STRANGER = Caller("other", "a holder there")


@pytest.fixture
async def gateway(gateway: Gateway) -> Gateway:
    """A gateway with a second platform."""
    await gateway.platforms.ensure(Platform(id="other", name="Other"))
    return gateway


async def test_the_platform_sees_its_record_with_the_address_of_the_original(gateway: Gateway, record: Record) -> None:
    found = await gateway.look_up(record.id, CALLER)

    assert found.source is not None
    assert found.source.original == f"{PUBLIC_URL}/credentials/{record.id}/original/{source_of(record).capability}"
    assert [form.url for form in found.forms] == [f"{PUBLIC_URL}/p/default/issued/{record.forms[0].intent.id}"]


async def test_everybody_else_sees_it_without(gateway: Gateway, record: Record) -> None:
    found = await gateway.look_up(record.id)

    assert found.source is not None
    assert (found.id, found.source.original) == (record.id, "")
    assert source_of(record).capability not in str(found)


async def test_another_platforms_record_is_not_there(gateway: Gateway, record: Record) -> None:
    with pytest.raises(NotFound):
        await gateway.look_up(record.id, STRANGER)
    with pytest.raises(NotFound):
        await gateway.show_original(record.id, caller=STRANGER)
    with pytest.raises(NotFound):
        await gateway.revoke(record.id, "out of spite", STRANGER)
    with pytest.raises(NotFound):
        await gateway.extend(record.id, (target(Format.OPEN_BADGES_2),), STRANGER)

    assert len((await gateway.native.search(STRANGER, Search(limit=10))).records) == 0


async def test_the_same_badge_on_two_platforms_is_two_records(
    gateway: Gateway, record: Record, issuer: SimulatedIssuer
) -> None:
    asked = (target(Format.OPEN_BADGES_3),)

    there = await gateway.convert(issuer.hosted(issuer.assertion()), "", asked, STRANGER)

    assert there.record.id != record.id
    issued = json.loads(there.record.forms[0].sealed or b"")
    assert issued["issuer"]["id"] == "did:web:badges.example.org:p:other"


@pytest.mark.parametrize("capability", ["", "x", "é"])
async def test_the_original_is_closed_to_whoever_has_no_key_and_not_its_address(
    gateway: Gateway, record: Record, capability: str
) -> None:
    with pytest.raises(NotFound):
        await gateway.show_original(record.id, capability=capability)


async def test_the_original_is_open_to_its_platform(gateway: Gateway, record: Record) -> None:
    source = await gateway.show_original(record.id, caller=CALLER)

    assert source == record.source


async def test_an_id_that_was_never_given_out_is_not_there(gateway: Gateway) -> None:
    with pytest.raises(NotFound):
        await gateway.look_up("d2c829f3-6991-4656-a39a-36ac547c993e", CALLER)


async def test_records_are_listed_newest_first_in_pages(
    gateway: Gateway, record: Record, issuer: SimulatedIssuer, clock: SimulatedClock
) -> None:
    clock.advance(seconds=1)
    other = issuer.hosted(issuer.assertion(id=f"{issuer.host}/assertions/2"))
    newer = (await gateway.convert(other, "", (target(Format.OPEN_BADGES_3),), CALLER)).record

    first = await gateway.native.search(CALLER, Search(limit=1))
    rest = await gateway.native.search(CALLER, Search(limit=10), first.next)

    assert [summary.id for summary in first.records + rest.records] == [newer.id, record.id]
    assert rest.next == ""
