"""Where a neutral credential says each element of a European micro-credential, and what may be missing of it.

Source: Council Recommendation of 16 June 2022 on a European approach to micro-credentials (2022/C 243/02), Annex I.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from adapters.hub.alignments import ASSESSMENT, LISTS, PARTICIPATION, QUALITY_ASSURANCE, SUPERVISION
from adapters.hub.credential import (
    Accreditation,
    Achievement,
    Alignment,
    Assessment,
    Concept,
    Credential,
    CreditPoints,
    LangText,
    LearningOutcome,
    Profile,
)
from adapters.hub.frameworks import Framework

MANDATORY = (
    "learner",
    "title",
    "issuer-country",
    "awarding-body",
    "date",
    "learning-outcomes",
    "workload",
    "level",
    "assessment",
    "participation",
    "quality-assurance",
)
OPTIONAL = ("prerequisites", "supervision", "grade", "stackability", "further-information")
_MOST_ALIGNMENTS = 200
"""That are looked at: sound achievements have a handful."""


_Item = TypeVar("_Item")
_LEVELS = (Framework.EQF, Framework.NQF)
_SKILLS = (Framework.ESCO_SKILL, Framework.DIGCOMP)
_WHOLES = (Framework.RNCP, Framework.RS, Framework.RNCP_BLOC)
_COMPETENCIES = ("ceasn:Competency", "CFItem", "ext:LearningOutcome")
_MEANINGLESS = ("urn:epass:", "urn:uuid:", "_:")


class Said(msgspec.Struct, frozen=True):
    """Where something is said in the neutral credential; ``lack`` names what is missing of it, "" when nothing is."""

    pointer: str
    lack: str = ""


def _text(text: LangText) -> bool:
    return any(words.strip() for words in text.values())


def _term(term: Concept | None) -> bool:
    """Whether it says what it is, here or where its address leads."""
    return term is not None and (_text(term.label) or bool((term.notation or "").strip()) or _web(term.id))


def _web(iri: str | None) -> bool:
    return iri is not None and iri.startswith(("http://", "https://"))


def _amount(number: str) -> bool:
    """Whether credits or a duration are more than none."""
    return any(digit in number for digit in "123456789")


def _outcome(outcome: LearningOutcome) -> bool:
    return _text(outcome.title) or _text(outcome.description) or any(map(_term, outcome.skills))


def _accreditation(accreditation: Accreditation) -> bool:
    by_name = _text(accreditation.title) or _web(accreditation.id)
    agent = accreditation.agent
    return by_name or _term(accreditation.kind) or (agent is not None and (_text(agent.name) or _web(agent.id)))


def _credits(held: CreditPoints) -> bool:
    return _amount(held.points)


def _of(items: tuple[_Item, ...], at: str, says: Callable[[_Item], bool]) -> Iterator[Said]:
    """Those of several that say something."""
    for index, item in enumerate(items):
        if says(item):
            yield Said(f"{at}/{index}")


def _learner(credential: Credential) -> Iterator[Said]:
    recipient = credential.recipient
    for index, identity in enumerate(recipient.identities):
        if not identity.value.strip():
            continue
        yield Said(f"/recipient/identities/{index}", "hashed" if identity.hashed else "")
    if recipient.id is not None:
        yield Said("/recipient/id", "label" if recipient.id.startswith(_MEANINGLESS) else "")


def _title(credential: Credential) -> Iterator[Said]:
    if _text(credential.achievement.name):
        yield Said("/achievement/name")


def _bodies(credential: Credential) -> Iterator[tuple[str, Profile]]:
    """Who may be the awarding body: those named as such first; an organisation stands for its parts.

    Who only issues or seals what somebody else awarded is none.
    """
    source, issuer = credential.source, credential.issuer
    own = source is None or (source.id == issuer.id if source.id and issuer.id else source.name == issuer.name)
    named: list[tuple[str, Profile | None]] = [
        ("/source", source),
        *((f"/joint_awarders/{index}", body) for index, body in enumerate(credential.joint_awarders)),
        ("/achievement/creator", credential.achievement.creator),
        ("/issuer", issuer if own else None),
    ]
    for at, profile in named:
        pointer, body = at, profile
        while body is not None:
            yield pointer, body
            pointer, body = f"{pointer}/parent_org", body.parent_org


def _country(credential: Credential) -> Iterator[Said]:
    for at, body in _bodies(credential):
        if body.address is None:
            continue
        for member in ("country_code", "country"):
            if getattr(body.address, member):
                yield Said(f"{at}/address/{member}")
        if body.address.region:
            yield Said(f"{at}/address/region", "region")


def _awarding_body(credential: Credential) -> Iterator[Said]:
    for at, body in _bodies(credential):
        if _text(body.name):
            yield Said(f"{at}/name")
        elif body.id is not None:
            yield Said(f"{at}/id", "nameless")


def _date(credential: Credential) -> Iterator[Said]:
    for member in ("awarded", "valid_from"):
        if getattr(credential, member) is not None:
            yield Said(f"/{member}")


def _alignments(achievement: Achievement) -> Iterator[tuple[str, Alignment]]:
    for index, alignment in enumerate(achievement.alignments[:_MOST_ALIGNMENTS]):
        yield f"/achievement/alignments/{index}", alignment


def _typed(achievement: Achievement, kind: str) -> Iterator[Said]:
    """Alignments to a term of the vocabulary that the kind stands for."""
    for at, alignment in _alignments(achievement):
        if alignment.target_type == kind or alignment.target_url.startswith(LISTS[kind]):
            yield Said(at)


def _outcomes(credential: Credential) -> Iterator[Said]:
    achievement = credential.achievement
    yield from _of(achievement.learning_outcomes, "/achievement/learning_outcomes", _outcome)
    for at, alignment in _alignments(achievement):
        term = alignment.recognised
        if term is not None:
            if term.framework in _SKILLS:
                yield Said(at)
        elif alignment.target_type in _COMPETENCIES:
            yield Said(at)
        elif alignment.target_type is None and not alignment.target_url.startswith(tuple(LISTS.values())):
            yield Said(at, "alignment")
    if achievement.criteria is not None and _text(achievement.criteria.narrative):
        yield Said("/achievement/criteria/narrative", "criteria")


def _workload(credential: Credential) -> Iterator[Said]:
    achievement = credential.achievement
    yield from _of(achievement.credit_points, "/achievement/credit_points", _credits)
    yield from _of(credential.credits_received, "/credits_received", _credits)
    if achievement.workload is not None and _amount(achievement.workload):
        yield Said("/achievement/workload")
    if achievement.credits_available:
        yield Said("/achievement/credits_available", "unit")
    if credential.credits_earned:
        yield Said("/credits_earned", "unit")


def _level(credential: Credential) -> Iterator[Said]:
    for at, alignment in _alignments(credential.achievement):
        term = alignment.recognised
        if term is not None and term.framework in _LEVELS:
            yield Said(at)
        elif alignment.target_type is not None and alignment.target_type.endswith(("QF", "QF-EHEA")):
            yield Said(at, "scale")


def _assessments(credential: Credential) -> Iterator[tuple[str, Assessment]]:
    for index, assessment in enumerate(credential.achievement.assessments):
        yield f"/achievement/assessments/{index}", assessment
    for index, result in enumerate(credential.results):
        if result.assessment is not None:
            yield f"/results/{index}/assessment", result.assessment


def _assessment(credential: Credential) -> Iterator[Said]:
    for at, assessment in _assessments(credential):
        if any(map(_term, assessment.kinds)):
            yield Said(f"{at}/kinds")
        elif _text(assessment.title) or _text(assessment.description):
            yield Said(at, "results")
    yield from _typed(credential.achievement, ASSESSMENT)
    for index in range(len(credential.achievement.result_descriptions)):
        yield Said(f"/achievement/result_descriptions/{index}", "results")
    for index in range(len(credential.results)):
        yield Said(f"/results/{index}", "results")


def _participation(credential: Credential) -> Iterator[Said]:
    yield from _of(credential.achievement.modes, "/achievement/modes", _term)
    yield from _typed(credential.achievement, PARTICIPATION)


def _quality(credential: Credential) -> Iterator[Said]:
    achievement = credential.achievement
    yield from _of(achievement.accreditations, "/achievement/accreditations", _accreditation)
    for at, body in _bodies(credential):
        yield from _of(body.accreditations, f"{at}/accreditations", _accreditation)
    yield from _typed(achievement, QUALITY_ASSURANCE)
    for index in range(len(achievement.endorsements)):
        yield Said(f"/achievement/endorsements/{index}", "endorsed")


def _prerequisites(credential: Credential) -> Iterator[Said]:
    if _text(credential.achievement.entry_requirements):
        yield Said("/achievement/entry_requirements")


def _supervision(credential: Credential) -> Iterator[Said]:
    for at, assessment in _assessments(credential):
        if _term(assessment.supervision):
            yield Said(f"{at}/supervision")
    yield from _typed(credential.achievement, SUPERVISION)


def _grade(credential: Credential) -> Iterator[Said]:
    for index, result in enumerate(credential.results):
        member = "value" if result.value is not None else "achieved_level"
        if (getattr(result, member) or "").strip():
            yield Said(f"/results/{index}/{member}")
        elif result.status is not None:
            yield Said(f"/results/{index}/status", "status")


def _stackability(credential: Credential) -> Iterator[Said]:
    if credential.achievement.partial_qualification is not None:
        yield Said("/achievement/partial_qualification")
    for at, alignment in _alignments(credential.achievement):
        term = alignment.recognised
        if term is not None and term.framework in _WHOLES:
            yield Said(at, "aligned-whole")


def _further(credential: Credential) -> Iterator[Said]:
    achievement = credential.achievement
    if _text(achievement.description):
        yield Said("/achievement/description")
    if achievement.criteria is not None and achievement.criteria.id is not None:
        yield Said("/achievement/criteria/id")
    yield from _of(achievement.notes, "/achievement/notes", _text)
    for at, body in _bodies(credential):
        if body.url is not None:
            yield Said(f"{at}/url")
    if _text(credential.narrative):
        yield Said("/narrative")


FINDERS: dict[str, Callable[[Credential], Iterator[Said]]] = {
    "learner": _learner,
    "title": _title,
    "issuer-country": _country,
    "awarding-body": _awarding_body,
    "date": _date,
    "learning-outcomes": _outcomes,
    "workload": _workload,
    "level": _level,
    "assessment": _assessment,
    "participation": _participation,
    "quality-assurance": _quality,
    "prerequisites": _prerequisites,
    "supervision": _supervision,
    "grade": _grade,
    "stackability": _stackability,
    "further-information": _further,
}
