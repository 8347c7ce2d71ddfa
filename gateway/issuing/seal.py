"""Turn a draft into the bytes to be signed, and those into the bytes that are issued.

Two halves on purpose: ``unsigned`` is committed to the store before a key is used (Let's Encrypt's rule), and
``sealed`` adds nothing but a deterministic signature over it, so that a retry after a crash gives the same bytes.
"""

import asyncio
import datetime as dt
from base64 import b64decode
from typing import Any

import msgspec

from adapters.hub.contract import Draft
from adapters.hub.errors import NotWritable
from gateway.issuing import sd_jwt_vc
from gateway.ports import Signer
from gateway.proofs import base64url, data_integrity, jades, jws, sd_jwt, vc_jwt
from gateway.proofs.eddsa_rdfc_2022 import EddsaRdfc2022
from gateway.proofs.errors import BudgetExceeded, NotCanonicalisable
from gateway.records import Intent, PublicKey, Securing

_SIGNATURE_ROOM = 512
"""Bytes, as RS256 takes with the longest keys that are in use."""


def unsigned(
    draft: Draft,
    securing: Securing,
    key: PublicKey,
    method: str,
    at: dt.datetime,
    time_member: jades.TimeMember = jades.TimeMember.IAT,
    beside: sd_jwt_vc.Beside | None = None,
) -> bytes:
    """The bytes that sealing starts from.

    Args:
        method: How the proof names ``key`` (verificationMethod or ``kid``).
        at: Stands in the proof as ``created``, and in a JAdES as the claimed time, to the second.
        time_member: Where it stands in a JAdES.
        beside: What an SD-JWT VC says beside the document; it has to be there for one.

    Returns:
        A JSON document (for Data Integrity with a proof that lacks only its value), or a JWS signing input; for an
        SD-JWT the disclosures after it, with their salts.
    """
    if securing is Securing.JADES:
        chain = key.certificate.chain if key.certificate else ()
        header = jades.header(key.algorithm.value, chain, method, at, time_member)
        return jades.signing_input(header, msgspec.json.encode(draft.document))
    if securing is Securing.HOSTED:
        return msgspec.json.encode(draft.document)
    if securing is Securing.DATA_INTEGRITY:
        return msgspec.json.encode({**draft.document, "proof": [proof_options(method, at)]})
    if securing is Securing.SD_JWT:
        if beside is None:
            raise ValueError("an SD-JWT VC says what stands beside its document")
        return sd_jwt_vc.unsigned(draft, key, method, at, beside)
    named: dict[str, Any] = {"alg": key.algorithm.value, "kid": method}
    if securing is Securing.JWS:
        return jws.signing_input(named, msgspec.json.encode(draft.document))
    return jws.signing_input({**named, "typ": "JWT"}, msgspec.json.encode(vc_jwt.claims(draft.document)))


def proof_options(method: str, at: dt.datetime) -> dict[str, Any]:
    """A proof of ours that lacks only its ``proofValue``; ``created`` is ``at`` to the second."""
    return data_integrity.proof_options(
        cryptosuite=EddsaRdfc2022.name, verification_method=method, created=at.replace(microsecond=0)
    )


async def sealed(intent: Intent, signer: Signer) -> bytes:
    """Sign what was committed.

    Raises:
        KeyMissing: The key is gone or revoked.
        Unavailable: The signer did not answer.
    """
    if intent.securing is Securing.HOSTED:
        return intent.unsigned
    if intent.securing is Securing.DATA_INTEGRITY:
        return await _with_proof(intent, signer)
    if intent.securing is Securing.SD_JWT:
        signature = await signer.sign(intent.key, sd_jwt.signing_input(intent.unsigned))
        return sd_jwt.sealed(intent.unsigned, signature).encode()
    signature = await signer.sign(intent.key, intent.unsigned)
    if intent.securing is Securing.JADES:
        return await asyncio.to_thread(jades.assembled, intent.unsigned, signature)
    return jws.compact(intent.unsigned, signature).encode()


async def _with_proof(intent: Intent, signer: Signer) -> bytes:
    return await with_proof(msgspec.json.decode(intent.unsigned), intent.key, signer)


async def with_proof(document: dict[str, Any], key_id: str, signer: Signer) -> bytes:
    """Sign a document of ours whose one proof lacks only its ``proofValue``."""
    unproved, options = _parted(document)
    hashed = await asyncio.to_thread(data_integrity.hash_data, unproved, options)
    signature = await signer.sign(key_id, hashed)
    return msgspec.json.encode(data_integrity.attach(unproved, options, signature))


def tried(made: bytes, securing: Securing) -> None:
    """Return when what was drafted can be signed in this way, before anything of it is promised.

    Raises:
        NotWritable: It is so large, or of such a kind, that it has no canonical form within the bounds.
    """
    if securing is not Securing.DATA_INTEGRITY:
        return
    try:
        data_integrity.hash_data(*_parted(msgspec.json.decode(made)))
    except (NotCanonicalisable, BudgetExceeded) as error:
        reason = f"cannot be signed with data-integrity: {error.reason}"
        raise NotWritable(
            reason,
            pointer=error.pointer,
            fix="Say it in terms that its contexts define, and in fewer words; securing=vc-jwt, where that can be "
            "chosen, signs the bytes.",
        ) from error


def rehearsal(made: bytes, securing: Securing) -> bytes:
    """What sealing will give, with room for a signature but none in it.

    Args:
        made: As `Intent.unsigned` has it.
    """
    if securing is Securing.JADES:
        return jades.assembled(made, bytes(_SIGNATURE_ROOM))
    if securing is Securing.SD_JWT:
        return sd_jwt.sealed(made, bytes(_SIGNATURE_ROOM)).encode()
    if securing in (Securing.VC_JWT, Securing.JWS):
        return jws.compact(made, bytes(_SIGNATURE_ROOM)).encode()
    return made


def _parted(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document, and its one proof."""
    [options] = document["proof"]
    return {name: value for name, value in document.items() if name != "proof"}, options


async def token(header: dict[str, Any], claims: dict[str, Any], key: PublicKey, signer: Signer) -> str:
    """Sign claims of ours that are no credential (a receipt) as a compact JWS."""
    signing_input = jws.signing_input({"alg": key.algorithm.value, **header}, msgspec.json.encode(claims))
    return jws.compact(signing_input, await signer.sign(key.id, signing_input))


def certificate_of(intent: Intent) -> bytes:
    """The certificate, DER, that a sealed form was signed with."""
    header = msgspec.json.decode(base64url.decode(intent.unsigned.partition(b".")[0].decode()))
    return b64decode(header["x5c"][0])


def document_of(intent: Intent) -> dict[str, Any]:
    """The credential or Assertion of a form as JSON: what was committed before signing."""
    if intent.securing is Securing.JADES:
        return dict(msgspec.json.decode(jades.payload_of(intent.unsigned)))
    if intent.securing is Securing.SD_JWT:
        return sd_jwt.whole(intent.unsigned)
    if intent.securing in (Securing.VC_JWT, Securing.JWS):
        payload = intent.unsigned.partition(b".")[2]
        return dict(msgspec.json.decode(base64url.decode(payload.decode())))
    return dict(msgspec.json.decode(intent.unsigned))
