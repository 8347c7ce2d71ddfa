"""Lists of revoked ids: the 1EdTechRevocationList of Open Badges 3.0 and the RevocationList of Open Badges 2.0."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any  # Any: members of JSON objects
from urllib.parse import unquote

import msgspec

from adapters.hub.securing import StatusClaim
from gateway.proofs.errors import StatusListError, StatusListUnproven
from gateway.trust.addresses import authority, without_fragment
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome, Revoked
from gateway.trust.served import Served, identifier, listed, served_json
from gateway.trust.spellings import CONTAINERS, last_part
from gateway.trust.status_meaning import quoted, shown

ACCEPT = "application/ld+json, application/json"

_HOLD_ENTRIES = frozenset({"revokedcredentials", "revokedcredential", "revokedassertions", "revokedassertion"})
_NAMES = frozenset({"id", "@id", "uid"})
_UUID = "urn:uuid:"
_SEVERAL = re.compile(r"[\s,;|]+")
"""What stands between ids in one text; an address may have some of it in itself."""

_END = object()
_WRITE = 'Write the list as "revokedCredentials" ("revokedAssertions" in Open Badges 2.0): [id, {"id": id}, ...].'

_REASONS = 'Write the list as {"uid": "why it was revoked", ...}.'

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
    return _judged(found, (claim.id,))


async def issuers_revocation_list(case: Case, claim: StatusClaim) -> Check:
    """Look a SignedBadge up in its issuer's RevocationList, by id or by the older ``uid``.

    Raises:
        Unreachable: The list cannot be had or relied on.

    Source: Open Badges 2.0, RevocationList.
    """
    found = await _list(case, claim)
    uid = case.subject.opened.document.get("uid")
    return _judged(found, (claim.id, uid))


async def reasons_by_uid(case: Case, claim: StatusClaim) -> Check:
    """Look a signed badge of Open Badges 1 up in its issuer's list: an object, each name a uid, each value a reason.

    Issuers that moved on serve the list of 2.0 at the same address, which is read as well.

    Raises:
        Unreachable: The list cannot be had or relied on.

    Source: Open Badges 1.1, IssuerOrganization, ``revocationList``.
    """
    found = await _list(case, claim)
    document = case.subject.reading.document
    ids = (claim.id, document.get("uid"), document.get("id"))
    if any(_holds_entries(name) for name in found.served.document):
        return _judged(found, ids)
    entries = [{"id": uid, "revocationReason": why} for uid, why in found.served.document.items() if uid != "@context"]
    if unread := [entry for entry in entries if not isinstance(entry["revocationReason"], str)]:
        raise StatusListError(f"{claim.url}: has an entry that cannot be read, {shown(unread[0])}", fix=_REASONS)
    served = Served(claim.url, {"revokedAssertions": entries})
    return _judged(_List(served, found.freshness), ids)


async def embedded_revocation_list(case: Case, claim: StatusClaim) -> Check:
    """The same in a RevocationList that the issuer's served Profile holds: the entry of the claim."""
    found = _List(Served(claim.url, {**claim.entry, "id": None}), "part of the issuer's Profile")
    uid = case.subject.opened.document.get("uid")
    return _judged(found, (claim.id, uid))


async def _list(case: Case, claim: StatusClaim) -> _List:
    """Fetch the list, anew when the copy is old; one that says it is another issuer's is not taken."""
    if not isinstance(claim.url, str) or authority(claim.url) is None:
        raise StatusListError(f"{shown(claim.url)} is no address of a list", fix="Name the list by its https address.")
    answer = await case.web(claim.url, accept=ACCEPT)
    if answer.at + LIFETIME <= case.subject.asked_at:
        answer = await case.web.again(claim.url, accept=ACCEPT)
    served = await served_json(case.web, claim.url, accept=ACCEPT)
    issuer = identifier(served.document.get("issuer"))
    if issuer not in {None, case.subject.reading.issuer_id}:
        raise StatusListUnproven(
            f"{claim.url}: is the revocation list of {shown(issuer)}, not of {case.subject.reading.issuer_id}",
            fix="Name a revocation list of the credential's issuer.",
        )
    kept = " and kept since" if answer.at < case.subject.asked_at else ""
    return _List(served, f"fetched {answer.at.isoformat()}{kept}")


