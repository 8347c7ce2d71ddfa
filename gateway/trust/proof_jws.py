"""Signatures over bytes: the JWS of a signed Open Badges 2.0 Assertion and the VC-JWT of Open Badges 3.0."""

import datetime as dt

from gateway.apart import apart
from gateway.proofs import jws
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.trust.badge_keys import badge_key
from gateway.trust.keys import Found
from gateway.trust.pem_keys import pem_key
from gateway.trust.report import Outcome
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb
from gateway.trust.token_keys import token_key

_FORM = "Sign it again as a compact JWS (RFC 7515) with alg RS256, PS256, ES256, ES384 or EdDSA, and kid."
KEY_FIX = "Sign it with an Ed25519, P-256 or P-384 key, or RSA of 2048 to 8192 bits, published without private members."
_BROKEN = "Sign it again: the signature does not belong to these bytes and this key."


async def jws_signature(web: OneWeb, now: dt.datetime, token: str, creator: str, issuer: str) -> Signature:
    """Examine the JWS of a SignedBadge; ``creator`` is the id of its key, "" when it names none.

    Source: Open Badges 2.0, "Signed Badges"; RFC 7515 section 5.2.
    """
    name = "the JWS"
    try:
        parsed = await apart(len(token), jws.parse, token)
    except ProofError as error:
        return Signature(name=name, verdict=Outcome.FAILED, detail=f"{name}: {error.reason}", fix=error.fix or _FORM)
    found = await badge_key(web, now, creator, issuer)
    return await apart(len(token), examined, name, parsed, found)


async def jws_signature_of_1(web: OneWeb, now: dt.datetime, token: str, key_url: str, issuer: str) -> Signature:
    """Examine the JWS of a signed badge of Open Badges 1; ``key_url`` is where its key lies, "" when it names none.

    Source: Open Badges 1.1, "Signed Badges"; RFC 7515 section 5.2.
    """
    name = "the JWS"
    try:
        parsed = await apart(len(token), jws.parse, token)
    except ProofError as error:
        return Signature(name=name, verdict=Outcome.FAILED, detail=f"{name}: {error.reason}", fix=error.fix or _FORM)
    found = await pem_key(web, now, key_url, issuer)
    return await apart(len(token), examined, name, parsed, found)


async def vc_jwt_signature(web: OneWeb, now: dt.datetime, token: str, issuer: str) -> Signature:
    """Examine the VC-JWT that a credential is the payload of.

    Source: Open Badges 3.0 section 8.2; RFC 7515 section 5.2; RFC 8725.
    """
    name = "the VC-JWT"
    try:
        parsed = await apart(len(token), jws.parse, token)
        found = await token_key(web, now, parsed.header, issuer)
    except ProofError as error:
        return Signature(name=name, verdict=Outcome.FAILED, detail=f"{name}: {error.reason}", fix=error.fix or _FORM)
    except KeyUnusable as error:
        detail = f"{name}: its key cannot be used: {error.reason}"
        return Signature(name=name, verdict=Outcome.FAILED, detail=detail, fix=error.fix or KEY_FIX)
    return await apart(len(token), examined, name, parsed, found)


def examined(name: str, parsed: jws.CompactJws, found: Found) -> Signature:
    """Check a signature with the key that was found."""
    if found.key is None:
        verdict = Outcome.FAILED if found.authority is Outcome.FAILED else Outcome.UNKNOWN
        return Signature(name=name, verdict=verdict, detail=f"{name}: {found.detail}", fix=found.fix, found=found)
    try:
        jws.verify(parsed, found.key.public, found.key.algorithms)
    except (ProofError, KeyUnusable) as error:
        return Signature(name=name, verdict=Outcome.FAILED, detail=f"{name}: {error.reason}", fix=_BROKEN, found=found)
    return Signature(name=name, verdict=Outcome.PASSED, detail=f"{name} is right ({parsed.header['alg']})", found=found)
