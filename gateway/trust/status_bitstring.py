"""Status in a BitstringStatusListCredential: one bit of a list that its issuer signed."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.securing import DataIntegrity, Securing, StatusClaim, Unsecured, VcJwt
from gateway.errors import Unreachable
from gateway.proofs import bitstring, vc_jwt
from gateway.proofs.data_integrity import proofs
from gateway.proofs.errors import ProofError
from gateway.trust.addresses import without_fragment
from gateway.trust.case import Case
from gateway.trust.claims import claim_errors
from gateway.trust.report import Check, Outcome
from gateway.trust.served import GONE, identifier, listed
from gateway.trust.signatures import signatures
from gateway.trust.validity import untimely

ACCEPT = "application/vc, application/vc+jwt, application/vc+ld+json, application/json"

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_MEANS_INVALID = {"revocation": "revoked", "suspension": "suspended"}


class _Entry(msgspec.Struct, frozen=True):
    purpose: str
    index: int


async def bitstring_entry(case: Case, claim: StatusClaim) -> Check:
    """Look one entry up in its list.

    Raises:
        GatewayError: The entry or the list cannot be relied on; the status is unknown.

    Source: W3C Bitstring Status List v1.0 section 3.2 (validate algorithm).
    """
    entry = _entry(claim)
    looked_at = (f"{claim.url} entry {entry.index} ({entry.purpose})",)
    document = await _list(case, claim.url)
    subject = _subject(document, entry.purpose, claim.url)
    bits = bitstring.decode(subject["encodedList"])
    is_set = bitstring.status_bit(bits, entry.index)
    if not is_set:
        return Check("status", *_not_set(document, claim.url), looked_at)
    if entry.purpose in _MEANS_INVALID:
        said = _MEANS_INVALID[entry.purpose]
        return Check(
            "status", Outcome.FAILED, f"{said}: entry {entry.index} of {claim.url} is set", looked_at=looked_at
        )
    return Check("status", Outcome.NOTED, f"its entry for the purpose {entry.purpose} is set", looked_at=looked_at)


def _entry(claim: StatusClaim) -> _Entry:
    """Read the entry; the index is text by the specification and a number in 1EdTech's own sample.

    Raises:
        Unreachable: The entry leads to no single bit.
    """
    purpose, index = claim.entry.get("statusPurpose"), claim.entry.get("statusListIndex")
    text = str(index) if isinstance(index, int) and not isinstance(index, bool) else index
    if not isinstance(text, str) or not _INDEX.fullmatch(text):
        raise Unreachable(
            f"statusListIndex {index!r} is not a number", fix='Write it as text without leading zeros: "94567".'
        )
    if not isinstance(purpose, str) or not claim.url:
        raise Unreachable("the entry lacks statusPurpose or statusListCredential", fix="Name the purpose and the list.")
    if claim.entry.get("statusSize", 1) != 1:
        raise Unreachable("entries of more than one bit are not understood", fix="Use a statusSize of 1.")
    return _Entry(purpose, int(text))


def _not_set(document: Mapping[str, Any], url: str) -> tuple[Outcome, str, str]:
    """Outcome, detail and fix where the bit is not set: is this the list that was asked for?

    A list with another id is another list: one in which nobody was revoked yet would restore everybody. The
    specification lets a list leave its id out. In whatever list a bit is set, its issuer signed that it is.

    Source: W3C Bitstring Status List v1.0 section 2.2 (``id``).
    """
    stated = document.get("id")
    if stated is None:
        said = f"not set in the list that {url} serves, which does not say that it is that list"
        return Outcome.NOTED, said, f"Write {url} as the id of the list."
    if stated not in (url, without_fragment(url)):
        return Outcome.UNKNOWN, f"{url}: serves another status list, {stated}", "Serve every list at its own id."
    return Outcome.PASSED, f"not set in {url}", ""


async def _list(case: Case, url: str) -> Mapping[str, Any]:
    """Fetch the list and check it as the credential that it is.

    Raises:
        Unreachable: It cannot be had, or not be relied on.
    """
    answer = await case.web(url, accept=ACCEPT)
    if answer.status == GONE:
        raise Unreachable(f"{url}: gone (410)")
    try:
        opened = open_bytes(answer.body)
    except AdapterError as error:
        raise Unreachable(f"{url}: no readable status list: {error.reason}") from error
    if not isinstance(opened, Opened):
        raise Unreachable(f"{url}: serves an address in place of a status list")
    securing, document = _secured(opened)
    issuer = identifier(document.get("issuer")) or ""
    if issuer != case.subject.reading.issuer_id:
        # Whoever serves the list's address could otherwise revoke, or unrevoke; a neighbour on the host is no issuer.
        raise Unreachable(
            f"{url}: is the status list of {issuer or 'nobody'}, not of the issuer {case.subject.reading.issuer_id}",
            fix=f"Sign the status list as {case.subject.reading.issuer_id}.",
        )
    found = await signatures(case.web, case.subject.now, securing, issuer)
    good = [signature for signature in found if signature.is_the_issuers]
    if not good:
        why = "; ".join(
            signature.found.detail if signature.verdict is Outcome.PASSED else signature.detail for signature in found
        )
        raise Unreachable(
            f"{url}: the list is not proven to be {issuer}'s: {why or 'it carries no proof'}",
            fix="Sign the status list with a key that its issuer's own document lists.",
        )
    if uncovered := [finding for signature in good for finding in signature.uncovered]:
        raise Unreachable(f"{url}: its signature does not cover {uncovered[0].pointer or 'all of it'}")
    _sound(opened, document, case.subject.now, url)
    return document


def _secured(opened: Opened) -> tuple[Securing, dict[str, Any]]:
    if opened.token is not None:
        return VcJwt(token=opened.token, document=opened.document), vc_jwt.credential(opened.document)
    found = tuple(proof for proof in proofs(opened.document) if isinstance(proof, dict))
    return (
        DataIntegrity(document=opened.document, proofs=found) if found else Unsecured(),
        opened.document,
    )


def _sound(opened: Opened, document: Mapping[str, Any], now: dt.datetime, url: str) -> None:
    """Refuse a list that is not valid now, by its own dates or its token's: an old one may be replayed.

    Raises:
        Unreachable: It is not valid now, its dates cannot be read, or its token contradicts it.
    """
    claims = opened.document if opened.token is not None else {}
    try:
        why = "; ".join(claim_errors(opened.token)) if opened.token is not None else ""
        why = why or untimely(document, claims, now)
    except (AdapterError, ProofError) as error:
        why = error.reason
    if why:
        raise Unreachable(f"{url}: the status list cannot be relied on: {why}", fix="Publish the list anew.")


def _subject(document: Mapping[str, Any], purpose: str, url: str) -> Mapping[str, Any]:
    """The one BitstringStatusList of this purpose in the credential.

    Raises:
        Unreachable: There is none.
    """
    if "BitstringStatusListCredential" not in listed(document.get("type")):
        raise Unreachable(f"{url}: is not a BitstringStatusListCredential")
    for subject in listed(document.get("credentialSubject")):
        if (
            isinstance(subject, dict)
            and "BitstringStatusList" in listed(subject.get("type"))
            and purpose in listed(subject.get("statusPurpose"))
            and isinstance(subject.get("encodedList"), str)
        ):
            return subject
    raise Unreachable(
        f"{url}: holds no list for the purpose {purpose}", fix="Name the list that has the entry's statusPurpose."
    )
