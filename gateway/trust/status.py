"""Check `status`: has the issuer revoked or suspended it since?"""

from collections.abc import Awaitable, Callable, Iterator, Mapping

import msgspec

from adapters.hub import strict_json
from adapters.hub.contract import Format
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened
from adapters.hub.securing import Hosted, Jws, StatusClaim
from gateway.apart import apart
from gateway.errors import Unreachable
from gateway.proofs.errors import StatusListError, StatusListUnreachable
from gateway.trust.case import Case
from gateway.trust.guard import answered
from gateway.trust.profile import issuer_profile
from gateway.trust.proof_hosted import hosted_answer
from gateway.trust.report import Check, Outcome, Replayed, Revoked, Suspended
from gateway.trust.served import GONE, listed
from gateway.trust.status_bitstring import bitstring_entry, entry_of_2021
from gateway.trust.status_meaning import quoted
from gateway.trust.status_revocation_list import (
    embedded_revocation_list,
    issuers_revocation_list,
    reasons_by_uid,
    revocation_list,
)
from gateway.trust.status_token import token_status
from gateway.trust.subject import as_issued

MAX_CLAIMS = 8
"""Each costs a fetch, a signature and a list."""

_PUBLISH = "Publish the status list anew, signed, at its address."
_EMBEDDED = "RevocationList in the issuer's Profile"
_UNREAD = "revocationList of the issuer's Profile"
_OF_ASSERTIONS = (Format.OPEN_BADGES_1, Format.OPEN_BADGES_2)
Kinds = Mapping[str, Callable[[Case, StatusClaim], Awaitable[Check]]]

_WORST_FIRST = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED, Outcome.PASSED)


async def status(case: Case) -> Check:
    """Look up every status that the document claims, and those that its kind of securing brings with it.

    A list that cannot be had or relied on leaves the status unknown, never good.

    Source: Open Badges 3.0 section 9 step 4; Open Badges 2.0, "Revocation" and RevocationList.
    """
    if _claims_nothing(case):
        why = f"{StatusListError.w3c}: credentialStatus holds no entry"
        return Check("status", Outcome.UNKNOWN, why, "Leave credentialStatus out, or put an entry into it.")
    claims = await _claims(case)
    if len(claims) > MAX_CLAIMS:
        detail = f"claims its status at {len(claims)} places, more than the {MAX_CLAIMS} that are looked up"
        return Check("status", Outcome.UNKNOWN, detail, "Name one place where the status can be looked up.")
    answers = [await answered("status", _look_up(case, *claim), case.web) for claim in claims]
    if isinstance(case.subject.reading.securing, Hosted):
        answers.append(await answered("status", _hosted(case, case.subject.reading.securing), case.web))
    if not answers:
        return Check("status", Outcome.SKIPPED, "claims no status that could be looked up")
    worst = min(answers, key=lambda answer: _WORST_FIRST.index(answer.outcome))
    said = [answer for answer in answers if answer.outcome is worst.outcome]
    kind = next((kind for kind in (Revoked, Suspended, Replayed) for each in said if isinstance(each, kind)), Check)
    return kind(
        "status",
        worst.outcome,
        "; ".join(answer.detail for answer in said),
        worst.fix,
        tuple(dict.fromkeys(place for answer in answers for place in answer.looked_at)),
    )


def _claims_nothing(case: Case) -> bool:
    """Say whether the member is there and holds nothing, which no data model allows."""
    document, _ = as_issued(case.subject.reading)
    return "credentialStatus" in document and not listed(document["credentialStatus"])


async def _claims(case: Case) -> tuple[tuple[StatusClaim, Kinds], ...]:
    """What the document claims, each once, with the kinds that may stand in such a place.

    A name that means something in one place means nothing in another: a type of credentialStatus called ``revoked`` is
    no member of an Assertion, which would be good for not being true.
    """
    reading = case.subject.reading
    of_badges = KINDS_OF_BADGES_1 if reading.format is Format.OPEN_BADGES_1 else KINDS_OF_BADGES
    of_format = of_badges if reading.format in _OF_ASSERTIONS else KINDS
    claims = [(claim, of_format) for claim in reading.status]
    claims += [(claim, MECHANISMS) for claim in _of_token(case.subject.opened)]
    if isinstance(reading.securing, Jws):
        claims += [(claim, of_badges) for claim in await _of_profile(case)]
    once = {(id(kinds), claim.kind, claim.url, claim.id, _said(claim)): (claim, kinds) for claim, kinds in claims}
    return tuple(once.values())


def _said(claim: StatusClaim) -> bytes:
    """All that an entry says, without its own name: an entry that is there twice is looked up once."""
    return msgspec.json.encode({**claim.entry, "id": None}, order="deterministic")


def _of_token(opened: Opened) -> Iterator[StatusClaim]:
    """Each mechanism of the ``status`` claim of a token, beside the credential or in it.

    Source: draft-ietf-oauth-status-list section 6.1: at least one mechanism, each with its parameters.
    """
    if opened.token is None:
        return
    inner = opened.document.get("vc")
    for at, members in (("", opened.document), ("/vc", inner if isinstance(inner, dict) else {})):
        if "status" not in members:
            continue
        mechanisms = members["status"]
        if not isinstance(mechanisms, dict) or not mechanisms:
            yield StatusClaim(kind="status, without a mechanism", pointer=f"{at}/status")
            continue
        for name, entry in mechanisms.items():
            parameters = entry if isinstance(entry, dict) else {}
            yield StatusClaim(kind=name, entry=parameters, pointer=f"{at}/status/{name}")


