"""What went wrong in the names of the W3C specifications: each check and what it found, as a type of problem."""

from enum import StrEnum

import msgspec

from adapters.hub.securing import DataIntegrity
from gateway.flows.verify import Verified
from gateway.trust.report import Check, Outcome, Report

BAD_REQUEST = 400


class W3c(StrEnum):
    """Types of problems, each from the specification that defines it.

    Sources: Verifiable Credentials Data Model 2.0 section 7.2; Data Integrity 1.0 section 4.7 (Processing Errors);
    Bitstring Status List 1.0 section 3.5; VCALM 1.0 section 3.8.
    """

    PARSING_ERROR = "https://www.w3.org/TR/vc-data-model#PARSING_ERROR"
    CRYPTOGRAPHIC_SECURITY_ERROR = "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR"
    MALFORMED_VALUE_ERROR = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
    RANGE_ERROR = "https://www.w3.org/TR/vc-data-model#RANGE_ERROR"
    PROOF_VERIFICATION_ERROR = "https://w3id.org/security#PROOF_VERIFICATION_ERROR"
    PROOF_TRANSFORMATION_ERROR = "https://w3id.org/security#PROOF_TRANSFORMATION_ERROR"
    INVALID_DOMAIN_ERROR = "https://w3id.org/security#INVALID_DOMAIN_ERROR"
    INVALID_CHALLENGE_ERROR = "https://w3id.org/security#INVALID_CHALLENGE_ERROR"
    STATUS_RETRIEVAL_ERROR = "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR"
    STATUS_VERIFICATION_ERROR = "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR"
    UNKNOWN_OPTION_PROVIDED = "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED"


class Level(StrEnum):
    """Whether it stands against the credential: whatever is ``verified`` has no problem that is an ``error``."""

    ERROR = "error"
    WARNING = "warning"


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One problem (RFC 9457, VCALM 1.0 section 3.8).

    Attributes:
        type: A URL: of the W3C where a specification names this problem, else of this gateway.
        title: The same for each problem of a type.
        detail: What was wrong this time.
        level: Of what a verification found: `error`, and it is not verified; `warning`, which blocks nothing.
        check: Name of the check that found it.
        code: Stable name of what is wrong with the request.
        pointer: JSON Pointer (RFC 6901) to the place in the body or in the credential.
        fix: What would put it right.
    """

    type: str
    title: str
    status: int = BAD_REQUEST
    detail: str = ""
    level: str = ""
    check: str = ""
    code: str = ""
    pointer: str = ""
    fix: str = ""


TITLES = {
    W3c.PARSING_ERROR: "It could not be read whole",
    W3c.CRYPTOGRAPHIC_SECURITY_ERROR: "What secures it, or who stands behind that, does not hold",
    W3c.MALFORMED_VALUE_ERROR: "A value is malformed or missing",
    W3c.RANGE_ERROR: "A value is outside its range",
    W3c.PROOF_VERIFICATION_ERROR: "A proof does not verify",
    W3c.PROOF_TRANSFORMATION_ERROR: "Not all of it could be turned into what is signed",
    W3c.INVALID_DOMAIN_ERROR: "It was made for another domain",
    W3c.INVALID_CHALLENGE_ERROR: "It answers another challenge",
    W3c.STATUS_RETRIEVAL_ERROR: "How it stands could not be found out",
    W3c.STATUS_VERIFICATION_ERROR: "It was taken back, or what says how it stands does not hold",
    W3c.UNKNOWN_OPTION_PROVIDED: "There is no such option here",
}

FAILED, UNKNOWN, NOTED = Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED

_VALUE = dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.MALFORMED_VALUE_ERROR)
_SECURITY = dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.CRYPTOGRAPHIC_SECURITY_ERROR)
_PROOF = dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.PROOF_VERIFICATION_ERROR)

TYPES: dict[str, dict[Outcome, W3c]] = {
    "references": dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.PARSING_ERROR),
    "shape": _VALUE,
    "vocabulary": _VALUE,
    "schemas": _VALUE,
    "shacl": _VALUE,
    "proof": _SECURITY,
    "certificate": _SECURITY,
    "issuer": _SECURITY,
    "context": dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.PROOF_TRANSFORMATION_ERROR),
    "claims": _VALUE,
    "key-binding": _SECURITY,
    "hosted-scope": _SECURITY,
    "refresh": dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.STATUS_RETRIEVAL_ERROR),
    "status": {
        FAILED: W3c.STATUS_VERIFICATION_ERROR,
        UNKNOWN: W3c.STATUS_RETRIEVAL_ERROR,
        NOTED: W3c.STATUS_VERIFICATION_ERROR,
    },
    "validity-period": dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.RANGE_ERROR),
    "recipient": _VALUE,
    "related-resources": _SECURITY,
    "endorsements": _SECURITY,
    "accreditation": _VALUE,
    "provenance": _SECURITY,
    "holder": _SECURITY,
    "challenge": dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.INVALID_CHALLENGE_ERROR),
    "domain": dict.fromkeys((FAILED, UNKNOWN, NOTED), W3c.INVALID_DOMAIN_ERROR),
}
"""The type of each check, of credentials and of presentations, and of what it found; PASSED and SKIPPED are none."""


def problem(kind: W3c, detail: str, *, fix: str = "", pointer: str = "", check: str = "") -> ProblemDetails:
    """An error of this type."""
    return ProblemDetails(
        type=kind, title=TITLES[kind], detail=detail, fix=fix, pointer=pointer, check=check, level=Level.ERROR
    )


def problems_of(verified: Verified) -> tuple[ProblemDetails, ...]:
    """Errors and warnings of a verification; there is an error if, and only if, it did not pass."""
    reading = verified.received.reading
    return found_in(verified.report, proven=reading is not None and isinstance(reading.securing, DataIntegrity))


def found_in(report: Report, *, proven: bool = True) -> tuple[ProblemDetails, ...]:
    """Errors and warnings of a report.

    Args:
        proven: Whether it is on a document with Data Integrity proofs.
    """
    found = tuple(
        _problem(check, data_integrity=proven)
        for check in report.checks
        if check.outcome in (Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED)
    )
    errors = tuple(each for each in found if each.level == Level.ERROR)
    if report.outcome is not Outcome.PASSED and not errors:
        errors = (_incomplete(report),)
    return (*errors, *(each for each in found if each.level == Level.WARNING))


def _problem(check: Check, *, data_integrity: bool) -> ProblemDetails:
    types = _PROOF if check.name == "proof" and data_integrity else TYPES[check.name]
    kind = types[check.outcome]
    return ProblemDetails(
        type=kind,
        title=TITLES[kind],
        detail=check.detail,
        level=Level.WARNING if check.outcome is Outcome.NOTED else Level.ERROR,
        check=check.name,
        fix=check.fix,
    )


def _incomplete(report: Report) -> ProblemDetails:
    """A check that its securing demands found nothing good and nothing bad."""
    good = {check.name for check in report.checks if check.outcome in (Outcome.PASSED, Outcome.NOTED)}
    lacking = ", ".join(name for name in report.demanded if name not in good)
    return problem(W3c.CRYPTOGRAPHIC_SECURITY_ERROR, f"nothing speaks for it: {lacking or 'no check'} could be made")
