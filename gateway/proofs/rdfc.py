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
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, Protocol

import msgspec

from gateway.proofs.budget import DEFAULT, Budget
from gateway.proofs.errors import BudgetExceeded

Quad = tuple[str, str, str, str]
"""Subject, predicate, object, graph name in canonical N-Quads; ``""`` is the default graph."""

HashName = Literal["sha256", "sha384"]

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"

_STEPS_A_LOOK = 64
"""Between two looks at the clock, which costs about as much as one step."""


class _Digest(Protocol):
    def hexdigest(self) -> str: ...


_Hash = Callable[[bytes], _Digest]

_HASHES: Mapping[HashName, _Hash] = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}

_PIECE = 100_000
"""Characters; a millisecond's work or a few."""

_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_RARE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPES = {ord(name): f"\\{letter}" for name, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | _ESCAPES


def literal(value: str, *, datatype: str = XSD_STRING, language: str = "") -> str:
    """Return a literal in canonical N-Quads: control characters escaped, ``xsd:string`` left out (5)."""
    text = _escaped(value) if _ESCAPED.search(value) else value
    if language:
        return f'"{text}"@{language}'
    return f'"{text}"' if datatype == XSD_STRING else f'"{text}"^^<{datatype}>'


def _escaped(value: str) -> str:
    if len(value) <= _PIECE:
        return _escaped_piece(value)
    # Piece by piece: in between, the interpreter lets other threads run.
    pieces = (value[start : start + _PIECE] for start in range(0, len(value), _PIECE))
    return "".join(map(_escaped_piece, pieces))


def _escaped_piece(value: str) -> str:
    if _RARE.search(value):
        return value.translate(_ESCAPES)
    # What texts of people hold is replaced twenty times faster than every character is looked up.
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\r", r"\r").replace("\t", r"\t")


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
        BudgetExceeded: Too many quads or blank nodes, too long a form, or too much work to tell the blank nodes apart.
    """
    dataset = _Dataset(quads, budget)
    labelling = _Labelling(dataset, _HASHES[hash_name], budget)
    labels = labelling.canonical()
    lines = list(dataset.ground)
    for blank, rests in dataset.subjects.items():
        label = labels[blank]
        lines += [label + rest for rest in rests]
    known = labels.get
    lines += [_line(known(s, s), p, known(o, o), known(g, g)) for s, p, o, g in dataset.links]
    lines.sort()
    return Canonicalised("".join(lines).encode(), labels, labelling.steps)


class _Dataset:
    """The quads, each once, sorted by how much of RDFC-1.0 they need; one with a blank node is of one kind alone.

    Attributes:
        ground: Lines without blank nodes.
        subjects: Blank node -> what follows it on the lines whose only blank node is their subject.
        links: All others. Only they tell one blank node of another.
    """

    def __init__(self, quads: Iterable[Quad], budget: Budget) -> None:
        self.ground: set[str] = set()
        self.subjects: dict[str, set[str]] = {}
        self.links: dict[Quad, None] = {}
        ground, characters = self.ground.add, 0
        for s, p, o, g in quads:
            # Among terms only blank nodes are not below "_": IRIs begin with "<", literals with a quotation mark.
            if o > "_" or g > "_":
                line = _line(s, p, o, g)
                self.links[s, p, o, g] = None
            elif s > "_":
                line = f" {p} {o} {g} .\n" if g else f" {p} {o} .\n"
                try:
                    self.subjects[s].add(line)
                except KeyError:
                    self.subjects[s] = {line}
            else:
                line = f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n"
                ground(line)
            characters += len(line)
            if characters > budget.nquads:
                raise BudgetExceeded(f"more than {budget.nquads} characters of N-Quads")
        distinct = len(self.ground) + sum(map(len, self.subjects.values())) + len(self.links)
        _bound("quads", distinct, budget.quads)


class _Labelling:
    """One run: the canonicalization state of section 4.2, and the work done so far."""

    def __init__(self, dataset: _Dataset, hashed: _Hash, budget: Budget) -> None:
        self._hashed = hashed
        self._budget = budget
        self.steps = 0
        self._look = 0
        self._until_s = 0.0
        self._links: dict[str, list[Quad]] = {}
        for quad in dataset.links:
            for blank in dict.fromkeys((quad[0], quad[2], quad[3])):
                if blank > "_":
                    self._links.setdefault(blank, []).append(quad)
        blanks = {**dataset.subjects, **self._links}
        _bound("blank nodes", len(blanks), budget.blank_nodes)
        self._first = {
            blank: self._first_degree(blank, dataset.subjects.get(blank, ()), self._links.get(blank, ()))
            for blank in blanks
        }
        self._canonical: dict[str, str] = {}

    def canonical(self) -> dict[str, str]:
        """Label every blank node (4.4.3)."""
        by_hash: dict[str, list[str]] = {}
        for blank, digest in self._first.items():
            by_hash.setdefault(digest, []).append(blank)
        alike = []
        for digest in sorted(by_hash):
            blanks = by_hash[digest]
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
        if blank not in self._canonical:
            self._canonical[blank] = f"_:c14n{len(self._canonical)}"

    def _first_degree(self, blank: str, rests: Iterable[str], links: Iterable[Quad]) -> str:
        """Hash the quads of a blank node with all blank nodes made nameless (4.6.3)."""
        lines = ["_:a" + rest for rest in rests]
        for s, p, o, g in links:
            lines.append(_line(_nameless(s, blank), p, _nameless(o, blank), _nameless(g, blank)))
        lines.sort()
        return self._hashed("".join(lines).encode()).hexdigest()

    def _related(self, related: str, predicate: str, issued: dict[str, str], position: str) -> str:
        """Hash how a blank node is related to another (4.7.3)."""
        name = self._canonical.get(related) or issued.get(related) or self._first[related]
        return self._hashed((position + ("" if position == "g" else predicate) + name).encode()).hexdigest()

    def _n_degree(self, blank: str, issued: dict[str, str], nesting: int) -> tuple[str, dict[str, str]]:
        """Hash a blank node by its paths to others (4.8.3); ``issued`` is not changed but returned longer."""
        _bound("levels of blank nodes that look alike", nesting, self._budget.nesting)
        links = self._links.get(blank, ())
        self._work(1 + len(links))
        neighbours: dict[str, list[str]] = {}
        for s, p, o, g in links:
            for term, position in ((s, "s"), (o, "o"), (g, "g")):
                if term > "_" and term != blank:
                    digest = self._related(term, p, issued, position)
                    neighbours.setdefault(digest, []).append(term)
        data = []
        for digest, alike in sorted(neighbours.items()):
            chosen, issued = self._shortest(alike, issued, nesting)
            data += [digest, chosen]
        return self._hashed("".join(data).encode()).hexdigest(), issued

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
        if self.steps >= self._look:
            now_s = time.thread_time()
            self._until_s = self._until_s or now_s + self._budget.cpu_s
            if now_s > self._until_s:
                raise BudgetExceeded(f"more than {self._budget.cpu_s} seconds to tell its blank nodes apart")
            self._look = self.steps + _STEPS_A_LOOK
        self.steps += steps
        _bound("steps to tell its blank nodes apart", self.steps, self._budget.steps)


def _nameless(term: str, blank: str) -> str:
    if term < "_":
        return term
    return "_:a" if term == blank else "_:z"


def _line(subject: str, predicate: str, obj: str, graph: str) -> str:
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
