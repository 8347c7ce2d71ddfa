"""The cryptosuite ecdsa-rdfc-2019: RDF canonicalised and hashed, signed with ECDSA; the curve decides the hash.

Source: W3C Data Integrity ECDSA Cryptosuites v1.0 section 3.2.
"""

from typing import Any, Final

from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import DATA_INTEGRITY_PROOF, Covered
from gateway.proofs.raw_signatures import ecdsa_hash, verify_ecdsa
from gateway.proofs.rdf_hashing import rdf_hashed
from gateway.proofs.signatures import PublicKey


class EcdsaRdfc2019:
    """Implements ``cryptosuite.Cryptosuite``."""

    name: Final = "ecdsa-rdfc-2019"
    proof_type: Final = DATA_INTEGRITY_PROOF

    def verify(self, document: Canonicals, proof: dict[str, Any], key: PublicKey, contexts: ContextChoice) -> Covered:
        """Verify a signature in base58btc (3.2.2); the hash is inside RDFC-1.0 too."""
        hashed = rdf_hashed(document, proof, contexts, ecdsa_hash(key))
        verify_ecdsa(key, hashed.data, proof["proofValue"])
        return hashed.covered
