"""Proofs of did:webvh: eddsa-jcs-2022 by a did:key, over an entry of the log or over the name of a version.

They are checked apart from the proofs of credentials: no contexts come into play, and nothing but this one suite.

Sources: did:webvh v1.0, "Authorized Keys" and "The Witness Proofs File"; VC-DI-EdDSA 1.0 section 3.3.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any, Final  # Any: members of JSON objects

import rfc8785

from gateway.proofs import multikey
from gateway.proofs.errors import ProofError
from gateway.proofs.raw_signatures import verify_ed25519

_MEMBERS: Final = frozenset(
    {"id", "type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
)
_SUITE: Final = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod"}


def signer(document: Mapping[str, Any], proof: object, keys: Collection[str]) -> str:
    """Return which of the keys made a proof.

    Args:
        document: What is signed, without proofs.
        proof: As it stands in the file.
        keys: That may sign it, as Multikeys.

    Raises:
        ProofError: None did, or it is a proof of another kind.
        KeyUnusable: The key is malformed, weak or of another kind.
    """
    if not isinstance(proof, dict) or proof.keys() - _MEMBERS or not isinstance(proof.get("proofValue"), str):
        raise ProofError("has a proof with other members than those of eddsa-jcs-2022")
    if any(proof.get(name) != value for name, value in _SUITE.items()):
        raise ProofError("has a proof of another kind than eddsa-jcs-2022 for assertionMethod")
    key = next((key for key in keys if proof.get("verificationMethod") == f"did:key:{key}#{key}"), None)
    if key is None:
        raise ProofError("is signed with a key that may not sign it")
    verify_ed25519(multikey.decode(key), signed_bytes(document, proof), proof["proofValue"])
    return key


def signed_bytes(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """Return what a proof signs; its value is left out."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    return b"".join(hashlib.sha256(canonical(part)).digest() for part in (options, document))


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return JSON as RFC 8785 writes it.

    Raises:
        ProofError: It has no such form.
    """
    try:
        return rfc8785.dumps(dict(value))
    except ValueError as error:
        raise ProofError(f"has no canonical JSON: {error}") from error
