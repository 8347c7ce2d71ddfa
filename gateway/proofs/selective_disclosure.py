"""Statements that are signed one by one: blank nodes under lasting names, and what a list of JSON Pointers selects.

A canonical label (``_:c14n0``) depends on all of the document, so it changes when a part is left out; for selective
disclosure each blank node gets a name that does not. To find out which statements a part of the document makes, its
blank nodes must keep their identity in both: they are given IRIs for the time being (skolemisation).

Here that is done on the JSON as it came in, and not, as the specification does it, on what expansion and compaction
make of it. The outcome is the same wherever there is one: the skolemised document must have exactly the canonical
form of the document itself, or nothing is said of the proof; and pointers are followed through arrays of one value
with an index and without, because compaction takes some such arrays away and adds others.

Source: W3C Data Integrity ECDSA Cryptosuites v1.0 section 3.4, whose algorithms the docstrings name.
"""

import hashlib
import hmac
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from gateway.proofs import base64url
from gateway.proofs.budget import DEFAULT
from gateway.proofs.canonical import Canonicals, canonical_nquads
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.errors import ProofError, ProofUnsupported
from gateway.proofs.rdfc import Quad, canonicalise

_TERM = r'<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@\S+)?'
_LINE: Final = re.compile(rf"({_TERM}) (<[^>]*>) ({_TERM})(?: (<[^>]*>|_:\S+))? \.")
_CANONICAL: Final = "_:c14n"

_Selection = dict[str, "_Selection"] | None
"""Tokens of pointers and what follows them; None selects all from there on."""


def hmac_labels(key: bytes, blank_nodes: int) -> dict[int, bytes]:
    """Return n of ``_:c14n{n}`` -> its HMAC-SHA256 (createHmacIdLabelMapFunction)."""
    return {n: hmac.digest(key, f"c14n{n}".encode(), "sha256") for n in range(blank_nodes)}


def blank_nodes(nquads: bytes) -> int:
    """Return how many blank nodes a canonical form has; their labels are counted from 0."""
    return len({term for quad in _quads(nquads) for term in quad if term.startswith(_CANONICAL)})


def statements(nquads: bytes, labels: Mapping[int, bytes]) -> list[str]:
    """Return the lines of a canonical form under lasting names, sorted anew (labelReplacementCanonicalizeNQuads).

    Args:
        nquads: As RDFC-1.0 gives them.
        labels: n of each ``_:c14n{n}`` -> 32 bytes, written as multibase base64url.

    Raises:
        ProofError: A blank node has no name, or two have the same: what was signed of one could be said of two.
    """
    if set(labels) != set(range(blank_nodes(nquads))):
        raise ProofError("the label map does not name the blank nodes of the document", pointer="/proofValue")
    if len(set(labels.values())) != len(labels):
        raise ProofError("the label map gives two blank nodes one name", pointer="/proofValue")
    names = {f"{_CANONICAL}{n}": f"_:u{base64url.encode(label)}" for n, label in labels.items()}
    return sorted(_line(quad, names) for quad in _quads(nquads))


def selected(document: Canonicals, contexts: ContextChoice, pointers: tuple[str, ...], key: bytes) -> set[str]:
    """Return the statements, under the names of ``hmac_labels``, that pointers select (selectCanonicalNQuads).

    Raises:
        ProofError: A pointer leads nowhere.
        ProofUnsupported: What is selected has blank nodes that no id can be lent to: graphs, lists, ids of their own.
        ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical.canonical_nquads``.
    """
    if not pointers:
        return set()
    whole = document(contexts, "sha256").nquads
    digests = hmac_labels(key, blank_nodes(whole))
    if (selection := _selection(pointers)) is None:
        return set(statements(whole, digests))
    # No document holds the hash of its own canonical form.
    prefix = f"urn:bnid:{hashlib.sha256(whole).hexdigest()}:"
    named = _skolemised(document.document, (f"{prefix}{number}" for number in itertools.count()))
    quads = [_blank(quad, prefix) for quad in _quads(_nquads(named, document, contexts))]
    canonicalised = canonicalise(quads, budget=DEFAULT)
    document.allowance.spend(steps=canonicalised.steps)
    part = [_blank(quad, prefix) for quad in _quads(_nquads(_part(named, selection), document, contexts))]
    nameless = any(term.startswith("_:") and not term.startswith(f"_:{prefix}") for quad in part for term in quad)
    if nameless or canonicalised.nquads != whole:
        raise ProofUnsupported("base proofs whose mandatory pointers lead to graphs or lists are not checked")
    names = {
        blank: f"_:u{base64url.encode(digests[int(label.removeprefix(_CANONICAL))])}"
        for blank, label in canonicalised.labels.items()
    }
    return {_line(quad, names) for quad in part}


