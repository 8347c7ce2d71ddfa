"""What a Data Integrity cryptosuite provides: a class in its own file, listed in ``data_integrity.SUITES``.

A suite verifies as a whole, because what is hashed, with what, and what that leaves uncovered is its own affair:
RDF or JSON, all of the document or what was disclosed of it.

Source: VC Data Integrity 1.0 section 3.
"""

from typing import Any, Final, Protocol

import msgspec

from gateway.proofs.canonical import Canonicals, Path
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.findings import Finding
from gateway.proofs.signatures import PublicKey

DATA_INTEGRITY_PROOF: Final = "DataIntegrityProof"
"""The ``type`` of every proof that names its suite in ``cryptosuite``."""


class Covered(msgspec.Struct, frozen=True):
    """What a right signature leaves open.

    Attributes:
        document_findings: What the document says beyond what was signed; pointers into the document given.
        proof_findings: Likewise for the proof; pointers into the proof.
        path: How RDF was made of them, "general" if either took it; None where none was made.
    """

    document_findings: tuple[Finding, ...] = ()
    proof_findings: tuple[Finding, ...] = ()
    path: Path | None = None


class Hashed(msgspec.Struct, frozen=True):
    """The bytes that are signed, and what they leave open.

    Attributes:
        data: Hash of the proof configuration, then hash of the document.
    """

    data: bytes
    covered: Covered = Covered()


class Cryptosuite(Protocol):
    """One cryptosuite; without state."""

    @property
    def name(self) -> str:
        """The value of ``cryptosuite`` in a proof; of ``type``, for a suite that has a type of its own."""

    @property
    def proof_type(self) -> str:
        """The value of ``type`` in a proof."""

    def verify(self, document: Canonicals, proof: dict[str, Any], key: PublicKey, contexts: ContextChoice) -> Covered:
        """Return when the proof is a signature of the document by the key, and say what it leaves open.

        Args:
            document: What is secured: without proofs, but for those that come before this one in a chain.
            proof: As it stands in the document; its form was checked by ``data_integrity.read``.
            key: The key that ``verificationMethod`` names, found and authorised by the caller.
            contexts: The body behind each context URL.

        Raises:
            ProofError: It is malformed or no such signature, or the key is not of the suite's kind.
            ProofUnsupported: It has a form that this suite does not check.
            ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical.canonical_nquads``.
        """


class SigningSuite(Cryptosuite, Protocol):
    """One that is signed with here."""

    def hash_data(self, document: Canonicals, options: dict[str, Any], contexts: ContextChoice) -> Hashed:
        """Transform and hash (section 4.2, steps 3 to 5).

        Args:
            document: Without proofs.
            options: The proof without ``proofValue``.
            contexts: The body behind each context URL.

        Raises:
            ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical.canonical_nquads``.
        """

    def proof_value(self, signature: bytes) -> str:
        """Return a raw signature as ``proofValue``."""
