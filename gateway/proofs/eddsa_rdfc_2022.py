"""The cryptosuite eddsa-rdfc-2022: RDF canonicalised and hashed, signed with Ed25519.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0 section 3.2.
"""

import hashlib
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gateway.proofs.budget import OF_PROOF
from gateway.proofs.canonical import Canonicals, canonical_nquads
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import Hashed
from gateway.proofs.errors import ProofError
from gateway.proofs.multikey import base58btc, decode_base58btc
from gateway.proofs.signatures import PublicKey, verify_signature

_SIGNATURE_BYTES: Final = 64


class EddsaRdfc2022:
    """Implements ``cryptosuite.Cryptosuite``."""

    name: Final = "eddsa-rdfc-2022"

    def hash_data(self, document: Canonicals, options: dict[str, Any], contexts: ContextChoice) -> Hashed:
        """Return SHA-256 of the proof configuration and SHA-256 of the document, 64 bytes (3.2.4)."""
        # 3.2.5 step 4: the proof configuration is read under the document's contexts, not under its own.
        config = {**options, "@context": document.document.get("@context")}
        proof = canonical_nquads(config, contexts=contexts, budget=OF_PROOF, allowance=document.allowance)
        body = document(contexts, "sha256")
        data = hashlib.sha256(proof.nquads).digest() + hashlib.sha256(body.nquads).digest()
        return Hashed(data, body.findings, proof.findings)

    def verify(self, key: PublicKey, data: bytes, proof_value: str) -> None:
        """Verify a signature in base58btc (3.2.2)."""
        if not isinstance(key, Ed25519PublicKey):
            raise ProofError("eddsa-rdfc-2022 is signed with an Ed25519 key")
        signature = decode_base58btc(proof_value)
        if len(signature) != _SIGNATURE_BYTES:
            raise ProofError(f"the signature is {len(signature)} bytes, not {_SIGNATURE_BYTES}")
        verify_signature(key, "Ed25519", data, signature)

    def proof_value(self, signature: bytes) -> str:
        """Return the signature in multibase base58btc (3.2.1 step 5)."""
        return base58btc(signature)
