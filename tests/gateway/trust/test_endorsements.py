"""Endorsements are noted and never followed."""

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


async def test_endorsements_are_counted(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    endorsed = issuer.credential(endorsementJwt=["eyJhbGciOiJFUzI1NiJ9.e30.c2ln"])

    found = check(await report_on(issuer.token(endorsed), web), "endorsements")

    assert found.outcome is Outcome.NOTED
    assert found.detail.startswith("carries 1")
