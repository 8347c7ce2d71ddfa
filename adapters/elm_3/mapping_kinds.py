"""Which kind of learning opportunity it is <-> the kinds of an achievement, and its type where Open Badges have one."""

from typing import Any, Final  # Any: decoded JSON on both sides

from adapters.elm_3.codecs import each
from adapters.elm_3.concepts import ANY_CONCEPT
from adapters.elm_3.vocabulary import SHORT_PROGRAMME, Vocabulary, concept, stem
from adapters.hub.mapping import ABSENT, Trail

KINDS: Final = ("achievement_type", "kinds")
"""Fields of an achievement that are mapped here."""

_TYPES: Final = {"MicroCredential": SHORT_PROGRAMME, "Course": "05053c1cbe"}
"""OB 3.0 ``achievementType`` -> learning opportunity."""

_BY_IRI: Final = {stem(Vocabulary.LEARNING_OPPORTUNITY) + code: name for name, code in _TYPES.items()}
_AS_TYPE = "read again as the type of the achievement"


def typed(achievement_type: str | None) -> bool:
    """Whether a type of achievement is a kind of learning opportunity here."""
    return achievement_type in _TYPES


def read_kinds(value: dict[str, Any], at: str, into: str, trail: Trail) -> dict[str, Any]:
    """The ``dcType`` of a specification; the first one that Open Badges have a type for is the type."""
    found: dict[str, Any] = {}
    kinds: list[Any] = []
    for item, place in each(value.get("dcType", []), f"{at}/dcType"):
        iri = item.get("id") if isinstance(item, dict) else None
        if isinstance(iri, str) and iri in _BY_IRI and "achievement_type" not in found:
            trail.carried(f"{place}/id", f"{into}/achievement_type")
            found["achievement_type"] = _BY_IRI[iri]
            continue
        read = ANY_CONCEPT.read(item, place, f"{into}/kinds/{len(kinds)}", trail)
        kinds += [] if read is ABSENT else [read]
    return {**found, "kinds": kinds} if kinds else found


def write_kinds(value: dict[str, Any], at: str, into: str, trail: Trail) -> dict[str, Any]:
    """The ``dcType`` of a specification: the type of the achievement first, where it is one here."""
    written: list[Any] = []
    said = typed(value.get("achievement_type"))
    if said:
        trail.carried(f"{at}/achievement_type", f"{into}/dcType/0/id")
        written.append(concept(Vocabulary.LEARNING_OPPORTUNITY, _TYPES[value["achievement_type"]]))
    for index, kind in enumerate(value.get("kinds", ())):
        place = f"{into}/dcType/{len(written)}"
        if kind["id"] in _BY_IRI and not said:
            said = True
            trail.dropped(kind, f"{at}/kinds/{index}", _AS_TYPE)
            trail.supplied(f"{place}/id", _AS_TYPE)
            made = ANY_CONCEPT.write(kind, at, place, Trail())
        else:
            made = ANY_CONCEPT.write(kind, f"{at}/kinds/{index}", place, trail)
        written += [] if made is ABSENT else [made]
    return {"dcType": written} if written else {}
