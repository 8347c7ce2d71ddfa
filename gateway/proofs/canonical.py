"""The one seam between JSON-LD and everything else: a document in, canonical N-Quads and what they leave out.

All that depends on a JSON-LD processor stands behind ``canonical_nquads``; whatever it cannot do exactly as
every other implementation does, it refuses.

Sources: JSON-LD 1.1, RDFC-1.0, VC Data Integrity 1.0 section 4.6.
"""

from typing import Any

import msgspec

from gateway.proofs import expansion, keyscan
from gateway.proofs.budget import DEFAULT, Budget, measure
from gateway.proofs.contexts import NEWEST, ContextChoice
from gateway.proofs.errors import NotCanonicalisable
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.rdfc import HashName, canonicalise


class Canonical(msgspec.Struct, frozen=True):
    """The canonical form of a document.

    Attributes:
        nquads: What is hashed and signed: UTF-8, a line a quad, sorted.
        findings: What the document says beyond that, under the very contexts used. With any finding the JSON
            is not what was signed, and nothing may be converted from it.
    """

    nquads: bytes
    findings: tuple[Finding, ...]


def canonical_nquads(
    document: dict[str, Any],
    *,
    contexts: ContextChoice = NEWEST,
    budget: Budget = DEFAULT,
    hash_name: HashName = "sha256",
) -> Canonical:
    """Return the canonical N-Quads of a JSON-LD document.

    Args:
        document: Parsed JSON, an object; not changed.
        contexts: The body behind each context URL. None is ever fetched.
        budget: How much work it may cost.
        hash_name: The hash inside RDFC-1.0, as the cryptosuite says.

    Raises:
        ContextUnknown: It names a context that ``contexts`` does not hold.
        NotCanonicalisable: It has no canonical form that all implementations share.
        BudgetExceeded: It is too large or too knotted.
    """
    measure(document, budget)
    found = keyscan.scan(document, contexts)
    quads, lost = expansion.quads(document, contexts)
    if not quads:
        raise NotCanonicalisable(
            Finding(Kind.STRUCTURE, "", "nothing in the document has a meaning that could be signed"),
            *found,
            *lost,
        )
    return Canonical(canonicalise(quads, hash_name=hash_name, budget=budget).nquads, (*found, *lost))
