"""What describes the learning - credits, workload, form, assessment, language - as alignments to terms of vocabularies.

Open Badges have no members for it, and a further term needs a context that no verifier has or an extension that the
validator of 1EdTech refuses when its page is gone. An alignment says it everywhere: its address is the term, and one
member of it, the *mark*, says what the term is about. Reading takes such an alignment back to the field it was made of.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

import msgspec

from adapters.hub.alignments import ASSESSMENT, NAMES, PARTICIPATION, QUALITY_ASSURANCE, SUPERVISION, TYPES
from adapters.hub.credential import Alignment
from adapters.hub.frameworks import Recognised
from adapters.hub.losses import Change, Loss, pointers
from adapters.hub.mapping import NO_PLACE, Trail

ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
VOLUME = "http://data.europa.eu/snb/model/elm/volumeOfLearning"
CREDITS, WORKLOAD, LANGUAGE = "ext:ECTS", "ext:Workload", "ext:Language"

BY_TYPE = {mark: mark for mark in (CREDITS, WORKLOAD, PARTICIPATION, ASSESSMENT, SUPERVISION, LANGUAGE)}
BY_FRAMEWORK = {
    CREDITS: "ECTS",
    WORKLOAD: "Notional workload",
    PARTICIPATION: "Form of participation",
    ASSESSMENT: "Type of assessment",
    SUPERVISION: "Supervision and identity verification",
    LANGUAGE: "Language of instruction and assessment",
}

POINTS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")
DURATION = re.compile(r"P(?=[0-9T])([0-9]{1,4}[YMWD])*(T(?=[0-9])([0-9]{1,6}[HMS])+)?")

_TERM = {
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
_LISTS = {PARTICIPATION: "modes", LANGUAGE: "languages"}

_MARK = "says what the alignment is about, as the field that it was read to does"
_IN_WORDS = "says in words what its code says"
_MARKED = "says what kind of alignment it is"
_NOT_ECTS = "Open Badges can say it of ECTS alone, and of a number"
_NAMELESS = "has no name, without which it cannot be an alignment"
_AS_ALIGNMENT = "became an alignment, which says less of it"
_TAKEN = "would make it another statement than an alignment"


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
        return mark

    def fields(self, mark: str) -> dict[str, str]:
        """Neutral member of such an alignment -> place below the field; what is in none of them is implied."""
        given = {WORKLOAD: {"target_code": ""}, CREDITS: _CREDIT}.get(mark, _TERM)
        return {member: place for member, place in given.items() if member != self.member}


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
        if mark == WORKLOAD and "workload" in achievement:
            mark = None
        place = f"{into}/{_placed(achievement, mark, alignment, marks)}" if mark else f"{at}/{len(kept)}"
        fields = marks.fields(mark) if mark else {name: name for name in alignment}
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
    for member, place in marks.fields(mark).items():
        if member in alignment and place:
            owner, *inner = place.split("/")
            target = value.setdefault(owner, {}) if inner else value
            target[inner[0] if inner else owner] = alignment[member]
    if mark == WORKLOAD:
        achievement["workload"] = alignment["target_code"]
        return "workload"
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


class Lowered(msgspec.Struct, frozen=True):
    """An achievement of which everything described became an alignment.

    Attributes:
        achievement: A copy, without the fields that Open Badges have no members for.
        sources: Pointer to a leaf of an alignment that was made -> to the leaf that it says; None when it is implied.
        bent: Those of them that do not read back as what they were made of.
    """

    achievement: dict[str, Any]
    sources: dict[str, str | None]
    bent: frozenset[str]


class _Lowering:
    """Makes alignments of the fields of one achievement."""

    def __init__(self, achievement: dict[str, Any], at: str, trail: Trail, marks: Marks) -> None:
        self.rest = dict(achievement)
        self.at, self.trail, self.marks = at, trail, marks
        self.alignments: list[dict[str, Any]] = []
        self.sources: dict[str, str | None] = {}
        self.bent: set[str] = set()
        self.said: set[str] = set()

    def own(self) -> None:
        """Keep the alignments that are there; one that would be read as something else loses its mark."""
        for index, alignment in enumerate(self.rest.get("alignments", ())):
            member = self.marks.member
            taken = self.marks.of(alignment) is not None
            if taken:
                self.trail.dropped(alignment[member], f"{self._own(index)}/{member}", _TAKEN)
            kept = {name: it for name, it in alignment.items() if not (taken and name == member)}
            if (implied := self._kind(kept, alignment)) is not None:
                kept[member] = implied
                self.sources[f"{self._own(index)}/{member}"] = None
            self.alignments.append(kept)

    def _kind(self, kept: dict[str, Any], alignment: dict[str, Any]) -> str | None:
        """What the format's member for it says of a term that is recognised, where nothing stands there.

        With a name of the framework only where the term would not be recognised without.
        """
        if self.marks.member in kept or (term := _recognised(alignment)) is None:
            return None
        if self.marks.member == "target_type":
            said, word = kept, TYPES[term.framework]
        else:
            said = {name: it for name, it in kept.items() if name != "target_type"}
            word = NAMES[term.framework]
            if _recognised(said) is not None:
                return None
        return word if _recognised({**said, self.marks.member: word}) == term else None

    def _own(self, index: int) -> str:
        return f"{self.at}/alignments/{index}"

    def made(self, value: Any, source: str, fields: dict[str, str], implied: dict[str, Any], *, bent: bool) -> None:
        """Add one alignment.

        Args:
            fields: Member of the alignment -> place in ``value``.
            implied: Further members that nothing in ``value`` says.
        """
        alignment, origin = dict(implied), {}
        for member, place in fields.items():
            found = _at(value, place)
            if found is not None:
                alignment[member] = found
                origin[member] = f"{source}/{place}" if place else source
        at = self._own(len(self.alignments))
        for leaf in pointers(alignment):
            member, slash, rest = leaf[1:].partition("/")
            said = f"{origin[member]}{slash}{rest}" if member in origin else None
            self.sources[at + leaf] = said
            if said is not None:
                self.said.add(said)
                if bent:
                    self.bent.add(at + leaf)
        self.alignments.append(alignment)

    def term(self, mark: str, value: dict[str, Any], source: str, *, bent: bool = False) -> None:
        """Add a term of a vocabulary; one without a name cannot be an alignment."""
        if value.get("label"):
            marked = {self.marks.member: self.marks.words[mark]}
            self.made(value, source, self.marks.fields(mark), marked, bent=bent)
        else:
            self.left(value, source, _NAMELESS)

    def left(self, value: Any, source: str, note: str) -> None:
        """Drop what no alignment says."""
        for leaf in pointers(value, source):
            if leaf not in self.said:
                self.trail.dropped("", leaf, note)
                self.said.add(leaf)


def _recognised(alignment: dict[str, Any]) -> Recognised | None:
    return msgspec.convert(alignment, Alignment).recognised


def _at(value: Any, place: str) -> Any:
    for name in filter(None, place.split("/")):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def lowered(achievement: dict[str, Any], at: str, trail: Trail, marks: Marks) -> Lowered:
    """Say by alignments what the fields of a neutral achievement say that Open Badges have no members for.

    Args:
        achievement: As `adapters.hub.mapping.bare` makes it; not changed.
        at: Pointer to it, as the trail has it.
    """
    lowering = _Lowering(achievement, at, trail, marks)
    lowering.own()
    for name, step in _STEPS.items():
        if name in achievement:
            value = lowering.rest.pop(name)
            step(lowering, value, f"{at}/{name}")
            lowering.left(value, f"{at}/{name}", NO_PLACE)
    if lowering.alignments:
        lowering.rest["alignments"] = lowering.alignments
    return Lowered(lowering.rest, lowering.sources, frozenset(lowering.bent))


def _credits(lowering: _Lowering, value: list[dict[str, Any]], source: str) -> None:
    for index, credits in enumerate(value):
        place = f"{source}/{index}"
        if credits["framework"]["id"] != ECTS or not POINTS.fullmatch(credits["points"]):
            lowering.left(credits, place, _NOT_ECTS)
            continue
        implied: dict[str, Any] = {lowering.marks.member: lowering.marks.words[CREDITS]}
        if not credits["framework"].get("label"):
            implied["target_name"] = {"und": "ECTS credits"}
        lowering.made(credits, place, lowering.marks.fields(CREDITS), implied, bent=False)


def _workload(lowering: _Lowering, value: str, source: str) -> None:
    if DURATION.fullmatch(value):
        implied = {
            "target_url": VOLUME,
            "target_name": {"und": "Notional workload"},
            lowering.marks.member: lowering.marks.words[WORKLOAD],
        }
        lowering.made(value, source, {"target_code": ""}, implied, bent=False)


def _terms(mark: str) -> "_Step":
    def step(lowering: _Lowering, value: list[dict[str, Any]], source: str) -> None:
        for index, term in enumerate(value):
            lowering.term(mark, term, f"{source}/{index}")

    return step


def _assessments(lowering: _Lowering, value: list[dict[str, Any]], source: str) -> None:
    """Those of one assessment read back as they were; of several it can no longer be told which is whose."""
    first = True
    for index, assessment in enumerate(value):
        made = len(lowering.alignments)
        for number, kind in enumerate(assessment.get("kinds", ())):
            lowering.term(ASSESSMENT, kind, f"{source}/{index}/kinds/{number}", bent=not first)
        if first and "supervision" in assessment:
            lowering.term(SUPERVISION, assessment["supervision"], f"{source}/{index}/supervision")
        first = first and len(lowering.alignments) == made


def _outcomes(lowering: _Lowering, value: list[dict[str, Any]], source: str) -> None:
    """Each skill of an outcome; of an outcome without any its own title and address."""
    competency = {"target_type": "ceasn:Competency"} if lowering.marks.member == "target_type" else {}
    fields = {"target_url": "id", "target_name": "title", "target_description": "description"}
    for index, outcome in enumerate(value):
        place = f"{source}/{index}"
        for number, skill in enumerate(outcome.get("skills", ())):
            if skill.get("label"):
                lowering.made(skill, f"{place}/skills/{number}", _TERM, competency, bent=True)
        if not outcome.get("skills") and outcome.get("title") and outcome.get("id"):
            kind = {"target_type": "ext:LearningOutcome"} if competency else {}
            lowering.made(outcome, place, fields, kind, bent=True)


def _accreditations(lowering: _Lowering, value: list[dict[str, Any]], source: str) -> None:
    kind = {"target_type": QUALITY_ASSURANCE} if lowering.marks.member == "target_type" else {}
    for index, accreditation in enumerate(value):
        if accreditation.get("id") and accreditation.get("title"):
            fields = {"target_url": "id", "target_name": "title"}
            lowering.made(accreditation, f"{source}/{index}", fields, kind, bent=True)


_Step = Callable[[_Lowering, Any, str], None]
_STEPS: dict[str, _Step] = {
    "credit_points": _credits,
    "workload": _workload,
    "modes": _terms(PARTICIPATION),
    "languages": _terms(LANGUAGE),
    "assessments": _assessments,
    "learning_outcomes": _outcomes,
    "accreditations": _accreditations,
}


def settled(found: Lowered, trail: Trail) -> None:
    """Let a trail lead to the fields where it leads to alignments that were made of them."""
    for into, at in list(trail.origins.items()):
        if at not in found.sources:
            continue
        source = found.sources[at]
        if source is None:
            del trail.origins[into]
            trail.supplied(into, _MARKED)
            continue
        trail.origins[into] = source
        if at in found.bent:
            trail.approximated(source, into, _AS_ALIGNMENT)
    losses = []
    for loss in trail.losses:
        if loss.source is None or loss.source not in found.sources:
            losses.append(loss)
        elif (source := found.sources[loss.source]) is not None:
            losses.append(msgspec.structs.replace(loss, source=source))
        elif loss.change is not Change.DROPPED and loss.target is not None:
            losses.append(Loss(change=Change.SUPPLIED, target=loss.target, note=loss.note))
    trail.losses[:] = losses
