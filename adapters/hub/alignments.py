"""Alignments to terms of known frameworks, written as those who keep the framework write them."""

import re

from adapters.hub.credential import Alignment, LangText
from adapters.hub.frameworks import Framework, Recognised

_EUROPA = "http://data.europa.eu/"
_REGISTER = "https://www.francecompetences.fr/recherche/"

_ADDRESSES = {
    Framework.ESCO_SKILL: f"{_EUROPA}esco/skill/{{code}}",
    Framework.ESCO_OCCUPATION: f"{_EUROPA}esco/occupation/{{code}}",
    Framework.EQF: f"{_EUROPA}snb/eqf/{{code}}",
    Framework.NQF: f"{_EUROPA}snb/qdr/{{code}}",
    Framework.ISCED_F: f"{_EUROPA}snb/isced-f/{{code}}",
    Framework.RNCP: f"{_REGISTER}rncp/{{number}}/",
    Framework.RNCP_BLOC: f"{_REGISTER}rncp/{{number}}/",
    Framework.RS: f"{_REGISTER}rs/{{number}}/",
    Framework.ROME: "https://candidat.francetravail.fr/metierscope/fiche-metier/{code}",
}

NAMES = {
    Framework.ESCO_SKILL: "ESCO skills",
    Framework.ESCO_OCCUPATION: "ESCO occupations",
    Framework.EQF: "European Qualifications Framework",
    Framework.NQF: "National Qualifications Framework",
    Framework.ISCED_F: "ISCED-F 2013",
    Framework.RNCP: "RNCP",
    Framework.RNCP_BLOC: "RNCP - blocs de compétences (France compétences)",
    Framework.RS: "RS - Répertoire spécifique (France compétences)",
    Framework.ROME: "ROME",
    Framework.FORMACODE: "Formacode",
    Framework.NSF: "NSF",
    Framework.DIGCOMP: "DigComp",
}
"""What ``target_framework`` says; each is recognised again."""

SCHEMES = {
    f"{_EUROPA}snb/eqf/25831c2": NAMES[Framework.EQF],
    f"{_EUROPA}snb/isced-f/25831c2": NAMES[Framework.ISCED_F],
    f"{_EUROPA}esco/concept-scheme/skills": "ESCO",
}
"""IRI of a concept scheme -> how badges name the framework; an address says of ESCO's terms what they are."""

TYPES = {
    Framework.ESCO_SKILL: "ceasn:Competency",
    Framework.ESCO_OCCUPATION: "ext:ESCO_Occupation",
    Framework.EQF: "ext:EQF",
    Framework.NQF: "ext:NQF",
    Framework.ISCED_F: "ext:ISCED_F",
    Framework.RNCP: "ceterms:Credential",
    Framework.RNCP_BLOC: "ext:RNCPBloc",
    Framework.RS: "ceterms:Credential",
    Framework.ROME: "ext:ROME",
    Framework.FORMACODE: "ext:Formacode",
    Framework.NSF: "ext:NSF",
    Framework.DIGCOMP: "ceasn:Competency",
}
"""The ``targetType`` of Open Badges 3.0."""

ASSESSMENT = "ext:AssessmentType"
PARTICIPATION = "ext:ParticipationType"
SUPERVISION = "ext:SupervisionType"
QUALITY_ASSURANCE = "ext:QualityAssurance"
LISTS = {
    ASSESSMENT: "http://data.europa.eu/snb/assessment/",
    PARTICIPATION: "http://data.europa.eu/snb/learning-assessment/",
    SUPERVISION: "http://data.europa.eu/snb/supervision-verification/",
    QUALITY_ASSURANCE: "http://data.europa.eu/snb/data/accreditation/",
}
"""``targetType`` of what describes the learning and is no framework -> the list of Europass that its terms are of."""


def address_of(term: Recognised) -> str | None:
    """The address that identifies a term, None for frameworks that give their terms none.

    A part of a French certification shares the address of the whole: it is told by its code.
    """
    form = _ADDRESSES.get(term.framework)
    number = re.sub("^(RNCP|RS)|BC.*$", "", term.code)
    return form.format(code=term.code, number=number) if form else None


def alignment_of(framework: Framework, code: str, label: LangText, url: str | None = None) -> Alignment | None:
    """An alignment to a term of a framework, which is recognised again.

    Args:
        code: As `adapters.hub.frameworks.Recognised` has it, or in another spelling of it.
        label: The term's name; must not be empty.
        url: Where the term is described, for frameworks that give their terms no address.

    Returns:
        None when the framework has no such code, or the term has no address and none is given.
    """
    said = Alignment(
        target_name=label,
        target_url=url or "",
        target_code=code,
        target_framework=NAMES[framework],
        target_type=TYPES[framework],
    )
    if framework is Framework.NQF:
        found: Recognised | None = Recognised(framework, code)
    else:
        found = said.recognised
    if found is None or found.framework is not framework or not (address := url or address_of(found)):
        return None
    made = Alignment(
        target_name=label,
        target_url=address,
        target_code=found.code,
        target_framework=NAMES[framework],
        target_type=TYPES[framework],
    )
    return made if made.recognised == found else None
