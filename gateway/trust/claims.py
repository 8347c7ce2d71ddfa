"""Check `claims`: does the token round a credential say the same as the credential?"""

from collections.abc import Sequence

from adapters.hub import strict_json
from adapters.hub.securing import SdJwt, VcJwt
from gateway.apart import apart
from gateway.proofs import jws, sd_jwt_vc
from gateway.proofs.vc_jwt import ClaimFinding, Severity, claim_findings
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome


async def claims(case: Case) -> Check:
    """Judge header and claims of a VC-JWT or SD-JWT VC: what differs or stands in the wrong place fails.

    What is absent from a VC-JWT is noted.

    The specification wants every claim to be there; its own examples lack ``nbf``.

    Source: Open Badges 3.0 section 8.2; draft-ietf-oauth-sd-jwt-vc section 2.2.
    """
    securing = case.subject.reading.securing
    if isinstance(securing, SdJwt):
        header = case.subject.opened.header or {}
        issuer = case.subject.reading.issuer_id
        return _judged(await apart(len(securing.presented), sd_jwt_vc.claim_findings, header, securing, issuer))
    if not isinstance(securing, VcJwt):
        return Check("claims", Outcome.SKIPPED, "is not a VC-JWT")
    findings = await apart(len(securing.token), _findings, securing.token)
    return _judged(findings)


def _judged(findings: Sequence[ClaimFinding]) -> Check:
    if errors := [finding for finding in findings if finding.severity is Severity.ERROR]:
        return _check(Outcome.FAILED, errors)
    if findings:
        return _check(Outcome.NOTED, findings)
    return Check("claims", Outcome.PASSED, "the claims repeat the credential")


def claim_errors(token: str) -> tuple[str, ...]:
    """Say where header and claims of a VC-JWT contradict the credential in it, or the specification.

    Raises:
        ProofError: It is no token.
        AdapterError: Its payload is no strict JSON.
    """
    findings = _findings(token)
    return tuple(f"{finding.claim} {finding.detail}" for finding in findings if finding.severity is Severity.ERROR)


def _check(outcome: Outcome, findings: Sequence[ClaimFinding]) -> Check:
    detail = "; ".join(f"{finding.claim}: {finding.detail}" for finding in findings)
    fixes = " ".join(dict.fromkeys(finding.fix for finding in findings))
    return Check("claims", outcome, detail, f"Sign it again. {fixes}")


def _findings(token: str) -> tuple[ClaimFinding, ...]:
    parsed = jws.parse(token)
    return claim_findings(parsed.header, strict_json.decode(parsed.payload))