def _entries(served: Served) -> list[Any]:
    """The entries under any name that such a list has for them: whichever it is, they were taken back.

    Raises:
        StatusListUnproven: It has none of them, so it is no revocation list.
        StatusListError: It has members inside others of JSON-LD, which are not read.
    """
    if hidden := CONTAINERS & served.document.keys():
        raise StatusListError(f"{served.url}: has {min(hidden)}, which is not read", fix=_WRITE)
    held = [value for name, value in served.document.items() if _holds_entries(name) and value is not None]
    if not held:
        raise StatusListUnproven(
            f"{served.url}: has no member revokedCredentials, nor revokedAssertions of Open Badges 2.0", fix=_WRITE
        )
    return [entry for value in held for entry in listed(value)]


def _holds_entries(name: str) -> bool:
    """Whether a member holds entries; ``obi:revoked`` is the IRI of revokedAssertions, ``revoked`` is not."""
    last = last_part(name)
    return last in _HOLD_ENTRIES or (last == "revoked" and name != last)


def _judged(found: _List, ids: Iterable[object]) -> Check:
    """Look for the ids; where none is found, ask whether the list is one that could be read, and the one named.

    Raises:
        StatusListError: There is no id to look for, or an entry that cannot be read.
        StatusListUnproven: It calls itself another list.
    """
    url, stated = found.served.url, found.served.document.get("id")
    wanted = {_plain(own) for own in ids if isinstance(own, str) and own}
    if not wanted:
        raise StatusListError("has no id that could stand in a revocation list", fix="Give it an id.")
    unread = []
    for entry in _flat(_entries(found.served)):
        names = _names(entry)
        if names & wanted:
            reason = entry.get("revocationReason") if isinstance(entry, dict) else None
            said = f" ({quoted(reason)})" if isinstance(reason, str) else ""
            detail = f"revoked: it stands in {url}{said}; the list was {found.freshness}"
            return Revoked("status", Outcome.FAILED, detail, looked_at=(url, f"{url} {found.freshness}"))
        if not names or any(_SEVERAL.search(name) and wanted & set(_SEVERAL.split(name)) for name in names):
            unread += [] if _not_revoked(entry) else [entry]
    if unread:
        raise StatusListError(f"{url}: has an entry that cannot be read, {shown(unread[0])}", fix=_WRITE)
    if stated not in (None, url, without_fragment(url)):
        raise StatusListUnproven(
            f"{url}: is another revocation list, {shown(stated)}", fix="Serve every list at its own id."
        )
    detail = f"does not stand in {url}; the list was {found.freshness}"
    return Check("status", Outcome.PASSED, detail, looked_at=(url, f"{url} {found.freshness}"))


def _flat(entries: Iterable[Any]) -> Iterator[Any]:
    """The entries of lists in lists, which mean the same in JSON-LD; an empty one is an entry that says nothing."""
    waiting = [iter(entries)]
    while waiting:
        entry = next(waiting[-1], _END)
        if entry is _END:
            waiting.pop()
        elif isinstance(entry, list) and entry:
            waiting.append(iter(entry))
        else:
            yield entry


def _names(entry: object) -> set[str]:
    """The ids that one entry revokes: a text, or the ids of an object; none where it cannot be read."""
    if isinstance(entry, str):
        return {_plain(entry)} - {""}
    if not isinstance(entry, Mapping) or _not_revoked(entry):
        return set()
    given = [item for name, value in entry.items() if last_part(name) in _NAMES for item in _flat(listed(value))]
    given = [item.get("@value") if isinstance(item, Mapping) else item for item in given]
    return {_plain(item) for item in given if isinstance(item, str)} if all(map(_is_text, given)) else set()


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _not_revoked(entry: object) -> bool:
    """Whether an entry that can be read says that its id was not taken back."""
    return isinstance(entry, Mapping) and entry.get("revoked") is False


def _plain(name: str) -> str:
    """One spelling an id (Open Badges 3.0 section 10): an id spelled otherwise must not escape its revocation.

    What is compared without regard to case is so here: the scheme, the host, and the whole of a ``urn:uuid``.

    Source: RFC 3986 section 6.2.2.1; RFC 9562 section 4.
    """
    plain = unquote(name).strip()
    if plain[: len(_UUID)].lower() == _UUID:
        return plain.lower()
    scheme, colon, rest = plain.partition("://")
    if colon:
        host, slash, path = rest.partition("/")
        return f"{scheme}://{host}".lower() + slash + path
    scheme, colon, rest = plain.partition(":")
    return f"{scheme.lower()}{colon}{rest}"