async def _of_profile(case: Case) -> tuple[StatusClaim, ...]:
    """The RevocationLists that the served Profile names or holds; a Profile inside the badge could leave them out."""
    reading = case.subject.reading
    try:
        profile = await issuer_profile(case.web, reading.issuer_id)
    except Unreachable:
        return ()  # the check `issuer` says so
    own_id = str(reading.document.get("id", ""))
    if profile.lists is None:
        return (StatusClaim(kind=_UNREAD, url=profile.id, id=own_id),)
    asked = {claim.url for claim in reading.status}
    return (
        *(
            StatusClaim(kind="RevocationList", url=url, id=own_id)
            for url in dict.fromkeys(profile.lists.addresses)
            if url not in asked
        ),
        *(StatusClaim(kind=_EMBEDDED, url=profile.id, id=own_id, entry=entry) for entry in profile.lists.embedded),
    )


async def _look_up(case: Case, claim: StatusClaim, kinds: Kinds) -> Check:
    """Look one claim up; what goes wrong with it is called by the W3C's name for it, whatever the kind of list.

    Raises:
        Unreachable: The status cannot be found out.
    """
    look_up = kinds.get(claim.kind)
    try:
        if look_up is not None:
            return await look_up(case, claim)
    except StatusListError as error:
        raise Unreachable(f"{error.w3c}: {error.reason}", fix=error.fix or _PUBLISH) from error
    except Unreachable as error:
        raise Unreachable(f"{StatusListUnreachable.w3c}: {error.reason}", fix=error.fix or _PUBLISH) from error
    return Check(
        "status",
        Outcome.UNKNOWN,
        f"{StatusListError.w3c}: the status type {quoted(claim.kind)} is not understood",
        f"Use one of {', '.join(kinds)}.",
        (claim.url,) if isinstance(claim.url, str) and claim.url else (),
    )


async def _unread(case: Case, claim: StatusClaim) -> Check:
    """The Profile names its lists in a form that is not read, so nobody knows what stands in them."""
    del case
    detail = (
        f"{StatusListError.w3c}: the Profile that {claim.url} serves names its revocationList in no form that is read"
    )
    fix = 'Write the address of the RevocationList into the issuer Profile: "revocationList": "https://...".'
    return Check("status", Outcome.UNKNOWN, detail, fix, (claim.url,))


async def _revoked_member(case: Case, claim: StatusClaim) -> Check:
    """Open Badges 2.0 ``revoked`` in the copy at hand."""
    del case
    if claim.entry.get("revoked") is True:
        return Revoked("status", Outcome.FAILED, _revoked("the Assertion says so itself", claim.entry))
    return Check("status", Outcome.PASSED, "the Assertion does not say that it is revoked")


async def _hosted(case: Case, securing: Hosted) -> Check:
    """Ask the Assertion's own address: 410 Gone, or ``revoked`` in what it serves.

    Raises:
        Unreachable: It did not answer.
    """
    answer = await hosted_answer(case, securing)
    looked_at = (securing.url,)
    if answer.status == GONE:
        return Revoked("status", Outcome.FAILED, f"revoked: {securing.url} answers 410 Gone", looked_at=looked_at)
    try:
        document = await apart(len(answer.body), strict_json.decode, answer.body)
    except AdapterError as error:
        raise Unreachable(f"{securing.url}: no readable JSON: {error.reason}") from error
    if isinstance(document, dict) and document.get("revoked") is True:
        return Revoked("status", Outcome.FAILED, _revoked(f"{securing.url} says so", document), looked_at=looked_at)
    return Check("status", Outcome.PASSED, f"{securing.url} still serves it", looked_at=looked_at)


def _revoked(why: str, members: Mapping[str, object]) -> str:
    reason = members.get("revocationReason")
    return f"revoked: {why}" + (f" ({quoted(reason)})" if isinstance(reason, str) else "")


KINDS: Kinds = {
    "BitstringStatusListEntry": bitstring_entry,
    "StatusList2021Entry": entry_of_2021,
    "1EdTechRevocationList": revocation_list,
}
"""How each type of ``credentialStatus`` is looked up; a new one is one file, and one entry here."""

KINDS_OF_BADGES: Kinds = {
    "RevocationList": issuers_revocation_list,
    _EMBEDDED: embedded_revocation_list,
    _UNREAD: _unread,
    "revoked": _revoked_member,
}
"""The same for what an Open Badges 2.0 Assertion claims."""

KINDS_OF_BADGES_1: Kinds = {
    **KINDS_OF_BADGES,
    "RevocationList": reasons_by_uid,
}
"""The same for Open Badges 1, whose issuers list uids with reasons."""

MECHANISMS: Kinds = {"status_list": token_status}
"""The same for the ``status`` claim of a token."""
