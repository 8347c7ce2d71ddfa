"""The cryptosuite eddsa-rdfc-2022: RDF canonicalised and hashed, signed with Ed25519.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0 section 3.2.
"""

from typing import Any, Final

from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import DATA_INTEGRITY_PROOF, Covered, Hashed
from gateway.proofs.multikey import base58btc
from gateway.proofs.raw_signatures import verify_ed25519
from gateway.proofs.rdf_hashing import rdf_hashed
from gateway.proofs.signatures import PublicKey


class EddsaRdfc2022:
    """Implements ``cryptosuite.SigningSuite``."""

    name: Final = "eddsa-rdfc-2022"
    proof_type: Final = DATA_INTEGRITY_PROOF

    def verify(self, document: Canonicals, proof: dict[str, Any], key: PublicKey, contexts: ContextChoice) -> Covered:
        """Verify a signature in base58btc (3.2.2)."""
        hashed = self.hash_data(document, proof, contexts)
        verify_ed25519(key, hashed.data, proof["proofValue"])
        return hashed.covered

    def hash_data(self, document: Canonicals, options: dict[str, Any], contexts: ContextChoice) -> Hashed:
        """Return SHA-256 of the proof configuration and SHA-256 of the document, 64 bytes (3.2.4)."""
        return rdf_hashed(document, options, contexts)

    def proof_value(self, signature: bytes) -> str:
        """Return the signature in multibase base58btc (3.2.1 step 5)."""
        return base58btc(signature)
