"""The cryptosuite eddsa-jcs-2022: JSON canonicalised and hashed, signed with Ed25519.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0 section 3.3.
"""

from typing import Any, Final

from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import DATA_INTEGRITY_PROOF, Covered
from gateway.proofs.jcs_hashing import jcs_hashed
from gateway.proofs.raw_signatures import verify_ed25519
from gateway.proofs.signatures import PublicKey


class EddsaJcs2022:
    """Implements ``cryptosuite.Cryptosuite``."""

    name: Final = "eddsa-jcs-2022"
    proof_type: Final = DATA_INTEGRITY_PROOF

    def verify(self, document: Canonicals, proof: dict[str, Any], key: PublicKey, contexts: ContextChoice) -> Covered:
        """Verify a signature in base58btc over two hashes of SHA-256 (3.3.2)."""
        hashed = jcs_hashed(document, proof, contexts)
        verify_ed25519(key, hashed.data, proof["proofValue"])
        return hashed.covered
