"""What the gateway signed itself is no better than what others sign."""

import json
import re

import pytest

from adapters.hub.errors import AdapterError
from gateway.flows.convert import NotTrusted
from gateway.records import Record
from gateway.trust.report import Outcome
from tests.laundering.laundry import TARGETS, Laundry
from tests.laundering.sources import Kind, World
from tests.simulators.platform import CALLER, PUBLIC_URL
from tests.simulators.recorded import report_of

SURGERY = (b"Knots", b"Bones")


@pytest.fixture
async def record(laundry: Laundry) -> Record:
    """A badge of somebody else, in every form of ours."""
    world = World()
    return (await laundry.converted(world, world.sound(Kind.DATA_INTEGRITY))).record


def _sealed(record: Record) -> list[bytes]:
    return [form.sealed for form in record.forms if form.sealed]


async def test_copy_of_ours_that_we_revoked_is_converted_no_more(laundry: Laundry, record: Record) -> None:
    copies = _sealed(record)
    before = [len((await laundry.platform.convert(copy, *TARGETS)).created) for copy in copies]

    await laundry.platform.gateway.revoke(record.id, "a mistake", CALLER)

    signed = list(laundry.platform.signer.used)
    after = [await laundry.platform.convert(copy, *TARGETS) for copy in copies]
    assert before == [len(TARGETS)] * len(TARGETS)
    assert [(again.created, report_of(again).outcome) for again in after] == [((), Outcome.FAILED)] * len(TARGETS)
    assert laundry.platform.signer.used == signed


async def test_copy_of_ours_that_was_changed_is_not_converted(laundry: Laundry, record: Record) -> None:
    signed = list(laundry.platform.signer.used)

    for copy in _sealed(record):
        token, tilde, disclosures = copy.partition(b"~")
        changed = copy.replace(*SURGERY) if copy.startswith(b"{") else token[:-4] + b"AAAA" + tilde + disclosures
        with pytest.raises(NotTrusted):
            await laundry.platform.convert(changed, *TARGETS)

    assert laundry.platform.signer.used == signed


async def test_nothing_else_that_we_publish_is_taken_for_a_badge(laundry: Laundry, record: Record) -> None:
    """Receipts and status lists are signed as well, with keys of ours."""
    fetch = laundry.platform.gateway.convert.verify.fetch
    text = json.dumps([copy.decode() for copy in _sealed(record)])
    addresses = set(re.findall(rf"{PUBLIC_URL}/p/default/(?!issued)[\w/-]+", text))
    addresses |= {f"{PUBLIC_URL}/p/default/receipts/{form.intent.id}" for form in record.forms}
    signed = list(laundry.platform.signer.used)

    refused = []
    for address in sorted(addresses):
        page = await fetch(address)
        with pytest.raises((AdapterError, NotTrusted)):
            await laundry.platform.convert(page.body, *TARGETS)
        refused.append(address.split("/")[5])

    assert {"receipts", "status-lists", "badges", "issuer"} <= set(refused)
    assert laundry.platform.signer.used == signed
