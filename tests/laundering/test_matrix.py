"""The matrix of all that is verified: of no badge with a fault is a copy signed, whatever form is asked for."""

import pytest

from gateway.flows.prepare import Target
from tests.laundering import disclosed, embedded, embedded_faults, issuer_faults, issuers, joined, token_faults, tokens
from tests.laundering.laundry import TARGETS, Cases, Laundry, Make
from tests.laundering.sources import World

FAULTS: Cases = {
    **embedded_faults.FAULTS,
    **joined.FAULTS,
    **disclosed.FAULTS,
    **token_faults.FAULTS,
    **issuer_faults.FAULTS,
}
SOUND: dict[str, Make] = {**embedded.SOUND, **joined.SOUND, **disclosed.SOUND, **tokens.SOUND, **issuers.SOUND}


@pytest.mark.parametrize("kind", FAULTS)
async def test_no_copy_is_signed_of_a_badge_with_a_fault(kind: str, laundry: Laundry) -> None:
    cases = FAULTS[kind]

    stopped = {fault: await laundry.stopped(case) for fault, case in cases.items()}

    assert stopped == {fault: case.stop for fault, case in cases.items()}
    assert await laundry.washed() == []


async def test_the_same_badge_without_a_fault_is_signed_in_every_form(laundry: Laundry) -> None:
    created = {}

    for kind, make in SOUND.items():
        world = World()
        converted = await laundry.converted(world, make(world))
        created[kind] = {Target(form.intent.format, form.intent.securing) for form in converted.created}

    assert created == {kind: set(TARGETS) for kind in SOUND}
