"""Levels, fields and learning outcomes of a specification <-> alignments and learning outcomes of an achievement.

What Open Badges calls an alignment ELM spreads over ``eqfLevel``, ``nqfLevel``, ``thematicArea`` and outcomes that only
name a skill; `adapters.hub.frameworks` says which one it is.
"""

from typing import Any, Final  # Any: decoded JSON on both sides

import msgspec

from adapters.elm_3.codecs import NODE_NAME, NOTE, OWN_ID, TEXTS, each, in_list, own_language
from adapters.elm_3.concepts import ANY_CONCEPT, CONCEPT, read_alignment, write_alignment
from adapters.elm_3.concepts import term as term_of
from adapters.elm_3.vocabulary import ESCO_SKILLS, Vocabulary, code, known, labels, scheme, stem, vocabulary_at
from adapters.hub.credential import Alignment
from adapters.hub.frameworks import Framework, Recognised, recognised
from adapters.hub.losses import escaped, pointers
from adapters.hub.mapping import ABSENT, Row, Table, Trail

ESCO_SKILL: Final = "http://data.europa.eu/esco/skill/"
_LEVELS: Final = {
    "eqfLevel": (Vocabulary.EQF, Framework.EQF),
    "nqfLevel": (Vocabulary.NQF, Framework.NQF),
    "thematicArea": (Vocabulary.ISCED_F, Framework.ISCED_F),
}
_ONE = frozenset({"eqfLevel"})
MEMBERS: Final = (*_LEVELS, "learningOutcome")
FIELDS: Final = ("alignments", "learning_outcomes")
_ONLY_A_SKILL = frozenset({"id", "type", "title", "relatedESCOSkill", "relatedSkill"})
_SKILLS = ("relatedESCOSkill", "relatedSkill")
_TITLE_AGAIN = "says again what its only skill is called"
_NAMED_BY_SKILL = "every outcome has a title: the name of its skill"
_REQUIRED = "required here, and the source has none"


