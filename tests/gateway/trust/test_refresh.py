"""A refresh service is asked once, after the proof; the document at hand is judged, never replaced."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.trust.report import Outcome, Report
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.web import SimulatedWeb

SERVICE = "https://issuer.example/refresh/1"
NEWER = "2025-12-20T00:00:00Z"


def version(issuer: SimulatedIssuer, **changes: object) -> dict[str, Any]:
    """A credential that names its refresh service."""
    return issuer.credential(refreshService={"id": SERVICE, "type": "1EdTechCredentialRefresh"}, **changes)


async def refreshed(issuer: SimulatedIssuer, newer: dict[str, Any] | str | None) -> Report:
    """The report on a token when its refresh service serves this, signed."""
    if newer is not None:
        body = newer if isinstance(newer, str) else issuer.token(newer)
        issuer.web.publish(SERVICE, body.encode(), "text/plain")
    return await report_on(issuer.token(version(issuer)), issuer.web)


async def test_newer_version_that_is_good_is_noted(issuer: SimulatedIssuer) -> None:
    report = await refreshed(issuer, version(issuer, validFrom=NEWER))

    found = check(report, "refresh")
    assert found.outcome is Outcome.NOTED
    assert "newer version, of 2025-12-20T00:00:00+00:00, and it is good" in found.detail
    assert found.looked_at == (SERVICE,)
    assert report.outcome is Outcome.PASSED


async def test_same_version_is_good(issuer: SimulatedIssuer) -> None:
    token = issuer.token(version(issuer))
    issuer.web.publish(SERVICE, token.encode() + b"\n", "text/plain")

    assert outcome(await report_on(token, issuer.web), "refresh") is Outcome.PASSED


async def test_it_is_asked_once_whatever_the_newer_version_names(issuer: SimulatedIssuer) -> None:
    further = {"id": "https://issuer.example/refresh/2", "type": "1EdTechCredentialRefresh"}

    await refreshed(issuer, issuer.credential(refreshService=further, validFrom=NEWER))

    assert issuer.web.requests.count(SERVICE) == 1
    assert further["id"] not in issuer.web.requests


@pytest.mark.parametrize("ended", ["revoked", "expired"])
async def test_version_whose_newer_one_ended_is_unknown(issuer: SimulatedIssuer, ended: str) -> None:
    if ended == "revoked":
        changes: dict[str, object] = {"credentialStatus": issuer.status_list("https://issuer.example/status/1", 7)}
    else:
        changes = {"validUntil": "2025-12-31T00:00:00Z"}

    report = await refreshed(issuer, version(issuer, validFrom=NEWER, **changes))

    found = check(report, "refresh")
    assert found.outcome is Outcome.UNKNOWN
    assert ended in found.detail
    assert found.fix
    assert report.outcome is Outcome.UNKNOWN


async def test_older_version_that_ended_says_nothing(issuer: SimulatedIssuer) -> None:
    older = version(issuer, validFrom="2025-11-01T00:00:00Z", validUntil="2025-11-30T00:00:00Z")

    report = await refreshed(issuer, older)

    assert "an older version" in check(report, "refresh").detail
    assert report.outcome is Outcome.PASSED


async def test_newer_version_that_cannot_be_judged_is_noted(issuer: SimulatedIssuer) -> None:
    report = await refreshed(
        issuer, version(issuer, validFrom=NEWER, credentialStatus=status_entry("https://issuer.example/status/1"))
    )

    found = check(report, "refresh")
    assert found.outcome is Outcome.NOTED
    assert "cannot be relied on: status unknown" in found.detail
    assert report.outcome is Outcome.PASSED


@pytest.mark.parametrize("body", [None, "", "<html>", "[]", "https://issuer.example/refresh/2", "ey.J.a"])
async def test_service_that_serves_nothing_of_use_is_noted(issuer: SimulatedIssuer, body: str | None) -> None:
    report = await refreshed(issuer, body)

    assert outcome(report, "refresh") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


async def test_service_that_is_gone_is_noted(issuer: SimulatedIssuer) -> None:
    issuer.web.gone(SERVICE)

    assert outcome(await refreshed(issuer, None), "refresh") is Outcome.NOTED


OTHERS: dict[str, dict[str, object]] = {
    "with the id urn:uuid:other": {"id": "urn:uuid:other"},
    "for somebody else": {"credentialSubject": {"id": "did:example:somebody"}},
    "for the achievement https://issuer.example/achievements/bends": {
        "credentialSubject": {"achievement": {"id": "https://issuer.example/achievements/bends"}}
    },
}


@pytest.mark.parametrize(("said", "changes"), OTHERS.items(), ids=OTHERS.keys())
async def test_another_credential_is_no_newer_version(
    issuer: SimulatedIssuer, said: str, changes: dict[str, Any]
) -> None:
    document = version(issuer, validFrom=NEWER, validUntil="2025-12-31T00:00:00Z")
    subject = {**document["credentialSubject"]}
    for name, value in changes.get("credentialSubject", {}).items():
        subject[name] = {**subject[name], **value} if isinstance(value, dict) else value

    report = await refreshed(issuer, {**document, **changes, "credentialSubject": subject})

    assert said in check(report, "refresh").detail
    assert report.outcome is Outcome.PASSED


async def test_version_of_another_issuer_is_no_newer_version(issuer: SimulatedIssuer) -> None:
    stranger = SimulatedIssuer(issuer.web, "https://other.example/profile")
    stranger.publish()

    report = await refreshed(issuer, stranger.token(version(stranger, validUntil="2025-12-31T00:00:00Z")))

    assert "of the issuer https://other.example/profile" in check(report, "refresh").detail
    assert report.outcome is Outcome.PASSED


async def test_version_that_is_not_proven_says_nothing(issuer: SimulatedIssuer) -> None:
    stranger = SimulatedIssuer(issuer.web, "https://other.example/profile")
    forged = stranger.token(version(issuer, validFrom=NEWER, validUntil="2025-12-31T00:00:00Z"))

    report = await refreshed(issuer, forged)

    assert "not proven" in check(report, "refresh").detail
    assert report.outcome is Outcome.PASSED


async def test_service_that_the_issuer_did_not_sign_is_not_asked(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    stranger = SimulatedIssuer(web, "https://other.example/profile")

    report = await report_on(stranger.token(version(issuer)), web)

    assert outcome(report, "refresh") is Outcome.NOTED
    assert SERVICE not in web.requests


@pytest.mark.parametrize("service", [{"type": "Other", "id": SERVICE}, {"type": "1EdTechCredentialRefresh"}])
async def test_service_of_another_kind_is_not_asked(
    web: SimulatedWeb, issuer: SimulatedIssuer, service: dict[str, str]
) -> None:
    report = await report_on(issuer.token(issuer.credential(refreshService=service)), web)

    assert outcome(report, "refresh") is Outcome.NOTED
    assert SERVICE not in web.requests


async def test_credential_without_a_refresh_service_has_none_to_ask(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    assert outcome(await report_on(issuer.token(issuer.credential()), web), "refresh") is Outcome.SKIPPED
