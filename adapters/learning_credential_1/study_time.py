"""How long it takes, in words for people as the claim has it, and as a duration and credits as other formats have it.

``PT60H`` of 2.5 ECTS credits is ``60 hours (2.5 ECTS credits)``. A text of another kind stays as it is.
"""

import re
from typing import Any, Final  # Any: decoded JSON on both sides, as in adapters.hub.mapping

import msgspec

from adapters.hub.described import ECTS, POINTS
from adapters.hub.losses import Change, Loss, pointers
from adapters.hub.mapping import ABSENT, Codec, Trail

_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
_NUMBER = "0|[1-9][0-9]{0,5}"
_DURATION = re.compile(
    rf"P(?:(?P<Y>{_NUMBER})Y)?(?:(?P<M>{_NUMBER})M)?(?:(?P<W>{_NUMBER})W)?(?:(?P<D>{_NUMBER})D)?"
    rf"(?:T(?=[0-9])(?:(?P<TH>{_NUMBER})H)?(?:(?P<TM>{_NUMBER})M)?(?:(?P<TS>{_NUMBER})S)?)?"
)
_SPOKEN = re.compile(" ?".join(rf"(?:(?P<{unit}>{_NUMBER}) {name}s?)?" for unit, name in _UNITS.items()))
_CREDITS = re.compile(
    r"(?:(?P<time>.*) \((?P<beside>[0-9.]+) ECTS credits?\)|(?P<alone>[0-9.]+) ECTS credits?)", re.DOTALL
)
_IN_WORDS: Final = "a learning credential says it in words for people"


class StudyTime(msgspec.Struct, frozen=True):
    """What a text says.

    Attributes:
        workload: An ISO 8601 duration, or another text as it stands; None for none.
        credits: Of ECTS, as written; None for none.
    """

    workload: str | None = None
    credits: str | None = None


def understood(text: str) -> StudyTime:
    """Tell the duration and the credits of a text."""
    found = _CREDITS.fullmatch(text)
    points = (found["beside"] or found["alone"]) if found else None
    if found is None or points is None or not POINTS.fullmatch(points):
        return StudyTime(_duration(text))
    return StudyTime(_duration(found["time"]) if found["time"] else None, points)


def spoken(said: StudyTime) -> str:
    """Say it in words; a workload that is no duration as it stands."""
    time = "" if said.workload is None else _words(said.workload)
    if said.credits is None:
        return time
    points = f"{said.credits} ECTS credit{'' if said.credits == '1' else 's'}"
    return f"{time} ({points})" if time else points


def _words(duration: str) -> str:
    found = _DURATION.fullmatch(duration)
    parts = [(number, _UNITS[unit]) for unit, number in found.groupdict().items() if number] if found else []
    return " ".join(f"{number} {name}{'' if number == '1' else 's'}" for number, name in parts) or duration


def _duration(words: str) -> str:
    found = _SPOKEN.fullmatch(words)
    parts = {unit: number for unit, number in found.groupdict().items() if number} if found else {}
    if not parts:
        return words
    days = "".join(f"{number}{unit}" for unit, number in parts.items() if len(unit) == 1)
    hours = "".join(f"{number}{unit[1]}" for unit, number in parts.items() if len(unit) > 1)
    return f"P{days}{'T' * bool(hours)}{hours}"


def _workload_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    workload = understood(value).workload
    if workload is None:
        return ABSENT
    trail.carried(at, into)
    return workload


def _credits_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    points = understood(value).credits
    if points is None:
        return ABSENT
    for leaf in ("framework/id", "points"):
        trail.carried(at, f"{into}/0/{leaf}")
    return [{"framework": {"id": ECTS}, "points": points}]


def _nothing(_value: Any, _at: str, _into: str, _trail: Trail) -> Any:
    return ABSENT


WORKLOAD: Final = Codec(_workload_in, _nothing)
CREDITS: Final = Codec(_credits_in, _nothing)
"""Both of one claim; `write` writes it."""


def write(achievement: dict[str, Any], at: str, into: str, trail: Trail) -> str | None:
    """Take workload and credits out of a neutral achievement and say them in one text; None when there are none."""
    workload: str | None = achievement.pop("workload", None)
    held: list[dict[str, Any]] = achievement.pop("credit_points", [])
    if workload is not None and not workload.strip():
        trail.dropped(workload, f"{at}/workload", "a text that says nothing")
        workload = None
    place = next((n for n, each in enumerate(held) if _is_ects(each)), None)
    points = None if place is None else held[place]["points"]
    said = next((each for each in _sayable(workload, points) if understood(spoken(each)) == each), None)
    if said is None or said.credits is None:
        place = None
    _account(held, place, f"{at}/credit_points", into, trail)
    if workload is not None:
        if said is None:
            trail.approximated(f"{at}/workload", into, _IN_WORDS)
        trail.carried(f"{at}/workload", into)
    text = spoken(said or StudyTime(workload))
    return text or None


def _is_ects(held: dict[str, Any]) -> bool:
    return held["framework"]["id"] == ECTS and POINTS.fullmatch(held["points"]) is not None


def _sayable(workload: str | None, points: str | None) -> tuple[StudyTime, ...]:
    """The most that could be said, and then less."""
    return (StudyTime(workload, points), StudyTime(workload))


def _account(held: list[dict[str, Any]], chosen: int | None, at: str, into: str, trail: Trail) -> None:
    said = {f"/{chosen}/framework/id", f"/{chosen}/points"}
    for leaf in pointers(held) if held else ():
        if leaf in said:
            trail.carried(at + leaf, into)
        else:
            note = "a learning credential says credits of ECTS, as a number, beside the time"
            trail.losses.append(Loss(change=Change.DROPPED, source=at + leaf, note=note))
