"""SD-JWT VCs: the rules that header and claims have to keep, and the holder's JWT.

Sources: draft-ietf-oauth-sd-jwt-vc sections 2.2 and 2.4; RFC 9901 sections 4.3 and 7.3 (Key Binding JWT).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.claims import date_time
from adapters.hub.disclosures import HASHES, USUAL_HASH, digest
from adapters.hub.errors import AdapterError
from adapters.hub.securing import SdJwt
from adapters.hub.wire import listed
from gateway.proofs import base64url, jwk, jws, multikey
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.sd_jwt import KEY_BINDING_TYPE, TYPE
from gateway.proofs.timestamps import instant
from gateway.proofs.vc_jwt import ClaimFinding, Severity

FORMER_TYPE: Final = "vc+sd-jwt"
"""Its name until the draft of November 2024; what was issued under it is still about."""

ALWAYS_SHOWN: Final = ("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status")
"""Claims that no issuer may let be withheld: without one of them a credential would hold where it does not."""

_DATES: Final = ("iat", "nbf", "exp")
_INSTANTS: Final = (
    *(("nbf", member) for member in ("validFrom", "issuanceDate")),
    *(("exp", member) for member in ("validUntil", "expirationDate")),
)
_KEYS: Final = ("did:key:", "did:jwk:")
_LIMITS: Final = strict_json.Limits(max_bytes=16_384, max_depth=8, max_nodes=256)
_PRESENT_AGAIN: Final = "The holder presents it anew."


def claim_findings(header: Mapping[str, Any], securing: SdJwt, issuer: str) -> tuple[ClaimFinding, ...]:
    """Return every rule that header and claims break; signature and dates are looked at elsewhere.

    Args:
        header: Of the issuer's JWT.
        securing: All claims, what is disclosed among them.
        issuer: Id of the issuer that the credential names in its own words.
    """
    return (
        *_of_header(header),
        *_of_claims(securing),
        *_of_document(securing.document, issuer),
        *_of_holder(securing.document),
    )


class KeyBinding(msgspec.Struct, frozen=True):
    """What a holder's JWT says; it is signed by the key that the credential is bound to.

    Attributes:
        audience: For whom it was made.
        issued: When.
    """

    audience: str
    nonce: str
    issued: dt.datetime


def key_binding(securing: SdJwt) -> KeyBinding:
    """Check the holder's JWT of a presentation; whether it was made for us, and now, is for the caller to say.

    Raises:
        ProofError: It is of another kind or over another presentation, or the holder's key did not sign it.
        KeyUnusable: The key that the credential is bound to is none that is used here.
    """
    confirmation = securing.document.get("cnf")
    members = confirmation.get("jwk") if isinstance(confirmation, dict) else None
    if not isinstance(members, dict):
        raise ProofError("the credential is bound to no key that it holds", fix="Bind it by cnf with a jwk.")
    token = jws.parse(securing.key_binding)
    if token.header.get("typ") != KEY_BINDING_TYPE:
        raise ProofError(f"typ of the holder's JWT is not {KEY_BINDING_TYPE}", fix=_PRESENT_AGAIN)
    jws.verify(token, jwk.public_key(members), jwk.allowed(members))
    claims = _claims(token.payload)
    if claims.get("sd_hash") != _sd_hash(securing):
        raise ProofError("the holder's JWT was made for another presentation (sd_hash)", fix=_PRESENT_AGAIN)
    audience, nonce, issued = claims.get("aud"), claims.get("nonce"), date_time(claims.get("iat"))
    moment = None if issued is None else instant(issued)
    if not isinstance(audience, str) or not isinstance(nonce, str) or not nonce or moment is None:
        raise ProofError("the holder's JWT lacks one of aud, nonce and iat", fix=_PRESENT_AGAIN)
    return KeyBinding(audience, nonce, moment)


def _sd_hash(securing: SdJwt) -> str:
    """Section 4.3.1: by the hash of the issuer's JWT, over all that was presented."""
    payload = _claims(base64url.decode(securing.token.split(".")[1]), strict_json.DEFAULT)
    return digest(securing.presented, HASHES[payload.get("_sd_alg", USUAL_HASH)])


