"""The one seam between JSON-LD and everything else: a document in, canonical N-Quads and what they leave out.

All that depends on a JSON-LD processor stands behind ``canonical_nquads``; whatever it cannot do exactly as
every other implementation does, it refuses.

Sources: JSON-LD 1.1, RDFC-1.0, VC Data Integrity 1.0 section 4.6.
"""

from typing import Any, Literal

import msgspec

from gateway.proofs import expansion_apart, keyscan
from gateway.proofs.budget import DEFAULT, Allowance, Budget, measure
from gateway.proofs.contexts import NEWEST, ContextChoice
from gateway.proofs.errors import BudgetExceeded, ContextUnknown, NotCanonicalisable
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.plans import NotCompiled
from gateway.proofs.rdfc import HashName, Quad, canonicalise
from gateway.proofs.walk import walk

Path = Literal["compiled", "general"]
"""How JSON-LD becomes quads: by plans compiled from the contexts, or by pyld in a process of its own.

Both say the same of every document, but for the time it takes them.
"""


class Canonical(msgspec.Struct, frozen=True):
    """The canonical form of a document.

    Attributes:
        nquads: What is hashed and signed: UTF-8, a line a quad, sorted.
        findings: What the document says beyond that, under the very contexts used, in the order of their pointers.
            With any finding the JSON is not what was signed, and nothing may be converted from it.
        path: How it was made.
    """

    nquads: bytes
    findings: tuple[Finding, ...]
    path: Path


def canonical_nquads(
    document: dict[str, Any],
    *,
    contexts: ContextChoice = NEWEST,
    budget: Budget = DEFAULT,
    hash_name: HashName = "sha256",
    allowance: Allowance | None = None,
    path: Path = "compiled",
) -> Canonical:
    """Return the canonical N-Quads of a JSON-LD document.

    Args:
        document: Parsed JSON, an object; not changed.
        contexts: The body behind each context URL. None is ever fetched.
        budget: How much work it may cost.
        hash_name: The hash inside RDFC-1.0, as the cryptosuite says.
        allowance: What all canonicalisations of this verification may cost together.
        path: "general" asks for pyld; "compiled" is left for it where no plan is exact, and ``Canonical.path`` says so.

    Raises:
        ContextUnknown: It names a context that ``contexts`` does not hold.
        NotCanonicalisable: It has no canonical form that all implementations share.
        BudgetExceeded: It is too large or too knotted, or the allowance is used up.
    """
    allowance = allowance or Allowance()
    try:
        quads = _compiled(document, contexts, budget) if path == "compiled" else None
        allowance.spend(values=measure(document, budget) if quads is None else quads.values)
        quads = quads or _general(document, contexts)
        canonicalised = canonicalise(quads.quads, hash_name=hash_name, budget=budget)
        allowance.spend(steps=canonicalised.steps)
        return Canonical(canonicalised.nquads, tuple(sorted(quads.findings, key=_place)), quads.path)
    except BudgetExceeded:
        allowance.exhaust()
        raise


class Rdf(msgspec.Struct, frozen=True):
    """A document as RDF, before canonicalisation; blank nodes are named as they came.

    Attributes:
        findings: As ``Canonical.findings``, unordered.
        values: JSON values, 0 where nobody counted.
    """

    quads: list[Quad]
    findings: tuple[Finding, ...]
    path: Path
    values: int = 0

    @property
    def ntriples(self) -> str:
        """The default graph as N-Triples."""
        return "".join(f"{about} {predicate} {value} .\n" for about, predicate, value, graph in self.quads if not graph)


def rdf(document: dict[str, Any], *, contexts: ContextChoice = NEWEST, budget: Budget = DEFAULT) -> Rdf:
    """Return a JSON-LD document as RDF, where nothing is signed over it.

    Raises:
        ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical_nquads``.
    """
    made = _compiled(document, contexts, budget)
    if made is None:
        measure(document, budget)
        made = _general(document, contexts)
    return made


class Canonicals:
    """The canonical forms of one document: each is made once, however many proofs ask for it.

    Args:
        document: Not to be changed meanwhile.
        budget: For each.
        allowance: For all together.
    """

    def __init__(self, document: dict[str, Any], budget: Budget = DEFAULT, allowance: Allowance | None = None) -> None:
        self.document = document
        self.allowance = allowance or Allowance()
        self._budget = budget
        self._made: dict[tuple[ContextChoice, HashName], Canonical | ContextUnknown | NotCanonicalisable] = {}

    def __call__(self, contexts: ContextChoice, hash_name: HashName) -> Canonical:
        """Return one form.

        Raises:
            ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical_nquads``.
        """
        if (contexts, hash_name) not in self._made:
            self._made[contexts, hash_name] = self._attempt(contexts, hash_name)
        made = self._made[contexts, hash_name]
        if isinstance(made, Canonical):
            return made
        raise made

    def _attempt(self, contexts: ContextChoice, hash_name: HashName) -> Canonical | ContextUnknown | NotCanonicalisable:
        try:
            return canonical_nquads(
                self.document,
                contexts=contexts,
                budget=self._budget,
                hash_name=hash_name,
                allowance=self.allowance,
            )
        except (ContextUnknown, NotCanonicalisable) as error:
            return error


def _compiled(document: dict[str, Any], contexts: ContextChoice, budget: Budget) -> Rdf | None:
    try:
        walked = walk(document, contexts, budget)
    except NotCompiled:
        return None
    return Rdf(walked.quads, walked.findings, "compiled", walked.values)


def _general(document: dict[str, Any], contexts: ContextChoice) -> Rdf:
    found = keyscan.scan(document, contexts)
    quads, lost = expansion_apart.quads(document, contexts)
    if not quads:
        raise NotCanonicalisable(
            Finding(Kind.STRUCTURE, "", "nothing in the document has a meaning that could be signed"),
            *found,
            *lost,
        )
    return Rdf(quads, (*found, *lost), "general")


def _place(finding: Finding) -> tuple[str, str, str]:
    return finding.pointer, finding.kind, finding.detail
