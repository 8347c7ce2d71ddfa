"""Whether a concept is of the list that its member wants, and really one of that list.

The shapes ask for the scheme alone, so that ``eqf/9`` and a language in the place of a country conform.
"""

from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON of whatever form

from adapters.elm_3.application_profile import Row
from adapters.elm_3.literal_findings import absolute
from adapters.elm_3.vocabulary import (
    CLOSED,
    ESCO_OCCUPATIONS,
    ESCO_SKILLS,
    Vocabulary,
    code,
    known,
    listed,
    stem,
    vocabulary_at,
)
from adapters.hub.securing import Finding

_VOCABULARY: Final = "vocabulary"
_LONGEST_SHOWN = 200
_IN_WORDS: Final = {
    Vocabulary.COUNTRY: "country",
    Vocabulary.CREDENTIAL: "kind of credential",
    Vocabulary.EQF: "level of the EQF, which has 1 to 8",
    Vocabulary.EVIDENCE: "kind of evidence",
    Vocabulary.ISCED_F: "field of ISCED-F",
    Vocabulary.LANGUAGE: "language",
    Vocabulary.LEARNING_SETTING: "learning setting",
    Vocabulary.NQF: "level of a national framework",
}
_SHOWN: Final = {
    Vocabulary.COUNTRY: "FRA",
    Vocabulary.EQF: "6",
    Vocabulary.ISCED_F: "0613",
    Vocabulary.LANGUAGE: "FRA",
}
_ESCO: Final = {
    ESCO_SKILLS: ("http://data.europa.eu/esco/skill/", "skill"),
    ESCO_OCCUPATIONS: ("http://data.europa.eu/esco/occupation/", "occupation"),
}


def broken_concept(
    node: dict[str, Any], schemes: frozenset[str], row: Row, at: str, *, strict: bool
) -> Iterator[Finding]:
    """Judge a concept under a member that wants one of a certain scheme.

    Args:
        schemes: The schemes that it says to be in, here or where its id stands elsewhere in the document.
        strict: Whether the profile asks for schemes; ``edc-generic-no-cv`` does not.
    """
    iri = node.get("id")
    if row.scheme not in schemes:
        fix = f'Write "inScheme": {{"id": "{row.scheme}", "type": "ConceptScheme"}}.'
        reason = "says to be in another vocabulary" if schemes else "does not say in which vocabulary it is"
        yield Finding(pointer=f"{at}/inScheme", reason=reason, fix=fix, blocking=strict, check=_VOCABULARY)
    if not absolute(iri):
        where = stem(row.vocabulary) if row.vocabulary else row.scheme
        reason = "a concept of a vocabulary has its address for an id"
        fix = f'Write the whole address: "id": "{where}...".'
        yield Finding(pointer=f"{at}/id", reason=reason, fix=fix, check=_VOCABULARY)
    elif row.vocabulary is not None:
        yield from _membership(str(iri), row.vocabulary, at)
    elif row.scheme in _ESCO and not str(iri).startswith(_ESCO[row.scheme][0]):
        start, what = _ESCO[row.scheme]
        reason = f"is no {what} of ESCO: {_shown(iri)}"
        fix = f"Write the address of one, which begins with {start}."
        yield Finding(pointer=f"{at}/id", reason=reason, fix=fix, blocking=False, check=_VOCABULARY)


def _membership(iri: str, vocabulary: Vocabulary, at: str) -> Iterator[Finding]:
    if known(vocabulary, iri):
        return
    what = _IN_WORDS.get(vocabulary, f"concept of {stem(vocabulary)}")
    elsewhere = vocabulary_at(iri)
    if iri.startswith(stem(vocabulary)):
        reason = f"is no {what}" if vocabulary in CLOSED else f"is no {what} that is known here"
        blocking = vocabulary in CLOSED
    elif elsewhere is not None and known(elsewhere, iri):
        reason, blocking = f"is no {what} but one of the list {elsewhere}", True
    else:
        reason, blocking = f"is no {what}", True
    example = f", such as {stem(vocabulary)}{_SHOWN[vocabulary]}" if vocabulary in _SHOWN else ""
    yield Finding(
        pointer=f"{at}/id",
        reason=f"{reason}: {_shown(iri)}",
        fix=f"Write a concept of {stem(vocabulary)}{example}.",
        blocking=blocking,
        check=_VOCABULARY,
    )


def stray(node: dict[str, Any], at: str) -> Iterator[Finding]:
    """Judge a concept under a member that takes one of any scheme: in a closed list that it names, it has to be."""
    vocabulary = vocabulary_at(node.get("id"))
    if vocabulary in CLOSED and code(vocabulary, node["id"]) is None:
        reason = f"is no {_IN_WORDS.get(vocabulary, 'concept of its list')}: {_shown(node['id'])}"
        yield Finding(pointer=f"{at}/id", reason=reason, fix="Write one that there is.", check=_VOCABULARY)


def schemes_of(*nodes: dict[str, Any]) -> frozenset[str]:
    """The schemes that descriptions of one concept name, as objects of the type ConceptScheme."""
    found = set()
    for node in nodes:
        for each in listed(node.get("inScheme", [])):
            if (
                isinstance(each, dict)
                and "ConceptScheme" in listed(each.get("type"))
                and isinstance(each.get("id"), str)
            ):
                found.add(each["id"])
    return frozenset(found)


def _shown(iri: object) -> str:
    return str(iri)[:_LONGEST_SHOWN]
