"""What else a document leads to is noted and never followed."""

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


async def test_refresh_service_is_noted_and_not_asked(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    address = "https://issuer.example/refresh/1"
    service = {"id": address, "type": "1EdTechCredentialRefresh"}

    report = await report_on(issuer.token(issuer.credential(refreshService=service)), web)

    assert outcome(report, "refresh") is Outcome.NOTED
    assert check(report, "refresh").looked_at == (address,)
    assert address not in web.requests


async def test_endorsements_are_counted(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    endorsed = issuer.credential(endorsementJwt=["eyJhbGciOiJFUzI1NiJ9.e30.c2ln"])

    found = check(await report_on(issuer.token(endorsed), web), "endorsements")

    assert found.outcome is Outcome.NOTED
    assert found.detail.startswith("carries 1")
