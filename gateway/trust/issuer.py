"""Check `issuer`: is the key that signed the issuer's, as the issuer itself says?"""

from collections.abc import Sequence

from adapters.hub.securing import Hosted, Jades
from gateway.trust.case import Case
from gateway.trust.profile import issuer_profile
from gateway.trust.report import Check, Outcome
from gateway.trust.signature import Signature

NOT_AUTHENTICATED = "signature valid, issuer not authenticated"


async def issuer(case: Case) -> Check:
    """Judge what ties the signature, or the host, to the issuer that the document claims.

    A right signature by somebody else's key is an outcome of its own: the proof passed, and nothing says who issued it.

    Source: Open Badges 3.0 implementation guide, "Key provenance"; VC Data Integrity 1.0 section 4.4.
    """
    reading = case.subject.reading
    # A seal names its owner in its certificate; the id of the issuer is but a name inside the document.
    if not reading.issuer_id and not isinstance(reading.securing, Jades):
        return Check("issuer", Outcome.FAILED, "names no issuer", "Name the issuer by an https address or a DID.")
    if isinstance(reading.securing, Hosted) and reading.securing.issuer_origin:
        # Whether the badge lies there is for `hosted-scope` to say, which is demanded as well.
        return Check("issuer", Outcome.PASSED, "is an origin, which its own badges name as their issuer")
    if isinstance(reading.securing, Hosted):
        profile = await issuer_profile(case.web, reading.issuer_id)
        return Check("issuer", Outcome.PASSED, "its own address serves the issuer's Profile", looked_at=(profile.id,))
    right = [signature for signature in case.signatures if signature.verdict is Outcome.PASSED]
    if not right:
        return _of_nobody(case.signatures)
    best = min(right, key=_rank)
    found = best.found
    if best.is_the_issuers:
        return Check(
            "issuer", Outcome.PASSED, f"{reading.issuer_id or 'the issuer'}: {found.detail}", looked_at=found.looked_at
        )
    return Check("issuer", found.authority, f"{NOT_AUTHENTICATED}: {found.detail}", found.fix, found.looked_at)


def _of_nobody(signatures: Sequence[Signature]) -> Check:
    """No signature is right; a key that is certainly not the issuer's is worth saying all the same."""
    for signature in signatures:
        if signature.found.authority is Outcome.FAILED:
            return Check(
                "issuer",
                Outcome.FAILED,
                signature.found.detail,
                signature.found.fix,
                signature.found.looked_at,
            )
    detail, fix = (
        "no signature was found right, so nothing says who issued it",
        "Mend what the check proof names first.",
    )
    return Check("issuer", Outcome.UNKNOWN, detail, fix)


def _rank(signature: Signature) -> int:
    """The signature that says most in favour of the issuer comes first."""
    return (Outcome.PASSED, Outcome.UNKNOWN, Outcome.FAILED).index(signature.found.authority)
