"""Status lists: signed again when a bit changed or the end comes near, and not otherwise."""

import datetime as dt
import json
from typing import Any  # Any: members of JSON documents

from gateway.assembly import Gateway
from gateway.flows.show import Wanted
from gateway.proofs import bitstring
from gateway.records import Record
from tests.gateway.flows.conftest import CALLER
from tests.simulators.clock import SimulatedClock


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
