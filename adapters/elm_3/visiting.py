"""Every node of a credential in the order of the document, with what the member it stands under expects of it."""

from collections.abc import Iterator, Mapping
from typing import Any  # Any: decoded JSON of whatever form

import msgspec

from adapters.elm_3.application_profile import Row, classes, terms
from adapters.elm_3.vocabulary import CREDENTIAL, listed

_APART = frozenset({"@context", "credentialStatus", "termsOfUse", "proof"})
"""Members whose values are of no class of the application profile."""

ROOT = Row(1, 1, "node", classes=(CREDENTIAL,))
NOTHING = Row(0, None, "node")
"""What a member expects that no class of its node names."""


class Visit(msgspec.Struct, frozen=True):
    """A node where it stands.

    Attributes:
        row: Of the member that it stands under.
        types: The classes of the application profile that it says it is of.
        rows: What these classes hold; where it names none, what the one class holds that is expected.
    """

    pointer: str
    node: dict[str, Any]
    row: Row
    types: tuple[str, ...]
    rows: Mapping[str, Row]


def known_types(node: dict[str, Any]) -> tuple[str, ...]:
    """The classes of the application profile among the types of a node."""
    every = classes()
    return tuple(name for name in listed(node.get("type")) if isinstance(name, str) and name in every)


def rows(names: tuple[str, ...]) -> Mapping[str, Row]:
    """What classes hold together."""
    if len(names) == 1:
        return classes()[names[0]]
    return {member: row for name in names for member, row in classes()[name].items()}


def visits(document: dict[str, Any]) -> Iterator[Visit]:
    """Yield the document and every node under a member that JSON-LD keeps, however deep."""
    left = [_visit("", document, ROOT)]
    while left:
        visit = left.pop()
        yield visit
        left += reversed([*_below(visit)])


def _visit(pointer: str, node: dict[str, Any], row: Row) -> Visit:
    types = known_types(node)
    return Visit(pointer, node, row, types, rows(types or (row.classes if len(row.classes) == 1 else ())))


def _below(visit: Visit) -> Iterator[Visit]:
    held, every = visit.rows, terms()
    for member, value in visit.node.items():
        if not isinstance(value, dict | list) or member in _APART or every.get(member) != "node":
            continue
        row, at = held.get(member, NOTHING), f"{visit.pointer}/{member}"
        if isinstance(value, dict):
            yield _visit(at, value, row)
            continue
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield _visit(f"{at}/{index}", item, row)