def _claims(payload: bytes, limits: strict_json.Limits = _LIMITS) -> dict[str, Any]:
    try:
        claims = strict_json.decode(payload, limits)
    except AdapterError as error:
        raise ProofError(f"the holder's JWT is no strict JSON: {error.reason}", fix=_PRESENT_AGAIN) from error
    if not isinstance(claims, dict):
        raise ProofError("the holder's JWT holds no claims", fix=_PRESENT_AGAIN)
    return claims


def _of_header(header: Mapping[str, Any]) -> Iterator[ClaimFinding]:
    typ = header.get("typ")
    kind = typ.casefold().removeprefix("application/") if isinstance(typ, str) else ""
    if kind == FORMER_TYPE:
        yield ClaimFinding(Severity.WARNING, "typ", f"is the former {FORMER_TYPE}", f"Write {TYPE} as typ.")
    elif kind != TYPE:
        yield _error("typ", f"{typ!r} is the type of another kind of token", f"Write {TYPE} as typ.")


def _of_claims(securing: SdJwt) -> Iterator[ClaimFinding]:
    claims = securing.document
    if not isinstance(claims.get("vct"), str) or not claims["vct"]:
        yield _error("vct", "does not say which type it is of", "Name the type of the credential in vct.")
    for name in ALWAYS_SHOWN:
        if any(place == f"/{name}" or place.startswith(f"/{name}/") for place in securing.places):
            fix = f"Write {name} into the token itself, and do not let it be withheld."
            yield _error(name, "is disclosed selectively, and so may be withheld", fix)
    for name in _DATES:
        if name in claims and date_time(claims[name]) is None:
            yield _error(name, "is not a NumericDate", f"Write {name} as a number of seconds since 1970.")
    if not isinstance(claims.get("cnf", {}), dict):
        yield _error("cnf", "is not an object", "Write the holder's public key as cnf, {jwk: {...}}.")


def _of_document(claims: Mapping[str, Any], issuer: str) -> Iterator[ClaimFinding]:
    """Compare what is said twice: who reads only one of them would be misled."""
    for name, member in dict.fromkeys(_names(claims, issuer)):
        if name in claims and member is not None and claims[name] != member:
            fix = f"Write the same as {name} and in the credential."
            yield _error(name, f"says {claims[name]!r}, the credential says {member!r}", fix)
    for claim, member in _INSTANTS:
        said, also = date_time(claims.get(claim)), instant(claims.get(member))
        if said is not None and also is not None and instant(said) != also.replace(microsecond=0):
            fix = f"Write the same instant as {claim} and as {member}."
            yield _error(claim, f"says {said}, {member} says otherwise", fix)


def _names(claims: Mapping[str, Any], issuer: str) -> Iterator[tuple[str, str | None]]:
    """Who issued it, which one it is, and whom it is about, in the words of a verifiable credential."""
    yield "iss", issuer
    yield "iss", _id(claims.get("issuer"))
    yield "jti", _id(claims.get("id"))
    for subject in listed(claims.get("credentialSubject", [])):
        yield "sub", _id(subject)


def _of_holder(claims: Mapping[str, Any]) -> Iterator[ClaimFinding]:
    """Compare the key that it is bound to with the one that its subject is, where the subject is a key."""
    confirmation = claims.get("cnf")
    members = confirmation.get("jwk") if isinstance(confirmation, dict) else None
    subjects = {_id(subject) for subject in (*listed(claims.get("credentialSubject", [])), claims.get("sub"))}
    for subject in sorted(each for each in subjects if each is not None and each.startswith(_KEYS)):
        try:
            public, _ = multikey.verifying(subject)
            same = isinstance(members, dict) and jwk.thumbprint(jwk.public_key(members)) == jwk.thumbprint(public)
        except KeyUnusable:
            continue
        if isinstance(members, dict) and not same:
            detail = f"is another key than that of {subject}, whom it is about"
            yield ClaimFinding(Severity.WARNING, "cnf", detail, "Bind it to the key of its subject.")


def _id(value: object) -> str | None:
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


def _error(claim: str, detail: str, fix: str) -> ClaimFinding:
    return ClaimFinding(Severity.ERROR, claim, detail, fix)
