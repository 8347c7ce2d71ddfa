"""Members of other specifications that would limit a badge of Open Badges 1 or 2.0: no reader may pass them over."""

from collections.abc import Iterator, Mapping
from typing import Any  # Any: members of JSON objects

from adapters.hub.securing import Finding

_CLAIMS = {"exp": "expires", "nbf": "issuedOn", "iat": "issuedOn"}
"""Claims of a token that say when it holds, and the member of Open Badges that says it."""

_END = 253_402_300_800
"""Seconds since 1970 at the end of the year 9999, the last that a date can say."""


def limits(document: Mapping[str, Any], *, token: bool) -> Iterator[Finding]:
    """Yield the members that state a limit which nobody can find out.

    Dates that can be read bind like ``issuedOn`` and ``expires``, which is for the verification to judge.

    Args:
        document: An Assertion or an Endorsement.
        token: Whether it came as a JWS, in which the registered claims mean something.

    Source: RFC 7519 sections 2 and 4.1; VC Data Model 2.0 section 4.10.
    """
    if "credentialStatus" in document:
        reason = "is no member of this version of Open Badges, so what it says of a revocation is not looked up"
        fix = "Leave it out; name a RevocationList in revocationList of the issuer Profile, and sign the badge again."
        yield Finding(pointer="/credentialStatus", reason=reason, fix=fix)
    for claim, member in _CLAIMS.items() if token else ():
        if claim in document and not _numeric_date(document[claim]):
            fix = f"Write seconds since 1970 as a number, or leave it out and write {member}."
            yield Finding(pointer=f"/{claim}", reason="is no NumericDate", fix=fix)


def _numeric_date(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _END
