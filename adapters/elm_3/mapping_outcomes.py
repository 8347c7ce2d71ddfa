"""Levels, fields and learning outcomes of a specification <-> alignments and learning outcomes of an achievement.

What Open Badges calls an alignment ELM spreads over ``eqfLevel``, ``nqfLevel``, ``thematicArea`` and outcomes that only
name a skill; `adapters.hub.frameworks` says which one it is.
"""

from typing import Any, Final  # Any: decoded JSON on both sides

import msgspec

from adapters.elm_3.codecs import NODE_NAME, NOTE, OWN_ID, TEXTS, each, in_list, own_language
from adapters.elm_3.concepts import ANY_CONCEPT, CONCEPT, label_of, read_alignment, write_alignment
from adapters.elm_3.concepts import term as term_of
from adapters.elm_3.mapping_agents import bloc
from adapters.elm_3.vocabulary import ESCO_SKILLS, Vocabulary, code, known, scheme, stem, vocabulary_at
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
MEMBERS: Final = (*_LEVELS, "qualificationCode", "learningOutcome")
FIELDS: Final = ("alignments", "learning_outcomes")
_ONLY_A_SKILL = frozenset({"id", "type", "title", "relatedESCOSkill", "relatedSkill"})
_SKILLS = ("relatedESCOSkill", "relatedSkill")
_WHOLES = (Framework.RNCP, Framework.RS)
_WHOLE_AGAIN = "says again what it is a part of, of which the code is kept"
_CODE = "the code that the term has in its list"
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
    for member, (vocabulary, _) in _LEVELS.items():
        for item, place in each(value.get(member, []), f"{at}/{member}"):
            there = f"{into}/alignments/{len(alignments)}"
            _align(item, place, there, alignments, trail)
            _read_code(item, vocabulary, place, there, alignments, trail)
    if part_of_qualification(value):
        _read_wholes(value, at, f"{into}/alignments", alignments, trail)
    for item, place in each(value.get("learningOutcome", []), f"{at}/learningOutcome"):
        if not isinstance(item, dict):
            trail.dropped(item, place, "not an outcome")
        elif (skill := _only_skill(item, place)) is not None:
            _align(*skill, f"{into}/alignments/{len(alignments)}", alignments, trail)
            trail.dropped(item["title"], f"{place}/title", _TITLE_AGAIN)
        else:
            outcomes.append(OUTCOME.read(item, place, f"{into}/learning_outcomes/{len(outcomes)}", trail))
    return {name: found for name, found in zip(FIELDS, (alignments, outcomes), strict=True) if found}


def part_of_qualification(specification: dict[str, Any]) -> bool:
    """Whether it says that it is a part of a qualification, or has the code of one."""
    own = (*each(specification.get("identifier", []), ""), *each(specification.get("qualificationCode", []), ""))
    return specification.get("isPartialQualification") is True or any(bloc(item) for item, _ in own)


def _read_code(item: Any, vocabulary: Vocabulary, at: str, into: str, found: list[Any], trail: Trail) -> None:
    """The code of a level or a field, which its id says where nothing else does."""
    own = code(vocabulary, item.get("id")) if isinstance(item, dict) else None
    if own is not None and "target_code" not in found[-1]:
        trail.carried(f"{at}/id", f"{into}/target_code")
        found[-1]["target_code"] = own


def _read_wholes(value: dict[str, Any], at: str, into: str, found: list[Any], trail: Trail) -> None:
    """What it is a part of, and is not itself."""
    for item, place in each(value.get("qualificationCode", []), f"{at}/qualificationCode"):
        if not bloc(item):
            _align(item, place, f"{into}/{len(found)}", found, trail)
    for item, place in each(value.get("isPartOf", []), f"{at}/isPartOf"):
        if isinstance(item, dict):
            _read_whole(item, place, f"{into}/{len(found)}", found, trail)


def _read_whole(item: dict[str, Any], at: str, into: str, found: list[Any], trail: Trail) -> None:
    coded = [(own, place) for own, place in each(item.get("identifier", []), f"{at}/identifier") if _coded(own)]
    if coded and any(each_found.get("target_code") == coded[0][0]["notation"] for each_found in found):
        trail.dropped(item, at, _WHOLE_AGAIN)
        return
    address, name = item.get("id"), TEXTS.read(item.get("title"), f"{at}/title", f"{into}/target_name", Trail())
    if not isinstance(address, str) or address.startswith(NODE_NAME) or name is ABSENT:
        return
    whole = {"target_name": TEXTS.read(item["title"], f"{at}/title", f"{into}/target_name", trail)}
    trail.carried(f"{at}/id", f"{into}/target_url")
    whole["target_url"] = address
    if coded:
        trail.carried(f"{coded[0][1]}/notation", f"{into}/target_code")
        whole["target_code"] = coded[0][0]["notation"]
    found.append(whole)


def _coded(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("notation"), str)


def _align(item: Any, at: str, into: str, found: list[Any], trail: Trail) -> None:
    read = read_alignment(item, at, into, trail)
    if read is ABSENT:
        return
    if not read["target_name"]:
        read["target_name"] = label_of(item["id"], f"{at}/id", f"{into}/target_name", trail)
    found.append(read)


def _only_skill(outcome: dict[str, Any], at: str) -> tuple[Any, str] | None:
    """The single skill of an outcome that says nothing else, and where it is."""
    if not outcome.keys() <= _ONLY_A_SKILL or not str(outcome.get("id", NODE_NAME)).startswith(NODE_NAME):
        return None
    skills = [(item, place) for m in _SKILLS for item, place in each(outcome.get(m, []), f"{at}/{m}")]
    if len(skills) != 1 or not isinstance(skills[0][0], dict) or not isinstance(skills[0][0].get("id"), str):
        return None
    title, label = (TEXTS.read(text, "", "", Trail()) for text in (outcome.get("title"), skills[0][0].get("prefLabel")))
    return skills[0] if title is not ABSENT and title == label else None


def write_outcomes(value: dict[str, Any], at: str, into: str, trail: Trail, *, part: bool) -> dict[str, Any]:
    """The members of a specification for what an achievement says of levels, fields and outcomes.

    Args:
        part: It is a part of a qualification, so that a certification that it is aligned to is its whole.
    """
    written: dict[str, Any] = {}
    for index, alignment in enumerate(value.get("alignments", ())):
        place = f"{at}/alignments/{index}"
        if part and _write_whole(alignment, place, into, trail, written):
            continue
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
        if "notation" not in level:
            level["notation"] = iri.removeprefix(stem(vocabulary))
            trail.supplied(f"{place}/notation", _CODE)
        if member in _ONE:
            written[member] = level
        else:
            held.append(level)
        return True
    return False


def _write_whole(alignment: Any, at: str, into: str, trail: Trail, written: dict[str, Any]) -> bool:
    found = _recognised(alignment)
    if found is None or found.framework not in _WHOLES:
        return False
    held = written.setdefault("qualificationCode", [])
    held.append(write_alignment(alignment, at, f"{into}/qualificationCode/{len(held)}", trail))
    return True


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
        part=found.code if found is not None and found.framework is Framework.RNCP_BLOC else None,
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
