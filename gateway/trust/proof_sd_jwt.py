"""The issuer's signature of an SD-JWT VC, and of the status list tokens of such an issuer."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final  # Any: members of JSON objects

from gateway.apart import apart
from gateway.proofs import jws
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.trust.addresses import authority
from gateway.trust.anchors import Anchors
from gateway.trust.issuer_chain import chain_key
from gateway.trust.issuer_metadata import metadata_key, unless_withdrawn_anywhere
from gateway.trust.keys import Found
from gateway.trust.proof_jws import KEY_FIX, examined
from gateway.trust.report import Outcome
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb
from gateway.trust.token_keys import token_key

_FORM: Final = "Sign it again as an SD-JWT VC with alg ES256, EdDSA, ES384 or RS256, and kid."
_NO_ADDRESS: Final = "Use an https issuer id that serves /.well-known/jwt-vc-issuer, or a DID."


async def sd_jwt_signature(
    web: OneWeb, now: dt.datetime, token: str, issuer: str, anchors: Anchors, name: str = "the SD-JWT"
) -> Signature:
    """Examine the issuer's JWT of an SD-JWT: the signature covers the digests of all that can be disclosed.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        token: The issuer's JWT alone.
        issuer: Id of the issuer that the credential claims.
        anchors: Whose certificates the operator trusts.
        name: How to speak of it.

    Source: RFC 9901 section 7.1; draft-ietf-oauth-sd-jwt-vc section 3.5.
    """
    try:
        parsed = await apart(len(token), jws.parse, token, with_chain=True)
        found = await _key(web, now, parsed.header, issuer, anchors)
    except ProofError as error:
        return Signature(name=name, verdict=Outcome.FAILED, detail=f"{name}: {error.reason}", fix=error.fix or _FORM)
    except KeyUnusable as error:
        detail = f"{name}: its key cannot be used: {error.reason}"
        return Signature(name=name, verdict=Outcome.FAILED, detail=detail, fix=error.fix or KEY_FIX)
    return await apart(len(token), examined, name, parsed, found)


async def _key(web: OneWeb, now: dt.datetime, header: Mapping[str, Any], issuer: str, anchors: Anchors) -> Found:
    """By what the issuer is: a chain in the header, a DID, or an address that serves metadata."""
    if "x5c" in header:
        return await unless_withdrawn_anywhere(web, now, chain_key(header, issuer, anchors, now), issuer)
    if issuer.startswith("did:"):
        return await token_key(web, now, header, issuer)
    if authority(issuer) is None:
        detail = f"the issuer's id {issuer or 'is missing and'} is no address, so nobody can be asked for its keys"
        return Found(key=None, authority=Outcome.UNKNOWN, detail=detail, fix=_NO_ADDRESS)
    return await metadata_key(web, now, header, issuer)
