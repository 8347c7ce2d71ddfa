"""Open Badges 3.0 credentials as JWTs: the claims to write, and where claims and credential disagree.

Source: Open Badges 3.0 section 8.2 (VC-JWT); VCDM 1.1 section 6.3.1 for the ``vc`` claim. Reality is laxer
than the text, whose examples have no ``nbf``: a claim that differs is an error, one that is absent a warning.
"""

import math
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from adapters.hub.claims import REGISTERED, claimed, date_time
from gateway.proofs import jwk
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.timestamps import instant

_V1: Final = "https://www.w3.org/2018/credentials/v1"
_CREDENTIAL_TYPES: Final = frozenset({"vc+jwt", "vc+ld+jwt"})
_TYPES: Final = frozenset({"jwt", *_CREDENTIAL_TYPES})
_HEADERS: Final = frozenset({"alg", "kid", "jwk", "typ"})
# What a verifiable credential of either version, or an AchievementCredential, may say of itself.
_CREDENTIAL: Final = frozenset(
    {
        *("@context", "id", "type", "name", "description", "image", "issuer", "holder", "credentialSubject", "proof"),
        *("issuanceDate", "expirationDate", "issued", "validFrom", "validUntil", "awardedDate"),
        *("credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence", "relatedResource"),
        *("confidenceMethod", "renderMethod", "endorsement", "endorsementJwt"),
    }
)
_SECONDS: Final = "Write {} as a number of seconds since 1970."


class Severity(StrEnum):
    """ERROR makes the credential invalid; WARNING is a rule that real issuers break."""

    ERROR = "error"
    WARNING = "warning"


class ClaimFinding(msgspec.Struct, frozen=True):
    """One rule that a token breaks.

    Attributes:
        claim: Name of the claim or header member.
        detail: One clause for a reader.
        fix: What the issuer should sign instead.
    """

    severity: Severity
    claim: str
    detail: str
    fix: str


def claims(credential: Mapping[str, Any]) -> dict[str, Any]:
    """Return the payload that secures a VCDM 2.0 credential: the credential, and the claims that repeat it.

    ``nbf`` and ``exp`` are whole seconds, rounded down. ``sub`` is left out where the subject has no id,
    ``exp`` where there is no ``validUntil``.

    Raises:
        ValueError: The credential has no id, no issuer or no validFrom.
    """
    said = _said(credential)
    if said["jti"] is None or said["iss"] is None or said["nbf"] is None:
        raise ValueError("a credential needs id, issuer and validFrom to become a JWT")
    return {**credential, **{name: value for name, value in said.items() if value is not None}}


