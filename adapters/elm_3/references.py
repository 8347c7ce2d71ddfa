"""The document with each part in place: a part that is only named by its id stands elsewhere in the same document."""

from typing import Any, Final  # Any: decoded JSON

from adapters.hub.errors import Malformed, TooLarge

NODES: Final = frozenset(
    {
        "accreditation",
        "accreditingAgent",
        "additionalNote",
        "address",
        "assessedBy",
        "awardedBy",
        "awardingBody",
        "contactPoint",
        "contentEncoding",
        "contentType",
        "countryCode",
        "creditPoint",
        "creditReceived",
        "credentialProfiles",
        "credentialSubject",
        "dcType",
        "directedBy",
        "displayDetail",
        "displayParameter",
        "eIDASIdentifier",
        "educationLevel",
        "educationSubject",
        "emailAddress",
        "entitlesTo",
        "entryRequirement",
        "eqfLevel",
        "framework",
        "fullAddress",
        "grade",
        "gradingScheme",
        "groupMemberOf",
        "hasClaim",
        "hasPart",
        "homepage",
        "idVerification",
        "identifier",
        "image",
        "inScheme",
        "individualDisplay",
        "influencedBy",
        "isPartOf",
        "issuer",
        "language",
        "learningOutcome",
        "learningOutcomeSummary",
        "learningSetting",
        "location",
        "logo",
        "mode",
        "nqfLevel",
        "phone",
        "primaryLanguage",
        "provenBy",
        "qualificationCode",
        "registration",
        "relatedESCOSkill",
        "relatedSkill",
        "reusabilityLevel",
        "spatial",
        "specifiedBy",
        "subOrganizationOf",
        "supplementaryDocument",
        "targetGroup",
        "taxIdentifier",
        "temporal",
        "thematicArea",
        "vatIdentifier",
    }
)
"""Members whose value is a part of its own, so that a text there is the id of one."""

_MOST_PARTS: Final = 50_000
_DEEPEST: Final = 48
_ONLY_NAMED = frozenset({"id", "type"})


def resolved(document: dict[str, Any]) -> dict[str, Any]:
    """Put each part that is only named where it is named; the same object when there is none.

    A part inside of itself stays named there.

    Raises:
        TooLarge: So many parts came of it that nobody would read them.
    """
    parts: dict[str, dict[str, Any]] = {}
    if not _collect(document, parts, 0):
        return document
    whole: dict[str, Any] = _Resolving(parts).value(document, (), depth=0)
    return whole


def _collect(value: Any, parts: dict[str, dict[str, Any]], depth: int) -> bool:
    """Gather the parts that say something by their id; say whether anything is only named."""
    if depth > _DEEPEST:
        raise Malformed("parts inside of parts, deeper than anybody would read")
    found = False
    if isinstance(value, dict):
        name = value.get("id")
        if isinstance(name, str) and len(value) > len(parts.get(name, ())) and not value.keys() <= _ONLY_NAMED:
            parts[name] = value
        for member, child in value.items():
            found |= member in NODES and any(_names(item) for item in _listed(child))
            found |= _collect(child, parts, depth + 1)
    elif isinstance(value, list):
        for child in value:
            found |= _collect(child, parts, depth + 1)
    return found


def _names(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and "id" in value and value.keys() <= _ONLY_NAMED)


class _Resolving:
    """Puts parts in their places, with a budget: a few parts that name each other can grow without end."""

    def __init__(self, parts: dict[str, dict[str, Any]]) -> None:
        self._parts = parts
        self._left = _MOST_PARTS

    def value(self, value: Any, inside: tuple[str, ...], *, depth: int, member: str = "") -> Any:
        if member in NODES and _names(value):
            value = self._named(value, inside)
        if isinstance(value, list):
            return [self.value(child, inside, depth=depth + 1, member=member) for child in value]
        if not isinstance(value, dict):
            return value
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise TooLarge(
                f"more than {_MOST_PARTS} parts, or parts {_DEEPEST} deep, when each is put where it is named"
            )
        name = value.get("id")
        within = (*inside, name) if isinstance(name, str) else inside
        return {name: self.value(child, within, depth=depth + 1, member=name) for name, child in value.items()}

    def _named(self, value: Any, inside: tuple[str, ...]) -> Any:
        name = value if isinstance(value, str) else value["id"]
        if not isinstance(name, str) or name in inside or name not in self._parts:
            return {"id": value} if isinstance(value, str) else value
        return self._parts[name]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
