"""Check `context`: does every word of the document mean what it says, under the very contexts that verified?"""

from adapters.hub.securing import DataIntegrity, Hosted, Jws, Unsecured, VcJwt
from gateway.proofs import contexts
from gateway.proofs.findings import Kind
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.signature import Signature

_SHOWN = 5

_ELSEWISE = {
    VcJwt: "the token's signature covers the bytes",
    Jws: "the token's signature covers the bytes",
    Hosted: "the host vouches for the bytes",
    Unsecured: "there is no proof whose reach could be judged",
}

_WHOLE = (
    "The issuer secures it, beside or instead, with a proof over all of it (eddsa-rdfc-2022, ecdsa-rdfc-2019) or as a"
    " VC-JWT, and the holder sends that."
)


async def context(case: Case) -> Check:
    """Judge what a signature leaves uncovered, or covers as something else than it reads.

    Most ways of adding a property to a document that is secured over its RDF leave the signature valid: a converter
    that copies ``credits`` under contexts that do not define it has forged it. Such a document is not convertible.
    A signature over single statements covers each of them, but not that they are all there are: such a document is
    UNKNOWN, unless another of the issuer's signatures is over all of it. Where the signature covers the bytes, or the
    host vouches for them, there is nothing to ask.

    Source: VC Data Integrity 1.0 section 5.5 (unsigned properties); VCDM 2.0 section 5.2.
    """
    securing = case.subject.reading.securing
    if not isinstance(securing, DataIntegrity):
        return Check("context", Outcome.SKIPPED, _ELSEWISE[type(securing)])
    right = [signature for signature in case.signatures if signature.is_the_issuers] or [
        signature for signature in case.signatures if signature.verdict is Outcome.PASSED
    ]
    if not right:
        detail = "no proof was found right, so no contexts are known to be the signed ones"
        return Check("context", Outcome.UNKNOWN, detail, "Mend what the check proof names first.")
    used = {url: body for signature in right for url, body in signature.contexts.items()}
    looked_at = tuple(f"{url} ({body})" for url, body in used.items())
    found = [finding for signature in right for finding in signature.uncovered]
    if uncovered := [finding for finding in found if finding.kind is not Kind.WITHHELD]:
        shown = [f"{finding.pointer or '/'}: {finding.kind}, {finding.detail}" for finding in uncovered[:_SHOWN]]
        more = [f"and {len(uncovered) - _SHOWN} more"] if len(uncovered) > _SHOWN else []
        return Check(
            "context",
            Outcome.FAILED,
            f"not convertible, what it says is not all signed as it reads: {'; '.join(shown + more)}",
            "Define every term by a published context, or leave it out, and sign again; or issue it as a VC-JWT.",
            looked_at,
        )
    if all(map(_over_single_statements, right)):
        withheld = next(finding for finding in found if finding.kind is Kind.WITHHELD)
        return Check("context", Outcome.UNKNOWN, f"not convertible, {withheld.detail}", _WHOLE, looked_at)
    older = [url for url, body in used.items() if contexts.bodies(url)[0].name != body]
    if older:
        return Check(
            "context", Outcome.NOTED, f"signed under an older content of {', '.join(older)}", looked_at=looked_at
        )
    return Check("context", Outcome.PASSED, "the signature covers every term", looked_at=looked_at)


def _over_single_statements(signature: Signature) -> bool:
    return any(finding.kind is Kind.WITHHELD for finding in signature.uncovered)
