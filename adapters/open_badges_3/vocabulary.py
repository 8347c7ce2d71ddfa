"""Names that Open Badges 3.0 fixes: contexts, types, enumerations, and what can be a name in a document."""

import re
from typing import Any, Final  # Any: decoded JSON

CREDENTIALS_V1: Final = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
DATA_INTEGRITY_V2: Final = "https://w3id.org/security/data-integrity/v2"

_OPEN_BADGES_CONTEXT = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v3p0/(context(-3\.\d\.\d)*\.json|context/ob_v3p0\.jsonld)"
)
_WITH_V2 = frozenset({OPEN_BADGES, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"})

EXTENSION_TYPES: Final = frozenset(
    {"1EdTechJsonSchemaValidator2019", "1EdTechRevocationList", "1EdTechCredentialRefresh"}
)
"""Types that only ``extensions.json`` defines."""

CLASSES: Final = frozenset(
    {
        "VerifiableCredential",
        "OpenBadgeCredential",
        "AchievementCredential",
        "AchievementSubject",
        "Achievement",
        "Address",
        "Alignment",
        "Criteria",
        "EndorsementCredential",
        "EndorsementSubject",
        "Evidence",
        "GeoCoordinates",
        "IdentifierEntry",
        "IdentityObject",
        "Image",
        "Profile",
        "Related",
        "Result",
        "ResultDescription",
        "RubricCriterionLevel",
        "BitstringStatusListEntry",
        "DataIntegrityProof",
    }
)
"""Types that the two contexts we write define."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ACHIEVEMENT_TYPES: Final = _words(
    """Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge BachelorDegree
    Certificate CertificateOfCompletion Certification CommunityService Competency Course CoCurricular Degree
    Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License
    Membership ProfessionalDoctorate QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential
    ResearchDoctorate SecondarySchoolDiploma"""
)
TARGET_TYPES: Final = _words(
    "ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel CTDL"
)
IDENTIFIER_TYPES: Final = _words(
    """name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn issn
    lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId ltiPlatformId
    ltiUserId identifier"""
)
RESULT_TYPES: Final = _words(
    """GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result RubricCriterion
    RubricCriterionLevel RubricScore ScaledScore Status"""
)
RESULT_STATUSES: Final = _words("Completed Enrolled Failed InProgress OnHold Provisional Withdrew")

# Searched, not matched: the official schema does not anchor its pattern.
_EXTENSION = re.compile(r"ext:[A-Za-z0-9.|_]")

LANGUAGE: Final = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
"""``inLanguage`` as the official schema wants it: language, script, region, each in its customary case."""

COMPACT_JWS: Final = re.compile(r"[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+")

# A scheme, and none of the characters that N-Quads cannot hold in an IRI.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|^`\\\x7f]*")


def is_open_badges_context(context: object) -> bool:
    """Whether this is one of the addresses of the OB 3.0 context, whichever version."""
    return isinstance(context, str) and _OPEN_BADGES_CONTEXT.fullmatch(context) is not None


def joins_v2(context: object) -> bool:
    """Whether this OB context goes with VCDM 2.0; 3.0.0 and 3.0.1 define protected terms of it anew."""
    return context in _WITH_V2


def allowed(value: str, words: frozenset[str]) -> bool:
    """Whether an enumeration that can be extended has this value."""
    return value in words or _EXTENSION.search(value) is not None


def absolute(iri: str) -> bool:
    """Whether this can be an ``@id``: JSON-LD drops what is relative, and with it what hangs on it."""
    return _ABSOLUTE.fullmatch(iri) is not None


def nameable(name: str) -> bool:
    """Whether this can be a ``type`` under the contexts that we write."""
    return name in CLASSES or absolute(name)


def listed(value: Any) -> list[Any]:
    """One value or a list of them, as a list."""
    return value if isinstance(value, list) else [value]
