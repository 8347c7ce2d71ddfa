"""Extensions of edubadges.nl that describe the learning, and alignments that do so by the name of their framework."""

from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

from adapters.hub.described import NAMED, raised
from adapters.hub.described_values import Maker, ects, hours, language, level, taken
from adapters.hub.mapping import NO_MEMBER, Trail
from adapters.open_badges_2.terms import listed

_MAKERS: dict[str, Maker] = {
    "ECTS": ects,
    "StudyLoad": hours,
    "TimeInvestment": hours,
    "EQF": level,
    "Language": language,
}
_OUTCOME = "LearningOutcome"


def _extension(name: str) -> str:
    return f"extensions:{name}Extension"


MEMBERS = tuple(map(_extension, (*_MAKERS, _OUTCOME)))
"""Read by name; none is written, because the validator of 1EdTech refuses an extension whose page it does not get."""


def described(badge: dict[str, Any], achievement: dict[str, Any], trail: Trail) -> None:
    """Read what describes a BadgeClass into the fields of the neutral achievement that the table read of it."""
    for name in (*_MAKERS, _OUTCOME):
        member = _extension(name)
        if member not in badge:
            continue
        value, at = badge[member], f"/badge/{member}"
        second = name == "TimeInvestment" and _extension("StudyLoad") in badge
        if second or not isinstance(value, dict) or member not in listed(value.get("type")) or name not in value:
            trail.dropped(value, at, NO_MEMBER)
            continue
        _rest(value, name, at, trail)
        if name == _OUTCOME:
            _outcome(value[name], f"{at}/{name}", achievement, trail)
        else:
            taken(value[name], _MAKERS[name], f"{at}/{name}", achievement, "/achievement", trail, NAMED)
    raised(achievement, "/achievement", trail, NAMED)


def _rest(value: dict[str, Any], name: str, at: str, trail: Trail) -> None:
    for other in value.keys() - {name, "@context", "type"}:
        trail.dropped(value[other], f"{at}/{other}", NO_MEMBER)


def _outcome(value: Any, at: str, achievement: dict[str, Any], trail: Trail) -> None:
    if not isinstance(value, str) or not value.strip():
        trail.dropped(value, at, NO_MEMBER)
        return
    achievement["learning_outcomes"] = [{"title": {"und": value}}]
    trail.carried(at, "/achievement/learning_outcomes/0/title/und")
