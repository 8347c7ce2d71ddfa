"""The badge that everything is measured on: 5 KB as Open Badges 3.0, and the same award as Open Badges 2.0."""

from typing import Any  # Any: JSON documents

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

_HOST = "https://badges.example.edu"
_BADGE = f"{_HOST}/achievements/data-stewardship-advanced"
_MARK, _ORAL, _MASTERED = (
    f"urn:uuid:{name}-4c4a-4bd8-8277-cb97c79f40c5" for name in ("f6ab24cd", "a70ddc6a", "d05a0867")
)
_SKILLS = ("manage research data", "manage findable accessible interoperable and reusable data", "advise on ethics")
_NARRATIVE = (
    "To earn this badge a learner: \n\n1. attends eight workshops;\n2. writes a *data management plan* that two peers "
    'review;\n3. publishes a data set with a DOI and "rich" metadata;\n4. passes the oral assessment.\n\n'
    "See the [course page](https://www.example.edu/ds) for details."
)
_DESCRIPTION = (
    "The holder can plan, curate and publish research data according to the FAIR principles, and can advise a "
    "research group."
)


def open_badges_3(number: int = 0) -> dict[str, Any]:
    """An unsigned credential with results, evidence, alignments and a status: 127 quads, 9 blank nodes."""
    credential = f"{_HOST}/credentials/3732{number:06d}"
    return {
        "@context": [CREDENTIALS, OPEN_BADGES, EXTENSIONS],
        "id": credential,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Advanced Data Stewardship",
        "description": "Awarded for the advanced module of the Data Stewardship programme.",
        "image": {
            "id": f"{credential}/image.png",
            "type": "Image",
            "caption": "A blue shield with three stacked disks",
        },
        "issuer": _issuer(),
        "validFrom": "2026-06-01T09:00:00Z",
        "validUntil": "2031-06-01T09:00:00Z",
        "credentialSubject": _subject(number),
        "evidence": [
            {
                "id": f"{_HOST}/evidence/{number}/1",
                "type": ["Evidence"],
                "name": "Data management plan",
                "description": "Plan reviewed by two peers.",
                "genre": "Document",
                "audience": "Public",
                "narrative": "The plan follows the NWO template and names a budget.",
            },
            {
                "id": f"https://doi.org/10.5281/zenodo.{1_000_000 + number}",
                "type": ["Evidence"],
                "name": "Published data set",
                "description": "Data set of 1,204 interviews with metadata.",
                "genre": "Dataset",
            },
        ],
        "credentialSchema": [
            {
                "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
                "type": "1EdTechJsonSchemaValidator2019",
            }
        ],
        "credentialStatus": {
            "id": f"{_HOST}/status/3#{94567 + number}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(94567 + number),
            "statusListCredential": f"{_HOST}/status/3",
        },
    }


def _issuer() -> dict[str, Any]:
    return {
        "id": "did:web:badges.example.edu:issuers:42",
        "type": ["Profile"],
        "name": "Example University of Applied Sciences",
        "url": "https://www.example.edu/",
        "description": "The continuing-education office of Example University.",
        "email": "badges@example.edu",
        "image": {"id": f"{_HOST}/issuers/42/logo.png", "type": "Image"},
        "address": {
            "id": "https://www.example.edu/#address",
            "type": ["Address"],
            "addressCountry": "Netherlands",
            "addressCountryCode": "NL",
            "addressLocality": "Utrecht",
            "postalCode": "3584 CS",
            "streetAddress": "Heidelberglaan 8",
        },
    }


def _subject(number: int) -> dict[str, Any]:
    return {
        "id": f"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2do{number}",
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": f"sha256${'a6d9ee4d' * 7}{number:08x}",
                "identityType": "emailAddress",
                "salt": "deadsea",
            }
        ],
        "activityStartDate": "2026-02-01T00:00:00Z",
        "activityEndDate": "2026-05-28T00:00:00Z",
        "achievement": _achievement(),
        "result": [
            {"type": ["Result"], "resultDescription": _MARK, "value": "8.5"},
            {"type": ["Result"], "resultDescription": _ORAL, "status": "Completed", "achievedLevel": _MASTERED},
        ],
    }


def _achievement() -> dict[str, Any]:
    return {
        "id": _BADGE,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": "Advanced Data Stewardship",
        "description": _DESCRIPTION,
        "criteria": {"id": f"{_BADGE}/criteria", "type": "Criteria", "narrative": _NARRATIVE},
        "image": {"id": f"{_BADGE}/image.png", "type": "Image"},
        "fieldOfStudy": "Information Science",
        "humanCode": "DS-401",
        "inLanguage": "en",
        "version": "2.1",
        "tag": ["data", "stewardship", "FAIR", "research"],
        "alignment": [
            {"type": ["Alignment"], "targetType": "CFItem", **_aligned(*each)} for each in enumerate(_SKILLS)
        ],
        "resultDescription": [
            {
                "id": _MARK,
                "type": ["ResultDescription"],
                "name": "Final mark",
                "resultType": "GradePointAverage",
                "valueMin": "1.0",
                "valueMax": "10.0",
                "requiredValue": "5.5",
            },
            {
                "id": _ORAL,
                "type": ["ResultDescription"],
                "name": "Oral assessment",
                "resultType": "Status",
                "allowedValue": ["Failed", "Passed", "Distinction"],
                "rubricCriterionLevel": [
                    {
                        "id": _MASTERED,
                        "type": ["RubricCriterionLevel"],
                        "name": "Mastered",
                        "level": "Mastered",
                        "points": "4",
                    }
                ],
            },
        ],
    }


def _aligned(number: int, skill: str) -> dict[str, Any]:
    return {
        "targetCode": f"S{number}.1",
        "targetDescription": f"ESCO skill number {number}: manage research data.",
        "targetFramework": "ESCO v1.2",
        "targetName": skill,
        "targetUrl": f"http://data.europa.eu/esco/skill/6b643893-0a1f-4f6c-83a1-e7ee{number:08d}",
    }


def open_badges_2(number: int = 0) -> dict[str, Any]:
    """The same award as an Assertion with BadgeClass and issuer in place: 2.7 KB."""
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{_HOST}/assertions/{number}",
        "type": "Assertion",
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": "deadsea",
            "identity": f"sha256${'a6d9ee4d' * 7}{number:08x}",
        },
        "issuedOn": "2026-06-01T09:00:00Z",
        "expires": "2031-06-01T09:00:00Z",
        "verification": {"type": "HostedBadge"},
        "evidence": [
            {
                "id": f"{_HOST}/evidence/{number}/1",
                "name": "Data management plan",
                "description": "Plan reviewed by two peers.",
                "genre": "Document",
                "audience": "Public",
                "narrative": "The plan follows the NWO template and names a budget.",
            }
        ],
        "badge": {
            "id": f"{_BADGE}.json",
            "type": "BadgeClass",
            "name": "Advanced Data Stewardship",
            "description": _DESCRIPTION,
            "image": f"{_BADGE}/image.png",
            "criteria": {"id": f"{_BADGE}/criteria", "narrative": _NARRATIVE},
            "tags": ["data", "stewardship", "FAIR", "research"],
            "alignment": [_aligned(*each) for each in enumerate(_SKILLS)],
            "issuer": {
                "id": f"{_HOST}/issuers/42.json",
                "type": "Issuer",
                "name": "Example University of Applied Sciences",
                "url": "https://www.example.edu/",
                "email": "badges@example.edu",
                "description": "The continuing-education office of Example University.",
                "image": f"{_HOST}/issuers/42/logo.png",
            },
        },
    }