def _nquads(part: dict[str, Any], document: Canonicals, contexts: ContextChoice) -> bytes:
    return canonical_nquads(part, contexts=contexts, allowance=document.allowance).nquads


def _quads(nquads: bytes) -> Iterator[Quad]:
    """Take canonical N-Quads apart; text that looks like a blank node stays within its literal."""
    for line in nquads.decode().split("\n")[:-1]:
        if (terms := _LINE.fullmatch(line)) is None:
            raise ValueError(f"not canonical N-Quads: {line}")
        subject, predicate, value, graph = terms.groups("")
        yield subject, predicate, value, graph


def _line(quad: Quad, names: Mapping[str, str]) -> str:
    terms = [names.get(term, term) for term in quad if term]
    return f"{' '.join(terms)} .\n"


def _blank(quad: Quad, prefix: str) -> Quad:
    """Make blank nodes of the IRIs that were only lent (deskolemizeNQuads); other urn:bnid stay what they are."""
    subject, predicate, value, graph = (f"_:{term[1:-1]}" if term.startswith(f"<{prefix}") else term for term in quad)
    return subject, predicate, value, graph


def _skolemised(value: Any, ids: Iterator[str]) -> Any:  # Any: JSON
    """Return JSON in which every object has an id (skolemizeCompactJsonLd).

    What is no node (a language map) changes its meaning by that, and shows in the canonical form.
    """
    if isinstance(value, list):
        return [_skolemised(item, ids) for item in value]
    if not isinstance(value, dict):
        return value
    named = {name: member if name == "@context" else _skolemised(member, ids) for name, member in value.items()}
    if "id" in value or any(name.startswith("@") and name != "@context" for name in value):
        return named
    return {**named, "id": next(ids)}


def _selection(pointers: tuple[str, ...]) -> _Selection:
    """Put pointers together (jsonPointerToPaths); one that ends where others go on selects all of theirs too."""
    tree: dict[str, _Selection] = {}
    for pointer in pointers:
        if pointer and not pointer.startswith("/"):
            raise ProofError(f"the mandatory pointer {pointer!r} is no JSON Pointer", pointer="/proofValue")
        tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
        if len(tokens) > DEFAULT.depth:
            raise ProofError("a mandatory pointer leads deeper than a document may be", pointer="/proofValue")
        if not tokens:
            return None
        node: _Selection = tree
        for token in tokens[:-1]:
            node = node.setdefault(token, {}) if node is not None else None
        if node is not None:
            node[tokens[-1]] = None
    return tree


def _part(value: Any, selection: _Selection) -> Any:  # Any: JSON
    """Return the part of a skolemised document that is selected, with the id and type of all above (selectJsonLd)."""
    if selection is None:
        return value
    if isinstance(value, list):
        if len(value) == 1 and "0" not in selection:
            return [_part(value[0], selection)]
        return [_part(value[_index(token, value)], selection[token]) for token in selection]
    if set(selection) == {"0"} and not (isinstance(value, dict) and "0" in value):
        return _part(value, selection["0"])
    if not isinstance(value, dict) or not value.keys() >= selection.keys():
        raise ProofError(f"a mandatory pointer leads nowhere: {next(iter(selection))}", pointer="/proofValue")
    members = {token: _part(value[token], deeper) for token, deeper in selection.items()}
    # All types stay, even where a pointer leads to one of them: without them, terms would have other meanings.
    return members | {name: value[name] for name in ("@context", "id", "type") if name in value}


_MOST_DIGITS = 9
"""Of an index; Python refuses to read more than 4,300."""


def _index(token: str, array: list[Any]) -> int:  # Any: JSON
    if len(token) > _MOST_DIGITS or not token.isdecimal() or not token.isascii() or int(token) >= len(array):
        raise ProofError(f"a mandatory pointer leads nowhere: {token}", pointer="/proofValue")
    return int(token)
