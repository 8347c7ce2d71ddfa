"""The original that a converted credential embeds, and the accreditation that an accredited one does."""

import hashlib
import json
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome, Report
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import SimulatedSealer, accredited, concept, converted, credential
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def sealer(web: SimulatedWeb) -> SimulatedSealer:
    return SimulatedSealer(web)


async def report_of(document: dict[str, Any], sealer: SimulatedSealer) -> Report:
    return await report_on(sealer.sealed(document), sealer.web, anchors=sealer.anchors)


def statement(original: bytes) -> str:
    return f"Converted from Open Badges 3.0; SHA-256 of what was received: {hashlib.sha256(original).hexdigest()}"


def copied(original: bytes, said: str, **changes: Any) -> dict[str, Any]:  # Any: JSON values
    """A credential that was converted from one of the simulated issuer, for its learner."""
    document = converted(original, said)
    document["credentialSubject"]["id"] = "did:example:learner"
    return {**document, **changes}


def signed(issuer: SimulatedIssuer, **changes: object) -> bytes:
    return json.dumps(issuer.signed(issuer.credential(**changes))).encode()


async def test_a_credential_that_was_not_converted_embeds_nothing(sealer: SimulatedSealer) -> None:
    report = await report_of(credential(), sealer)

    assert outcome(report, "provenance") is Outcome.SKIPPED


async def test_an_original_that_verifies_by_itself_passes(sealer: SimulatedSealer, issuer: SimulatedIssuer) -> None:
    original = json.dumps(issuer.signed(issuer.credential())).encode()

    report = await report_of(copied(original, statement(original)), sealer)

    assert outcome(report, "provenance") is Outcome.PASSED
    assert "by itself it is verified" in check(report, "provenance").detail
    assert report.outcome is Outcome.PASSED


async def test_another_original_than_the_one_named_fails(sealer: SimulatedSealer, issuer: SimulatedIssuer) -> None:
    original = json.dumps(issuer.signed(issuer.credential())).encode()

    report = await report_of(copied(original + b" ", statement(original)), sealer)

    assert outcome(report, "provenance") is Outcome.FAILED
    assert "digest" in check(report, "provenance").detail


async def test_an_original_that_was_changed_is_not_washed(sealer: SimulatedSealer, issuer: SimulatedIssuer) -> None:
    original = json.dumps({**issuer.signed(issuer.credential()), "validUntil": "2040-01-01T00:00:00Z"}).encode()

    report = await report_of(copied(original, statement(original)), sealer)

    assert outcome(report, "provenance") is Outcome.UNKNOWN
    assert decide(report).verdict is Verdict.REFUSE


async def test_an_original_that_expired_is_not_washed(sealer: SimulatedSealer, issuer: SimulatedIssuer) -> None:
    original = json.dumps(issuer.signed(issuer.credential(validUntil="2025-12-31T00:00:00Z"))).encode()

    report = await report_of(copied(original, statement(original)), sealer)

    assert outcome(report, "provenance") is Outcome.UNKNOWN


async def test_an_original_whose_issuer_is_gone_is_noted(web: SimulatedWeb, sealer: SimulatedSealer) -> None:
    gone = SimulatedIssuer(web, "https://gone.example/profile")
    original = json.dumps(gone.signed(gone.credential())).encode()

    report = await report_of(copied(original, statement(original)), sealer)

    assert outcome(report, "provenance") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


@pytest.mark.parametrize("original", [b"<europassCredential/>", b"\xff\xd8\xff", b"{}"])
async def test_an_original_that_is_no_badge_here_says_nothing(sealer: SimulatedSealer, original: bytes) -> None:
    report = await report_of(converted(original, statement(original)), sealer)

    assert outcome(report, "provenance") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


async def test_an_original_that_nobody_signed_says_nothing(sealer: SimulatedSealer, issuer: SimulatedIssuer) -> None:
    original = json.dumps(issuer.credential()).encode()

    report = await report_of(copied(original, statement(original)), sealer)

    assert outcome(report, "provenance") is Outcome.NOTED


async def test_an_original_without_a_digest_is_noted(sealer: SimulatedSealer, issuer: SimulatedIssuer) -> None:
    original = json.dumps(issuer.signed(issuer.credential())).encode()

    report = await report_of(copied(original, "Converted."), sealer)

    assert outcome(report, "provenance") is Outcome.NOTED


