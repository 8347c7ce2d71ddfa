"""Names that the European Learning Model fixes: contexts, types, profiles, and the controlled vocabularies.

The vocabularies are tables of facts, one file each in ``vocabularies``: code to labels. They are snapshots of lists
that the Commission goes on extending; ``CLOSED`` are those where a code that is not in ours is an error all the same.

Sources: Publications Office of the EU (authority tables); EU Vocabularies, ``http://data.europa.eu/snb``; the
European Learning Model 3.1 and what credentials that the Commission sealed in 2023 and 2025 say of themselves.
"""

import functools
from collections.abc import Mapping
from enum import StrEnum
from importlib import resources
from typing import Any, Final  # Any: JSON values

import msgspec

CREDENTIALS_V1: Final = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
EDC_AP: Final = "http://data.europa.eu/snb/model/context/edc-ap"
"""With ``http``: the name of the context, of which ``https`` is another one that nobody publishes."""

CONTEXTS: Final = (CREDENTIALS_V1, EDC_AP)
CREDENTIAL: Final = "EuropeanDigitalCredential"
TYPES: Final = ("VerifiableCredential", CREDENTIAL)
SHACL: Final = "ShaclValidator2017"

PROFILES: Final = "http://data.europa.eu/snb/model/ap/"
NO_VOCABULARIES: Final = PROFILES + "edc-generic-no-cv"
GENERIC: Final = PROFILES + "edc-generic-full"
CONVERTED: Final = PROFILES + "edc-converted"
BY_MANDATE: Final = PROFILES + "edc-issued-by-mandate"
ACCREDITED: Final = PROFILES + "edc-accredited"
DIPLOMA_SUPPLEMENT: Final = PROFILES + "edc-diploma-supplement"
ALL_PROFILES: Final = frozenset({NO_VOCABULARIES, GENERIC, CONVERTED, BY_MANDATE, ACCREDITED, DIPLOMA_SUPPLEMENT})
"""Every ``credentialSchema.id`` there is; none is ever fetched."""

SALT: Final = "Salt of the identity hash before it (Open Badges)"
"""The ``schemeName`` of an Identifier that holds what stood behind the plain identity when it was hashed."""

ESCO_SKILLS: Final = "http://data.europa.eu/esco/concept-scheme/skills"
ESCO_OCCUPATIONS: Final = "http://data.europa.eu/esco/concept-scheme/occupations"
CURRENCIES: Final = "http://publications.europa.eu/resource/authority/currency"
TERRITORIAL_UNITS: Final = "http://publications.europa.eu/resource/authority/atu"
CLAIM_TYPES: Final = "http://data.europa.eu/snb/claim-type/25831c2"
"""Schemes of which we have no list."""


class Vocabulary(StrEnum):
    """The controlled vocabularies of which we have a list; the value is the last step of their addresses."""

    ACCREDITATION = "accreditation"
    ACCREDITATION_DECISION = "accreditation-decision"
    ASSESSMENT = "assessment"
    COUNTRY = "country"
    CREDENTIAL = "credential"
    CREDIT = "education-credit"
    ENCODING = "encoding"
    ENTITLEMENT = "entitlement"
    ENTITLEMENT_STATUS = "entitlement-status"
    EQF = "eqf"
    EVIDENCE = "evidence-type"
    FILE_TYPE = "file-type"
    HUMAN_SEX = "human-sex"
    ISCED_F = "isced-f"
    LANGUAGE = "language"
    LEARNING_ACTIVITY = "learning-activity"
    LEARNING_OPPORTUNITY = "learning-opportunity"
    LEARNING_SCHEDULE = "learning-schedule"
    LEARNING_SETTING = "learning-setting"
    MODE = "learning-assessment"  # the list of modes bears the name of assessments, and theirs is "assessment"
    NQF = "qdr"
    SKILL_REUSE_LEVEL = "skill-reuse-level"
    SKILL_TYPE = "skill-type"
    SUPERVISION = "supervision-verification"
    TARGET_GROUP = "target-group"
    VERIFICATION = "verification"
    VERIFICATION_STATUS = "verification-status"


CLOSED: Final = frozenset(
    {
        Vocabulary.COUNTRY,
        Vocabulary.ENCODING,
        Vocabulary.ENTITLEMENT_STATUS,
        Vocabulary.EQF,
        Vocabulary.ISCED_F,
        Vocabulary.LANGUAGE,
        Vocabulary.LEARNING_SETTING,
        Vocabulary.SKILL_REUSE_LEVEL,
        Vocabulary.SKILL_TYPE,
    }
)
"""Lists that follow a standard or a recommendation, so that they do not grow from one year to the next."""

