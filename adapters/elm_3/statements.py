"""What a document says, as opposed to how it says it, and how often: the leaves that a report has to speak of.

In JSON-LD a part is what its id says it is, wherever it stands: the Commission's credentials repeat an organisation,
its logo included, at every place where it is named. That is one statement, and one line in a report.
"""

from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON

from adapters.elm_3.codecs import NODE_NAME
from adapters.elm_3.vocabulary import SALT, vocabulary_at
from adapters.hub.losses import escaped

Statement = tuple[str, str, Any]
"""The id of the innermost part that has one, the way from there, and the value."""

_TERM_AGAIN: Final = ("inScheme", "prefLabel", "notation")
_HOW_ENCODED: Final = frozenset({"contentType", "contentEncoding"})


def statements(document: dict[str, Any]) -> dict[str, Statement]:
    """Every leaf that says something, by its pointer.

    Left out is what says how and not what: contexts and classes; names that parts have only inside this document
    (``urn:epass:``); what a term of the EU's own vocabularies says of itself beside its id; how an embedded picture is
    encoded; that a salt is one; empty objects and lists.
    """
    return dict(_said(document, "", ("", "")))


def _said(value: Any, at: str, part: tuple[str, str]) -> Iterator[tuple[str, Statement]]:
    if isinstance(value, dict):
        name = value.get("id")
        inside = (name, at) if isinstance(name, str) else part
        term = isinstance(name, str) and vocabulary_at(name) is not None
        for member, child in value.items():
            if member in ("@context", "type") or (term and member in _TERM_AGAIN):
                continue
            if member in _HOW_ENCODED and "content" in value:
                continue
            if member == "schemeName" and child == SALT:
                continue
            if member == "id" and isinstance(child, str) and child.startswith(NODE_NAME):
                continue
            # Which part it is, is said by the one that it is a part of.
            yield from _said(child, f"{at}/{escaped(member)}", part if member == "id" else inside)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _said(child, f"{at}/{index}", part)
    else:
        name, place = part
        yield at, (name, at[len(place) :], value)
