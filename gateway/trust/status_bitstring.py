"""Status in a BitstringStatusListCredential, or its draft of 2021: an entry of a list that its issuer signed."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.opened import Opened
from adapters.hub.securing import DataIntegrity, Securing, StatusClaim, Unsecured, VcJwt
from gateway.proofs import bitstring, vc_jwt
from gateway.proofs.data_integrity import proofs
from gateway.proofs.errors import StatusListError, StatusListUnproven
from gateway.proofs.timestamps import instant
from gateway.trust.case import Case
from gateway.trust.claims import claim_errors
from gateway.trust.report import Check, Outcome, Revoked, Suspended
from gateway.trust.served import identifier, listed
from gateway.trust.signature import Signature
from gateway.trust.signatures import signatures
from gateway.trust.status_list import ListKind, Proof, consulted, doubted, expanded, judged
from gateway.trust.status_meaning import meaning, messages_of, quoted, shown
from gateway.trust.validity import last_start

ACCEPT = "application/vc, application/vc+jwt, application/vc+ld+json, application/json"

MAX_SIZE = 16
"""Bits an entry; nobody has 65,536 things to say."""

DEFAULT_TTL = dt.timedelta(minutes=5)
"""Bitstring Status List v1.0 section 2.2: what holds where a list has no ``ttl``."""

_LONGEST_TTL_MS = 366 * 24 * 3600 * 1000

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


class _Form(msgspec.Struct, frozen=True):
    """The names that one specification uses, and how it writes bits down."""

    credential: str
    subject: str
    decode: Callable[[str], bytes]


class _Entry(msgspec.Struct, frozen=True):
    purpose: str
    index: int
    size: int
    messages: Mapping[int, str]


_OF_THE_W3C = _Form("BitstringStatusListCredential", "BitstringStatusList", bitstring.decode)
_OF_2021 = _Form("StatusList2021Credential", "StatusList2021", bitstring.decode_of_2021)


async def bitstring_entry(case: Case, claim: StatusClaim) -> Check:
    """Look a BitstringStatusListEntry up in its list.

    Raises:
        StatusListError: The entry or the list cannot be relied on; the status is unknown.

    Source: W3C Bitstring Status List v1.0 section 3.2 (validate algorithm).
    """
    return await _looked_up(case, claim, _OF_THE_W3C)


async def entry_of_2021(case: Case, claim: StatusClaim) -> Check:
    """Look a StatusList2021Entry up in its list.

    Raises:
        StatusListError: As for `bitstring_entry`.

    Source: W3C CCG Status List 2021 (the draft of 27 April 2023) section 5.3.
    """
    return await _looked_up(case, claim, _OF_2021)


async def _looked_up(case: Case, claim: StatusClaim, form: _Form) -> Check:
    entry, url = _entry(claim.entry, form), claim.entry.get("statusListCredential")
    found = await consulted(case, url, _CREDENTIAL)
    subject = _subject(found.proven.document, entry.purpose, form, found.url)
    bits = await expanded(case, found, subject.get("encodedList"), form.decode)
    value = bitstring.status_value(bits.data, entry.index, entry.size)
    outcome, said = meaning(entry.purpose, value, entry.messages)
    place = f"{url} entry {entry.index} ({entry.purpose})"
    fix = "" if outcome in (Outcome.PASSED, Outcome.FAILED) else _FIXES.get(entry.purpose, _ONLY_THESE)
    doubt = await doubted(case, found, bits, purpose=entry.purpose, stated=found.proven.document.get("id"))
    kind = _TAKEN_BACK.get(entry.purpose, Check) if outcome is Outcome.FAILED else Check
    check = kind("status", outcome, f"{said}: entry {entry.index} of {url}", fix, (place,))
    return judged(found, doubt, check, remembers=case.subject.lists.remembers)


_FIXES = {"refresh": "Ask the holder for the newer version.", "message": "Read what the issuer says, and decide."}
_TAKEN_BACK = {"revocation": Revoked, "suspension": Suspended}
_ONLY_THESE = "Use the purpose revocation or suspension for what shall count."


def _entry(entry: Mapping[str, Any], form: _Form) -> _Entry:
    """Read the entry; the index is text by the specification and a number in 1EdTech's own sample.

    Raises:
        StatusListError: It leads to no single place.
    """
    purpose, index, size = entry.get("statusPurpose"), entry.get("statusListIndex"), entry.get("statusSize", 1)
    text = str(index) if isinstance(index, int) and not isinstance(index, bool) else index
    if not isinstance(text, str) or not _INDEX.fullmatch(text):
        raise StatusListError(
            f"statusListIndex {shown(index)} is not a number", fix='Write it as text without leading zeros: "94567".'
        )
    if not isinstance(purpose, str) or not purpose:
        raise StatusListError("the entry lacks statusPurpose", fix='Name the purpose: "revocation".')
    if form is _OF_2021:
        return _Entry(purpose, int(text), 1, {})
    if isinstance(size, bool) or not isinstance(size, int) or not 0 < size <= MAX_SIZE:
        raise StatusListError(
            f"statusSize {shown(size)} is not a number of 1 to {MAX_SIZE} bits", fix="Use a statusSize of 1."
        )
    return _Entry(purpose, int(text), size, messages_of(entry, size))


async def _proven(case: Case, url: str, opened: Opened) -> Proof:
    """Check a list as the credential that it is.

    Raises:
        StatusListUnproven: It is not the issuer's, or not proven to be.
        AdapterError: A token whose payload is no strict JSON.
        ProofError: No token.
    """
    securing, document = _secured(opened)
    issuer = identifier(document.get("issuer")) or ""
    if issuer != case.subject.reading.issuer_id:
        # Whoever serves the list's address could otherwise revoke, or unrevoke; a neighbour on the host is no issuer.
        whose = shown(issuer) if issuer else "nobody"
        raise StatusListUnproven(
            f"{url}: is the status list of {whose}, not of the issuer {case.subject.reading.issuer_id}",
            fix=f"Sign the status list as {case.subject.reading.issuer_id}.",
        )
    if "credentialStatus" in document:
        raise StatusListUnproven(
            f"{url}: the list has a status of its own, which is not followed", fix="Sign the list without one."
        )
    found = await signatures(case.web, case.subject.asked_at, securing, issuer)
    good = _good(found, url, issuer)
    if opened.token is not None and (errors := claim_errors(opened.token)):
        raise StatusListUnproven(f"{url}: the status list cannot be relied on: {errors[0]}", fix="Publish it anew.")
    claims = opened.document if opened.token is not None else {}
    return Proof(document, claims, _signed(document, claims, securing, [one in good for one in found]))


def _good(found: tuple[Signature, ...], url: str, issuer: str) -> list[Signature]:
    """The signatures by the issuer's own keys, over all of the list.

    Raises:
        StatusListUnproven: There is none.
    """
    good = [signature for signature in found if signature.is_the_issuers]
    if not good:
        why = "; ".join(
            signature.found.detail if signature.verdict is Outcome.PASSED else signature.detail for signature in found
        )
        raise StatusListUnproven(
            f"{url}: the list is not proven to be {issuer}'s: {why or 'it carries no proof'}",
            fix="Sign the status list with a key that its issuer's own document lists.",
        )
    if uncovered := [finding for signature in good for finding in signature.uncovered]:
        raise StatusListUnproven(f"{url}: its signature does not cover {uncovered[0].pointer or 'all of it'}")
    return good


def _secured(opened: Opened) -> tuple[Securing, dict[str, Any]]:
    if opened.token is not None:
        return VcJwt(token=opened.token, document=opened.document), vc_jwt.credential(opened.document)
    found = tuple(proof for proof in proofs(opened.document) if isinstance(proof, dict))
    return (
        DataIntegrity(document=opened.document, proofs=found) if found else Unsecured(),
        opened.document,
    )


def _signed(
    document: Mapping[str, Any], claims: Mapping[str, Any], securing: Securing, good: list[bool]
) -> dt.datetime | None:
    """The latest date that is signed; of several proofs, only those that are right: anybody can add another."""
    dates = [last_start(document, claims)]
    if isinstance(securing, DataIntegrity) and len(good) == len(securing.proofs):
        dates += [instant(proof.get("created")) for proof, right in zip(securing.proofs, good, strict=True) if right]
    return max((date for date in dates if date), default=None)


def _lifetime(document: Mapping[str, Any]) -> dt.timedelta:
    """How long a copy may be relied on; a ``ttl`` that cannot be read is none at all."""
    found = [
        _ttl(subject.get("ttl")) for subject in listed(document.get("credentialSubject")) if isinstance(subject, dict)
    ]
    return min(found, default=DEFAULT_TTL)


def _ttl(stated: object) -> dt.timedelta:
    if stated is None:
        return DEFAULT_TTL
    if isinstance(stated, bool) or not isinstance(stated, int | float) or not stated >= 0:
        return dt.timedelta(0)
    return dt.timedelta(milliseconds=min(stated, _LONGEST_TTL_MS))


_CREDENTIAL = ListKind(ACCEPT, _proven, _lifetime)


def _subject(document: Mapping[str, Any], purpose: str, form: _Form, url: str) -> Mapping[str, Any]:
    """The one list of this purpose in the credential.

    Raises:
        StatusListUnproven: There is none.
        StatusListError: There are several.
    """
    if form.credential not in listed(document.get("type")):
        raise StatusListUnproven(f"{url}: is not a {form.credential}", fix=f"Serve a {form.credential} there.")
    found = [
        subject
        for subject in listed(document.get("credentialSubject"))
        if isinstance(subject, dict)
        and form.subject in listed(subject.get("type"))
        and purpose in listed(subject.get("statusPurpose"))
    ]
    if not found:
        raise StatusListUnproven(
            f"{url}: holds no {form.subject} for the purpose {quoted(purpose)}",
            fix="Name the list that has the entry's statusPurpose.",
        )
    if len(found) > 1:
        raise StatusListError(
            f"{url}: holds {len(found)} lists for the purpose {quoted(purpose)}", fix="Keep one list for each purpose."
        )
    return found[0]
