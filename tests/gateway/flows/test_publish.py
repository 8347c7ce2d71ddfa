"""Status lists: signed again when a bit changed or the end comes near, and not otherwise."""

import asyncio
import datetime as dt
import json
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.edges.platforms import StoredPlatforms
from gateway.errors import KeyMissing
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.flows.show import Wanted
from gateway.proofs import bitstring
from gateway.records import KeyState, Platform, Purpose, Record, Securing, StatusPurpose
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER
from tests.gateway.plain import award
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer

SUSPENDABLE = target(Format.OPEN_BADGES_3, Securing.VC_JWT, StatusPurpose.SUSPENSION)


async def served(gateway: Gateway, record: Record) -> dict[str, Any]:
    """The status list that the record's form names."""
    [form] = record.forms
    page = await gateway.show(Wanted(record.platform, "status-lists", form.intent.status_list))
    return dict(json.loads(page.body))


def is_set(document: dict[str, Any], record: Record) -> bool:
    bits = bitstring.decode(document["credentialSubject"]["encodedList"])
    return bitstring.status_bit(bits, record.forms[0].intent.status_index)


async def test_nothing_is_signed_while_nothing_is_due(gateway: Gateway, record: Record) -> None:
    before = await served(gateway, record)

    assert await gateway.publish() == 0
    assert await served(gateway, record) == before


async def test_a_list_is_signed_again_at_half_of_its_time(
    gateway: Gateway, record: Record, clock: SimulatedClock
) -> None:
    before = await served(gateway, record)
    clock.advance(hours=11.9)
    assert await gateway.publish() == 0
    clock.advance(hours=0.2)

    assert await gateway.publish() == 1

    after = await served(gateway, record)
    starts = [dt.datetime.fromisoformat(document["validFrom"]) for document in (before, after)]
    assert starts[1] - starts[0] == dt.timedelta(hours=12.1)
    assert dt.datetime.fromisoformat(after["validUntil"]) - starts[1] == dt.timedelta(hours=24)


async def test_a_revocation_is_published_at_once_and_only_for_its_form(gateway: Gateway, record: Record) -> None:
    before = await served(gateway, record)

    await gateway.revoke(record.id, "awarded by mistake", CALLER)

    after = await served(gateway, record)
    assert (is_set(before, record), is_set(after, record)) == (False, True)
    assert sum(byte.bit_count() for byte in bitstring.decode(after["credentialSubject"]["encodedList"])) == 1


async def test_revoking_again_signs_nothing_and_keeps_the_first_reason(gateway: Gateway, record: Record) -> None:
    await gateway.revoke(record.id, "awarded by mistake", CALLER)
    before = await served(gateway, record)

    again = await gateway.revoke(record.id, "another reason", CALLER)

    assert again.forms[0].revocation_reason == "awarded by mistake"
    assert await served(gateway, record) == before


async def suspendable(gateway: Gateway) -> Record:
    made = await gateway.native.issue(msgspec.json.encode(award()), (SUSPENDABLE,), CALLER)
    return made.record


async def judged(gateway: Gateway, record: Record) -> Outcome:
    return (await gateway.verify(record.forms[0].sealed or b"")).report.outcome


async def test_changes_of_one_moment_leave_what_else_is_on_the_list_valid(gateway: Gateway) -> None:
    bystander, other, fraud = [await suspendable(gateway) for _ in range(3)]

    await gateway.native.suspend(other.id, "under review", CALLER)
    during = await judged(gateway, bystander)
    await gateway.native.reinstate(other.id, CALLER)
    await gateway.revoke(fraud.id, "fraud", CALLER)

    assert [during, await judged(gateway, bystander), await judged(gateway, other)] == [Outcome.PASSED] * 3
    assert await judged(gateway, fraud) is Outcome.FAILED


async def test_a_list_starts_after_the_one_before_and_no_later_than_it_must(
    gateway: Gateway, clock: SimulatedClock
) -> None:
    record = await suspendable(gateway)
    starts = []
    for _ in range(3):
        await gateway.native.suspend(record.id, "under review", CALLER)
        starts.append(dt.datetime.fromisoformat((await served(gateway, record))["validFrom"]) - clock.now)
        await gateway.native.reinstate(record.id, CALLER)

    assert starts == [dt.timedelta(milliseconds=number) for number in (1, 3, 5)]


async def test_lists_that_many_sign_at_once_start_one_after_the_other(gateway: Gateway) -> None:
    records = [await suspendable(gateway) for _ in range(8)]

    await asyncio.gather(*(gateway.native.suspend(each.id, "under review", CALLER) for each in records))

    document = await served(gateway, records[0])
    assert all(is_set(document, each) for each in records)
    assert await gateway.publish() == 0


async def test_a_clock_that_ran_ahead_for_once_is_not_followed(gateway: Gateway, clock: SimulatedClock) -> None:
    record = await suspendable(gateway)
    clock.advance(days=365)
    await gateway.native.suspend(record.id, "under review", CALLER)
    clock.advance(days=-365)

    await gateway.native.reinstate(record.id, CALLER)

    assert dt.datetime.fromisoformat((await served(gateway, record))["validFrom"]) == clock.now


@pytest.fixture
async def other_without_key(gateway: Gateway, issuer: SimulatedIssuer, clock: SimulatedClock) -> Record:
    """A record of a platform that comes first of all, cannot sign its status list any more, and should."""
    await StoredPlatforms(gateway.edges.database).ensure(Platform(id="a-college", name="A college"))
    badge = issuer.hosted(issuer.assertion())
    made = await gateway.convert(badge, "", (target(Format.OPEN_BADGES_3),), Caller("a-college", "key-1"))
    for key in await gateway.keys.all("a-college"):
        if key.purpose is Purpose.STATUS_LIST:
            await gateway.keys.settle(key.id, KeyState.REVOKED, clock())
    clock.advance(hours=13)
    return made.record


async def test_who_cannot_sign_a_list_keeps_no_other_from_being_signed(
    gateway: Gateway, record: Record, other_without_key: Record, caplog: pytest.LogCaptureFixture
) -> None:
    before, others = await served(gateway, record), await served(gateway, other_without_key)

    with pytest.raises(KeyMissing):
        await gateway.publish()

    assert (await served(gateway, record))["validFrom"] > before["validFrom"]
    assert await served(gateway, other_without_key) == others
    assert "of platform a-college was not published" in caplog.text


async def test_a_platform_takes_back_and_issues_whatever_lists_of_others_are_not_signed(
    gateway: Gateway, record: Record, other_without_key: Record
) -> None:
    revoked = await gateway.revoke(record.id, "awarded by mistake", CALLER)
    issued = await suspendable(gateway)

    assert is_set(await served(gateway, revoked), revoked)
    assert not is_set(await served(gateway, issued), issued)
    with pytest.raises(KeyMissing):
        await gateway.revoke(other_without_key.id, "awarded by mistake", Caller("a-college", "key-1"))
