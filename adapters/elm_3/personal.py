"""Personal data in a credential that no badge needs, of the learner and of whoever else is named in it.

What it is: birth, sex, nationality, national numbers, where a person lives, and who else is in a learner's group.
Source: ELM 3, classes Person and Group; the principle is Regulation (EU) 2016/679, article 5(1)(c).
"""

import re
from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON

from adapters.elm_3.codecs import each
from adapters.elm_3.mapping_agents import kind_of
from adapters.hub.losses import escaped

NATIONAL: Final = "nationalIdentityNumber"
"""The ``identityType`` of Open Badges 3.0 for a number that a state gave somebody."""

_OF_ANYBODY: Final = frozenset(
    {
        "birthName",
        "citizenshipCountry",
        "dateOfBirth",
        "gender",
        "nationalID",
        "patronymicName",
        "placeOfBirth",
    }
)
_OF_A_PERSON: Final = frozenset({"location"})
_OF_A_GROUP: Final = frozenset({"member"})
_OF_A_CONTACT: Final = frozenset({"address"})
_NATIONAL_SCHEME: Final = re.compile(r"\b(?:national|nacional|nazional)", re.IGNORECASE)
"""A scheme that calls itself national; not "international"."""
_SUBJECT: Final = "credentialSubject"
_CONTACT: Final = "contactPoint"


def without_personal(document: dict[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The document without its personal data, and the JSON Pointers to where that stood.

    An identifier that is left out leaves null behind, so that those after it keep their places.
    """
    numbers = frozenset(_numbers(document))
    found: list[str] = []
    rest: dict[str, Any] = _Rest(numbers, found).value(document, "", "")
    return rest if found else document, frozenset(found)


def _numbers(value: Any) -> Iterator[str]:
    """National numbers, which may stand again as plain identifiers."""
    if isinstance(value, dict):
        for number, _ in each(value.get("nationalID", []), ""):
            if isinstance(number, dict) and isinstance(number.get("notation"), str):
                yield number["notation"]
        for child in value.values():
            yield from _numbers(child)
    elif isinstance(value, list):
        for child in value:
            yield from _numbers(child)


class _Rest:
    """Copies a document, and notes what it leaves out."""

    def __init__(self, numbers: frozenset[str], found: list[str]) -> None:
        self._numbers = numbers
        self._found = found

    def value(self, value: Any, at: str, member: str) -> Any:
        if isinstance(value, list):
            return [self.value(child, f"{at}/{index}", member) for index, child in enumerate(value)]
        if not isinstance(value, dict):
            return value
        person = member == _SUBJECT or _is(value, "Person")
        left = _OF_ANYBODY
        if person:
            left |= _OF_A_PERSON
        if member == _CONTACT:
            left |= _OF_A_CONTACT
        if _is(value, "Group"):
            left |= _OF_A_GROUP
        rest: dict[str, Any] = {}
        for name, child in value.items():
            place = f"{at}/{escaped(name)}"
            if name in left:
                self._found.append(place)
            elif name == "identifier" and person:
                rest[name] = self._identifiers(child, place)
            else:
                rest[name] = self.value(child, place, name if name != _CONTACT or person else "")
        return rest

    def _identifiers(self, value: Any, at: str) -> Any:
        kept: list[Any] = []
        for item, place in each(value, at):
            national = isinstance(item, dict) and self._national(item)
            if national:
                self._found.append(place)
            kept.append(None if national else self.value(item, place, "identifier"))
        return kept if isinstance(value, list) else kept[0]

    def _national(self, item: dict[str, Any]) -> bool:
        said = item.get("notation")
        known = isinstance(said, str) and said in self._numbers
        kinds = [kind_of(kind) for kind, _ in each(item.get("dcType", []), "")]
        scheme = item.get("schemeName")
        named = isinstance(scheme, str) and _NATIONAL_SCHEME.search(scheme) is not None
        return known or named or NATIONAL in kinds or _is(item, "LegalIdentifier")


def _is(value: dict[str, Any], kind: str) -> bool:
    return any(said == kind for said, _ in each(value.get("type", []), ""))
