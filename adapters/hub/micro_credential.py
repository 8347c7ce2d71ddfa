"""How much of what a European micro-credential has to say a credential says, whatever format it came in.

Source: Council Recommendation of 16 June 2022 on a European approach to micro-credentials (2022/C 243/02), Annex I:
eleven mandatory elements and five optional ones. It is no law, and no format enforces it.
"""

from bisect import bisect_left
from enum import StrEnum
from itertools import islice, takewhile

import msgspec

from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Credential
from adapters.hub.micro_credential_elements import FINDERS, MANDATORY, OPTIONAL, Said
from adapters.hub.micro_credential_words import EXAMPLES, FIXES, FORMATS, LACKING, NAMES, WARNINGS

LANGUAGES = tuple(NAMES)
MOST_AWARDS = 20
MOST_PLACES = 10
"""Of one element that are named."""


class Presence(StrEnum):
    """Whether an element is there."""

    PRESENT = "present"
    PARTLY = "partly"
    MISSING = "missing"


class MicroCredentialElement(msgspec.Struct, frozen=True, kw_only=True):
    """One element of the recommendation.

    Attributes:
        label: What it is, for people.
        pointers: JSON Pointers to where it is said in the document that was read.
        lacking: What is missing; "" when nothing is.
        fix: How to say it in the document's own format; "" when nothing is missing.
    """

    name: str
    label: str
    mandatory: bool
    presence: Presence
    pointers: tuple[str, ...] = ()
    lacking: str = ""
    fix: str = ""


class MicroCredential(msgspec.Struct, frozen=True, kw_only=True):
    """How complete an award is as a European micro-credential.

    Attributes:
        mandatory: How many mandatory elements it has, of those that there are (``of``); partly is not counted.
        optional: How many of the five optional ones.
        partly: Names of the mandatory elements that are there in part.
        missing: Names of the mandatory elements that are not there.
    """

    mandatory: int
    of: int = len(MANDATORY)
    optional: int = 0
    partly: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class ExaminedMicroCredential(MicroCredential, frozen=True, kw_only=True):
    """The same with each element: where it is said, or what is missing and how to say it."""

    elements: tuple[MicroCredentialElement, ...] = ()


class _Places(msgspec.Struct, frozen=True):
    """Where in the document the parts of one neutral credential stand.

    Attributes:
        root: Pointer to the credential.
        into: All pointers into what was read, sorted.
    """

    root: str
    into: list[str]
    origins: dict[str, str]

    def of(self, pointer: str) -> str | None:
        """The place of a part: what the places of all that was read into it have in common."""
        whole = self.root + pointer
        if whole in self.origins:
            return self.origins[whole]
        start = bisect_left(self.into, f"{whole}/")
        below = takewhile(lambda into: into.startswith(f"{whole}/"), islice(self.into, start, None))
        common: list[str] | None = None
        for into in below:
            steps = self.origins[into].split("/")
            both = takewhile(lambda pair: pair[0] == pair[1], zip(common or steps, steps, strict=False))
            common = [step for step, _ in both]
        return None if common is None else "/".join(common)


def completeness(reading: Reading, award: int = 0, language: str = "en") -> tuple[MicroCredentialElement, ...]:
    """Say which elements an award has, where, and what is missing.

    Args:
        award: Which of the credentials that were read.
        language: Of labels and fixes, one of `LANGUAGES`.

    Returns:
        The mandatory elements, then the optional ones, in the order of the recommendation.
    """
    return _elements(reading, award, language, sorted(reading.origins))


def summary(credential: Credential) -> MicroCredential:
    """The same in a few numbers and names."""
    return _counted({name: _presence(list(finder(credential))) for name, finder in FINDERS.items()})


def examined(reading: Reading, language: str = "en") -> tuple[ExaminedMicroCredential, ...]:
    """Every award of a document with its elements; of very many awards the first `MOST_AWARDS`."""
    into = sorted(reading.origins)
    found = []
    for award in range(min(len(reading.credentials), MOST_AWARDS)):
        elements = _elements(reading, award, language, into)
        counted = _counted({element.name: element.presence for element in elements})
        found.append(ExaminedMicroCredential(**msgspec.structs.asdict(counted), elements=elements))
    return tuple(found)


def _elements(reading: Reading, award: int, language: str, into: list[str]) -> tuple[MicroCredentialElement, ...]:
    """``into``: all pointers into the neutral credentials, in order."""
    credential, places = reading.credentials[award], _Places(f"/{award}", into, reading.origins)
    return tuple(
        _element(name, list(FINDERS[name](credential)), places, reading.format, language)
        for name in (*MANDATORY, *OPTIONAL)
    )


def _counted(presence: dict[str, Presence]) -> MicroCredential:
    mandatory = {wanted: tuple(name for name in MANDATORY if presence[name] is wanted) for wanted in Presence}
    return MicroCredential(
        mandatory=len(mandatory[Presence.PRESENT]),
        optional=sum(presence[name] is Presence.PRESENT for name in OPTIONAL),
        partly=mandatory[Presence.PARTLY],
        missing=mandatory[Presence.MISSING],
    )


def _presence(said: list[Said]) -> Presence:
    if any(not each.lack for each in said):
        return Presence.PRESENT
    return Presence.PARTLY if said else Presence.MISSING


def _element(name: str, said: list[Said], places: _Places, format: Format, language: str) -> MicroCredentialElement:
    presence = _presence(said)
    whole = [each for each in said if not each.lack] or said
    lack = "" if presence is Presence.PRESENT else said[0].lack if said else "absent"
    pointers = (places.of(each.pointer) for each in whole[:MOST_PLACES])
    return MicroCredentialElement(
        name=name,
        label=NAMES[language][name],
        mandatory=name in MANDATORY,
        presence=presence,
        pointers=tuple(dict.fromkeys(place for place in pointers if place is not None)),
        lacking=LACKING[language][lack] if lack else "",
        fix=_fix(name, format, language) if lack else "",
    )


def _fix(name: str, format: Format, language: str) -> str:
    place, example = EXAMPLES[format][name]
    add, into, none = FIXES[language]
    named = into.format(place=place) if place else ""
    said = (add if example else none).format(example=example, place=named, format=FORMATS[format])
    warning = WARNINGS[language].get(name, "") if format is Format.ELM_3 else ""
    return f"{said} {warning.format(format=FORMATS[format])}".rstrip()
