"""What jsonld 9 gets wrong, by name: where its canonical form may differ from ours, and ours is right.

Each is told from the document itself, so that a difference without such a reason is one of ours.
"""

from collections.abc import Iterator
from typing import Any  # Any: members of JSON documents

EMPTY_GRAPH = "a graph with nothing in it (a mere reference, an empty object) is not linked to"
TWICE = "what is the same in RDF (true and 'true' of a boolean term, empty lists, JSON) becomes the same line twice"
SORTED_AS_UTF_16 = "lines are sorted by UTF-16 units, where RDFC-1.0 wants code points"


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_GRAPHS = ("<https://w3id.org/security#proof>", "<https://www.w3.org/2018/credentials#verifiableCredential>")
"""The predicates whose values are graphs of their own."""


def reasons(document: dict[str, Any], nquads: str) -> frozenset[str]:
    """Return which of these there may be in a document with this canonical form of ours."""
    return frozenset(_reasons(document, nquads))


def _reasons(document: dict[str, Any], nquads: str) -> Iterator[str]:
    members = list(_members(document))
    lines = [line.split(" ") for line in nquads.split("\n") if line]
    written = {(name, type(value), str(value).lower()) for name, value in members}
    empty_list = any(line[2] == f"<{_RDF}nil>" and line[1] != f"<{_RDF}rest>" for line in lines)
    if empty_list or f"^^<{_RDF}JSON> " in nquads or len({(name, text) for name, _, text in written}) < len(written):
        yield TWICE
    if any(one > "\uffff" for one in nquads) and any("\ue000" <= one <= "\uffff" for one in nquads):
        yield SORTED_AS_UTF_16
    named = {line[-2] for line in lines if len(line) > 4}
    if any(predicate in _GRAPHS and label not in named for _, predicate, label, *_ in lines):
        yield EMPTY_GRAPH


def _members(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every scalar with the name of the member it is a value of."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _members(member, key)
    elif isinstance(value, list):
        for item in value:
            yield from _members(item, name)
    else:
        yield name, value
