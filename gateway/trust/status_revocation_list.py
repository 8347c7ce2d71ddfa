"""Lists of revoked ids: the 1EdTechRevocationList of Open Badges 3.0 and the RevocationList of Open Badges 2.0."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any  # Any: members of JSON objects
from urllib.parse import unquote

import msgspec

from adapters.hub.securing import StatusClaim
from gateway.proofs.errors import StatusListError, StatusListUnproven
from gateway.trust.addresses import authority, without_fragment
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.served import Served, identifier, listed, served_json
from gateway.trust.status_meaning import quoted, shown

ACCEPT = "application/ld+json, application/json"

LIFETIME = dt.timedelta(minutes=5)
"""How long a copy is relied on: such a list bears no date of its own."""


class _List(msgspec.Struct, frozen=True):
    """A list, and what to say of how fresh it is."""

    served: Served
    freshness: str


async def revocation_list(case: Case, claim: StatusClaim) -> Check:
    """Look the credential up in a 1EdTechRevocationList.

    The specification's text calls the member ``revokedCredentials``, the reference validator ``revokedCredential``.

    Raises:
        Unreachable: The list cannot be had or relied on.

    Source: 1EdTech Revocation List Status Method; Open Badges 3.0, CredentialStatus.
    """
    found = await _list(case, claim)
    entries = _entries(found.served, "revokedCredentials", "revokedCredential")
    return _judged(found, entries, (claim.id,))


async def issuers_revocation_list(case: Case, claim: StatusClaim) -> Check:
    """Look a SignedBadge up in its issuer's RevocationList, by id or by the older ``uid``.

    Raises:
        Unreachable: The list cannot be had or relied on.

    Source: Open Badges 2.0, RevocationList.
    """
    found = await _list(case, claim)
    uid = case.subject.opened.document.get("uid")
    return _judged(found, _entries(found.served, "revokedAssertions"), (claim.id, uid))


async def embedded_revocation_list(case: Case, claim: StatusClaim) -> Check:
    """The same in a RevocationList that the issuer's served Profile holds: the entry of the claim."""
    found = _List(Served(claim.url, {**claim.entry, "id": None}), "part of the issuer's Profile")
    uid = case.subject.opened.document.get("uid")
    return _judged(found, _entries(found.served, "revokedAssertions"), (claim.id, uid))


async def _list(case: Case, claim: StatusClaim) -> _List:
    """Fetch the list, anew when the copy is old; one that says it is another issuer's is not taken."""
    if not isinstance(claim.url, str) or authority(claim.url) is None:
        raise StatusListError(f"{shown(claim.url)} is no address of a list", fix="Name the list by its https address.")
    answer = await case.web(claim.url, accept=ACCEPT)
    if answer.at + LIFETIME <= case.subject.now:
        answer = await case.web.again(claim.url, accept=ACCEPT)
    served = await served_json(case.web, claim.url, accept=ACCEPT)
    issuer = identifier(served.document.get("issuer"))
    if issuer not in {None, case.subject.reading.issuer_id}:
        raise StatusListUnproven(
            f"{claim.url}: is the revocation list of {shown(issuer)}, not of {case.subject.reading.issuer_id}",
            fix="Name a revocation list of the credential's issuer.",
        )
    kept = " and kept since" if answer.at < case.subject.now else ""
    return _List(served, f"fetched {answer.at.isoformat()}{kept}")


def _entries(served: Served, *names: str) -> list[Any]:
    """The entries under any of the names.

    Raises:
        StatusListUnproven: It has none of them, so it is no revocation list.
    """
    if not any(name in served.document for name in names):
        raise StatusListUnproven(f"{served.url}: has no member {names[0]}", fix=f"Publish the list with {names[0]}.")
    return [entry for name in names for entry in listed(served.document.get(name))]


def _judged(found: _List, entries: Iterable[Any], ids: Iterable[object]) -> Check:
    """Look for the ids; where none is found, ask whether the list is the one that was named.

    Raises:
        StatusListError: There is no id to look for.
        StatusListUnproven: It calls itself another list.
    """
    url, stated = found.served.url, found.served.document.get("id")
    wanted = {_plain(own) for own in ids if isinstance(own, str) and own}
    if not wanted:
        raise StatusListError("has no id that could stand in a revocation list", fix="Give it an id.")
    for entry in entries:
        if _names(entry) & wanted:
            reason = entry.get("revocationReason") if isinstance(entry, dict) else None
            said = f" ({quoted(reason)})" if isinstance(reason, str) else ""
            detail = f"revoked: it stands in {url}{said}; the list was {found.freshness}"
            return Check("status", Outcome.FAILED, detail, looked_at=(url, f"{url} {found.freshness}"))
    if stated not in (None, url, without_fragment(url)):
        raise StatusListUnproven(
            f"{url}: is another revocation list, {shown(stated)}", fix="Serve every list at its own id."
        )
    detail = f"does not stand in {url}; the list was {found.freshness}"
    return Check("status", Outcome.PASSED, detail, looked_at=(url, f"{url} {found.freshness}"))


def _names(entry: object) -> set[str]:
    """The ids that one entry revokes: a text, or an object unless it says ``revoked: false``."""
    if isinstance(entry, str):
        return {_plain(entry)}
    if isinstance(entry, Mapping) and entry.get("revoked") is not False:
        return {_plain(entry[name]) for name in ("id", "uid") if isinstance(entry.get(name), str)}
    return set()


def _plain(name: str) -> str:
    """One spelling an id (Open Badges 3.0 section 10): an id spelled otherwise must not escape its revocation."""
    return unquote(name).strip()
