"""Who issued it, when that can be said at all."""

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


async def test_credential_that_names_no_issuer_is_nobodys(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed(issuer.credential(issuer=None)), web)

    assert outcome(report, "issuer") is Outcome.FAILED
    assert check(report, "issuer").detail == "names no issuer"


async def test_hosted_badge_is_its_issuers_when_the_profile_is_served(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    assert outcome(await report_on(issuer.hosted(issuer.assertion()), web), "issuer") is Outcome.PASSED


async def test_profile_embedded_in_a_hosted_badge_is_no_substitute_for_the_served_one(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web)
    badge = {**issuer.badge_class(), "issuer": issuer.controller_document()}

    report = await report_on(issuer.hosted(issuer.assertion(badge=badge)), web)

    assert outcome(report, "issuer") is Outcome.UNKNOWN


async def test_without_a_right_signature_nothing_says_who_issued_it(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.signed(issuer.credential())
    document["name"] = "Forged"

    assert outcome(await report_on(document, web), "issuer") is Outcome.UNKNOWN