async def test_a_genuine_original_of_another_award_is_no_provenance(
    sealer: SimulatedSealer, issuer: SimulatedIssuer
) -> None:
    learner = {**issuer.credential()["credentialSubject"], "id": "did:example:other"}
    other = {**learner["achievement"], "name": "Splices"}
    originals = {
        "somebody else": signed(issuer, credentialSubject=learner),
        "another name": signed(issuer, name=None, credentialSubject={**learner, "achievement": other}),
    }

    for said, original in originals.items():
        report = await report_of(copied(original, statement(original)), sealer)

        assert outcome(report, "provenance") is Outcome.UNKNOWN
        assert said in check(report, "provenance").detail
        assert check(report, "provenance").fix
        assert decide(report).verdict is Verdict.REFUSE


async def test_a_copy_does_not_outlive_its_original(sealer: SimulatedSealer, issuer: SimulatedIssuer) -> None:
    original = signed(issuer, validUntil="2026-06-01T00:00:00Z")
    longer = copied(original, statement(original), validUntil="2030-01-01T00:00:00Z")

    report = await report_of(longer, sealer)

    assert outcome(report, "provenance") is Outcome.UNKNOWN
    assert "ends earlier" in check(report, "provenance").detail


async def test_what_is_no_base64_fails(sealer: SimulatedSealer) -> None:
    document = converted(b"{}", "Converted.")
    document["evidence"][0]["embeddedEvidence"][0]["content"] = "no base64!"

    report = await report_of(document, sealer)

    assert outcome(report, "provenance") is Outcome.FAILED


async def test_originals_are_followed_so_deep_and_no_deeper(sealer: SimulatedSealer) -> None:
    inner = b"{}"
    for _ in range(5):
        inner = sealer.sealed(converted(inner, statement(inner)))

    report = await report_on(inner, sealer.web, anchors=sealer.anchors)

    assert outcome(report, "provenance") is Outcome.PASSED
    assert report.outcome is Outcome.PASSED


async def test_nothing_is_fetched_for_an_original_that_nobody_vouches_for(
    sealer: SimulatedSealer, issuer: SimulatedIssuer
) -> None:
    original = json.dumps(issuer.signed(issuer.credential())).encode()
    body = sealer.sealed(converted(original, statement(original))).replace(b"Knots", b"Knotz")

    report = await report_on(body, sealer.web)

    assert outcome(report, "provenance") is Outcome.NOTED
    assert sealer.web.requests == []


async def test_an_accreditation_is_never_more_than_noted(sealer: SimulatedSealer) -> None:
    report = await report_of(accredited(), sealer)

    assert outcome(report, "accreditation") is Outcome.NOTED
    assert "was not asked" in check(report, "accreditation").detail


async def test_an_accreditation_that_is_only_named_is_unknown(sealer: SimulatedSealer) -> None:
    document = accredited()
    document["evidence"][0]["accreditation"] = {"id": "http://data.europa.eu/snb/data/accreditation/1"}

    report = await report_of(document, sealer)

    assert outcome(report, "accreditation") is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("scope", "awarded", "said"),
    [
        ({"expiryDate": "2025-12-31T00:00:00Z"}, {}, "ended"),
        ({"limitEQFLevel": [concept("eqf", "5")]}, {"eqfLevel": concept("eqf", "6")}, "eqf/6"),
        ({"limitField": [concept("isced-f", "02")]}, {"thematicArea": [concept("isced-f", "0613")]}, "isced-f/0613"),
    ],
)
async def test_an_award_outside_its_accreditation_fails(
    sealer: SimulatedSealer, scope: dict[str, Any], awarded: dict[str, Any], said: str
) -> None:
    document = accredited(**scope)
    specification = {"id": "urn:epass:qualification:1", "type": "Qualification", "title": {"en": "Knots"}, **awarded}
    document["credentialSubject"]["hasClaim"][0]["specifiedBy"] = specification

    report = await report_of(document, sealer)

    assert outcome(report, "accreditation") is Outcome.FAILED
    assert said in check(report, "accreditation").detail


async def test_a_wider_field_covers_a_narrower_one(sealer: SimulatedSealer) -> None:
    document = accredited(limitField=[concept("isced-f", "06")])
    specification = {
        "id": "urn:epass:qualification:1",
        "type": "Qualification",
        "title": {"en": "Knots"},
        "thematicArea": [concept("isced-f", "0613")],
    }
    document["credentialSubject"]["hasClaim"][0]["specifiedBy"] = specification

    report = await report_of(document, sealer)

    assert outcome(report, "accreditation") is Outcome.NOTED
