"""All signatures of a document, whatever secures it; the same for a credential and for a status list."""

import datetime as dt
from collections.abc import Awaitable, Sequence
from typing import Any  # Any: members of JSON objects

from adapters.hub.securing import DataIntegrity, Jws, Securing, VcJwt
from gateway.errors import GatewayError
from gateway.proofs.budget import Allowance
from gateway.proofs.data_integrity import Secured
from gateway.trust.proof_chain import chained
from gateway.trust.proof_data_integrity import data_integrity_signature
from gateway.trust.proof_jws import jws_signature, jws_signature_of_1, vc_jwt_signature
from gateway.trust.report import Outcome
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb

MAX_PROOFS = 8
"""Each proof costs a small canonicalisation and perhaps a fetch; no sensible document has so many."""


async def signatures(
    web: OneWeb, now: dt.datetime, securing: Securing, issuer: str, allowance: Allowance | None = None
) -> tuple[Signature, ...]:
    """Examine each signature, in the document's order; none for what is hosted or not secured.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        securing: How the document is secured.
        issuer: Id of the issuer that the document claims.
        allowance: What canonicalising it may cost; None for that of all that is fetched in support of a document.
    """
    match securing:
        case Jws(token=token, key_url=str(key_url)):
            return (await _settled("the JWS", jws_signature_of_1(web, now, token, key_url, issuer)),)
        case Jws(token=token, creator=creator):
            return (await _settled("the JWS", jws_signature(web, now, token, creator, issuer)),)
        case VcJwt(token=token):
            return (await _settled("the VC-JWT", vc_jwt_signature(web, now, token, issuer)),)
        case DataIntegrity(document=document, proofs=proofs):
            return await proof_signatures(
                web, now, Secured(document, allowance=allowance or web.support), proofs, issuer
            )
        case _:
            return ()


async def proof_signatures(
    web: OneWeb, now: dt.datetime, secured: Secured, proofs: Sequence[dict[str, Any]], issuer: str
) -> tuple[Signature, ...]:
    """Examine each Data Integrity proof, for the purpose that ``secured`` says; one answer for too many.

    Args:
        issuer: Id of whose key must have made them.
    """
    if len(proofs) > MAX_PROOFS:
        detail = f"has {len(proofs)} proofs, and no more than {MAX_PROOFS} are taken"
        fix = f"Send it with at most {MAX_PROOFS} proofs, the issuer's among them."
        return (Signature(name="the proofs", verdict=Outcome.FAILED, detail=detail, fix=fix),)
    names = ["the proof"] if len(proofs) == 1 else [f"proof {number}" for number in range(1, len(proofs) + 1)]
    examined = [
        await _settled(name, data_integrity_signature(web, now, secured, proof, issuer, name))
        for name, proof in zip(names, proofs, strict=True)
    ]
    return chained(secured, proofs, examined)


async def _settled(name: str, examined: Awaitable[Signature]) -> Signature:
    """What stopped the examination of one signature must not stop the others."""
    try:
        return await examined
    except GatewayError as error:
        return Signature(name=name, verdict=Outcome.UNKNOWN, detail=f"{name}: {error.reason}", fix=error.fix)
