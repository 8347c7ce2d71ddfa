"""A refresh service is asked once, after the proof; the document at hand is judged, never replaced."""

import json
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.edges.turns import Busy
from gateway.errors import FetchBudget, NotAsked
from gateway.ports import Fetched
from gateway.proofs import data_integrity
from gateway.trust.refresh import MAX_SERVICES
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


ENDED = {"validFrom": NEWER, "validUntil": "2025-12-31T00:00:00Z"}
CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]


def ended(issuer: SimulatedIssuer, **changes: Any) -> dict[str, Any]:
    """A proven version whose refresh service serves a newer one that has ended."""
    document = version(issuer, **{"@context": CONTEXTS}, **changes)
    issuer.web.publish(SERVICE, json.dumps(issuer.signed({**document, **ENDED})).encode(), "application/vc")
    return issuer.signed(document)


async def test_identities_in_another_order_are_of_the_same_recipient(issuer: SimulatedIssuer) -> None:
    identities = [
        {"type": "IdentityObject", "hashed": False, "identityHash": address, "identityType": "emailAddress"}
        for address in ("a@example.org", "b@example.org")
    ]
    subject = {**issuer.credential()["credentialSubject"], "identifier": identities}
    document = ended(issuer, credentialSubject=subject)
    document["credentialSubject"]["identifier"] = identities[::-1]

    report = await report_on(document, issuer.web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "refresh") is Outcome.UNKNOWN


@pytest.mark.parametrize("order", [1, -1])
async def test_every_refresh_service_is_asked_whatever_their_order(issuer: SimulatedIssuer, order: int) -> None:
    services = [{"id": place, "type": "1EdTechCredentialRefresh"} for place in ("https://issuer.example/2", SERVICE)]
    ended(issuer)
    document = issuer.signed(issuer.credential(**{"@context": CONTEXTS}, refreshService=services))
    document["refreshService"] = document["refreshService"][::order]

    assert outcome(await report_on(document, issuer.web), "refresh") is Outcome.UNKNOWN


async def test_more_refresh_services_than_are_asked_leave_it_unknown(issuer: SimulatedIssuer) -> None:
    services = [{"id": f"{SERVICE}/{number}", "type": "1EdTechCredentialRefresh"} for number in range(MAX_SERVICES + 1)]

    report = await report_on(issuer.token(issuer.credential(refreshService=services)), issuer.web)

    assert outcome(report, "refresh") is Outcome.UNKNOWN
    assert not any(SERVICE in asked for asked in issuer.web.requests)


def knotted_proof(stranger: SimulatedIssuer) -> dict[str, Any]:
    """A proof with more blank nodes than one proof may have."""
    key = f"{stranger.id}#{stranger.id.removeprefix('did:key:')}"
    options = data_integrity.proof_options(
        cryptosuite="eddsa-rdfc-2022", verification_method=key, created=stranger.web.at
    )
    return {**options, "proofValue": "z" + "3" * 88, "name": [{"name": f"a{number}"} for number in range(15)] * 2}


async def test_proof_of_a_stranger_takes_nothing_away_from_the_newer_version(issuer: SimulatedIssuer) -> None:
    document = ended(issuer)
    document["proof"].append(knotted_proof(SimulatedIssuer.of_did_key(issuer.web, "stranger")))

    report = await report_on(document, issuer.web)

    assert "more than" in check(report, "proof").detail
    assert outcome(report, "refresh") is Outcome.UNKNOWN
    assert "does not stand any more" in check(report, "refresh").detail


async def test_newer_version_that_costs_too_much_is_unknown(issuer: SimulatedIssuer) -> None:
    document = ended(issuer)
    newer = {**document, **ENDED, "evidence": [{"type": ["Evidence"], "name": "x"} for _ in range(401)]}
    issuer.web.publish(SERVICE, json.dumps(newer).encode(), "application/vc")

    report = await report_on(document, issuer.web)

    assert outcome(report, "refresh") is Outcome.UNKNOWN
    assert "would have cost more" in check(report, "refresh").detail


class Spent:
    """The web for a caller for whom only so many documents are fetched."""

    def __init__(self, web: SimulatedWeb, left: int, error: NotAsked) -> None:
        self._web, self._left, self._error = web, left, error

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        if self._left == 0:
            raise self._error
        self._left -= 1
        return await self._web(url, accept=accept, fresh=fresh)


@pytest.mark.parametrize("error", [FetchBudget("too many documents", retry_after_s=1), Busy("too many documents")])
async def test_service_that_was_not_asked_for_a_limit_of_ours_leaves_it_unknown(
    issuer: SimulatedIssuer, error: NotAsked
) -> None:
    report = await report_on(ended(issuer), Spent(issuer.web, 1, error))

    assert outcome(report, "issuer") is Outcome.PASSED
    assert outcome(report, "refresh") is Outcome.UNKNOWN
    assert "too many documents" in check(report, "refresh").detail


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
