"""What goes wrong with a proof, a key, a context or a status list.

None of them has a code, for none gets as far as a caller: a check of a report is made of it, or a refusal that has one.
"""

from gateway.errors import GatewayError
from gateway.proofs.findings import Finding


class ProofError(GatewayError):
    """The proof is malformed, or the signature is not of these bytes by this key."""


class ProofUnsupported(GatewayError):
    """A kind of proof that is not checked here: nothing is known about it, neither good nor bad."""


class KeyUnusable(GatewayError):
    """A key that is malformed, too weak, private, or of a kind that is not used here."""


class CertificateUnusable(GatewayError):
    """A certificate, or a file of them with its key, that cannot be read or is of a kind that is not used here."""


class ContextUnknown(GatewayError):
    """A JSON-LD context that is not pinned; it is never fetched.

    Attributes:
        url: The context's address as the document gives it.
    """

    def __init__(self, url: str, *, pointer: str = "") -> None:
        super().__init__(
            f"the context {url} is not one of the pinned ones",
            pointer=pointer,
            fix="Use the published contexts of the credential's specification.",
        )
        self.url = url


class NotCanonicalisable(GatewayError):
    """The document has no canonical form that all implementations share: its signature says nothing.

    Attributes:
        findings: Why, at least one.
    """

    def __init__(self, *findings: Finding) -> None:
        first = findings[0]
        super().__init__(f"{first.kind}: {first.detail}", pointer=first.pointer)
        self.findings = findings


class BudgetExceeded(GatewayError):
    """Canonicalising this document would cost more work than one document may."""


class StatusListError(GatewayError):
    """A status list that cannot be relied on.

    Attributes:
        w3c: The error's name in Bitstring Status List v1.0.
    """

    w3c = "MALFORMED_VALUE_ERROR"


class StatusListTooShort(StatusListError):
    """Fewer than 131,072 entries: its holders would not be hidden in the crowd."""

    w3c = "STATUS_LIST_LENGTH_ERROR"


class StatusIndexOutOfRange(StatusListError):
    """The list has no such entry."""

    w3c = "RANGE_ERROR"


class StatusListUnreachable(StatusListError):
    """The status list could not be had."""

    w3c = "STATUS_RETRIEVAL_ERROR"


class StatusListUnproven(StatusListError):
    """The status list is not proven to be the one that was named, of the issuer, for the purpose and for now."""

    w3c = "STATUS_VERIFICATION_ERROR"
