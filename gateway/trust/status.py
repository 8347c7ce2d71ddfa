"""Check `status`: has the issuer revoked or suspended it since?"""

from collections.abc import Awaitable, Callable, Mapping

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from adapters.hub.securing import Hosted, Jws, StatusClaim
from gateway.errors import Unreachable
from gateway.trust.case import Case
from gateway.trust.guard import answered
from gateway.trust.profile import issuer_profile
from gateway.trust.proof_hosted import hosted_answer
from gateway.trust.report import Check, Outcome
from gateway.trust.served import GONE
from gateway.trust.status_bitstring import bitstring_entry
from gateway.trust.status_revocation_list import issuers_revocation_list, revocation_list

MAX_CLAIMS = 8
"""Each costs a fetch, a signature and a list."""

_AT_ITS_ADDRESS = "revoked"
_WORST_FIRST = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED, Outcome.PASSED)


async def status(case: Case) -> Check:
    """Look up every status that the document claims, and those that its kind of securing brings with it.

    A list that cannot be had or relied on leaves the status unknown, never good.

    Source: Open Badges 3.0 section 9 step 4; Open Badges 2.0, "Revocation" and RevocationList.
    """
    claims = await _claims(case)
    if len(claims) > MAX_CLAIMS:
        detail = f"claims its status at {len(claims)} places, more than the {MAX_CLAIMS} that are looked up"
        return Check("status", Outcome.UNKNOWN, detail, "Name one place where the status can be looked up.")
    answers = [await answered("status", _look_up(case, claim), case.web) for claim in claims]
    if isinstance(case.subject.reading.securing, Hosted):
        answers.append(await answered("status", _hosted(case, case.subject.reading.securing), case.web))
    if not answers:
        return Check("status", Outcome.SKIPPED, "claims no status that could be looked up")
    worst = min(answers, key=lambda answer: _WORST_FIRST.index(answer.outcome))
    said = [answer for answer in answers if answer.outcome is worst.outcome]
    return Check(
        "status",
        worst.outcome,
        "; ".join(answer.detail for answer in said),
        worst.fix,
        tuple(dict.fromkeys(place for answer in answers for place in answer.looked_at)),
    )


async def _claims(case: Case) -> tuple[StatusClaim, ...]:
    """What the document claims, and for a SignedBadge the RevocationList that the issuer's own Profile names.

    A Profile inside the badge could leave the list out.
    """
    reading = case.subject.reading
    if not isinstance(reading.securing, Jws):
        return reading.status
    try:
        profile = await issuer_profile(case.web, reading.issuer_id)
    except Unreachable:
        return reading.status  # the check `issuer` says so
    url = profile.revocation_list
    if url is None or any(claim.url == url for claim in reading.status):
        return reading.status
    own_id = str(case.subject.opened.document.get("id", ""))
    return (*reading.status, StatusClaim(kind="RevocationList", url=url, id=own_id))


async def _look_up(case: Case, claim: StatusClaim) -> Check:
    look_up = KINDS.get(claim.kind)
    if look_up is not None:
        return await look_up(case, claim)
    return Check(
        "status",
        Outcome.UNKNOWN,
        f"the status type {claim.kind} is not understood",
        f"Use one of {', '.join(kind for kind in KINDS if kind != _AT_ITS_ADDRESS)}.",
        (claim.url,) if claim.url else (),
    )


async def _revoked_member(case: Case, claim: StatusClaim) -> Check:
    """Open Badges 2.0 ``revoked`` in the copy at hand."""
    del case
    if claim.entry.get("revoked") is True:
        return Check("status", Outcome.FAILED, _revoked("the Assertion says so itself", claim.entry))
    return Check("status", Outcome.PASSED, "the Assertion does not say that it is revoked")


async def _hosted(case: Case, securing: Hosted) -> Check:
    """Ask the Assertion's own address: 410 Gone, or ``revoked`` in what it serves.

    Raises:
        Unreachable: It did not answer.
    """
    answer = await hosted_answer(case, securing)
    looked_at = (securing.url,)
    if answer.status == GONE:
        return Check("status", Outcome.FAILED, f"revoked: {securing.url} answers 410 Gone", looked_at=looked_at)
    try:
        document = strict_json.decode(answer.body)
    except AdapterError as error:
        raise Unreachable(f"{securing.url}: no readable JSON: {error.reason}") from error
    if isinstance(document, dict) and document.get("revoked") is True:
        return Check("status", Outcome.FAILED, _revoked(f"{securing.url} says so", document), looked_at=looked_at)
    return Check("status", Outcome.PASSED, f"{securing.url} still serves it", looked_at=looked_at)


def _revoked(why: str, members: Mapping[str, object]) -> str:
    reason = members.get("revocationReason")
    return f"revoked: {why}" + (f" ({reason})" if isinstance(reason, str) else "")


KINDS: Mapping[str, Callable[[Case, StatusClaim], Awaitable[Check]]] = {
    "BitstringStatusListEntry": bitstring_entry,
    "1EdTechRevocationList": revocation_list,
    "RevocationList": issuers_revocation_list,
    _AT_ITS_ADDRESS: _revoked_member,
}
"""How each kind of claim is looked up; a new kind is one file, and one entry here."""
