"""Values that Open Badges 3.0 writes in a way of its own: texts, ids, enumerations, languages, dates."""

import datetime as dt
import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Any

import msgspec

from adapters.hub.losses import escaped
from adapters.hub.mapping import ABSENT, INSTANT, PLAIN, TEXT, Codec, Table, Trail
from adapters.open_badges_3.vocabulary import LANGUAGE, RESULT_STATUSES, absolute, allowed

_NOT_ABSOLUTE = "not an absolute IRI, and JSON-LD drops every other"
_LARGEST, _SMALLEST = 2**53 - 1, 1e-6
_UP, _EVEN = Context(prec=16, rounding=ROUND_HALF_UP), Context(prec=16, rounding=ROUND_HALF_EVEN)
_NOT_IN_EXTENSION = re.compile(r"[^A-Za-z0-9._]")


def _text_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if isinstance(value, str):
        return TEXT.read(value, at, into, trail)
    if "@value" in value:
        return _language_value(value, at, into, trail)
    for tag in value:
        trail.carried(f"{at}/{escaped(tag)}", f"{into}/{escaped(tag)}")
    return dict(value)


def _language_value(value: dict[str, str], at: str, into: str, trail: Trail) -> dict[str, str]:
    """Read a JSON-LD language value object (VCDM 2.0 section 11.1)."""
    tag = value.get("@language", "und")
    trail.carried(f"{at}/@value", f"{into}/{escaped(tag)}")
    for name, member in value.items():
        if name == "@language":
            trail.approximated(f"{at}/@language", f"{into}/{escaped(tag)}", "became the tag of the text")
        elif name != "@value":
            trail.dropped(member, f"{at}/{escaped(name)}", "only a text and its language are kept")
    return {tag: value["@value"]}


LANGUAGES = Codec(_text_in, TEXT.write)
"""A string, or a language map as the JSON-LD schema allows; written as a string, for the plain schema."""


def _iri_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if absolute(value):
        return PLAIN.write(value, at, into, trail)
    trail.dropped(value, at, _NOT_ABSOLUTE)
    return ABSENT


IRI = Codec(PLAIN.read, _iri_out)
"""The value of an ``@id``, or a reference to one."""


def whole(table: Table, *required: str) -> Codec:
    """An object that cannot stand without these wire members: written with all of them or not at all."""

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        aside = Trail()
        written = table.write(value, at, into, aside)
        if missing := next((name for name in required if name not in written), None):
            why = next((loss.note for loss in aside.losses if loss.source == f"{at}/{missing}"), "it has none")
            trail.dropped(value, at, f"cannot be written without {missing}: {why}")
            return ABSENT
        trail.origins.update(aside.origins)
        trail.losses.extend(aside.losses)
        return written

    return Codec(table.read, write)


def one_of(words: frozenset[str]) -> Codec:
    """An enumeration that is open to ``ext:`` values; any other value becomes one."""

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        if allowed(value, words):
            return PLAIN.write(value, at, into, trail)
        trail.carried(at, into)
        trail.approximated(at, into, "not in the enumeration, so written as an extension of it")
        return "ext:" + (_NOT_IN_EXTENSION.sub("_", value) or "_")

    return Codec(PLAIN.read, write)


def _status_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if value in RESULT_STATUSES:
        return PLAIN.write(value, at, into, trail)
    trail.dropped(value, at, "not a ResultStatusType, which cannot be extended")
    return ABSENT


RESULT_STATUS = Codec(PLAIN.read, _status_out)


def _language_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    written = value if LANGUAGE.fullmatch(value) else _customary(value)
    if not LANGUAGE.fullmatch(written):
        trail.dropped(value, at, "not a language tag of the form that the format allows")
        return ABSENT
    if written != value:
        trail.approximated(at, into, "written in the customary case")
    trail.carried(at, into)
    return written


def _customary(tag: str) -> str:
    """A language tag in the case that RFC 5646 section 2.1.1 recommends."""
    language, *subtags = tag.replace("_", "-").split("-")
    cased = [subtag.title() if len(subtag) == len("Latn") else subtag.upper() for subtag in subtags]
    return "-".join([language.lower(), *cased])


IN_LANGUAGE = Codec(PLAIN.read, _language_out)


def _date_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    try:
        msgspec.convert(value, dt.date)
    except msgspec.ValidationError:
        trail.dropped(value, at, "not a date")
        return ABSENT
    return PLAIN.write(value, at, into, trail)


def _number_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if abs(value) > _LARGEST:
        trail.dropped(value, at, "beyond 2^53 - 1, where programs no longer agree about numbers")
        return ABSENT
    if 0 < abs(value) < _SMALLEST:
        trail.dropped(value, at, "closer to zero than 10^-6, where programs no longer agree about numbers")
        return ABSENT
    trail.carried(at, into)
    exact = Decimal(value)
    if _UP.plus(exact) == _EVEN.plus(exact):
        return value or 0  # zero with a sign is written in two ways, and means the same
    trail.approximated(at, into, "rounded, because programs do not agree about its last digit")
    return float(f"{value:.15g}")


NUMBER = Codec(PLAIN.read, _number_out)
"""A number that all programs canonicalise alike: to 16 digits, but some round halves up and some to even."""


DATE = Codec(PLAIN.read, _date_out)
"""An ISO 8601 calendar date as text."""


def _activity_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    instant = INSTANT.read(value, at, into, trail)
    if instant.tzinfo is not None:
        return instant
    trail.approximated(at, into, "does not say in which zone; read as UTC")
    return instant.replace(tzinfo=dt.UTC)


ACTIVITY = Codec(_activity_in, INSTANT.write)
"""``DateTime``, which may lack its zone."""