def credential(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the credential in a verified payload, without registered claims.

    Members that only a claim states are filled in from it, see ``adapters.hub.claims``.
    """
    return claimed(payload).document


def claim_findings(header: Mapping[str, Any], payload: Mapping[str, Any]) -> tuple[ClaimFinding, ...]:
    """Return every rule that the header and the claims break; signature and dates are looked at elsewhere."""
    inner = payload.get("vc", payload)
    return (
        *_header(header),
        *_repeated(header, payload),
        *_version(payload),
        *_beside(payload),
        *(_agreement(payload, inner) if isinstance(inner, dict) else ()),
    )


def _header(header: Mapping[str, Any]) -> Iterator[ClaimFinding]:
    typ = header.get("typ", "JWT")
    # With or without the prefix it is the same type (RFC 7515 section 4.1.9).
    kind = typ.casefold().removeprefix("application/") if isinstance(typ, str) else ""
    if kind not in _TYPES:
        yield _error("typ", f"{typ!r} is the type of another kind of token", "Write JWT or vc+jwt as typ.")
    if "jwk" in header:
        try:
            jwk.public_key(header["jwk"])
        except KeyUnusable as error:
            yield _error("jwk", error.reason, "Write the public key as jwk, without private members.")
    elif "kid" not in header:
        yield _warning("kid", "the header names no key", "Name the key in kid, by the URL of its public part.")
    known = _HEADERS | {"cty"} if kind in _CREDENTIAL_TYPES and header.get("cty") == "vc" else _HEADERS
    for name in sorted(header.keys() - known):
        reason = "the header has a member that section 8.2 does not name"
        yield _warning(name, reason, f"Leave {name} out of the header.")


def _repeated(header: Mapping[str, Any], payload: Mapping[str, Any]) -> Iterator[ClaimFinding]:
    """Compare claims that the header repeats: who reads only one of them would be misled (RFC 7519 section 5.3)."""
    for name in sorted(header.keys() & REGISTERED):
        if header[name] != payload.get(name, header[name] if name != "iss" else _id(payload.get("issuer"))):
            reason = "says one thing in the header and another in the payload"
            yield _error(name, reason, f"Leave {name} out of the header.")


def _version(payload: Mapping[str, Any]) -> Iterator[ClaimFinding]:
    """Compare what the ``vc`` claim says of the data model with what the first context says."""
    inner = payload.get("vc", payload)
    if not isinstance(inner, dict):
        yield _error("vc", "is not an object", "Write the credential itself as vc.")
        return
    contexts = inner.get("@context")
    first = contexts[0] if isinstance(contexts, list) and contexts else contexts
    if ("vc" in payload) != (first == _V1):
        reason = "a vc claim means VCDM 1.1, none means 2.0, and the context says otherwise"
        yield _error("vc", reason, "Under VCDM 2.0 make the payload the credential itself, without vc.")
    if "vc" in payload and (twice := sorted(inner.keys() & payload.keys() - {"vc"})):
        yield _error("vc", f"{twice[0]} stands inside and beside the vc claim", f"Say {twice[0]} inside vc alone.")


def _beside(payload: Mapping[str, Any]) -> Iterator[ClaimFinding]:
    """Look at what is said beside the credential.

    Beside a ``vc`` claim nobody reads a member of the credential: a ``credentialStatus`` there would be a revocation
    that does not count.
    """
    if "aud" in payload:
        reason = "the token is meant for somebody, and a credential is for whom its holder shows it to"
        yield _warning("aud", reason, "Leave aud out.")
    if (issued := payload.get("iat")) is not None and date_time(issued) is None:
        yield _error("iat", "is not a NumericDate", _SECONDS.format("iat"))
    if "vc" not in payload:
        return
    for name in sorted(payload.keys() - REGISTERED - {"vc"}):
        if name in _CREDENTIAL:
            reason = "stands beside the vc claim, where it is no part of the credential"
            yield _error(name, reason, f"Write {name} inside vc.")
        else:
            reason = "stands beside the vc claim and is not a claim of section 8.2"
            yield _warning(name, reason, f"Leave {name} out.")


def _agreement(payload: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[ClaimFinding]:
    """Compare each claim with the member of the credential that it repeats."""
    for name, member in _said(document).items():
        claim = payload.get(name)
        if claim is None:
            if member is not None:
                yield _warning(name, "the claim is absent", f"Write {member!r} as {name}.")
            elif name == "nbf" and "iat" in payload:
                reason = "the claim is absent, and only iat dates the credential"
                yield _warning(name, reason, "Write nbf, and the same instant in issuanceDate.")
        elif name in {"nbf", "exp"}:
            if date_time(claim) is None:
                yield _error(name, "is not a NumericDate", _SECONDS.format(name))
            elif member is not None and math.floor(claim) != member:
                reason = f"says {date_time(claim)}, the credential says otherwise"
                yield _error(name, reason, f"Write {member} as {name}, or the same instant in the credential.")
        elif member is not None and claim != member:
            reason = f"says {claim!r}, the credential says {member!r}"
            yield _error(name, reason, f"Write {member!r} as {name}, if the credential is right.")


def _said(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what each claim must be, None where the credential does not say."""
    return {
        "iss": _id(document.get("issuer")),
        "jti": document.get("id"),
        "nbf": _seconds(document.get("validFrom", document.get("issuanceDate"))),
        "sub": _id(document.get("credentialSubject")),
        "exp": _seconds(document.get("validUntil", document.get("expirationDate"))),
    }


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, dict) else value if isinstance(value, str) else None


def _seconds(value: object) -> int | None:
    moment = instant(value)
    return None if moment is None else math.floor(moment.timestamp())


def _error(claim: str, detail: str, fix: str) -> ClaimFinding:
    return ClaimFinding(Severity.ERROR, claim, detail, fix)


def _warning(claim: str, detail: str, fix: str) -> ClaimFinding:
    return ClaimFinding(Severity.WARNING, claim, detail, fix)
