"""All signatures of a document, whatever secures it; the same for a credential and for a status list."""

import datetime as dt
from collections.abc import Awaitable

from adapters.hub.securing import DataIntegrity, Jws, Securing, VcJwt
from gateway.errors import GatewayError
from gateway.proofs.data_integrity import Secured
from gateway.trust.proof_data_integrity import data_integrity_signature
from gateway.trust.proof_jws import jws_signature, vc_jwt_signature
from gateway.trust.report import Outcome
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb

MAX_PROOFS = 8
"""Each proof costs a small canonicalisation and perhaps a fetch; no sensible document has so many."""


async def signatures(web: OneWeb, now: dt.datetime, securing: Securing, issuer: str) -> tuple[Signature, ...]:
    """Examine each signature, in the document's order; none for what is hosted or not secured.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        securing: How the document is secured.
        issuer: Id of the issuer that the document claims.
    """
    match securing:
        case Jws(token=token, creator=creator):
            return (await _settled("the JWS", jws_signature(web, token, creator, issuer)),)
        case VcJwt(token=token):
            return (await _settled("the VC-JWT", vc_jwt_signature(web, now, token, issuer)),)
        case DataIntegrity(proofs=proofs) if len(proofs) > MAX_PROOFS:
            detail = f"has {len(proofs)} proofs; more than {MAX_PROOFS} are not examined"
            return (Signature(name="the proofs", verdict=Outcome.UNKNOWN, detail=detail),)
        case DataIntegrity(document=document, proofs=proofs):
            secured = Secured(document, allowance=web.allowance)
            found = []
            for index, proof in enumerate(proofs):
                name = "the proof" if len(proofs) == 1 else f"proof {index + 1}"
                examined = data_integrity_signature(web, now, secured, proof, issuer, name)
                found.append(await _settled(name, examined))
            return tuple(found)
        case _:
            return ()


async def _settled(name: str, examined: Awaitable[Signature]) -> Signature:
    """What stopped the examination of one signature must not stop the others."""
    try:
        return await examined
    except GatewayError as error:
        return Signature(name=name, verdict=Outcome.UNKNOWN, detail=f"{name}: {error.reason}", fix=error.fix)
