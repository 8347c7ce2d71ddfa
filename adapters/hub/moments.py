"""Dates and times as people and platforms write them, read as one instant where only one can be meant."""

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec

SECONDS: Final = range(10**8, 10**11)
"""Numbers that are seconds since 1970: from 1973; a smaller one, such as 20260314, may be a day or anything."""
MILLISECONDS: Final = range(10**11, 10**14)

ENDS: Final = frozenset({"activityEndDate", "expirationDate", "expires", "validUntil"})
"""Members that say when something ends: a day alone means all of it."""

_ZONE = "a date-time has a zone; it was taken to mean UTC"
_LAST_SECOND = dt.time(23, 59, 59)
_T = TypeVar("_T")


class Moment(msgspec.Struct, frozen=True):
    """An instant that was read.

    Attributes:
        text: RFC 3339, in UTC.
        reason: How it was read, one clause.
    """

    text: str
    reason: str


def instant(text: str) -> dt.datetime | None:
    """Read a date-time: RFC 3339, or another spelling of ISO 8601 that states the zone; None for all else."""
    try:
        found = msgspec.convert(text, dt.datetime)
    except msgspec.ValidationError:
        try:
            found = dt.datetime.fromisoformat(text)
        except ValueError:
            return None
    return found if found.tzinfo is not None else None


def moment(value: object, *, end: bool = False) -> Moment | None:
    """Read a day, a time with or without zone, or seconds or milliseconds since 1970; None for all else.

    Args:
        end: Whether it says when something ends.
    """
    match value:
        case bool():
            return None
        case int():
            return _counted(value)
        case str():
            text = value.strip()
            if text.isascii() and text.isdecimal():
                return _counted(int(text)) if len(text) <= len(str(MILLISECONDS.stop)) else None
            return _day(text, end=end) or _time(text)
    return None


def _counted(number: int) -> Moment | None:
    if number in SECONDS:
        return Moment(_utc(dt.datetime.fromtimestamp(number, dt.UTC)), "is a date-time, not seconds since 1970")
    if number in MILLISECONDS:
        since_1970 = dt.datetime.fromtimestamp(number // 1000, dt.UTC) + dt.timedelta(milliseconds=number % 1000)
        return Moment(_utc(since_1970), "is a date-time, not milliseconds since 1970")
    return None


def _day(text: str, *, end: bool) -> Moment | None:
    day = _read(dt.date.fromisoformat, text)
    if day is None:
        return None
    if end:
        last = dt.datetime.combine(day, _LAST_SECOND, dt.UTC)
        return Moment(_utc(last), "a date-time has a time and a zone; the day was taken to mean its end in UTC")
    first = dt.datetime.combine(day, dt.time(), dt.UTC)
    return Moment(_utc(first), "a date-time has a time and a zone; the day was taken to mean its beginning in UTC")


def _time(text: str) -> Moment | None:
    found = _read(dt.datetime.fromisoformat, text)
    if found is None:
        return None
    if found.tzinfo is None:
        return Moment(_utc(found.replace(tzinfo=dt.UTC)), _ZONE)
    try:
        return Moment(_utc(found.astimezone(dt.UTC)), "is the same instant in the form of RFC 3339")
    except OverflowError:
        return None


def _read(read: Callable[[str], _T], text: str) -> _T | None:
    try:
        return read(text)
    except ValueError:
        return None


def _utc(instant: dt.datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
