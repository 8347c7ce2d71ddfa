"""Rules of the format, as the readers found them."""

import pytest

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


async def test_broken_rule_fails_and_names_place_and_fix(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.credential()
    document["credentialSubject"]["type"] = ["Person"]

    shape = check(await report_on(issuer.token(document), web), "shape")

    assert shape.outcome is Outcome.FAILED
    assert "/credentialSubject/type" in shape.detail
    assert shape.fix


async def test_broken_advice_is_noted(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    contexts = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    ]

    report = await report_on(issuer.signed(issuer.credential(**{"@context": contexts})), web)

    assert outcome(report, "shape") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


async def test_no_more_than_a_few_findings_are_spelled_out(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    wrong = [{"type": ["Nothing"], "name": "x"} for _ in range(9)]

    shape = check(await report_on(issuer.token(issuer.credential(evidence=wrong)), web), "shape")

    assert shape.detail.count("/evidence/") == 5
    assert "and 4 more" in shape.detail


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript :alert(1)", "vbscript:x", "data:text/html,<script>"]
)
async def test_an_address_that_runs_a_script_is_not_signed_on(
    web: SimulatedWeb, issuer: SimulatedIssuer, address: str
) -> None:
    document = issuer.credential(evidence=[{"id": address, "type": ["Evidence"]}])

    shape = check(await report_on(issuer.token(document), web), "shape")

    assert shape.outcome is Outcome.FAILED
    assert "/evidence/0/id" in shape.detail


async def test_a_text_may_speak_of_scripts(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.token(issuer.credential(name="javascript: the good parts")), web)

    assert outcome(report, "shape") is Outcome.PASSED
