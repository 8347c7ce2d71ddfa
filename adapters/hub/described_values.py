"""Single values by which SURF and edubadges describe the learning, as the alignments that say the same.

Sources: the extensions that edubadges.nl writes into Open Badges 2.0 (names and types of ``edubadges-server``), and the
members of its achievements in Open Badges 3.0 (``educredentials/obv3-examples``, the glossary of edubadges.nl).
"""

from collections.abc import Callable
from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

from adapters.hub.alignments import ASSESSMENT, PARTICIPATION, SUPERVISION, alignment_of
from adapters.hub.described import CREDITS, ECTS, LANGUAGE, POINTS, VOLUME, WORKLOAD, Marks
from adapters.hub.frameworks import Framework
from adapters.hub.losses import pointers
from adapters.hub.mapping import NO_MEMBER, Trail, bare

_GLOSSARY = "https://edubadges.nl/static/obv3-glossary.html#"
_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
_EUROPEAN = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
_IN_THREE = "BUL CES DAN DEU ELL ENG SPA EST FIN FRA GLE HRV HUN ITA LIT LAV MLT NLD POL POR RON SLK SLV SWE"
_CODES = dict(zip(_EUROPEAN.split(), _IN_THREE.split(), strict=True))
_FORMS = "online, onsite or blended, volunteering, work experience, personalized learning activities"
_ASSESSMENTS = "testing, application of a skill, portfolio, recognition of prior learning"
_SUPERVISIONS = (
    "unsupervised with no identity verification, supervised with no identity verification, supervised online, "
    "onsite with identity verification"
)
_WORDS = {
    PARTICIPATION: ("participation-type", _FORMS),
    ASSESSMENT: ("assessment-type", _ASSESSMENTS),
    SUPERVISION: ("supervision-type", _SUPERVISIONS),
}
_MOST = 100_000
_READ_AS = "said here in a way of its own, and read as a term"

Maker = Callable[[Any, Marks], dict[str, Any] | None]


def taken(
    value: Any, maker: Maker, at: str, achievement: dict[str, Any], into: str, trail: Trail, marks: Marks
) -> None:
    """Add the alignment that a value means to a neutral achievement, or report the value as dropped.

    Args:
        at: Pointer to the value in the document.
        into: Pointer to the achievement, as the trail has it.
    """
    made = maker(value, marks)
    if made is None:
        trail.dropped(value, at, NO_MEMBER)
        return
    alignments = achievement.setdefault("alignments", [])
    for leaf in pointers(made):
        place = f"{into}/alignments/{len(alignments)}{leaf}"
        trail.carried(at, place)
        trail.approximated(at, place, _READ_AS)
    alignments.append(made)


def ects(value: Any, marks: Marks) -> dict[str, Any] | None:
    """A number of ECTS credits."""
    points = _number(value)
    if points is None or not POINTS.fullmatch(points):
        return None
    return _marked(CREDITS, marks, ECTS, "ECTS credits") | {"target_code": points}


def hours(value: Any, marks: Marks) -> dict[str, Any] | None:
    """A study load in whole hours."""
    number = _number(value)
    if number is None or not number.isdecimal():
        return None
    return _marked(WORKLOAD, marks, VOLUME, "Notional workload") | {"target_code": f"PT{number}H"}


def level(value: Any, marks: Marks) -> dict[str, Any] | None:
    """A level of the European Qualifications Framework."""
    number = _number(value)
    made = alignment_of(Framework.EQF, number, {"und": f"EQF level {number}"}) if number is not None else None
    if made is None:
        return None
    typed = marks.member == "target_type"
    return {name: it for name, it in bare(made).items() if typed or name != "target_type"}


def language(value: Any, marks: Marks) -> dict[str, Any] | None:
    """An official language of the European Union: ``nl_NL``, ``en``."""
    tag = value.replace("_", "-").split("-")[0].lower() if isinstance(value, str) else ""
    code = _CODES.get(tag)
    return _marked(LANGUAGE, marks, _LANGUAGES + code, code) if code else None


def word(mark: str) -> Maker:
    """A word of the glossary of edubadges.nl."""

    def made(value: Any, marks: Marks) -> dict[str, Any] | None:
        kind, words = _WORDS[mark]
        if not isinstance(value, str) or value not in words.split(", "):
            return None
        address = f"{_GLOSSARY}{kind}-{value.replace(' ', '-')}"
        return _marked(mark, marks, address, value.capitalize())

    return made


def _marked(mark: str, marks: Marks, address: str, name: str) -> dict[str, Any]:
    return {"target_name": {"und": name}, "target_url": address, marks.member: marks.words[mark]}


def _number(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
        return None
    return str(int(value)) if value == int(value) else f"{value:.4f}".rstrip("0")
