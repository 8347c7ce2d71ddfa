"""Requests made up from the published documents, the allowed and the forbidden: the gateway keeps its word."""

import pytest

from gateway.http.contract import BY_NAME
from tests.fuzz.contract.run import Failed, Outcome, Plan, Run
from tests.fuzz.contract.surfaces import SURFACES
from tests.lengths import tries

QUICK = Plan(seed=1, cases=1, examples=4, phases=("fuzzing",), upset=False)
WHOLE = Plan(seed=1, cases=1, examples=tries(4, 8), upset=False)


def words(outcome: Outcome) -> str:
    """What failed, and how to send it again."""
    return "\n\n".join([*(_said(each) for each in outcome.failed), *outcome.errors])


def _said(failed: Failed) -> str:
    return f"{failed.operation}: {failed.check}: {failed.answer}: {failed.message}\n{failed.reproduce}"


def test_every_document_is_tried() -> None:
    assert {f"{name}.json" for name in SURFACES} == set(BY_NAME)


def test_the_gateway_keeps_to_its_contract() -> None:
    outcome = Run(SURFACES["gateway"], QUICK)()

    assert words(outcome) == ""
    assert outcome.cases > 100


@pytest.mark.slow
@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_keeps_to_its_contract_in_every_phase(name: str) -> None:
    outcome = Run(SURFACES[name], WHOLE)()

    assert words(outcome) == ""
    assert outcome.coverage.operations.seen > outcome.coverage.operations.of / 2
