"""RDF Dataset Canonicalization (RDFC-1.0): the same bytes for a graph, whatever its blank nodes are called.

A quad is four terms in canonical N-Quads syntax, so that hashing and sorting need no further conversion.
Graphs that would take exponential work are refused (section 7.1 of the recommendation asks for it).

BUG: of the recommendation, not of this module: where two blank nodes are graph names and look alike from every side,
the n-degree hash does not say whether a node was the graph or the object of a quad, and the order of the input decides
(three quads are enough; pyld and Oxigraph do the same). Proof graphs of credentials are not of that shape.

Source: W3C Recommendation RDF Dataset Canonicalization, 21 May 2024; docstrings give its algorithms' numbers.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec

from gateway.proofs.budget import DEFAULT, Budget
from gateway.proofs.errors import BudgetExceeded

Quad = tuple[str, str, str, str]
"""Subject, predicate, object, graph name in canonical N-Quads; ``""`` is the default graph."""

HashName = Literal["sha256", "sha384"]

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"

_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {ord(name): f"\\{letter}" for name, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | _ESCAPES


def literal(value: str, *, datatype: str = XSD_STRING, language: str = "") -> str:
    """Return a literal in canonical N-Quads: control characters escaped, ``xsd:string`` left out (5)."""
    text = value.translate(_ESCAPES) if _ESCAPED.search(value) else value
    if language:
        return f'"{text}"@{language}'
    return f'"{text}"' if datatype == XSD_STRING else f'"{text}"^^<{datatype}>'


def is_blank(term: str) -> bool:
    """Say whether a term is a blank node."""
    return term.startswith("_:")


class Canonicalised(msgspec.Struct, frozen=True):
    """The canonical form.

    Attributes:
        nquads: UTF-8, one line a quad, sorted by code point, each line ended by LF.
        labels: Blank node as it came in -> canonical one, both with ``_:``.
        steps: What it cost, as ``Budget.steps``.
    """

    nquads: bytes
    labels: dict[str, str]
    steps: int


def canonicalise(quads: Iterable[Quad], *, hash_name: HashName = "sha256", budget: Budget = DEFAULT) -> Canonicalised:
    """Canonicalise a dataset.

    Raises:
        BudgetExceeded: Too many quads or blank nodes, or too much work to tell the blank nodes apart.
    """
    dataset = dict.fromkeys(quads)
    _bound("quads", len(dataset), budget.quads)
    labelling = _Labelling(dataset, hash_name, budget)
    labels = labelling.canonical()
    lines = sorted(_line(tuple(labels.get(term, term) for term in quad)) for quad in dataset)
    return Canonicalised("".join(lines).encode(), labels, labelling.steps)


class _Labelling:
    """One run: the canonicalization state of section 4.2, and the work done so far."""

    def __init__(self, dataset: Iterable[Quad], hash_name: HashName, budget: Budget) -> None:
        self._hash: Callable[[str], str] = lambda text: hashlib.new(hash_name, text.encode()).hexdigest()
        self._budget = budget
        self.steps = 0
        self._quads: dict[str, list[Quad]] = {}
        for quad in dataset:
            for blank in dict.fromkeys(filter(is_blank, quad)):
                self._quads.setdefault(blank, []).append(quad)
        _bound("blank nodes", len(self._quads), budget.blank_nodes)
        self._first = {blank: self._first_degree(blank) for blank in self._quads}
        self._canonical: dict[str, str] = {}

    def canonical(self) -> dict[str, str]:
        """Label every blank node (4.4.3)."""
        by_hash: dict[str, list[str]] = {}
        for blank, digest in self._first.items():
            by_hash.setdefault(digest, []).append(blank)
        alike = []
        for _, blanks in sorted(by_hash.items()):
            if len(blanks) == 1:
                self._issue(blanks[0])
            else:
                alike.append(blanks)
        for blanks in alike:
            paths = [self._n_degree(b, {b: "_:b0"}, 0) for b in blanks if b not in self._canonical]
            for _, issued in sorted(paths, key=lambda path: path[0]):
                for blank in issued:
                    self._issue(blank)
        return self._canonical

    def _issue(self, blank: str) -> None:
        self._canonical.setdefault(blank, f"_:c14n{len(self._canonical)}")

    def _first_degree(self, blank: str) -> str:
        """Hash the quads of a blank node with all blank nodes made nameless (4.6.3)."""
        lines = [
            _line(tuple(("_:a" if term == blank else "_:z") if is_blank(term) else term for term in quad))
            for quad in self._quads[blank]
        ]
        return self._hash("".join(sorted(lines)))

    def _related(self, related: str, predicate: str, issued: dict[str, str], position: str) -> str:
        """Hash how a blank node is related to another (4.7.3)."""
        name = self._canonical.get(related) or issued.get(related) or self._first[related]
        return self._hash(position + ("" if position == "g" else predicate) + name)

    def _n_degree(self, blank: str, issued: dict[str, str], nesting: int) -> tuple[str, dict[str, str]]:
        """Hash a blank node by its paths to others (4.8.3); ``issued`` is not changed but returned longer."""
        _bound("levels of blank nodes that look alike", nesting, self._budget.nesting)
        neighbours: dict[str, list[str]] = {}
        for quad in self._quads[blank]:
            self._work(1)
            for term, position in ((quad[0], "s"), (quad[2], "o"), (quad[3], "g")):
                if is_blank(term) and term != blank:
                    digest = self._related(term, quad[1], issued, position)
                    neighbours.setdefault(digest, []).append(term)
        data = []
        for digest, alike in sorted(neighbours.items()):
            chosen, issued = self._shortest(alike, issued, nesting)
            data += [digest, chosen]
        return self._hash("".join(data)), issued

    def _shortest(self, alike: list[str], issued: dict[str, str], nesting: int) -> tuple[str, dict[str, str]]:
        """Try the blank nodes in every order; return the least path and what was issued on it (4.8.3, 5)."""
        chosen, chosen_issued = "", issued
        for order in _orders(alike):
            self._work(len(order))
            found = self._path(order, dict(issued), chosen, nesting)
            if found is not None and (not chosen or found[0] < chosen):
                chosen, chosen_issued = found
        return chosen, chosen_issued

    def _path(
        self, order: list[str], issued: dict[str, str], chosen: str, nesting: int
    ) -> tuple[str, dict[str, str]] | None:
        """Walk one order; None as soon as it cannot be less than ``chosen``."""
        path = ""
        unknown = []
        for blank in order:
            if blank in self._canonical:
                path += self._canonical[blank]
                continue
            if blank not in issued:
                unknown.append(blank)
            path += issued.setdefault(blank, f"_:b{len(issued)}")
        if chosen and len(path) >= len(chosen) and path > chosen:
            return None
        for blank in unknown:
            digest, deeper = self._n_degree(blank, issued, nesting + 1)
            path += f"{issued[blank]}<{digest}>"
            issued = deeper
            if chosen and len(path) >= len(chosen) and path > chosen:
                return None
        return path, issued

    def _work(self, steps: int) -> None:
        self.steps += steps
        _bound("steps to tell its blank nodes apart", self.steps, self._budget.steps)


def _line(quad: tuple[str, ...]) -> str:
    subject, predicate, obj, graph = quad
    return f"{subject} {predicate} {obj} {graph} .\n" if graph else f"{subject} {predicate} {obj} .\n"


def _orders(items: list[str]) -> Iterator[list[str]]:
    """Yield each different order once, in lexicographic order (Narayana): equal items make many the same."""
    order = sorted(items)
    while True:
        yield order
        pivot = len(order) - 2
        while pivot >= 0 and order[pivot] >= order[pivot + 1]:
            pivot -= 1
        if pivot < 0:
            return
        successor = len(order) - 1
        while order[successor] <= order[pivot]:
            successor -= 1
        order = order[:]
        order[pivot], order[successor] = order[successor], order[pivot]
        order[pivot + 1 :] = reversed(order[pivot + 1 :])


def _bound(name: str, used: int, allowed: int) -> None:
    if used > allowed:
        raise BudgetExceeded(f"more than {allowed} {name}")
