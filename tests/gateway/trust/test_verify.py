"""All checks, every time, whatever is wrong."""

import copy

import pytest

from gateway.errors import Unavailable
from gateway.ports import Fetched
from gateway.trust.checks import CHECKS, OF_ELM, OF_SD_JWT
from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


async def test_good_credential_with_data_integrity_may_be_reissued(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed(issuer.credential()), web)

    assert report.outcome is Outcome.PASSED
    assert decide(report).verdict is Verdict.REISSUE


@pytest.mark.parametrize("alg", ["EdDSA", "ES256", "RS256"])
async def test_good_credential_as_vc_jwt_may_be_reissued(web: SimulatedWeb, issuer: SimulatedIssuer, alg: str) -> None:
    report = await report_on(issuer.token(issuer.credential(), alg), web)

    assert decide(report).verdict is Verdict.REISSUE


async def test_good_hosted_badge_may_be_reissued(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web)

    assert decide(report).verdict is Verdict.REISSUE


async def test_good_signed_badge_may_be_reissued(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed_badge(), web)

    assert decide(report).verdict is Verdict.REISSUE


async def test_every_check_is_made_of_a_document_that_is_wrong_in_every_way(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web)
    document = issuer.signed(issuer.credential(validFrom="2040-01-01T00:00:00Z"))
    document["name"] = "Forged"
    document["credentialStatus"] = {"type": "SomethingElse", "id": "https://issuer.example/s"}

    report = await report_on(document, web)

    assert [check.name for check in report.checks] == [name for name, _ in CHECKS if name not in OF_ELM | OF_SD_JWT]
    assert outcome(report, "proof") is Outcome.FAILED
    assert outcome(report, "status") is Outcome.UNKNOWN
    assert outcome(report, "validity-period") is Outcome.FAILED


async def test_each_demanded_check_is_among_the_checks(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    sources = (
        issuer.signed(issuer.credential()),
        issuer.token(issuer.credential()),
        issuer.hosted(issuer.assertion()),
        issuer.signed_badge(),
        issuer.credential(),
    )

    demanded = {name for source in sources for name in (await report_on(source, web)).demanded}

    assert demanded <= {name for name, _ in CHECKS}
    assert {"proof", "issuer", "context", "claims", "hosted-scope", "status"} <= demanded


async def test_address_is_asked_once_however_many_checks_need_it(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = issuer.status_list("https://issuer.example/status/1")

    await report_on(issuer.signed(issuer.credential(credentialStatus=entry)), web)

    assert web.requests.count(issuer.id) == 1


async def test_failing_cache_of_ours_is_unknown_and_no_crash(issuer: SimulatedIssuer) -> None:
    async def broken(url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        raise Unavailable(f"the cache does not answer ({url}, {accept}, {fresh})")

    report = await report_on(issuer.signed(issuer.credential()), broken)

    assert report.outcome is Outcome.UNKNOWN


async def test_verification_changes_nothing_in_the_document(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.signed(issuer.credential())
    before = copy.deepcopy(document)

    await report_on(document, web)

    assert document == before
