"""Check `refresh`: does the issuer have a newer version, and what becomes of this one then?"""

from collections.abc import Iterator
from typing import Any  # Any: members of JSON objects

from adapters.hub.contract import Reading
from adapters.hub.credential import Credential
from adapters.hub.securing import VcJwt
from gateway.errors import Unreachable
from gateway.ports import Fetched
from gateway.trust.case import Case
from gateway.trust.nested import nested_badge
from gateway.trust.proof import proof
from gateway.trust.report import Check, Outcome, Report
from gateway.trust.served import GONE, listed

TYPE = "1EdTechCredentialRefresh"

ACCEPT = "application/vc+jwt, application/vc, application/ld+json, application/json, text/plain;q=0.5"

_GOOD = (Outcome.PASSED, Outcome.NOTED)
_ENDED = ("status", "validity-period")


async def refresh(case: Case) -> Check:
    """Ask the refresh service once, after the proof, and judge what it serves as a credential of its own.

    The document at hand is judged as it is, never replaced. What its issuer provably says later counts all the same:
    where the newer version of the same award is revoked or has ended, this one is UNKNOWN. A service that does not
    answer, or serves something else, says nothing about it and is NOTED.

    Source: Open Badges 3.0 section 9 step 3 and RefreshService; 1EdTechCredentialRefresh: one GET, and on failure "the
    original" stands.
    """
    services = list(_services(case.subject.reading))
    if not services:
        return Check("refresh", Outcome.SKIPPED, "names no refresh service")
    if case.depth:
        return Check("refresh", Outcome.SKIPPED, "is itself a version that another document led to")
    address = next((service.get("id") for service in services if TYPE in listed(service.get("type"))), None)
    if not isinstance(address, str) or not address:
        return Check("refresh", Outcome.NOTED, f"names a refresh service, though none of the type {TYPE} with an id")
    if not await _is_proven(case):
        return Check("refresh", Outcome.NOTED, f"{address} is not asked: the proof of this version is not the issuer's")
    try:
        answer = await case.web(address, accept=ACCEPT, fresh=True)
    except Unreachable as error:
        return _noted(address, f"whether there is a newer version is not known: {error.reason}")
    return await _judged(case, address, answer)


def _services(reading: Reading) -> Iterator[dict[str, Any]]:
    document = reading.securing.document if isinstance(reading.securing, VcJwt) else reading.document
    for service in listed(document.get("refreshService")):
        if isinstance(service, dict):
            yield service


async def _is_proven(case: Case) -> bool:
    """Say whether the issuer signed the address: it must not be somebody else's choice whom we ask."""
    if not any(signature.is_the_issuers for signature in case.signatures):
        return False
    return (await proof(case)).outcome in _GOOD


async def _judged(case: Case, address: str, answer: Fetched) -> Check:
    if answer.status == GONE:
        return _noted(address, "its refresh service is gone (410)")
    if answer.body.strip() == case.subject.opened.payload:
        return Check("refresh", Outcome.PASSED, f"{address} serves this very version", looked_at=(address,))
    newer = await nested_badge(case, answer.body)
    if newer.reading is None:
        why = newer.report.checks[0].detail
        return _noted(address, f"what its refresh service serves could not be judged: {why}")
    if other := _other(case.subject.reading, newer.reading):
        return _noted(address, f"its refresh service serves another credential: {other}")
    if not _has_good(newer.report, "proof", "issuer"):
        return _noted(address, "its refresh service serves a version that is not proven to be the issuer's")
    return _compared(case.subject.reading.credentials[0], newer.reading.credentials[0], newer.report, address)


def _other(reading: Reading, newer: Reading) -> str:
    """Say in what two documents are not the same award, "" when they are."""
    if newer.issuer_id != reading.issuer_id:
        return f"of the issuer {newer.issuer_id or 'nobody'}"
    if len(reading.credentials) != 1 or len(newer.credentials) != 1:
        return "of several awards"
    [own], [other] = reading.credentials, newer.credentials
    if own.id is None or other.id != own.id:
        return f"with the id {other.id}"
    if (other.recipient.id, other.recipient.identities) != (own.recipient.id, own.recipient.identities):
        return "for somebody else"
    if other.achievement.id != own.achievement.id:
        return f"for the achievement {other.achievement.id}"
    return ""


def _has_good(report: Report, *names: str) -> bool:
    return {check.name for check in report.checks if check.outcome in _GOOD}.issuperset(names)


def _compared(own: Credential, other: Credential, report: Report, address: str) -> Check:
    """Judge by a version of the same award that is proven to be the issuer's."""
    since = f"of {other.valid_from.isoformat()}" if other.valid_from else "without a date"
    if own.valid_from and other.valid_from and other.valid_from < own.valid_from:
        return _noted(address, f"its refresh service serves an older version, {since}")
    for check in report.checks:
        if check.name in _ENDED and check.outcome is Outcome.FAILED:
            detail = f"the issuer's newer version, {since}, does not stand any more: {check.detail}"
            fix = "Ask the issuer whether this version still stands; revoke it, or serve a version that does."
            return Check("refresh", Outcome.UNKNOWN, detail, fix, (address,))
    if report.outcome is Outcome.PASSED:
        detail = f"the issuer has a newer version, {since}, and it is good; this one was judged as it is"
        return Check("refresh", Outcome.NOTED, detail, f"Take the newer version, from {address}.", (address,))
    why = next((check for check in report.checks if check.outcome is report.outcome), None)
    said = f"{why.name} {why.outcome}: {why.detail}" if why else str(report.outcome)
    return _noted(address, f"the issuer has a newer version, {since}, which cannot be relied on: {said}")


def _noted(address: str, detail: str) -> Check:
    return Check("refresh", Outcome.NOTED, f"{detail}; this version was judged as it is", looked_at=(address,))
