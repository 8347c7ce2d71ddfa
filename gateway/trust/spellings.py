"""Members of a served document that restrict it, whatever they are called there: what is not read must not be lost."""

from collections.abc import Iterator, Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

_SEPARATORS = ":#/"
CONTAINERS = frozenset({"@graph", "@included", "@nest", "@reverse"})
"""Members that hold others of the same node, or of further ones."""


class Member(msgspec.Struct, frozen=True):
    """A member that means one thing.

    Attributes:
        names: All its spellings that are read.
        like: How it may be called besides, in lower case: the last part of a compact or a full IRI.
    """

    names: frozenset[str]
    like: frozenset[str]


class NotUnderstood(Exception):
    """It is there, in a form that is not read."""


def member(term: str, *iris: str) -> Member:
    """Describe a term of Open Badges 2.0.

    Args:
        term: Its name; the prefix ``obi:`` and the IRI of the vocabulary are taken for granted.
        iris: Other names, in full or compact.
    """
    names = frozenset({term, f"obi:{term}", f"https://w3id.org/openbadges#{term}", *iris})
    return Member(names, frozenset(last_part(name) for name in names))


def stated(document: Mapping[str, Any], wanted: Member) -> Any:
    """Return the value of a member, None when it is nowhere; null says nothing, as in JSON-LD.

    Raises:
        NotUnderstood: It has two different values, a name that only resembles its own, stands inside a container, or a
            definition in place gives it a name of its own.
    """
    if CONTAINERS & document.keys():
        raise NotUnderstood
    values = []
    for name, value in document.items():
        if name in wanted.names:
            values.append(value)
        elif last_part(name) in wanted.like and value is not None:
            raise NotUnderstood
    for name, iri in _definitions(document.get("@context")):
        if name not in wanted.names and last_part(iri) in wanted.like and document.get(name) is not None:
            raise NotUnderstood
    values = [value for value in values if value is not None]
    if any(value != values[0] for value in values):
        raise NotUnderstood
    return values[0] if values else None


def texts(value: object) -> tuple[str, ...]:
    """Return a text, a value object, an object with only an id, or a list of them, as texts.

    Raises:
        NotUnderstood: Something else is among them, or there is none.
    """
    found = [_text(item) for item in (value if isinstance(value, list) else [value])]
    if not found:
        raise NotUnderstood
    return tuple(found)


def _text(value: object) -> str:
    if isinstance(value, dict) and len(value) == 1:
        value = next((value[name] for name in ("@value", "@id", "id") if name in value), None)
    if not isinstance(value, str):
        raise NotUnderstood
    return value


def _definitions(context: Any) -> Iterator[tuple[str, str]]:
    """Each name that a context defines in place, and the IRI, as it stands there."""
    for item in context if isinstance(context, list) else [context]:
        for name, definition in item.items() if isinstance(item, dict) else ():
            iri = definition.get("@id") if isinstance(definition, dict) else definition
            if isinstance(iri, str):
                yield name, iri


def last_part(name: str) -> str:
    """The last part of an IRI, in lower case."""
    for separator in _SEPARATORS:
        name = name.rpartition(separator)[2]
    return name.casefold()
