"""What the elements of a micro-credential are called, what may be missing of one, and how each format says it.

The examples are JSON, for all languages alike: the member that the object at the place named is to have.
"""

from adapters.hub.contract import Format

_OUTCOME = '"Can set up a network"'
_PROFILE = "issuer"
_ACHIEVEMENT = "credentialSubject/achievement"
_CLAIM = "credentialSubject/hasClaim"
_EUROPA = "http://data.europa.eu/snb"
_COUNTRIES = "http://publications.europa.eu/resource/authority/country"
_IDENTITY = (
    '"identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": "learner@example.org", '
    '"identityType": "emailAddress"}]'
)


def _concept(address: str, scheme: str = "") -> str:
    scheme = scheme or f"{address.rpartition('/')[0]}/25831c2"
    return f'{{"id": "{address}", "type": "Concept", "inScheme": {{"id": "{scheme}", "type": "ConceptScheme"}}}}'


def _term(kind: str, name: str, address: str, code: str = "") -> str:
    coded = f', "targetCode": "{code}"' if code else ""
    return (
        f'"alignment": [{{"type": ["Alignment"], "targetType": "{kind}", "targetName": "{name}", '
        f'"targetUrl": "{address}"{coded}}}]'
    )


def _term_2(framework: str, name: str, address: str, code: str = "") -> str:
    coded = f', "targetCode": "{code}"' if code else ""
    return (
        f'"alignment": [{{"targetName": "{name}", "targetFramework": "{framework}", "targetUrl": "{address}"{coded}}}]'
    )


ONLINE = f"{_EUROPA}/learning-assessment/920fbb3cbe"
WRITTEN = f"{_EUROPA}/assessment/6e6cb2cc78"
WATCHED = f"{_EUROPA}/supervision-verification/70be69aaf9"
_ECTS = _concept(f"{_EUROPA}/education-credit/6fcec5c5af")
_SKILL = "http://data.europa.eu/esco/skill/..."
_NOTE = '{"type": "Note", "noteLiteral": {"en": "..."}}'
ASSURED = f"{_EUROPA}/accreditation/bb4618238e"
_BODY = f"{_CLAIM}/awardedBy/awardingBody"
_TITLE = '"title": {"en": "Network technician"}'
_FRANCE = (
    '"location": [{"type": "Location", "address": [{"type": "Address", '
    f'"countryCode": {_concept(f"{_COUNTRIES}/FRA", _COUNTRIES)}}}]}}]'
)

_ACCREDITED = (
    '"accreditation": [{"id": "http://data.europa.eu/snb/data/accreditation/...", "type": "Accreditation", '
    f'"title": {{"en": "Institutional quality assurance"}}, "dcType": {_concept(ASSURED)}, '
    f'"accreditingAgent": {{"type": "Organisation", "legalName": {{"en": "Example Agency"}}, {_FRANCE}}}}}]'
)


def _specified(member: str, kind: str = "LearningAchievementSpecification") -> str:
    """The specification, with what it cannot do without where there is none yet."""
    return f'"specifiedBy": {{"type": "{kind}", {_TITLE}, {member}}}'


def _proven(member: str = "") -> str:
    """An assessment with all that it cannot do without."""
    body = f'{{"type": "Organisation", "legalName": {{"en": "Example Academy"}}, {_FRANCE}}}'
    return (
        '"provenBy": [{"type": "LearningAssessment", "title": {"en": "Examination"}, '
        '"grade": {"type": "Note", "noteLiteral": {"en": "B+"}}, '
        f'"awardedBy": {{"type": "AwardingProcess", "awardingBody": [{body}]}}{", " * bool(member)}{member}}}]'
    )


