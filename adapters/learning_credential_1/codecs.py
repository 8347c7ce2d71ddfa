"""Values that a learning credential writes in a way of its own: one text without a language, days, a level, words."""

import datetime as dt
import math
import re
from typing import Any, Final  # Any: decoded JSON on both sides, as in adapters.hub.mapping

import msgspec

from adapters.hub.alignments import alignment_of
from adapters.hub.claims import date_time
from adapters.hub.credential import Alignment
from adapters.hub.frameworks import Framework
from adapters.hub.losses import Change, Loss, escaped, pointers
from adapters.hub.mapping import ABSENT, ONE_LANGUAGE, PLAIN, TEXT, Codec, Trail, bare, in_one_language
from adapters.learning_credential_1.languages import as_tag, tag_of, term

BLANK: Final = "a text that says nothing"
NOT_A_DATE: Final = "not a date, such as 2026-01-31"
ITS_DAY: Final = "a learning credential says the day alone"
ONLY_WORDS: Final = "a learning credential says it in words alone"
ITS_NUMBER: Final = "a learning credential says the number of the level alone"
ONE: Final = "a learning credential has a place for one"

STACKABLE: Final = {
    True: "It can be combined with other credentials into a larger one.",
    False: "It cannot be combined with other credentials into a larger one.",
}
"""What ``integration_stackability_options`` says, as a note of the achievement."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
COUNTRY_CODE = re.compile(r"[A-Z]{2}")
_EPOCH: Final = dt.datetime.fromtimestamp(0, dt.UTC)
_SECOND: Final = dt.timedelta(seconds=1)
LEVELS: Final = range(1, 9)


def told(text: dict[str, str]) -> str | None:
    """The language of the text that goes where one has a place; None when none of them says anything."""
    return next((tag for tag in ("und", "en", *text) if text.get(tag, "").strip()), None)


def _words_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    kept = told(value)
    if kept is None:
        trail.dropped(value, at, BLANK)
        return ABSENT
    return in_one_language(value, kept, at, into, trail)


WORDS: Final = Codec(TEXT.read, _words_out)
"""A text that says something <-> a language map."""


def item_of(member: str, *others: str) -> Codec:
    """A text <-> an object that says it by this member, or by one of the others where that says nothing."""

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        return {member: WORDS.read(value, at, f"{into}/{member}", trail)}

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        texts = {name: _inner(value, name) for name in (member, *others)}
        chosen = next((name for name, text in texts.items() if text and told(text)), None)
        if chosen is None:
            trail.dropped(value, at, ONLY_WORDS)
            return ABSENT
        _drop_all_but(value, chosen, at, trail)
        if chosen == member:
            return WORDS.write(texts[member], f"{at}/{member}", into, trail)
        return stands_in(texts[chosen] or {}, f"{at}/{chosen}", into, trail)

    return Codec(read, write)


def stands_in(text: dict[str, str], at: str, into: str, trail: Trail) -> str:
    """Write a text in the place of another one that says nothing; some of it says something."""
    kept = told(text) or ""
    for tag, words in text.items():
        if tag != kept:
            trail.dropped(words, f"{at}/{escaped(tag)}", ONE_LANGUAGE)
    trail.carried(f"{at}/{escaped(kept)}", into)
    trail.approximated(f"{at}/{escaped(kept)}", into, "stands for what has no words of its own")
    return text[kept]


def _inner(value: dict[str, Any], path: str) -> dict[str, str] | None:
    owner, _, name = path.rpartition("/")
    found: dict[str, str] | None = (value.get(owner, {}) if owner else value).get(name)
    return found


def _drop_all_but(value: dict[str, Any], path: str, at: str, trail: Trail) -> None:
    for leaf in pointers(value):
        if not leaf.startswith(f"/{path}/"):
            trail.losses.append(Loss(change=Change.DROPPED, source=at + leaf, note=ONLY_WORDS))


def _country_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    code = value.upper()
    if not COUNTRY_CODE.fullmatch(code):
        trail.dropped(value, at, "not a country code of two letters")
        return ABSENT
    if code != value:
        trail.approximated(at, into, "written in capitals")
    trail.carried(at, into)
    return code


COUNTRY: Final = Codec(PLAIN.read, _country_out)
"""ISO 3166-1 alpha-2."""


def day_of(instant: dt.datetime) -> str:
    """The day in UTC; where that lies outside the years 1 to 9999, its own."""
    try:
        return instant.astimezone(dt.UTC).date().isoformat()
    except OverflowError:
        return instant.date().isoformat()


def day(text: str) -> dt.datetime | None:
    """The midnight UTC with which a day begins; an instant of the years 1 to 9999 in UTC; None for anything else."""
    try:
        if _DATE.fullmatch(text):
            return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(), dt.UTC)
        found = msgspec.convert(text, dt.datetime)
        return found if found.tzinfo and found.astimezone(dt.UTC) else None
    except (ValueError, OverflowError):
        return None


def last_second(text: str) -> dt.datetime | None:
    """The last whole second of a day in UTC: what ends on a day holds through it. An instant as it is."""
    found = day(text)
    if found is None or not _DATE.fullmatch(text):
        return found
    return found.replace(hour=23, minute=59, second=59)


def _day_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    found = day(value)
    if found is None:
        trail.dropped(value, at, NOT_A_DATE)
        return ABSENT
    trail.carried(at, into)
    return found


def _day_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    written = day_of(value)
    if day(written) != value:
        trail.approximated(at, into, ITS_DAY)
    trail.carried(at, into)
    return written


DAY: Final = Codec(_day_in, _day_out)
"""A calendar date <-> the instant with which it begins in UTC."""


def _seconds_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    text = date_time(value)
    if text is None:
        trail.dropped(value, at, "not a NumericDate of the years 1 to 9999")
        return ABSENT
    if value != math.floor(value):
        trail.approximated(at, into, "read to the second")
    trail.carried(at, into)
    return msgspec.convert(text, dt.datetime)


def _seconds_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    seconds = (value - _EPOCH) // _SECOND
    if date_time(seconds) is None:
        trail.dropped(value.isoformat(), at, "outside the years 1 to 9999 in UTC")
        return ABSENT
    if value.microsecond:
        trail.approximated(at, into, "written to the second")
    trail.carried(at, into)
    return seconds


SECONDS: Final = Codec(_seconds_in, _seconds_out)
"""NumericDate (RFC 7519 section 2) <-> an instant."""


def _level_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    found = level(value) if value in LEVELS else None
    if found is None:
        trail.dropped(value, at, "not a level of the European Qualifications Framework, 1 to 8")
        return ABSENT
    for leaf in pointers(found):
        trail.carried(at, f"{into}/0{leaf}")
    return [found]


def level(number: int) -> dict[str, Any]:
    """A level of the EQF as a neutral alignment."""
    found: dict[str, Any] = bare(alignment_of(Framework.EQF, str(number), {"en": f"EQF level {number}"}))
    return found


def _level_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    """Write the number of an alignment that is recognised; one that says it otherwise than `level` becomes words."""
    found = msgspec.convert(value, Alignment).recognised
    if found is None:
        raise ValueError(f"{at} is no level")
    number = int(found.code)
    same = level(number)
    if all(value.get(name) == child for name, child in same.items()):
        for leaf in pointers(same):
            trail.carried(at + leaf, into)
        for name in value.keys() - same.keys():
            trail.dropped(value[name], f"{at}/{name}", ITS_NUMBER)
    else:
        trail.dropped(value, at, ITS_NUMBER)
        trail.supplied(into, "the level of the alignment")
    return number


LEVEL: Final = Codec(_level_in, _level_out)
"""A number <-> an alignment to a level of the EQF: read to a list of one, written of one."""


def _language_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    iri = term(value)
    if iri is None:
        trail.dropped(value, at, "not the tag of a language")
        return ABSENT
    if tag_of(iri) != value:
        trail.approximated(at, into, "read as its language, without script and region")
    trail.carried(at, f"{into}/id")
    return {"id": iri}


def _language_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    tag = tag_of(value["id"])
    member = "id" if tag else "notation"
    tag = tag or as_tag(value.get("notation", ""))
    if tag is None:
        trail.dropped(value, at, "not a language that has a tag")
        return ABSENT
    for leaf in pointers(value):
        if leaf != f"/{member}":
            trail.losses.append(Loss(change=Change.DROPPED, source=at + leaf, note="a language is said by its tag"))
    if member == "notation":
        trail.approximated(f"{at}/notation", into, "a language is said by its tag")
    trail.carried(f"{at}/{member}", into)
    return tag


LANGUAGE: Final = Codec(_language_in, _language_out)
"""A tag (BCP 47) <-> a term of the authority table of languages."""


def _grade_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    trail.carried(at, f"{into}/0/value")
    return [{"value": value}]


def _grade_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    graded = next((place for place, each in enumerate(value) if each.get("value", "").strip()), None)
    for place, each in enumerate(value):
        kept = {"value"} if place == graded else set()
        for name in each.keys() - kept:
            trail.dropped(each[name], f"{at}/{place}/{name}", ONE if graded is not None else ONLY_WORDS)
    if graded is None:
        return ABSENT
    trail.carried(f"{at}/{graded}/value", into)
    return value[graded]["value"]


GRADE: Final = Codec(_grade_in, _grade_out)
"""A grade <-> the first result that has a value."""


def _requirements_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if isinstance(value, str):
        return WORDS.read(value, at, into, trail)
    if not value:
        return ABSENT
    trail.carried(f"{at}/0", f"{into}/und")
    if len(value) > 1:
        for place in range(len(value)):
            trail.approximated(f"{at}/{place}", f"{into}/und", "one of several, now lines of one text")
    return {"und": "\n".join(value)}


def _requirements_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    text = WORDS.write(value, at, f"{into}/0", trail)
    return text if text is ABSENT else [text]


REQUIREMENTS: Final = Codec(_requirements_in, _requirements_out)
"""Several texts <-> one, a line each."""


def _options_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    trail.carried(at, f"{into}/0/en")
    return [{"en": STACKABLE[value]}]


def _options_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    said = {text: answer for answer, text in STACKABLE.items()}
    chosen = next((place for place, note in enumerate(value) if note.keys() == {"en"} and note["en"] in said), None)
    for place, note in enumerate(value):
        if place != chosen:
            trail.dropped(note, f"{at}/{place}", "a learning credential has no place for notes")
    if chosen is None:
        return ABSENT
    trail.carried(f"{at}/{chosen}/en", into)
    return said[value[chosen]["en"]]


OPTIONS: Final = Codec(_options_in, _options_out)
"""Yes or no <-> the note that says the same, so that no other format takes it for a part of a certification."""
