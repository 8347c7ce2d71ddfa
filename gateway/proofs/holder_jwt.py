"""A wallet's JWT that shows that a key is its own, for this issuer and now (OpenID4VCI 1.0, Appendix F.1).

Whoever takes it looks up the nonce: nothing in here says that it was not shown before.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.proofs import jwk, jws, multikey
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.signatures import PublicKey, algorithms
from gateway.records.offers import Holder

TYPE: Final = "openid4vci-proof+jwt"
ALGORITHMS: Final = ("EdDSA", "Ed25519", "ES256", "ES384")
"""Those of the keys that a DID can stand for here; no RSA."""

MOST_AGE_S: Final = 300
SKEW_S: Final = 60
"""So much may a wallet's clock differ from ours."""

MOST_DID_CHARS: Final = 1_000
"""A did:jwk spells out all members of its key."""

_MAX_NONCE_CHARS: Final = 512
_LIMITS: Final = strict_json.Limits(max_bytes=16_384, max_depth=8, max_nodes=256)
# Who vouches for a key, or certifies it, is nothing that is looked at here: the key alone counts.
_UNSUPPORTED: Final = ("x5c", "x5t", "x5t#S256", "x5u", "jku", "trust_chain", "key_attestation")
_TYPE_FIX: Final = f"Write {TYPE} as typ."
# A thumbprint, a UUID, a URN: nothing that people would read.
_KEY_ID: Final = re.compile(r"[A-Za-z0-9._:#-]{1,128}")
_BARE: Final = "Use a did:key, or a did:jwk of the required members of the key alone."
_OWN_KEY: Final = "Write a did:key or a did:jwk of the signing key as kid, or its public key as jwk."
_ONE_KEY: Final = "Name the key once: its DID URL as kid, or the public key as jwk."


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What a proof has to say.

    Attributes:
        audience: The credential issuer identifier; compared byte for byte.
        client: Id of the client that the access token belongs to, "" for an anonymous one.
        legacy: Take proofs without ``typ``, with ``nbf`` or ``exp`` instead of ``iat``, whose ``iss`` is the holder's
            DID, as wallets of before OpenID4VCI 1.0 send them. A JWT that the key signed for another purpose passes
            then, if it holds a nonce of ours (RFC 8725 section 3.11).
    """

    audience: str
    client: str
    at: dt.datetime
    legacy: bool = False


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A proof that holds, but for its nonce.

    Attributes:
        legacy: It held only because such proofs are taken.
    """

    holder: Holder
    nonce: str
    legacy: bool = False


def shown(token: str, expected: Expected) -> Shown:
    """Return whose key a proof shows.

    Raises:
        ProofError: It is malformed, of another kind, for somebody else, too old, or not signed by the key it names.
        KeyUnusable: The key is private, weak, malformed, or of a kind that is not used here.

    Source: OpenID4VCI 1.0, Appendix F.1 and F.4.
    """
    proof = jws.parse(token)
    untyped = expected.legacy and "typ" not in proof.header
    _require_header(proof.header, untyped)
    did, key, permitted = _key(proof.header)
    _require_fitting(proof.header["alg"], permitted.intersection(ALGORITHMS))
    jws.verify(proof, key, permitted.intersection(ALGORITHMS))
    claims = _claims(proof.payload)
    if claims.get("aud") != expected.audience:
        raise ProofError("aud is not this credential issuer", fix=f"Write {expected.audience} as aud.")
    _require_issuer(claims, expected, did)
    dateless = expected.legacy and "iat" not in claims
    _require_now(claims, expected.at.timestamp(), dateless)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not 0 < len(nonce) <= _MAX_NONCE_CHARS:
        raise ProofError("there is no nonce in it", fix="Write the c_nonce of the nonce endpoint as nonce.")
    return Shown(holder=holder(did, key), nonce=nonce, legacy=untyped or dateless)


def holder(did: str, key: PublicKey) -> Holder:
    """A key that was shown, under the DID that stands for it and will stand in what is signed for it.

    Raises:
        KeyUnusable: A did:jwk holds more than its key and what that is for, or is too long.
    """
    required = jwk.public_jwk(key)
    for name, value in (multikey.jwk_of(did) or {}).items():
        if name not in required and not _is_harmless(name, value):
            raise KeyUnusable(f"the did:jwk says more than the key of a holder: {name:.100}", fix=_BARE)
    if len(did) > MOST_DID_CHARS:
        raise KeyUnusable(f"the DID has more than {MOST_DID_CHARS} characters", fix=_BARE)
    return Holder(did, msgspec.json.encode(required).decode())


