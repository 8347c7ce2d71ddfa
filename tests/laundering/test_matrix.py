"""The matrix of all that is verified: of no badge with a fault is a copy signed, whatever form is asked for.

A cell is a kind of proof or status, a fault, and a form; ``pytest -rP -k cell`` prints their names.
"""

import sys
from itertools import product

import pytest

from gateway.flows.prepare import Target
from tests.laundering import (
    badges_1,
    badges_2,
    disclosed,
    embedded,
    embedded_faults,
    issuer_faults,
    issuers,
    joined,
    others,
    parts,
    sd_jwts,
    sealed,
    statuses,
    token_faults,
    tokens,
)
from tests.laundering.laundry import TARGETS, Cases, Laundry, Make
from tests.laundering.sources import Carrier, World

FAULTS: Cases = {
    **embedded_faults.FAULTS,
    **joined.FAULTS,
    **disclosed.FAULTS,
    **token_faults.FAULTS,
    **issuer_faults.FAULTS,
    **statuses.FAULTS,
    **badges_1.FAULTS,
    **badges_2.FAULTS,
    **parts.FAULTS,
    **sealed.FAULTS,
    **sd_jwts.FAULTS,
    **others.FAULTS,
}
SOUND: dict[str, Make] = {
    **embedded.SOUND,
    **joined.SOUND,
    **disclosed.SOUND,
    **tokens.SOUND,
    **issuers.SOUND,
    **statuses.SOUND,
    **badges_1.SOUND,
    **badges_2.SOUND,
    **parts.SOUND,
    **sealed.SOUND,
    **sd_jwts.SOUND,
}
LEAST_CELLS = 500

# In the longer run: each algorithm under its other data model, and what is as another kind over JSON.
_LATER = [f"{alg}, {tokens.MODELS[place % 2]}" for place, alg in enumerate(tokens.ALGORITHMS)]
_LATER += ["ecdsa-jcs-2019 P-256, VCDM 1.1", "status claim in vc"]


@pytest.mark.parametrize("kind", [kind for kind in (*FAULTS, *others.BAKED) if kind not in _LATER])
async def test_no_copy_is_signed_of_a_badge_with_a_fault(kind: str, laundry: Laundry) -> None:
    cases = {**FAULTS, **others.BAKED}[kind]

    stopped = {fault: await laundry.stopped(case) for fault, case in cases.items()}

    assert stopped == {fault: case.stop for fault, case in cases.items()}
    assert await laundry.washed() == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", FAULTS)
async def test_no_copy_is_signed_in_any_form_alone_or_from_any_carrier(kind: str, laundry: Laundry) -> None:
    cases = FAULTS[kind]
    asked = [*((Carrier.BARE, (target,)) for target in TARGETS), *((carrier, TARGETS) for carrier in Carrier)]

    stopped = {fault: await laundry.stopped(case, *asked) for fault, case in cases.items()}

    assert stopped == {fault: case.stop for fault, case in cases.items()}
    assert await laundry.washed() == []


@pytest.mark.parametrize(
    "each", [pytest.param(1, id="one-each"), pytest.param(len(TARGETS), marks=pytest.mark.slow, id="all")]
)
async def test_the_same_badge_without_a_fault_is_signed(each: int, laundry: Laundry) -> None:
    """In every form; the shorter run asks for one of them each, in turn."""
    asked = {kind: [TARGETS[(turn + more) % len(TARGETS)] for more in range(each)] for turn, kind in enumerate(SOUND)}

    missing = {kind: await _missing(laundry, SOUND[kind], targets) for kind, targets in asked.items()}

    assert missing == {kind: set() for kind in SOUND}


async def _missing(laundry: Laundry, make: Make, targets: list[Target]) -> set[Target]:
    world = World()
    converted = await laundry.converted(world, make(world), targets)
    return set(targets) - {Target(form.intent.format, form.intent.securing) for form in converted.created}


def test_every_cell_has_a_name_of_its_own_and_there_are_enough() -> None:
    cells = [
        f"{kind} / {fault} / {target.format} {target.securing}"
        for kind, cases in {**FAULTS, **others.BAKED}.items()
        for fault, target in product(cases, TARGETS)
    ]

    sys.stdout.write("\n".join([*cells, f"{len(cells)} cells in {len(cells) // len(TARGETS)} rows"]))
    assert len(set(cells)) == len(cells) >= LEAST_CELLS