class _Outcomes(Table):
    """A LearningOutcome; its skills are two members here and one field there."""

    def read(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """Wire object -> hub object."""
        result = super().read(value, at, into, trail)
        skills: list[Any] = []
        for member in _SKILLS:
            for item, place in each(value.get(member, []), f"{at}/{member}"):
                read = _skill_in(item, place, f"{into}/skills/{len(skills)}", trail)
                skills += [] if read is ABSENT else [read]
        return {**result, "skills": skills} if skills else result

    def write(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """Hub object -> wire object."""
        rest = {name: child for name, child in value.items() if name != "skills"}
        written = super().write(rest, at, into, trail)
        for index, skill in enumerate(value.get("skills", ())):
            of_esco = skill["id"].startswith(ESCO_SKILL) and "relatedSkill" not in written
            member, codec = _SKILLS[not of_esco], _ESCO if of_esco else ANY_CONCEPT
            held = written.get(member, [])
            made = codec.write(skill, f"{at}/skills/{index}", f"{into}/{member}/{len(held)}", trail)
            if made is not ABSENT:
                written[member] = [*held, made]
        if "title" not in written and len(written) > 1:
            written["title"] = {"en": "Learning outcome"}
            trail.supplied(f"{into}/title/en", _REQUIRED)
        return written


class _Esco:
    """A skill of ESCO, which has to be in its scheme."""

    @staticmethod
    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        said = value.get("scheme")
        written = CONCEPT.write({**value, "scheme": ESCO_SKILLS}, at, into, trail)
        if said is None:
            trail.supplied(f"{into}/inScheme/id", "the scheme of ESCO's skills")
        elif said != ESCO_SKILLS:
            trail.approximated(f"{at}/scheme", f"{into}/inScheme/id", "the scheme of ESCO's skills")
        return written


_ESCO = _Esco()


def _skill_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        trail.dropped(value, at, "a skill without an id")
        return ABSENT
    return ANY_CONCEPT.read(value, at, into, trail)


OUTCOME = _Outcomes(
    Row("id", "id", OWN_ID),
    Row("title", "title", TEXTS),
    Row("additionalNote", "description", in_list(NOTE)),
    Row("dcType", "kind", term_of(Vocabulary.SKILL_TYPE)),
    Row("reusabilityLevel", "reusability", term_of(Vocabulary.SKILL_REUSE_LEVEL)),
    types=("LearningOutcome",),
    structural=("type", *_SKILLS),
)


def read_outcomes(value: dict[str, Any], at: str, into: str, trail: Trail) -> dict[str, Any]:
    """What a specification says of levels, fields and outcomes, as members of an achievement."""
    alignments: list[Any] = []
    outcomes: list[Any] = []
    for member in _LEVELS:
        for item, place in each(value.get(member, []), f"{at}/{member}"):
            _align(item, place, f"{into}/alignments/{len(alignments)}", alignments, trail)
    for item, place in each(value.get("learningOutcome", []), f"{at}/learningOutcome"):
        if not isinstance(item, dict):
            trail.dropped(item, place, "not an outcome")
        elif (skill := _only_skill(item, place)) is not None:
            _align(*skill, f"{into}/alignments/{len(alignments)}", alignments, trail)
            trail.dropped(item["title"], f"{place}/title", _TITLE_AGAIN)
        else:
            outcomes.append(OUTCOME.read(item, place, f"{into}/learning_outcomes/{len(outcomes)}", trail))
    return {name: found for name, found in zip(FIELDS, (alignments, outcomes), strict=True) if found}


def _align(item: Any, at: str, into: str, found: list[Any], trail: Trail) -> None:
    read = read_alignment(item, at, into, trail)
    if read is ABSENT:
        return
    if not read["target_name"]:
        read["target_name"] = _labelled(item["id"], f"{at}/id", f"{into}/target_name", trail)
    found.append(read)


def _labelled(iri: str, at: str, into: str, trail: Trail) -> dict[str, str]:
    """The label that the vocabulary has for a term that came without: it says again what the id says."""
    vocabulary = vocabulary_at(iri)
    found = code(vocabulary, iri) if vocabulary is not None else None
    if vocabulary is None or found is None or "en" not in labels(vocabulary, found):
        return {}
    trail.carried(at, f"{into}/en")
    return {"en": labels(vocabulary, found)["en"]}


def _only_skill(outcome: dict[str, Any], at: str) -> tuple[Any, str] | None:
    """The single skill of an outcome that says nothing else, and where it is."""
    if not outcome.keys() <= _ONLY_A_SKILL or not str(outcome.get("id", NODE_NAME)).startswith(NODE_NAME):
        return None
    skills = [(item, place) for m in _SKILLS for item, place in each(outcome.get(m, []), f"{at}/{m}")]
    if len(skills) != 1 or not isinstance(skills[0][0], dict) or not isinstance(skills[0][0].get("id"), str):
        return None
    title, label = (TEXTS.read(text, "", "", Trail()) for text in (outcome.get("title"), skills[0][0].get("prefLabel")))
    return skills[0] if title is not ABSENT and title == label else None


def write_outcomes(value: dict[str, Any], at: str, into: str, trail: Trail) -> dict[str, Any]:
    """The members of a specification for what an achievement says of levels, fields and outcomes."""
    written: dict[str, Any] = {}
    for index, alignment in enumerate(value.get("alignments", ())):
        place = f"{at}/alignments/{index}"
        if not _write_level(alignment, place, into, trail, written):
            _write_skill(alignment, place, into, trail, written)
    for index, outcome in enumerate(value.get("learning_outcomes", ())):
        held, before = written.get("learningOutcome", []), len(trail.origins)
        place = f"{into}/learningOutcome/{len(held)}"
        made = OUTCOME.write(outcome, f"{at}/learning_outcomes/{index}", place, trail)
        if len(trail.origins) > before:
            written["learningOutcome"] = [*held, made]
    return {member: written[member] for member in MEMBERS if member in written}


def _recognised(alignment: dict[str, Any]) -> Recognised | None:
    return recognised(msgspec.convert({"target_name": {}, **alignment}, Alignment))


def _write_level(alignment: Any, at: str, into: str, trail: Trail, written: dict[str, Any]) -> bool:
    found = _recognised(alignment)
    for member, (vocabulary, framework) in _LEVELS.items():
        iri = stem(vocabulary) + found.code if found is not None else ""
        if found is None or found.framework is not framework or not known(vocabulary, iri):
            continue
        if member in _ONE and member in written:
            return False
        held = [] if member in _ONE else written.setdefault(member, [])
        place = f"{into}/{member}" if member in _ONE else f"{into}/{member}/{len(held)}"
        level = write_alignment(alignment, at, place, trail, iri=iri, in_scheme=scheme(vocabulary))
        if member in _ONE:
            written[member] = level
        else:
            held.append(level)
        return True
    return False


def _write_skill(alignment: Any, at: str, into: str, trail: Trail, written: dict[str, Any]) -> None:
    """An outcome that only names a skill; its title is the skill's label, because every outcome has one."""
    found = _recognised(alignment)
    of_esco = found is not None and found.framework is Framework.ESCO_SKILL
    vocabulary = vocabulary_at(alignment["target_url"])
    own_scheme = scheme(vocabulary) if vocabulary and known(vocabulary, alignment["target_url"]) else None
    held = written.setdefault("learningOutcome", [])
    place = f"{into}/learningOutcome/{len(held)}"
    member = _SKILLS[not of_esco]
    skill = write_alignment(
        alignment,
        at,
        f"{place}/{member}/0",
        trail,
        iri=f"{ESCO_SKILL}{found.code}" if of_esco and found is not None else None,
        in_scheme=ESCO_SKILLS if of_esco else own_scheme,
    )
    if "prefLabel" not in skill:
        name = (alignment.get("target_code") or "").strip() or skill["id"]
        skill["prefLabel"] = {own_language(trail): name}
        trail.supplied(f"{place}/{member}/0/prefLabel/{own_language(trail)}", _REQUIRED)
    for leaf in pointers(skill["prefLabel"], f"{place}/title"):
        trail.supplied(leaf, _NAMED_BY_SKILL)
    held.append({"type": "LearningOutcome", "title": dict(skill["prefLabel"]), member: [skill]})


def name_by_skill(specification: dict[str, Any], at: str, trail: Trail) -> None:
    """Title an outcome that only names a skill as that skill is labelled now, after its label gave way to another."""
    supplied = {loss.target for loss in trail.losses if loss.note == _NAMED_BY_SKILL}
    for index, outcome in enumerate(specification.get("learningOutcome", ())):
        place = f"{at}/learningOutcome/{index}/title"
        if not any(f"{place}/{escaped(tag)}" in supplied for tag in outcome["title"]):
            continue
        skill = next(outcome[member][0] for member in _SKILLS if member in outcome)
        outcome["title"] = dict(skill["prefLabel"])
        for leaf in pointers(outcome["title"], place):
            if leaf not in supplied:
                trail.supplied(leaf, _NAMED_BY_SKILL)
