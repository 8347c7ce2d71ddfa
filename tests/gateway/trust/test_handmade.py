"""The documents that were made by hand to be right or wrong in one way: sealed soundly, each verdict is as expected."""

import datetime as dt
import json

import pytest

from gateway.proofs.certificates import SealOwner
from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome
from tests.corpora import corpus
from tests.gateway.trust.reports import outcome, report_on
from tests.simulators.sealer import SimulatedSealer
from tests.simulators.web import SimulatedWeb

FOLDER = corpus("elm/handmade")
EXPECTED = {
    name: expected["gateway_should_accept"]
    for name, expected in json.loads((FOLDER / "expected.json").read_bytes()).items()
    if name.endswith(".json")
}
OWNER = SealOwner(
    organisation="Passerelle SAS", common_name="Sceau", country="FR", organisation_identifier="NTRFR-123456789"
)
LATER = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize("name", EXPECTED)
async def test_it_is_converted_exactly_when_it_should_be(name: str, web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web, owner=OWNER)
    document = json.loads((FOLDER / name).read_bytes())

    report = await report_on(sealer.sealed(document, LATER), web, now=LATER, anchors=sealer.anchors)

    assert (decide(report).verdict is Verdict.REISSUE) is EXPECTED[name], report


async def test_a_payload_that_was_tampered_with_is_caught(web: SimulatedWeb) -> None:
    report = await report_on((FOLDER / "NEG-tampered-payload.jsonld").read_bytes(), web, now=LATER)

    assert outcome(report, "proof") is Outcome.FAILED
