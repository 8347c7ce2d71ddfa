"""Check `refresh`: does the issuer have a newer version, and what becomes of this one then?"""

from collections.abc import Iterator
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.credential import Credential
from gateway.errors import Unreachable
from gateway.ports import Fetched
from gateway.trust.case import Case
from gateway.trust.nested import nested_badge, short_of
from gateway.trust.proof import proof
from gateway.trust.report import Check, Outcome, Report
from gateway.trust.served import GONE, listed
from gateway.trust.status_meaning import shown
from gateway.trust.subject import as_issued

TYPE = "1EdTechCredentialRefresh"

ACCEPT = "application/vc+jwt, application/vc, application/ld+json, application/json, text/plain;q=0.5"

_GOOD = (Outcome.PASSED, Outcome.NOTED)
_ENDED = ("status", "validity-period")


MAX_SERVICES = 4
"""Of one credential; each costs a fetch and a verification."""

_WORST_FIRST = (Outcome.UNKNOWN, Outcome.NOTED, Outcome.PASSED)


async def refresh(case: Case) -> Check:
    """Ask each refresh service once, after the proof, and judge what it serves as a credential of its own.

    The document at hand is judged as it is, never replaced. What its issuer provably says later counts all the same:
    where the newer version of the same award is revoked or has ended, this one is UNKNOWN. A service that does not
    answer, or serves something else, says nothing about it and is NOTED. All are asked, since their order is nobody's
    word; and what a limit of ours kept from being judged is UNKNOWN, since it may be the end.

    Source: Open Badges 3.0 section 9 step 3 and RefreshService; 1EdTechCredentialRefresh: one GET, and on failure "the
    original" stands.
    """
    services = list(_services(case.subject.reading))
    if not services:
        return Check("refresh", Outcome.SKIPPED, "names no refresh service")
    if case.depth:
        return Check("refresh", Outcome.SKIPPED, "is itself a version that another document led to")
    named = (service.get("id") for service in services if TYPE in listed(service.get("type")))
    addresses = list(dict.fromkeys(address for address in named if isinstance(address, str) and address))
    if not addresses:
        return Check("refresh", Outcome.NOTED, f"names a refresh service, though none of the type {TYPE} with an id")
    if not await _is_proven(case):
        asked = ", ".join(map(shown, addresses[:MAX_SERVICES]))
        return Check("refresh", Outcome.NOTED, f"{asked} is not asked: the proof of this version is not the issuer's")
    if len(addresses) > MAX_SERVICES:
        detail = f"names {len(addresses)} refresh services, more than the {MAX_SERVICES} that are asked"
        return Check("refresh", Outcome.UNKNOWN, detail, "Name one refresh service.")
    return min([await _asked(case, address) for address in addresses], key=lambda it: _WORST_FIRST.index(it.outcome))


async def _asked(case: Case, address: str) -> Check:
    try:
        answer = await case.web(address, accept=ACCEPT, fresh=True)
    except Unreachable as error:
        return _unjudged(case, address, f"whether there is a newer version is not known: {error.reason}")
    return await _judged(case, address, answer)


def _services(reading: Reading) -> Iterator[dict[str, Any]]:
    document, _ = as_issued(reading)
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
        return _unjudged(case, address, f"what its refresh service serves could not be judged: {why}")
    if other := _other(case.subject.reading, newer.reading):
        return _noted(address, f"its refresh service serves another credential: {other}")
    if not _has_good(newer.report, "proof", "issuer"):
        why = "its refresh service serves a version that is not proven to be the issuer's"
        return _unjudged(case, address, why)
    return _compared(case, newer.reading.credentials[0], newer.report, address)


def _other(reading: Reading, newer: Reading) -> str:
    """Say in what two documents are not the same award, "" when they are."""
    if newer.issuer_id != reading.issuer_id:
        return f"of the issuer {newer.issuer_id or 'nobody'}"
    if len(reading.credentials) != 1 or len(newer.credentials) != 1:
        return "of several awards"
    [own], [other] = reading.credentials, newer.credentials
    if own.id is None or other.id != own.id:
        return f"with the id {other.id}"
    if _recipient(other) != _recipient(own):
        return "for somebody else"
    if other.achievement.id != own.achievement.id:
        return f"for the achievement {other.achievement.id}"
    return ""


def _recipient(credential: Credential) -> tuple[str | None, list[bytes]]:
    """For whom it is, whatever the order of the identities: no signature over RDF covers that."""
    identities = credential.recipient.identities
    return credential.recipient.id, sorted(msgspec.json.encode(identity) for identity in identities)


def _has_good(report: Report, *names: str) -> bool:
    return {check.name for check in report.checks if check.outcome in _GOOD}.issuperset(names)


def _compared(case: Case, other: Credential, report: Report, address: str) -> Check:
    """Judge by a version of the same award that is proven to be the issuer's."""
    own = case.subject.reading.credentials[0]
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
    return _unjudged(case, address, f"the issuer has a newer version, {since}, which cannot be relied on: {said}")


def _unjudged(case: Case, address: str, detail: str) -> Check:
    """What says nothing about this version; unless it might have, and a limit of ours kept it from being judged."""
    if limit := short_of(case):
        fix = "Try again later, or send it without proofs that are not its issuer's."
        return Check("refresh", Outcome.UNKNOWN, f"{detail}; {limit}", fix, (address,))
    return _noted(address, detail)


def _noted(address: str, detail: str) -> Check:
    return Check("refresh", Outcome.NOTED, f"{detail}; this version was judged as it is", looked_at=(address,))
