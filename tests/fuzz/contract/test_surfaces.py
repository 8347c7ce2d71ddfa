"""Requests made up from the published documents, the allowed and the forbidden: the gateway keeps its word."""

import pytest

from gateway.http.contract import BY_NAME
from tests.fuzz.contract.aim import IN_A_BROWSER, QUERIES
from tests.fuzz.contract.excused import NEGATIVE, POSITIVE, Excused
from tests.fuzz.contract.excuses import LATE, NOT_KEPT, SELDOM
from tests.fuzz.contract.requests import BODIES
from tests.fuzz.contract.run import Failed, Outcome, Plan, Run
from tests.fuzz.contract.surfaces import SURFACES
from tests.fuzz.doors import ONE_TIME
from tests.lengths import tries

QUICK = Plan(seed=1, cases=1, examples=4, phases=("fuzzing",), upset=False)
WHOLE = Plan(seed=1, cases=1, examples=tries(4, 8), upset=False)
MOST = 0.75
"""Of what a document has, even in so short a run; long ones reach nearly all."""


def words(outcome: Outcome) -> str:
    """What failed, and how to send it again."""
    return "\n\n".join([*(_said(each) for each in outcome.failed), *outcome.errors])


def _said(failed: Failed) -> str:
    return f"{failed.operation}: {failed.check}: {failed.answer}: {failed.message}\n{failed.reproduce}"


def test_every_document_is_tried() -> None:
    assert {f"{name}.json" for name in SURFACES} == set(BY_NAME)


def operations(name: str) -> dict[str, set[str]]:
    """The operations of a document with their statuses."""
    paths = SURFACES[name].document()["paths"].values()
    return {operation["operationId"]: set(operation["responses"]) for item in paths for operation in item.values()}


def test_what_is_known_of_an_operation_is_of_one_that_is_there() -> None:
    there = {name for surface in SURFACES for name in operations(surface)}

    assert {*BODIES, *ONE_TIME, *IN_A_BROWSER, *QUERIES, *SELDOM, *LATE} - there == set()


def test_every_exception_is_of_an_operation_that_may_answer_so() -> None:
    impossible: list[tuple[str, ...]] = []
    for name, surface in SURFACES.items():
        known = operations(name)
        for each in surface.excused:
            statuses = {answer[:3] for answer in each.answers}
            possible = set[str]().union(*(known.get(id, set()) for id in each.operations or known))
            impossible += [(name, id) for id in each.operations if not statuses & known.get(id, set())]
            impossible += [(name, *each.operations, status) for status in statuses - possible if each.operations]
            impossible += [(name, *statuses)] if not statuses & possible else []

    assert impossible == []


def test_an_exception_covers_its_answer_and_no_other() -> None:
    body = '{"id": "' + "0" * 40 + '", "n": [1, 12345678901234567890]}'
    excuse = Excused(check=POSITIVE, operations=("a",), answers=("400 x", "422 *"), why="")

    assert excuse.covers((POSITIVE,), "a", "400 x", body)
    assert excuse.covers((POSITIVE,), "a", "422 y", body)
    assert not excuse.covers((POSITIVE,), "a", "400 y", body)
    assert not excuse.covers((POSITIVE,), "b", "400 x", body)
    assert not excuse.covers((NEGATIVE,), "a", "400 x", body)
    assert NOT_KEPT.covers((POSITIVE,), "a", "400 x", body)
    assert not NOT_KEPT.covers((POSITIVE,), "a", "400 x", body.replace("12345678901234567890", "1"))


def test_the_gateway_keeps_to_its_contract() -> None:
    outcome = Run(SURFACES["gateway"], QUICK)()

    assert words(outcome) == ""
    assert outcome.cases > 100


@pytest.mark.slow
@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_keeps_to_its_contract_in_every_phase(name: str) -> None:
    outcome = Run(SURFACES[name], WHOLE)()

    assert words(outcome) == ""
    assert outcome.coverage.operations.seen >= outcome.coverage.operations.of * MOST
    assert outcome.coverage.parameters.seen >= outcome.coverage.parameters.of * MOST
