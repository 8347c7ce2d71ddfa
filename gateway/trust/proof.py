"""Check `proof`: did a key sign these bytes, or does their own host serve them?"""

from collections.abc import Sequence

import msgspec

from adapters.hub.contract import Format
from adapters.hub.securing import DataIntegrity, Hosted, Jades, Jws, SdJwt, Unsecured, VcJwt
from gateway.trust.case import Case
from gateway.trust.proof_hosted import hosted_proof
from gateway.trust.report import Check, Outcome
from gateway.trust.signature import Signature

_Signed = VcJwt | DataIntegrity | Jws | Jades | SdJwt
_SIGN_IT = "Sign it with a DataIntegrityProof (eddsa-rdfc-2022) or as a VC-JWT; Open Badges 2.0 may also be hosted."
_SEAL_IT = "Send the sealed file (.jsonld); its issuer makes it with JAdES (ETSI TS 119 182-1, b64: false)."


async def proof(case: Case) -> Check:
    """Judge all signatures together, or the hosted copy.

    One good proof suffices, but every proof that names a key of the issuer must be good; a proof of a kind that is not
    checked here is noted beside a good one, and so is one that was made for somebody else.

    Source: Open Badges 3.0 section 9 step 2; VC Data Integrity 1.0 section 2.1.2 (proof sets).
    """
    securing = case.subject.reading.securing
    if isinstance(securing, Hosted):
        return await hosted_proof(case, securing)
    if isinstance(securing, Unsecured) or not case.signatures:
        elm = case.subject.reading.format is Format.ELM_3
        return Check("proof", Outcome.FAILED, "carries no proof", _SEAL_IT if elm else _SIGN_IT)
    if not _is_what_was_read(case, securing):
        return Check("proof", Outcome.FAILED, "what is signed is not the document that was read")
    return _remarked(_judged(case.signatures), securing)


def _remarked(check: Check, securing: _Signed) -> Check:
    """Say of a token that the proofs inside it were left alone: any one suffices, and the token's covers all of it.

    Source: Open Badges 3.0 section 9.1 step 2, its note.
    """
    if check.outcome is not Outcome.PASSED or not isinstance(securing, VcJwt) or "proof" not in securing.document:
        return check
    detail = f"{check.detail}; it holds an embedded proof as well, which was not examined"
    return msgspec.structs.replace(check, outcome=Outcome.NOTED, detail=detail)


def _is_what_was_read(case: Case, securing: _Signed) -> bool:
    """One source of truth: a good signature over something else inside the document says nothing about it."""
    if isinstance(securing, DataIntegrity | Jades):
        return case.subject.opened.token is None and securing.document == case.subject.opened.document
    opened = case.subject.opened
    if isinstance(securing, SdJwt) != (opened.presented is not None):
        return False
    whole = not isinstance(securing, SdJwt) or securing.document == opened.document
    return whole and opened.token == securing.token


def _judged(signatures: Sequence[Signature]) -> Check:
    right = [signature for signature in signatures if signature.verdict is Outcome.PASSED]
    wrong = [signature for signature in signatures if signature.verdict is Outcome.FAILED]
    if wrong and (not right or any(signature.claims_issuer for signature in wrong)):
        return _check(Outcome.FAILED, wrong)
    if not right:
        return _check(Outcome.UNKNOWN, signatures)
    if len(right) < len(signatures) or any(signature.remark for signature in right):
        return _check(Outcome.NOTED, signatures)
    return _check(Outcome.PASSED, right)


def _check(outcome: Outcome, signatures: Sequence[Signature]) -> Check:
    return Check(
        "proof",
        outcome,
        "; ".join(said for signature in signatures for said in (signature.detail, signature.remark) if said),
        next((signature.fix for signature in signatures if signature.fix), ""),
        tuple(dict.fromkeys(place for signature in signatures for place in signature.found.looked_at)),
    )
