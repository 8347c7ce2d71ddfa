"""A value for each member that a credential may lack: what its issuer is shown to write in its place."""

from typing import Any, Final  # Any: JSON values
from uuid import NAMESPACE_URL, uuid5

import msgspec

from adapters.elm_3.application_profile import Row, classes
from adapters.elm_3.vocabulary import (
    BASE64,
    CONTEXTS,
    ECTS,
    GENERIC,
    GENERIC_CREDENTIAL,
    SHACL,
    TYPES,
    Vocabulary,
    concept,
    stem,
)

_NOW: Final = "2026-01-31T12:00:00Z"
_CODES: Final = {
    Vocabulary.COUNTRY: "FRA",
    Vocabulary.CREDENTIAL: GENERIC_CREDENTIAL,
    Vocabulary.ENCODING: BASE64,
    Vocabulary.EQF: "6",
    Vocabulary.EVIDENCE: "c_c4f849d7",
    Vocabulary.ISCED_F: "0613",
    Vocabulary.LANGUAGE: "FRA",
}
_ANY_LIST: Final = {
    "contentEncoding": (Vocabulary.ENCODING, BASE64),
    "contentType": (Vocabulary.FILE_TYPE, "PNG"),
    "framework": (Vocabulary.CREDIT, ECTS),
}
"""Members that take a concept of any list, and one that everybody takes."""
_VALUES: Final[dict[str, Any]] = {
    "@context": [*CONTEXTS],
    "type": [*TYPES],
    "credentialSchema": [{"id": GENERIC, "type": SHACL}],
    "content": "iVBORw0KGgo=",
    "contentURL": "https://issuer.example/page",
    "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "NTRFR-123456789"},
    "fullName": {"fr": "Prénom Nom"},
    "grade": {"type": "Note", "noteLiteral": {"en": "87 of 100"}},
    "label": "A",
    "legalName": {"fr": "Nom légal"},
    "notation": "123456789",
    "page": 1,
    "point": "3",
    "title": {"en": "Welding"},
}
_OF_KIND: Final[dict[str, Any]] = {
    "boolean": True,
    "dateTime": _NOW,
    "decimal": 12.5,
    "duration": "PT60H",
    "integer": 10,
    "positiveInteger": 1,
    "text": {"en": "..."},
}
_DEEPEST: Final = 6


def value(member: str, row: Row | None = None, at: str = "", depth: int = 0) -> Any:
    """Make up a value for a member; of a node with all that its class demands, a few steps down.

    Args:
        row: What the application profile says of the member.
        at: Pointer to it. Ids are made of it, so that no two things get the same.
    """
    if row is not None and row.classes == ("Concept",):
        return concept(*_ANY_LIST[member]) if member in _ANY_LIST else _concept(row, at)
    made: Any
    if member in _VALUES:
        made = _VALUES[member]
        made = {**made, "id": _id(at)} if isinstance(made, dict) and "type" in made else made
    elif row is None or not row.classes:
        made = _OF_KIND.get(row.kind if row else "", "...")
    else:
        made = _node(_preferred(member, row.classes), at, depth)
    if member == "eIDASIdentifier" and isinstance(made, dict):
        made["spatial"] = concept(Vocabulary.COUNTRY, "FRA")
    return made


def shown(member: str, row: Row | None = None, at: str = "") -> str:
    """Show a member with a value as it is written: ``"title": {"en": "Welding"}``."""
    return f'"{member}": {msgspec.json.encode(value(member, row, at, _DEEPEST - 1)).decode()}'


def _preferred(member: str, names: tuple[str, ...]) -> str:
    if member == "credentialSubject":
        return "Person"
    return "Organisation" if "Organisation" in names else names[0]


def _node(name: str, at: str, depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {"id": _id(at), "type": name}
    if depth < _DEEPEST:
        for member, row in classes()[name].items():
            if row.least:
                node[member] = value(member, row, f"{at}/{member}", depth + 1)
    return node


def _concept(row: Row, at: str) -> dict[str, Any]:
    if row.vocabulary in _CODES:
        return concept(row.vocabulary, _CODES[row.vocabulary])
    node: dict[str, Any] = {"id": f"{stem(row.vocabulary)}..." if row.vocabulary else _id(at), "type": "Concept"}
    if row.scheme:
        node["inScheme"] = {"id": row.scheme, "type": "ConceptScheme"}
    return node


def _id(at: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, at)}"
