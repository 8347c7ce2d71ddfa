"""A refresh service is noted and not asked."""

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
