"""The suite Ed25519Signature2020, a proof type of its own from before Data Integrity; verified, never made.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0 (test vectors); its context is security/suites/ed25519-2020/v1.
"""

from typing import Any, Final

from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import Covered
from gateway.proofs.raw_signatures import verify_ed25519
from gateway.proofs.rdf_hashing import rdf_hashed
from gateway.proofs.signatures import PublicKey


class Ed25519Signature2020:
    """Implements ``cryptosuite.Cryptosuite``."""

    name: Final = "Ed25519Signature2020"
    proof_type: Final = "Ed25519Signature2020"

    def verify(self, document: Canonicals, proof: dict[str, Any], key: PublicKey, contexts: ContextChoice) -> Covered:
        """Verify a signature in base58btc; the proof is read under the contexts of the document, which name its own."""
        hashed = rdf_hashed(document, proof, contexts)
        verify_ed25519(key, hashed.data, proof["proofValue"])
        return hashed.covered