# Codes that the writer and the surfaces name.
GENERIC_CREDENTIAL: Final = "e34929035b"
CONVERTED_CREDENTIAL: Final = "c_7e400154"
CONVERSION: Final = "c_c4f849d7"
ECTS: Final = "6fcec5c5af"
ECVET: Final = "60b314e826"
BASE64: Final = "6146cde7dd"
FORMAL: Final = "6fd4685715"
NON_FORMAL: Final = "e207a81fc7"
SHORT_PROGRAMME: Final = "74a4a268e8"
PROVISIONAL: Final = "OP_DATPRO"
"""In the authority tables: nothing is known yet."""


class Listing(msgspec.Struct, frozen=True):
    """A file in ``vocabularies``.

    Attributes:
        stem: An IRI of the list is this and a code.
        notation: What the Commission's own credentials write as ``notation`` of each of its concepts.
        concepts: Code -> language (``en``, mostly ``fr``) -> label.
        unlabelled: Further codes, separated by blanks.
        alpha2: Countries: ISO 3166-1 alpha-2 -> code.
        iso639_1: Languages: ISO 639-1 -> code.
    """

    scheme: str
    stem: str
    concepts: dict[str, dict[str, str]]
    notation: str = ""
    unlabelled: str = ""
    alpha2: dict[str, str] = {}
    iso639_1: dict[str, str] = {}


@functools.cache
def table(vocabulary: Vocabulary) -> Listing:
    """Read a list; the first time from its file."""
    folder = resources.files("adapters.elm_3").joinpath("vocabularies")
    return msgspec.json.decode(folder.joinpath(f"{vocabulary}.json").read_bytes(), type=Listing)


@functools.cache
def _codes(vocabulary: Vocabulary) -> frozenset[str]:
    found = table(vocabulary)
    return frozenset(found.concepts).union(found.unlabelled.split())


def scheme(vocabulary: Vocabulary) -> str:
    """The IRI of its concept scheme, without reading the list."""
    return _SCHEMES[vocabulary]


def vocabulary_of(scheme: object) -> Vocabulary | None:
    """Which list an ``inScheme`` names; None for a scheme of which we have none."""
    return _BY_SCHEME.get(scheme) if isinstance(scheme, str) else None


def stem(vocabulary: Vocabulary) -> str:
    """What every IRI of its concepts begins with."""
    return _SCHEMES[vocabulary].removesuffix("25831c2").removesuffix("/") + "/"


def vocabulary_at(iri: object) -> Vocabulary | None:
    """Which list an IRI is in, as its beginning says; whether the list has its code is another question."""
    return _BY_STEM.get(f"{iri.rpartition('/')[0]}/") if isinstance(iri, str) else None


def code(vocabulary: Vocabulary, iri: object) -> str | None:
    """The code behind an IRI of this list; None for an IRI of another, and for a code that the list has not."""
    if not isinstance(iri, str) or not iri.startswith(prefix := stem(vocabulary)):
        return None
    found = iri[len(prefix) :]
    return found if found in _codes(vocabulary) else None


def known(vocabulary: Vocabulary, iri: object) -> bool:
    """Whether an IRI is a concept of this list, as far as our snapshot knows."""
    return code(vocabulary, iri) is not None


def labels(vocabulary: Vocabulary, code: str) -> Mapping[str, str]:
    """Language -> label of a concept; empty where we have none."""
    return table(vocabulary).concepts.get(code, {})


def concept(vocabulary: Vocabulary, code: str) -> dict[str, Any]:
    """Write a concept as a credential holds it, with the exact scheme that the shapes ask for.

    Raises:
        KeyError: The list has no such code.
    """
    if code not in _codes(vocabulary):
        raise KeyError(f"{vocabulary} has no {code}")
    written: dict[str, Any] = {
        "id": stem(vocabulary) + code,
        "type": "Concept",
        "inScheme": {"id": scheme(vocabulary), "type": "ConceptScheme"},
    }
    if named := labels(vocabulary, code):
        written["prefLabel"] = dict(named)
    if notation := table(vocabulary).notation:
        written["notation"] = notation
    return written


_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_IN_AUTHORITY = frozenset({Vocabulary.COUNTRY, Vocabulary.FILE_TYPE, Vocabulary.HUMAN_SEX, Vocabulary.LANGUAGE})
_SCHEMES: Final[Mapping[Vocabulary, str]] = {
    each: f"{_AUTHORITY}{each}" if each in _IN_AUTHORITY else f"http://data.europa.eu/snb/{each}/25831c2"
    for each in Vocabulary
}
_BY_SCHEME: Final[Mapping[str, Vocabulary]] = {iri: each for each, iri in _SCHEMES.items()}
_BY_STEM: Final[Mapping[str, Vocabulary]] = {stem(each): each for each in Vocabulary}


def listed(value: Any) -> list[Any]:
    """One value or a list of them, as a list."""
    return value if isinstance(value, list) else [value]
