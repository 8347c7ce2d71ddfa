"""Whether a value that is no node has the form that its member wants: texts in languages, dates, durations, numbers."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final  # Any: decoded JSON of whatever form

from adapters.elm_3.application_profile import Row
from adapters.elm_3.vocabulary import listed
from adapters.hub.losses import escaped
from adapters.hub.securing import Finding

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_LONGEST_SHOWN = 60
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?")
_ZONELESS = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?")
_DURATION = re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_LARGEST = 2**53

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|^`\\\x7f]*")


def absolute(iri: object) -> bool:
    """Whether this can name a node: JSON-LD loses what is relative, and with it what hangs on it."""
    return isinstance(iri, str) and _ADDRESS.fullmatch(iri) is not None


def broken_text(member: str, value: Any, row: Row, at: str) -> Iterator[Finding]:
    """A language map: tags of BCP 47, in each one text, or several where the class takes several.

    Source: the JSON-LD context (``@container: @language``); the shapes (``rdf:langString``, ``sh:uniqueLang``).
    """
    if isinstance(value, str):
        shown = json.dumps(value[:_LONGEST_SHOWN], ensure_ascii=False)
        fix = f'Say in which language it is: "{member}": {{"en": {shown}}}.'
        yield Finding(pointer=at, reason="is plain text where a text in its languages belongs", fix=fix)
    elif not isinstance(value, dict):
        fix = f'Write it in its languages: "{member}": {{"en": "..."}}.'
        yield Finding(pointer=at, reason=f"is {named(value)} where a text in its languages belongs", fix=fix)
    else:
        yield from _languages(member, value, row, at)


def _languages(member: str, value: dict[str, Any], row: Row, at: str) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    total = 0
    for tag, texts in value.items():
        place = f"{at}/{escaped(tag)}"
        if not _LANGUAGE_TAG.fullmatch(tag):
            fix = 'Write a tag of BCP 47, such as "fr"; "und" where nobody knows the language.'
            yield Finding(pointer=place, reason=f"is no language: {tag[:_LONGEST_SHOWN]}", fix=fix)
        every = listed(texts)
        total += len(every)
        if row.single and (len(every) > 1 or tag.lower() in seen):
            other = f", which {seen[tag.lower()]} has too" if tag.lower() in seen else ""
            reason = f"says {member} more than once in one language{other}"
            yield Finding(pointer=place, reason=reason, fix="Keep one text in each language.")
        seen.setdefault(tag.lower(), tag)
        yield from _texts(member, texts, place, row)
    if row.most is not None and total > row.most:
        reason = f"says {member} {total} times, and all languages together may say it {_times(row.most)}"
        yield Finding(pointer=at, reason=reason, fix="Keep the text in one language.")
    if not total and row.least:
        yield Finding(pointer=at, reason=f"says {member} in no language", fix=f'Write "{member}": {{"en": "..."}}.')


def _texts(member: str, texts: Any, at: str, row: Row) -> Iterator[Finding]:
    for index, text in enumerate(listed(texts)):
        place = f"{at}/{index}" if isinstance(texts, list) else at
        if not isinstance(text, str):
            yield Finding(pointer=place, reason=f"is {named(text)} and no text", fix="Write it as a text.")
        elif not text.strip() and row.least:
            # The shapes count an empty text as one.
            yield Finding(pointer=place, reason=f"is an empty {member}", fix="Say it, or leave out the language.")
        elif not text.strip():
            reason = f"is an empty {member}, which says nothing"
            yield Finding(pointer=place, reason=reason, fix="Leave it out.", blocking=False)


def broken_literal(member: str, value: Any, kind: str, at: str) -> Iterator[Finding]:
    """A value of an XML Schema type, as JSON writes it."""
    fault = _FAULTS[kind](value) if kind in _FAULTS else None
    if fault:
        reason, fix = fault
        yield Finding(pointer=at, reason=reason, fix=fix.replace("{member}", member))


def instant(value: Any) -> dt.datetime | None:
    """The instant of an ``xsd:dateTime`` with a zone; None for everything else."""
    if not isinstance(value, str) or not (found := _DATE_TIME.fullmatch(value)):
        return None
    try:
        return dt.datetime.fromisoformat(found[1] + found[3])
    except ValueError:
        return None


def named(value: Any) -> str:
    """What kind of JSON value this is, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
    return "an object"


def one_of(names: tuple[str, ...]) -> str:
    """``an Agent, Person or Organisation``; ``an object`` for none."""
    if not names:
        return "an object"
    *others, last = names
    words = f"{', '.join(others)} or {last}" if others else last
    return f"{'an' if words[0] in 'AEIOU' else 'a'} {words}"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


_Fault = tuple[str, str] | None


def _date_time(value: Any) -> _Fault:
    if instant(value) is not None:
        return None
    fix = 'Write an instant with its zone: "{member}": "2026-01-31T12:00:00Z".'
    if not isinstance(value, str):
        return f"is {named(value)} where a date and time belong", fix
    if _DAY.fullmatch(value):
        return "is a day alone, of which nobody knows when it begins", fix
    if _ZONELESS.fullmatch(value):
        return "has no zone, so that it is another instant in each country", fix
    return "is no date and time of XML Schema", fix


def _duration(value: Any) -> _Fault:
    if isinstance(value, str) and _DURATION.fullmatch(value):
        return None
    return "is no duration", 'Write one of ISO 8601: "{member}": "PT60H", "P2DT12H" or "P3M".'


def _string(value: Any) -> _Fault:
    if isinstance(value, str):
        return None
    return f"is {named(value)} and no text", 'Write it as a text: "{member}": "...".'


def _address(value: Any) -> _Fault:
    if absolute(value):
        return None
    return "is no address", 'Write it whole: "{member}": "https://issuer.example/page".'


def _boolean(value: Any) -> _Fault:
    if isinstance(value, bool):
        return None
    return f"is {named(value)} and neither true nor false", 'Write "{member}": true or false, without quotes.'


def _whole(least: int) -> Callable[[Any], _Fault]:
    def fault(value: Any) -> _Fault:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value < _LARGEST:
            return None
        named_number = "a whole number" if least < 0 else f"a whole number from {least}"
        return f"is not {named_number}", f'Write {named_number}, without quotes: "{{member}}": {max(least, 1)}.'

    return fault


def _decimal(value: Any) -> _Fault:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return None
    return "is no number", 'Write a number: "{member}": 12.5.'


def _literal(value: Any) -> _Fault:
    if isinstance(value, str) and value.strip():
        return None
    return f"is {'empty' if isinstance(value, str) else named(value)} and no text", 'Write a text: "{member}": "...".'


_FAULTS: Final[Mapping[str, Callable[[Any], _Fault]]] = {
    "dateTime": _date_time,
    "duration": _duration,
    "string": _string,
    "literal": _literal,
    "anyURI": _address,
    "IRI": _address,
    "boolean": _boolean,
    "positiveInteger": _whole(1),
    "integer": _whole(-_LARGEST),
    "decimal": _decimal,
}
