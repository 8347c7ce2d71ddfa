"""What describes the learning - credits, workload, form, assessment, language - as alignments to terms of vocabularies.

Open Badges have no members for it, and a further term needs a context that no verifier has or an extension that the
validator of 1EdTech refuses when its page is gone. An alignment says it everywhere: its address is the term, and one
member of it, the *mark*, says what the term is about. Reading takes such an alignment back to the field it was made of.
"""

import re
from collections.abc import Mapping
from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

import msgspec

from adapters.hub.alignments import ASSESSMENT, PARTICIPATION, SUPERVISION
from adapters.hub.losses import Change, Loss, pointers
from adapters.hub.mapping import Trail

ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
VOLUME = "http://data.europa.eu/snb/model/elm/volumeOfLearning"
OUTCOME_CLASS = "http://data.europa.eu/snb/model/elm/LearningOutcome"
PARTIAL = "http://data.europa.eu/snb/model/elm/isPartialQualification"
CREDITS, WORKLOAD, LANGUAGE, OUTCOME = "ext:ECTS", "ext:Workload", "ext:Language", "ext:LearningOutcome"
PART = "ext:PartialQualification"

BY_TYPE = {mark: mark for mark in (CREDITS, WORKLOAD, PARTICIPATION, ASSESSMENT, SUPERVISION, LANGUAGE, OUTCOME, PART)}
BY_FRAMEWORK = {
    CREDITS: "ECTS",
    WORKLOAD: "Notional workload",
    PARTICIPATION: "Form of participation",
    ASSESSMENT: "Type of assessment",
    SUPERVISION: "Supervision and identity verification",
    LANGUAGE: "Language of instruction and assessment",
    OUTCOME: "Learning outcome",
    PART: "Part of a qualification",
}
IS_PART = {True: "true", False: "false"}
"""The code that says whether it is a part of a qualification."""

POINTS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")
DURATION = re.compile(r"P(?=[0-9T])([0-9]{1,4}[YMWD])*(T(?=[0-9])([0-9]{1,6}[HMS])+)?")

TERM = {
    "target_url": "id",
    "target_name": "label",
    "target_code": "notation",
    "target_framework": "scheme",
    "target_description": "definition",
}
_CREDIT = {
    "target_url": "framework/id",
    "target_name": "framework/label",
    "target_code": "points",
    "target_framework": "framework/notation",
    "target_description": "framework/definition",
}
OUTCOME_FIELDS = {"target_url": "id", "target_name": "title", "target_description": "description"}
_SINGLE = {WORKLOAD: "workload", PART: "partial_qualification"}
_FIELDS = {CREDITS: _CREDIT, OUTCOME: OUTCOME_FIELDS, **{mark: {"target_code": ""} for mark in _SINGLE}}
_LISTS = {PARTICIPATION: "modes", LANGUAGE: "languages", OUTCOME: "learning_outcomes"}

_MARK = "says what the alignment is about, as the field that it was read to does"
_IN_WORDS = "says in words what its code says"


class Marks(msgspec.Struct, frozen=True):
    """How a format marks such alignments.

    Attributes:
        member: Of the neutral alignment.
        words: What it says there, by the mark.
    """

    member: str
    words: Mapping[str, str]

    def of(self, alignment: Mapping[str, Any]) -> str | None:
        """The mark of an alignment that can be taken back whole."""
        word = alignment.get(self.member)
        mark = next((mark for mark, said in self.words.items() if said == word), None)
        code = alignment.get("target_code") or ""
        if mark is None or not alignment.get("target_name"):
            return None
        if mark == CREDITS:
            return mark if POINTS.fullmatch(code) and alignment["target_url"] == ECTS else None
        if mark == WORKLOAD:
            return mark if DURATION.fullmatch(code) and alignment["target_url"] == VOLUME else None
        if mark == PART:
            return mark if code in IS_PART.values() and alignment["target_url"] == PARTIAL else None
        if mark == OUTCOME:
            return mark if alignment.keys() <= {*OUTCOME_FIELDS, self.member, "target_type"} else None
        return mark

    def fields(self, mark: str, url: str = "") -> dict[str, str]:
        """Neutral member of such an alignment -> place below the field; what is in none of them is implied."""
        given = _FIELDS.get(mark, TERM)
        implied = (self.member, "target_url") if url == OUTCOME_CLASS and mark == OUTCOME else (self.member,)
        return {member: place for member, place in given.items() if member not in implied}


