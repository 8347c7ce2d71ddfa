"""What a Data Integrity cryptosuite provides: a class in its own file, listed in ``data_integrity.SUITES``.

Source: VC Data Integrity 1.0 section 3.
"""

from typing import Any, Protocol

import msgspec

from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.findings import Finding
from gateway.proofs.signatures import PublicKey


class Hashed(msgspec.Struct, frozen=True):
    """The bytes that a suite signs.

    Attributes:
        data: Hash of the proof configuration, then hash of the document.
        document_findings: What the document says beyond what ``data`` covers; pointers into the document.
        proof_findings: Likewise for the proof; pointers into the proof.
    """

    data: bytes
    document_findings: tuple[Finding, ...] = ()
    proof_findings: tuple[Finding, ...] = ()


class Cryptosuite(Protocol):
    """One cryptosuite; without state."""

    @property
    def name(self) -> str:
        """The value of ``cryptosuite`` in a proof."""

    def hash_data(self, document: Canonicals, options: dict[str, Any], contexts: ContextChoice) -> Hashed:
        """Transform and hash (section 4.2, steps 3 to 5).

        Args:
            document: Without proofs.
            options: The proof without ``proofValue``.
            contexts: The body behind each context URL.

        Raises:
            ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical.canonical_nquads``.
        """

    def verify(self, key: PublicKey, data: bytes, proof_value: str) -> None:
        """Return when ``proof_value`` is a signature of ``data`` by ``key``.

        Raises:
            ProofError: It is not, or the key is not of the suite's kind.
        """

    def proof_value(self, signature: bytes) -> str:
        """Return a raw signature as ``proofValue``."""
