"""The credentials that the Commission sealed, verified while their certificates were in force and after."""

import base64
import datetime as dt
import functools
import json

import pytest
from cryptography import x509

from gateway.proofs import certificates
from gateway.trust.anchors import Anchors
from gateway.trust.report import Outcome
from tests.corpora import corpus
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.web import SimulatedWeb

SEALED = {
    f"{path.parent.name}/{path.stem}": path.read_bytes()
    for path in sorted(corpus("elm/samples").glob("eu-202?/*-signed.jsonld"))
}
IN_FORCE = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
ENDED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@functools.cache
def authorities() -> Anchors:
    """Every authority in the seals, as if an operator trusted them; some seals lack those between."""
    found: dict[str, x509.Certificate] = {}
    for received in SEALED.values():
        for signature in json.loads(received)["signatures"]:
            added = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in signature["header"]["etsiU"]]
            held = [one["x509Cert"]["val"] for part in added for one in part.get("xVals", [])]
            found |= {text: certificates.parse(base64.b64decode(text)) for text in held}
    return Anchors(tuple(one for one in found.values() if _issues(one)))


def _issues(certificate: x509.Certificate) -> bool:
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False


@pytest.mark.parametrize("name", SEALED)
async def test_an_official_credential_is_intact_and_trusted_by_whom_an_operator_trusts(
    name: str, web: SimulatedWeb
) -> None:
    trusting = await report_on(SEALED[name], web, now=IN_FORCE, anchors=authorities())
    trusting_nobody = await report_on(SEALED[name], web, now=IN_FORCE)

    assert trusting.outcome is Outcome.PASSED
    assert "claims to be an EU qualified certificate" in check(trusting, "certificate").detail
    assert "not examined here" in check(trusting, "certificate").detail
    assert outcome(trusting_nobody, "proof") is Outcome.PASSED
    assert outcome(trusting_nobody, "issuer") is Outcome.UNKNOWN
    assert web.requests == []


@pytest.mark.parametrize("name", list(SEALED)[:2])
async def test_a_trusted_timestamp_lets_a_seal_outlive_its_certificate(name: str, web: SimulatedWeb) -> None:
    report = await report_on(SEALED[name], web, now=ENDED, anchors=authorities())

    assert report.outcome is Outcome.PASSED
    assert "which a trusted timestamp proves" in check(report, "certificate").detail