TYPED = Marks("target_type", BY_TYPE)
NAMED = Marks("target_framework", BY_FRAMEWORK)


def raised(achievement: dict[str, Any], into: str, trail: Trail, marks: Marks) -> None:
    """Take marked alignments back to the fields that they say, in a neutral achievement that was just read.

    Args:
        into: Pointer to the achievement, as the trail has it.
    """
    moved: dict[str, str | None] = {}
    kept: list[dict[str, Any]] = []
    at = f"{into}/alignments"
    for index, alignment in enumerate(achievement.get("alignments", ())):
        mark = marks.of(alignment)
        if mark in _SINGLE and _SINGLE[mark] in achievement:
            mark = None
        place = f"{into}/{_placed(achievement, mark, alignment, marks)}" if mark else f"{at}/{len(kept)}"
        fields = marks.fields(mark, alignment["target_url"]) if mark else {name: name for name in alignment}
        for leaf in pointers(alignment):
            member, slash, rest = leaf[1:].partition("/")
            inner = f"/{fields[member]}" if fields.get(member) else ""
            moved[f"{at}/{index}{leaf}"] = f"{place}{inner}{slash}{rest}" if member in fields else None
        if not mark:
            kept.append(alignment)
    if kept or "alignments" in achievement:
        achievement["alignments"] = kept
    _move_origins(trail, moved, f"{at}/")


def _move_origins(trail: Trail, moved: dict[str, str | None], below: str) -> None:
    aside = {pointer: trail.origins.pop(pointer) for pointer in list(trail.origins) if pointer.startswith(below)}
    for pointer, place in aside.items():
        there = moved.get(pointer)
        if there is not None:
            trail.origins[there] = place
        else:
            note = _IN_WORDS if "/target_name" in pointer or pointer.endswith("/target_url") else _MARK
            trail.losses.append(Loss(change=Change.APPROXIMATED, source=place, note=note))
    for index, loss in enumerate(trail.losses):
        if loss.target is not None and loss.target in moved:
            trail.losses[index] = msgspec.structs.replace(loss, target=moved[loss.target])


def _placed(achievement: dict[str, Any], mark: str, alignment: dict[str, Any], marks: Marks) -> str:
    """Put what an alignment says into its field, and return the place."""
    value: dict[str, Any] = {}
    for member, place in marks.fields(mark, alignment["target_url"]).items():
        if member in alignment and place:
            owner, *inner = place.split("/")
            target = value.setdefault(owner, {}) if inner else value
            target[inner[0] if inner else owner] = alignment[member]
    if mark in _SINGLE:
        code = alignment["target_code"]
        achievement[_SINGLE[mark]] = code if mark == WORKLOAD else code == IS_PART[True]
        return _SINGLE[mark]
    if mark in (ASSESSMENT, SUPERVISION):
        return _placed_in_assessment(achievement.setdefault("assessments", []), mark, value)
    field = _LISTS.get(mark, "credit_points")
    items = achievement.setdefault(field, [])
    items.append(value)
    return f"{field}/{len(items) - 1}"


def _placed_in_assessment(assessments: list[dict[str, Any]], mark: str, value: dict[str, Any]) -> str:
    """All kinds belong to the first assessment, which is supervised in one way."""
    if not assessments or (mark == SUPERVISION and "supervision" in assessments[0]):
        assessments.append({})
    if mark == SUPERVISION:
        owner = len(assessments) - 1
        assessments[owner]["supervision"] = value
        return f"assessments/{owner}/supervision"
    kinds = assessments[0].setdefault("kinds", [])
    kinds.append(value)
    return f"assessments/0/kinds/{len(kinds) - 1}"
