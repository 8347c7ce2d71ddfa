"""Status in an IETF Token Status List: an entry of a status list token that the issuer signed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

from adapters.hub.opened import Opened
from adapters.hub.securing import SdJwt, StatusClaim, VcJwt
from gateway.proofs import token_status_list
from gateway.proofs.errors import StatusListError, StatusListUnproven
from gateway.trust.case import Case
from gateway.trust.proof_sd_jwt import sd_jwt_signature
from gateway.trust.report import Check, Outcome, Revoked, Suspended
from gateway.trust.signature import Signature
from gateway.trust.signatures import signatures
from gateway.trust.status_list import ListKind, Proof, consulted, doubted, expanded, judged
from gateway.trust.status_meaning import shown
from gateway.trust.validity import last_start

TYPE = "statuslist+jwt"

MAX_INDEX = 8 * 4 * 1024 * 1024

_LONGEST_TTL_S = 366 * 24 * 3600
_VALID, _INVALID, _SUSPENDED = 0, 1, 2
_TAKEN_BACK = {_INVALID: Revoked, _SUSPENDED: Suspended}


async def token_status(case: Case, claim: StatusClaim) -> Check:
    """Look the ``status_list`` of a token's ``status`` claim up.

    The list has to be signed by the issuer of the credential: the specification lets another party publish it, and
    does not say how anybody could know which.

    Raises:
        StatusListError: The claim or the list cannot be relied on; the status is unknown.

    Source: draft-ietf-oauth-status-list sections 6.2, 7.1 (status types) and 8.3 (validation rules).
    """
    index = claim.entry.get("idx")
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < MAX_INDEX:
        raise StatusListError(f"idx {shown(index)} is no number of an entry", fix="Write idx as a number, 0 or more.")
    url = claim.entry.get("uri")
    found = await consulted(case, url, _TOKEN)
    lists = found.proven.document["status_list"]
    size = token_status_list.require_size(lists.get("bits"))
    bits = await expanded(case, found, lists.get("lst"), token_status_list.decode)
    value = token_status_list.status(bits.data, index, size)
    outcome, said, fix = _meaning(value)
    doubt = await doubted(case, found, bits, purpose="", stated=found.proven.document["sub"])
    kind = _TAKEN_BACK.get(value, Check)
    check = kind("status", outcome, f"{said}: entry {index} of {url}", fix, (f"{url} entry {index}",))
    return judged(found, doubt, check, remembers=case.subject.lists.remembers)


def _meaning(value: int) -> tuple[Outcome, str, str]:
    """Outcome, words and fix of a status type; those of applications mean nothing here."""
    if value == _VALID:
        return Outcome.PASSED, "valid", ""
    if value == _INVALID:
        return Outcome.FAILED, "revoked: its status is INVALID", ""
    if value == _SUSPENDED:
        return Outcome.FAILED, "suspended: its status is SUSPENDED, which its issuer may lift again", ""
    return (
        Outcome.UNKNOWN,
        f"its status is {value:#x}, which only its issuer understands",
        ("Use the status types VALID, INVALID and SUSPENDED."),
    )


async def _proven(case: Case, url: str, opened: Opened) -> Proof:
    """Check a status list token: its type, whose it is, of which list, and its signature.

    Raises:
        StatusListUnproven: It is none, another one, or not proven to be the issuer's.
    """
    issuer, payload = case.subject.reading.issuer_id, opened.document
    if opened.token is None or _type(opened) != TYPE:
        raise StatusListUnproven(f"{url}: is no token of the type {TYPE}", fix=f"Serve a JWT with the typ {TYPE}.")
    if payload.get("sub") != url:
        raise StatusListUnproven(
            f"{url}: is the token of another status list, {shown(payload.get('sub'))}", fix=f"Make {url} its sub."
        )
    if payload.get("iss", issuer) != issuer:
        raise StatusListUnproven(
            f"{url}: is the status list of {shown(payload['iss'])}, not of the issuer {issuer}",
            fix=f"Sign the status list as {issuer}.",
        )
    for claim in ("iat", "exp", "nbf", "ttl"):
        if not _is_number(payload.get(claim, None if claim == "iat" else 0)):
            raise StatusListUnproven(f"{url}: {claim} is not a number", fix=f"Write {claim} as a number of seconds.")
    if not isinstance(payload.get("status_list"), dict):
        raise StatusListUnproven(f"{url}: has no status_list", fix="Put bits and lst into the claim status_list.")
    for signature in await _signatures(case, opened.token, payload, issuer):
        if signature.is_the_issuers:
            return Proof(payload, payload, last_start({}, payload))
        why = signature.found.detail if signature.verdict is Outcome.PASSED else signature.detail
        raise StatusListUnproven(
            f"{url}: the list is not proven to be {issuer}'s: {why}",
            fix="Sign the status list with a key that its issuer's own document lists.",
        )
    raise StatusListUnproven(f"{url}: carries no signature")


async def _signatures(case: Case, token: str, payload: dict[str, Any], issuer: str) -> tuple[Signature, ...]:
    """The token's one signature, by the key that the issuer's credentials would name in the same way."""
    now, subject = case.subject.asked_at, case.subject
    if isinstance(subject.reading.securing, SdJwt):
        return (await sd_jwt_signature(case.web, now, token, issuer, subject.anchors, "the status list token"),)
    return await signatures(case.web, now, VcJwt(token=token, document=payload), issuer)


def _type(opened: Opened) -> str:
    typ = (opened.header or {}).get("typ")
    return typ.casefold().removeprefix("application/") if isinstance(typ, str) else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _lifetime(payload: Mapping[str, Any]) -> dt.timedelta | None:
    """Section 13.7: ``ttl`` in seconds, from when it was fetched."""
    return dt.timedelta(seconds=min(payload["ttl"], _LONGEST_TTL_S)) if "ttl" in payload else None


_TOKEN = ListKind("application/statuslist+jwt", _proven, _lifetime)
