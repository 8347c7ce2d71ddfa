"""No status that cannot be found out is taken for good: every row of the table, by name."""

from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome, Report
from tests.gateway.trust.reports import check, report_on
from tests.gateway.trust.status_cases import LIST, ROWS, TOKEN_ROWS, Row, World
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.lists import list_of_2021, revocation_list, token_list
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def world(web: SimulatedWeb, issuer: SimulatedIssuer) -> World:
    return World(web, issuer)


def require_unknown(report: Report, expected: str) -> None:
    """The reason bears its name, somebody is told what to change, and nothing is signed."""
    name = expected if expected == "shape" else "status"
    found = check(report, name)
    assert found.outcome is (Outcome.FAILED if expected == "shape" else Outcome.UNKNOWN)
    assert expected == "shape" or expected in found.detail
    assert found.fix or found.remedies
    assert report.outcome in {Outcome.FAILED, Outcome.UNKNOWN}
    assert decide(report).verdict is Verdict.REFUSE


@pytest.mark.parametrize(("row"), ROWS.values(), ids=ROWS.keys())
async def test_no_status_that_cannot_be_found_out_is_good(world: World, row: Row) -> None:
    status = row.status(world)

    report = await report_on(world.issuer.token(world.issuer.credential(credentialStatus=status)), world.web)

    require_unknown(report, row.name)


@pytest.mark.parametrize(("row"), TOKEN_ROWS.values(), ids=TOKEN_ROWS.keys())
async def test_no_status_claim_that_cannot_be_found_out_is_good(world: World, row: Row) -> None:
    claims = {**world.issuer.credential(), "status": row.status(world)}
    header = {"alg": "ES256", "typ": "JWT", "kid": world.issuer.method("ES256")}

    report = await report_on(world.issuer.compact(header, {**claims, "iss": world.issuer.id}), world.web)

    require_unknown(report, row.name)


GOOD: dict[str, Callable[[World], Any]] = {
    "bitstring": World.entry,
    "bitstring in a token": World.in_token,
    "bitstring in an envelope": World.in_envelope,
    "2021": lambda world: list_of_2021(world.issuer, LIST),
    "1EdTech": lambda world: revocation_list(world.issuer, LIST),
}


@pytest.mark.parametrize(("status"), GOOD.values(), ids=GOOD.keys())
async def test_what_the_rows_change_is_good_without_the_change(world: World, status: Callable[[World], Any]) -> None:
    credential = world.issuer.credential(credentialStatus=status(world))

    report = await report_on(world.issuer.token(credential), world.web)

    assert report.outcome is Outcome.PASSED
    assert check(report, "status").outcome is Outcome.PASSED


async def test_a_good_token_list_is_good(world: World) -> None:
    claims = {"status": token_list(world.issuer, LIST)}

    report = await report_on(world.issuer.token(world.issuer.credential(), claims=claims), world.web)

    assert report.outcome is Outcome.PASSED
    assert check(report, "status").outcome is Outcome.PASSED
