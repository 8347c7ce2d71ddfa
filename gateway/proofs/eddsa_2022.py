"""The cryptosuite eddsa-2022: the name that eddsa-rdfc-2022 had in drafts; verified, never made.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, working drafts until 2023.
"""

from typing import Any, Final

from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import DATA_INTEGRITY_PROOF, Covered
from gateway.proofs.raw_signatures import verify_ed25519
from gateway.proofs.rdf_hashing import rdf_hashed
from gateway.proofs.signatures import PublicKey


class Eddsa2022:
    """Implements ``cryptosuite.Cryptosuite``."""

    name: Final = "eddsa-2022"
    proof_type: Final = DATA_INTEGRITY_PROOF

    def verify(self, document: Canonicals, proof: dict[str, Any], key: PublicKey, contexts: ContextChoice) -> Covered:
        """Verify a signature in base58btc, as eddsa-rdfc-2022."""
        hashed = rdf_hashed(document, proof, contexts)
        verify_ed25519(key, hashed.data, proof["proofValue"])
        return hashed.covered