_2: dict[str, tuple[str, str]] = {
    "learner": ("", '"recipient": {"type": "email", "hashed": false, "identity": "learner@example.org"}'),
    "title": ("badge", '"name": "Network technician"'),
    "issuer-country": ("badge/issuer", ""),
    "awarding-body": ("badge/issuer", '"name": "Example Academy"'),
    "date": ("", '"issuedOn": "2026-01-31T12:00:00Z"'),
    "learning-outcomes": ("badge", _term_2("ESCO skills", "set up a network", _SKILL)),
    "workload": ("badge", _term_2("ECTS", "2.5 ECTS credits", f"{_EUROPA}/education-credit/6fcec5c5af", "2.5")),
    "level": ("badge", _term_2("European Qualifications Framework", "EQF level 6", f"{_EUROPA}/eqf/6", "6")),
    "assessment": ("badge", _term_2("Type of assessment", "written examination", WRITTEN)),
    "participation": ("badge", _term_2("Form of participation", "online", ONLINE)),
    "quality-assurance": ("badge", ""),
    "prerequisites": ("badge", ""),
    "supervision": (
        "badge",
        _term_2("Supervision and identity verification", "supervised, identity verified", WATCHED),
    ),
    "grade": ("", ""),
    "stackability": ("badge", ""),
    "further-information": ("badge", '"description": "..."'),
}
_3: dict[str, tuple[str, str]] = {
    "learner": ("credentialSubject", _IDENTITY),
    "title": (_ACHIEVEMENT, '"name": "Network technician"'),
    "issuer-country": (_PROFILE, '"address": {"type": ["Address"], "addressCountryCode": "FR"}'),
    "awarding-body": (_PROFILE, '"name": "Example Academy"'),
    "date": ("", '"awardedDate": "2026-01-31T12:00:00Z"'),
    "learning-outcomes": (_ACHIEVEMENT, _term("ceasn:Competency", "set up a network", _SKILL)),
    "workload": (_ACHIEVEMENT, _term("ext:ECTS", "2.5 ECTS credits", f"{_EUROPA}/education-credit/6fcec5c5af", "2.5")),
    "level": (_ACHIEVEMENT, _term("ext:EQF", "EQF level 6", f"{_EUROPA}/eqf/6", "6")),
    "assessment": (_ACHIEVEMENT, _term("ext:AssessmentType", "written examination", WRITTEN)),
    "participation": (_ACHIEVEMENT, _term("ext:ParticipationType", "online", ONLINE)),
    "quality-assurance": (
        _ACHIEVEMENT,
        _term("ext:QualityAssurance", "accredited by ...", "https://agency.example/decisions/1"),
    ),
    "prerequisites": (_ACHIEVEMENT, ""),
    "supervision": (_ACHIEVEMENT, _term("ext:SupervisionType", "supervised, identity verified", WATCHED)),
    "grade": ("credentialSubject", '"result": [{"type": ["Result"], "value": "B+"}]'),
    "stackability": (_ACHIEVEMENT, ""),
    "further-information": (_ACHIEVEMENT, '"description": "..."'),
}
_ELM: dict[str, tuple[str, str]] = {
    "learner": ("credentialSubject", '"fullName": {"en": "..."}'),
    "title": (_CLAIM, _TITLE),
    "issuer-country": (_BODY, _FRANCE),
    "awarding-body": (_BODY, '"legalName": {"en": "Example Academy"}'),
    "date": (f"{_CLAIM}/awardedBy", '"awardingDate": "2026-01-31T12:00:00Z"'),
    "learning-outcomes": (
        _CLAIM,
        _specified(f'"learningOutcome": [{{"type": "LearningOutcome", "title": {{"en": {_OUTCOME}}}}}]'),
    ),
    "workload": (
        _CLAIM,
        _specified(f'"creditPoint": [{{"type": "CreditPoint", "framework": {_ECTS}, "point": "2.5"}}]'),
    ),
    "level": (_CLAIM, _specified(f'"eqfLevel": {_concept(f"{_EUROPA}/eqf/6")}', "Qualification")),
    "assessment": (
        _CLAIM,
        _specified(
            f'"provenBy": [{{"type": "LearningAssessmentSpecification", "title": {{"en": "Examination"}}, '
            f'"dcType": {_concept(WRITTEN)}}}]'
        ),
    ),
    "participation": (_CLAIM, _specified(f'"mode": [{_concept(ONLINE)}]')),
    "quality-assurance": (
        _BODY,
        _ACCREDITED,
    ),
    "prerequisites": (_CLAIM, _specified(f'"entryRequirement": {_NOTE}')),
    "supervision": (_CLAIM, _proven(f'"idVerification": {_concept(WATCHED)}')),
    "grade": (_CLAIM, _proven()),
    "stackability": (_CLAIM, _specified(f'"additionalNote": [{_NOTE}]')),
    "further-information": (_CLAIM, _specified(f'"additionalNote": [{_NOTE}]')),
}
_LEARNING: dict[str, tuple[str, str]] = {
    "learner": ("", '"learner_identification": "learner@example.org"'),
    "title": ("", '"achievement_title": "Network technician"'),
    "issuer-country": ("", '"issuing_country": "FR"'),
    "awarding-body": ("", '"issuing_authority": "Example Academy"'),
    "date": ("", '"date_of_issuance": "2026-01-31"'),
    "learning-outcomes": ("", f'"learning_outcomes": [{_OUTCOME}]'),
    "workload": ("", '"expected_study_time": "60 hours (2.5 ECTS credits)"'),
    "level": ("", '"level_of_learning_experience": 6'),
    "assessment": ("", ""),
    "participation": ("", ""),
    "quality-assurance": ("", '"types_of_quality_assurance": ["Institutional evaluation"]'),
    "prerequisites": ("", '"prerequisites_to_enroll": ["..."]'),
    "supervision": ("", ""),
    "grade": ("", '"assessment_grade": "B+"'),
    "stackability": ("", ""),
    "further-information": ("", '"achievement_description": "..."'),
}
EXAMPLES = {
    Format.OPEN_BADGES_1: _2,
    Format.OPEN_BADGES_2: _2,
    Format.OPEN_BADGES_3: _3,
    Format.ELM_3: _ELM,
    Format.LEARNING_CREDENTIAL_1: _LEARNING,
}
"""Format -> element -> where it is said, and an example of it; no example where the format has no place for it."""

