"""What every suite over RDF hashes: the proof configuration and the document, each as canonical N-Quads.

Sources: VC-DI-EdDSA 1.0 sections 3.2.3 to 3.2.5; VC-DI-ECDSA 1.0 sections 3.2.3 to 3.2.5, which differ in the hash.
"""

import hashlib
from typing import Any

from gateway.proofs.budget import OF_PROOF
from gateway.proofs.canonical import Canonical, Canonicals, canonical_nquads
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import Covered, Hashed
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.rdfc import HashName


def rdf_hashed(
    document: Canonicals, proof: dict[str, Any], contexts: ContextChoice, hash_name: HashName = "sha256"
) -> Hashed:
    """Return the hash of the proof configuration and the hash of the document, and what both leave open.

    Args:
        document: What is secured.
        proof: With or without its value.
        contexts: The body behind each context URL.
        hash_name: Inside RDFC-1.0, and of both forms.

    Raises:
        ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical.canonical_nquads``.
    """
    config = proof_configuration(document, proof, contexts, hash_name)
    body = document(contexts, hash_name)
    data = hashlib.new(hash_name, config.nquads).digest() + hashlib.new(hash_name, body.nquads).digest()
    general = "general" in (config.path, body.path)
    covered = Covered(body.findings, proof_findings(proof, config), "general" if general else "compiled")
    return Hashed(data, covered)


def proof_configuration(
    document: Canonicals, proof: dict[str, Any], contexts: ContextChoice, hash_name: HashName = "sha256"
) -> Canonical:
    """Return the canonical form of a proof without its value, read under the document's contexts (3.2.5 step 4).

    Raises:
        ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical.canonical_nquads``.
    """
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    return canonical_nquads(
        {**options, "@context": document.document.get("@context")},
        contexts=contexts,
        budget=OF_PROOF,
        hash_name=hash_name,
        allowance=document.allowance.share(OF_PROOF),
    )


def proof_findings(proof: dict[str, Any], config: Canonical) -> tuple[Finding, ...]:
    """Return what a proof says beyond its canonical form; pointers into the proof."""
    found = [Finding(Kind.NESTED_CONTEXT, "/@context", "the document's contexts are used")] * ("@context" in proof)
    # The configuration has the document's contexts, whose order the document's own findings judge.
    return (*found, *(finding for finding in config.findings if finding.pointer != "/@context"))