def _is_harmless(name: str, value: object) -> bool:
    """Whether libraries write this beside a key; whether ``alg``, ``use`` and ``key_ops`` fit has been looked at."""
    match name:
        case "alg" | "use":
            return True
        case "kid":
            return isinstance(value, str) and _KEY_ID.fullmatch(value) is not None
        case "key_ops":
            return value == ["verify"]
        case "ext":
            return value is True
    return False


def _require_header(header: Mapping[str, Any], untyped: bool) -> None:
    for name in _UNSUPPORTED:
        if name in header:
            raise ProofError(f"the header member {name} is not supported", fix=_ONE_KEY)
    if not untyped and header.get("typ") != TYPE:
        raise ProofError("typ is not that of a proof of possession", fix=_TYPE_FIX)
    if header["alg"] not in ALGORITHMS:
        raise ProofError(f"the algorithm {header['alg']} is not accepted", fix=f"Use one of {', '.join(ALGORITHMS)}.")
    if ("kid" in header) == ("jwk" in header):
        raise ProofError("the header names no key, or names it twice", fix=_ONE_KEY)


def _key(header: Mapping[str, Any]) -> tuple[str, PublicKey, frozenset[str]]:
    """The DID of the key that a header names, the key, and what it may sign with."""
    if "jwk" in header:
        key = jwk.public_key(header["jwk"])
        permitted = jwk.allowed(header["jwk"])
        _require_kind(key)
        return multikey.did_key(key), key, permitted
    try:
        key, permitted = multikey.verifying(header["kid"])
    except KeyUnusable as error:
        error.fix = error.fix or _OWN_KEY
        raise
    _require_kind(key)
    return header["kid"].partition("#")[0], key, permitted


def _require_kind(key: PublicKey) -> None:
    if algorithms(key).isdisjoint(ALGORITHMS):
        raise KeyUnusable("keys of holders are Ed25519, P-256 or P-384")


def _require_fitting(alg: str, fitting: frozenset[str]) -> None:
    if alg not in fitting:
        raise ProofError(
            f"the algorithm {alg} does not go with the key",
            fix=f"Sign with {' or '.join(sorted(fitting))} and write that as alg." if fitting else _OWN_KEY,
        )


def _claims(payload: bytes) -> dict[str, Any]:
    try:
        claims = strict_json.decode(payload, _LIMITS)
    except AdapterError as error:
        raise ProofError(f"the payload is not strict JSON: {error}") from error
    if not isinstance(claims, dict):
        raise ProofError("the payload is not an object")
    return claims


def _require_issuer(claims: Mapping[str, Any], expected: Expected, did: str) -> None:
    """The client itself, and nobody where it is anonymous (OpenID4VCI 1.0, Appendix F.1, ``iss``)."""
    said = claims.get("iss")
    if "iss" not in claims or (expected.client and said == expected.client) or (expected.legacy and said == did):
        return
    what = "the client_id of the access token" if expected.client else "absent: the access token is an anonymous one"
    raise ProofError(f"iss is not {what}", fix="Leave iss out.")


def _require_now(claims: Mapping[str, Any], now: float, dateless: bool) -> None:
    """Made a moment ago, and within the limits that it sets itself."""
    dates = {name: _seconds(name, claims[name]) for name in ("iat", "nbf", "exp") if name in claims}
    if "iat" not in dates and not (dateless and dates):
        raise ProofError("there is no iat in it", fix="Write the time, in seconds since 1970, as iat.")
    for name in ("iat", "nbf"):
        if dates.get(name, now) > now + SKEW_S:
            raise ProofError(f"{name} lies in the future", fix="Set the clock of the wallet.")
    made = "iat" if "iat" in dates else "nbf"
    if dates.get(made, now) < now - MOST_AGE_S - SKEW_S:
        raise ProofError(f"{made} is more than {MOST_AGE_S} seconds ago", fix="Make a new proof for each request.")
    if dates.get("exp", now) < now - SKEW_S:
        raise ProofError("it has expired", fix="Make a new proof for each request.")


def _seconds(name: str, value: object) -> float:
    """A NumericDate (RFC 7519 section 2)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProofError(f"{name} is not a number of seconds since 1970")
    return value
