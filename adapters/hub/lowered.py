"""Writing what describes the learning as alignments (`adapters.hub.described`), and a trail that still leads home."""

from collections.abc import Callable
from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

import msgspec

from adapters.hub.alignments import ASSESSMENT, NAMES, PARTICIPATION, QUALITY_ASSURANCE, SCHEMES, SUPERVISION, TYPES
from adapters.hub.credential import Alignment
from adapters.hub.described import (
    CREDITS,
    DURATION,
    ECTS,
    IS_PART,
    LANGUAGE,
    OUTCOME,
    OUTCOME_CLASS,
    PART,
    PARTIAL,
    POINTS,
    TERM,
    VOLUME,
    WORKLOAD,
    Marks,
)
from adapters.hub.frameworks import Recognised
from adapters.hub.losses import Change, Loss, pointers
from adapters.hub.mapping import NO_PLACE, Trail

_MARKED = "says what kind of alignment it is"
_NOT_ECTS = "Open Badges can say it of ECTS alone, and of a number"
_NAMELESS = "has no name, without which it cannot be an alignment"
_AS_ALIGNMENT = "became an alignment, which says less of it"
_TAKEN = "would make it another statement than an alignment"


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
    return Alignment(**{"target_name": {}, **alignment}).recognised  # one without a name is not written


def _at(value: Any, place: str) -> Any:
    for name in filter(None, place.split("/")):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def assessed(hub: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Take the assessments out of the results of a neutral credential: pointer -> assessment.

    That of a result without a value stays: a result of which nothing is written has no place in the list.
    """
    return {
        f"/results/{index}/assessment": result.pop("assessment")
        for index, result in enumerate(hub.get("results", ()))
        if "assessment" in result and "value" in result
    }


def lowered(
    achievement: dict[str, Any], at: str, trail: Trail, marks: Marks, results: dict[str, dict[str, Any]]
) -> Lowered:
    """Say by alignments what the fields of a neutral achievement say that Open Badges have no members for.

    Args:
        achievement: As `adapters.hub.mapping.bare` makes it; not changed.
        at: Pointer to it, as the trail has it.
        results: As `assessed` returns them: how this recipient was assessed is said of the achievement.
    """
    lowering = _Lowering(achievement, at, trail, marks)
    lowering.own()
    for name, step in _STEPS.items():
        if name in achievement:
            value = lowering.rest.pop(name)
            step(lowering, value, f"{at}/{name}")
            lowering.left(value, f"{at}/{name}", NO_PLACE)
    for place, assessment in results.items():
        _assessment(lowering, assessment, place, bent=True)
        lowering.left(assessment, place, NO_PLACE)
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


def _part(lowering: _Lowering, value: bool, source: str) -> None:
    name = "Part of a larger qualification" if value else "Not a part of a larger qualification"
    implied = {
        "target_url": PARTIAL,
        "target_name": {"und": name},
        lowering.marks.member: lowering.marks.words[PART],
    }
    lowering.made(IS_PART[value], source, {"target_code": ""}, implied, bent=False)


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
        _assessment(lowering, assessment, f"{source}/{index}", bent=not first, supervised=first)
        first = first and len(lowering.alignments) == made


def _assessment(
    lowering: _Lowering, assessment: dict[str, Any], source: str, *, bent: bool, supervised: bool = True
) -> None:
    for number, kind in enumerate(assessment.get("kinds", ())):
        lowering.term(ASSESSMENT, kind, f"{source}/kinds/{number}", bent=bent)
    if supervised and "supervision" in assessment:
        lowering.term(SUPERVISION, assessment["supervision"], f"{source}/supervision", bent=bent)


def _outcomes(lowering: _Lowering, value: list[dict[str, Any]], source: str) -> None:
    """What it says, and each of its skills by itself; one that says nothing is left out with its skills."""
    competency = {"target_type": "ceasn:Competency"} if lowering.marks.member == "target_type" else {}
    for index, outcome in enumerate(value):
        place = f"{source}/{index}"
        if not outcome.get("title"):
            lowering.left(outcome, place, _NAMELESS)
            continue
        implied = {lowering.marks.member: lowering.marks.words[OUTCOME]}
        if outcome.get("id") in (None, OUTCOME_CLASS):
            implied["target_url"] = OUTCOME_CLASS
        fields = lowering.marks.fields(OUTCOME, implied.get("target_url", ""))
        lowering.made(outcome, place, fields, implied, bent=False)
        for number, skill in enumerate(outcome.get("skills", ())):
            if skill.get("label"):
                named = skill | {"scheme": SCHEMES[skill["scheme"]]} if skill.get("scheme") in SCHEMES else skill
                lowering.made(named, f"{place}/skills/{number}", TERM, competency, bent=True)


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
    "partial_qualification": _part,
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