NAMES = {
    "en": {
        "learner": "identification of the learner",
        "title": "title of the micro-credential",
        "issuer-country": "country or region of the issuer",
        "awarding-body": "awarding body",
        "date": "date of issuing",
        "learning-outcomes": "learning outcomes",
        "workload": "workload (in ECTS, where possible)",
        "level": "level (EQF), where there is one",
        "assessment": "type of assessment",
        "participation": "form of participation",
        "quality-assurance": "type of quality assurance",
        "prerequisites": "prerequisites to enrol",
        "supervision": "supervision and identity checks",
        "grade": "grade achieved",
        "stackability": "integration and stackability",
        "further-information": "further information",
    },
    "fr": {
        "learner": "identification de l'apprenant",
        "title": "intitulé de la microcertification",
        "issuer-country": "pays ou région de l'émetteur",
        "awarding-body": "organisme qui la délivre",
        "date": "date de délivrance",
        "learning-outcomes": "acquis d'apprentissage",
        "workload": "charge de travail (en ECTS, si possible)",
        "level": "niveau (CEC), s'il y a lieu",
        "assessment": "type d'évaluation",
        "participation": "forme de participation",
        "quality-assurance": "type d'assurance de la qualité",
        "prerequisites": "prérequis pour s'inscrire",
        "supervision": "surveillance, contrôle d'identité",
        "grade": "note obtenue",
        "stackability": "possibilités d'intégration et de cumul",
        "further-information": "informations complémentaires",
    },
}

LACKING = {
    "en": {
        "absent": "Nothing says it.",
        "hashed": "Only who knows the learner's address already can tell: it stands hashed.",
        "label": "The learner has an identifier that means nothing outside the document.",
        "region": "A region is named, and no country.",
        "nameless": "The body has an address and no name.",
        "criteria": "The criteria say what had to be done, not what the learner knows and can do.",
        "alignment": "It is aligned to a framework; nothing says that these are learning outcomes.",
        "unit": "A number of credits is given, and not in which system.",
        "scale": "A level is given, in a form that cannot be told.",
        "results": "There are results; nothing says how they were assessed.",
        "endorsed": "Somebody endorses it; nothing says that it is quality assured.",
        "status": "Whether it was completed is said, and no grade.",
        "aligned-whole": "It is aligned to a certification; nothing says that it counts towards it.",
    },
    "fr": {
        "absent": "Rien ne l'indique.",
        "hashed": "Seul qui connaît déjà l'adresse de l'apprenant peut le dire : elle est hachée.",
        "label": "L'identifiant de l'apprenant ne signifie rien hors du document.",
        "region": "Une région est nommée, mais aucun pays.",
        "nameless": "L'organisme a une adresse, mais pas de nom.",
        "criteria": "Les critères disent ce qu'il fallait faire, non ce que l'apprenant sait et sait faire.",
        "alignment": "Un référentiel est cité ; rien ne dit qu'il s'agit d'acquis d'apprentissage.",
        "unit": "Un nombre de crédits est donné, sans dire dans quel système.",
        "scale": "Un niveau est donné, sous une forme qui n'est pas reconnue.",
        "results": "Il y a des résultats ; rien ne dit comment ils ont été évalués.",
        "endorsed": "Quelqu'un le soutient ; rien ne dit que la qualité en est assurée.",
        "status": "Il est dit si elle a été achevée, mais sans note.",
        "aligned-whole": "Une certification est citée ; rien ne dit que la microcertification y contribue.",
    },
}

FIXES = {
    "en": ("Add {example}{place}.", " to {place}", "{format} has no member for it: say it in the description."),
    "fr": (
        "Ajoutez {example}{place}.",
        " dans {place}",
        "{format} n'a pas de membre pour cela : dites-le dans la description.",
    ),
}
WARNINGS = {
    "en": {
        "level": "In {format} a level stands at a Qualification: give one only where it was set by who may set it.",
        "stackability": "Only who awards the qualification may say that this is a part of it (isPartialQualification); "
        "others say in a note with what it can be combined.",
    },
    "fr": {
        "level": "Dans {format}, un niveau se trouve sur une Qualification : n'en donnez un que s'il a été fixé par "
        "qui en a le droit.",
        "stackability": "Seul l'organisme qui délivre la certification peut dire que ceci en est une partie "
        "(isPartialQualification) ; les autres disent dans une note avec quoi cela se cumule.",
    },
}
"""What not everybody may say in ELM, where saying it is saying that it is a certification."""
FORMATS = {
    Format.OPEN_BADGES_1: "Open Badges 1",
    Format.OPEN_BADGES_2: "Open Badges 2.0",
    Format.OPEN_BADGES_3: "Open Badges 3.0",
    Format.ELM_3: "ELM 3",
    Format.LEARNING_CREDENTIAL_1: "The EU learning credential",
}
