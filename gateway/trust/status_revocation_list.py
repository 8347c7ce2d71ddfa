"""Lists of revoked ids: the 1EdTechRevocationList of Open Badges 3.0 and the RevocationList of Open Badges 2.0."""

from collections.abc import Iterable, Mapping
from typing import Any  # Any: members of JSON objects
from urllib.parse import unquote

from adapters.hub.securing import StatusClaim
from gateway.errors import Unreachable
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.served import Served, identifier, listed, served_json


async def revocation_list(case: Case, claim: StatusClaim) -> Check:
    """Look the credential up in a 1EdTechRevocationList.

    The specification's text calls the member ``revokedCredentials``, the reference validator ``revokedCredential``.

    Raises:
        Unreachable: The list cannot be had or relied on.

    Source: 1EdTech Revocation List Status Method; Open Badges 3.0, CredentialStatus.
    """
    served = await _list(case, claim)
    entries = _entries(served, "revokedCredentials", "revokedCredential")
    return _judged(entries, (claim.id,), served.url)


async def issuers_revocation_list(case: Case, claim: StatusClaim) -> Check:
    """Look a SignedBadge up in its issuer's RevocationList, by id or by the older ``uid``.

    Raises:
        Unreachable: The list cannot be had or relied on.

    Source: Open Badges 2.0, RevocationList.
    """
    served = await _list(case, claim)
    uid = case.subject.opened.document.get("uid")
    return _judged(_entries(served, "revokedAssertions"), (claim.id, uid), served.url)


async def _list(case: Case, claim: StatusClaim) -> Served:
    """Fetch the list; one that says it is another issuer's is not taken."""
    served = await served_json(case.web, claim.url, accept="application/ld+json, application/json")
    issuer = identifier(served.document.get("issuer"))
    if issuer not in {None, case.subject.reading.issuer_id}:
        raise Unreachable(
            f"{claim.url}: is the revocation list of {issuer}, not of {case.subject.reading.issuer_id}",
            fix="Name a revocation list of the credential's issuer.",
        )
    return served


def _entries(served: Served, *names: str) -> list[Any]:
    """The entries under any of the names.

    Raises:
        Unreachable: It has none of them, so it is no revocation list.
    """
    if not any(name in served.document for name in names):
        raise Unreachable(f"{served.url}: has no member {names[0]}", fix=f"Publish the list with {names[0]}.")
    return [entry for name in names for entry in listed(served.document.get(name))]


def _judged(entries: Iterable[Any], ids: Iterable[object], url: str) -> Check:
    wanted = {_plain(own) for own in ids if isinstance(own, str) and own}
    if not wanted:
        return Check(
            "status", Outcome.UNKNOWN, "has no id that could stand in a revocation list", "Give it an id.", (url,)
        )
    for entry in entries:
        if _names(entry) & wanted:
            reason = entry.get("revocationReason") if isinstance(entry, dict) else None
            detail = f"revoked: it stands in {url}" + (f" ({reason})" if isinstance(reason, str) else "")
            return Check("status", Outcome.FAILED, detail, looked_at=(url,))
    return Check("status", Outcome.PASSED, f"does not stand in {url}", looked_at=(url,))


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
