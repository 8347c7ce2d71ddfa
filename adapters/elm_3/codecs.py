"""Values that the European Learning Model writes in a way of its own: texts by language, notes, dates, pages."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final  # Any: decoded JSON on both sides

import msgspec

from adapters.hub.losses import escaped
from adapters.hub.mapping import ABSENT, INSTANT, Codec, Table, Trail

NODE_NAME: Final = "urn:epass:"
"""What begins an id that only names a part inside its document."""

FURTHER = "a further one, of which there is a place for one"
MISSHAPEN = "not of the form that the format has here"
EMPTY = "an empty text says nothing"
_NO_TAG = "not a language tag (BCP 47), so that no language map can hold it"
_OWN_LANGUAGE = "does not say its language; written as the language that was set"
_AS_ACHIEVEMENT = "does not say its language; written as the language that the achievement's texts are in"
_ONE_OF_TWO = "a further text in the same language"
_NO_ZONE = "does not say in which zone; read as UTC"
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]+")
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_NAMES = uuid.UUID("b9d3c1ac-6c57-5b2e-8c53-0f7d3a3a3c11")


@dataclass(slots=True)
class Drafting(Trail):
    """The trail of a writer: every text has a language here, and ``language`` is that of those that do not say.

    Attributes:
        said: The achievement says that its texts are in that language.
    """

    language: str = "en"
    said: bool = False


def own_language(trail: Trail) -> str:
    """The language of texts that do not say theirs."""
    return trail.language if isinstance(trail, Drafting) else "en"


def beside(trail: Trail) -> Drafting:
    """A trail in the same language, for what may not be written after all."""
    return Drafting(language=own_language(trail), said=isinstance(trail, Drafting) and trail.said)


def absolute(iri: object) -> bool:
    """Whether this can be an id or an address: JSON-LD drops what is relative, and with it what hangs on it."""
    return isinstance(iri, str) and _ABSOLUTE.fullmatch(iri) is not None


def named(kind: str, *parts: str) -> str:
    """A name inside a document, the same for the same parts (UUID version 5)."""
    return f"{NODE_NAME}{kind}:{uuid.uuid5(_NAMES, chr(31).join(parts))}"


def each(value: Any, at: str) -> Iterator[tuple[Any, str]]:
    """One value or a list of them, with the pointer of each."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield item, f"{at}/{index}"
    else:
        yield value, at


def single(codec: Codec) -> Codec:
    """One value or a list of one on the wire <-> one value; further ones are dropped. Written as one."""

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        result = ABSENT
        for item, place in each(value, at):
            if result is ABSENT:
                result = codec.read(item, place, into, trail)
            else:
                trail.dropped(item, place, FURTHER)
        return result

    return Codec(read, codec.write)


def in_list(codec: Codec) -> Codec:
    """As `single`, written as a list of one, because the format allows several."""

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        written = codec.write(value, at, f"{into}/0", trail)
        return ABSENT if written is ABSENT else [written]

    return Codec(single(codec).read, write)


def node(table: Table) -> Codec:
    """One object <-> one object; what is no object is dropped."""

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        if not isinstance(value, dict):
            trail.dropped(value, at, MISSHAPEN)
            return ABSENT
        return table.read(value, at, into, trail)

    return Codec(read, table.write)


def whole(codec: Codec, *required: str) -> Codec:
    """An object that cannot stand without these wire members: written with all of them or not at all."""

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        aside = beside(trail)
        written = codec.write(value, at, into, aside)
        if missing := next((name for name in required if name not in written), None):
            trail.dropped(value, at, f"cannot be written without {missing}")
            return ABSENT
        trail.origins.update(aside.origins)
        trail.losses.extend(aside.losses)
        return written

    return Codec(codec.read, write)


def _string_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, str):
        trail.dropped(value, at, MISSHAPEN)
        return ABSENT
    trail.carried(at, into)
    return value


def _as_it_is(value: Any, at: str, into: str, trail: Trail) -> Any:
    trail.carried(at, into)
    return value


def _string_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not value.strip():
        trail.dropped(value, at, EMPTY)
        return ABSENT
    trail.carried(at, into)
    return value


STRING = Codec(_string_in, _string_out)
"""A text without a language; one that says nothing is not written."""


def _iri_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if absolute(value):
        return _string_out(value, at, into, trail)
    trail.dropped(value, at, "not an absolute IRI, and JSON-LD drops every other")
    return ABSENT


IRI = Codec(_string_in, _iri_out)


def _own_id_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if isinstance(value, str) and value.startswith(NODE_NAME):
        return ABSENT
    return _string_in(value, at, into, trail)


def _own_id_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if value.startswith("mailto:"):
        trail.dropped(value, at, "names a mailbox here, and nothing else")
        return ABSENT
    return _iri_out(value, at, into, trail)


OWN_ID = Codec(_own_id_in, _own_id_out)
"""The id of a thing; one that only names a part of its document is not kept, and not missed."""


def _texts_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if isinstance(value, str):
        trail.carried(at, f"{into}/und")
        return {"und": value}
    if not isinstance(value, dict):
        trail.dropped(value, at, MISSHAPEN)
        return ABSENT
    result = {}
    for tag, texts in value.items():
        for text, place in each(texts, f"{at}/{escaped(tag)}"):
            if not isinstance(text, str) or tag in result:
                trail.dropped(text, place, _ONE_OF_TWO if isinstance(text, str) else MISSHAPEN)
                continue
            trail.carried(place, f"{into}/{escaped(tag)}")
            result[tag] = text
    return result or ABSENT


def _texts_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    return _texts_beside(value, value, at, into, trail)


def _texts_beside(value: Any, said: Iterable[str], at: str, into: str, trail: Trail) -> Any:
    """Texts by language; one without takes the document's own, unless that is among the languages ``said``."""
    result: dict[str, str] = {}
    taken = {tag.casefold() for tag in said}
    for tag, text in value.items():
        place = f"{at}/{escaped(tag)}"
        own = own_language(trail)
        written = own if tag == "und" and own.casefold() not in taken else tag
        if why := _unwritable(tag, text, result):
            trail.dropped(text, place, why)
            continue
        told = isinstance(trail, Drafting) and trail.said
        if written != tag and not (told and at.startswith("/achievement/")):
            trail.approximated(place, f"{into}/{written}", _AS_ACHIEVEMENT if told else _OWN_LANGUAGE)
        trail.carried(place, f"{into}/{written}")
        result[written] = text
    return result or ABSENT


def _unwritable(tag: str, text: str, written: dict[str, str]) -> str:
    """Why a text has no place in a language map, "" when it has."""
    if not text.strip():
        return EMPTY
    if not _TAG.fullmatch(tag):
        return _NO_TAG
    return _ONE_OF_TWO if tag.casefold() in {each.casefold() for each in written} else ""


TEXTS = Codec(_texts_in, _texts_out)
"""A language map of one text, or of a list of them, by language."""


def _one_text_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    sound = {tag: text for tag, text in value.items() if not _unwritable(tag, text, {})}
    kept = next((tag for tag in (own_language(trail), "und") if tag in sound), next(iter(sound), None))
    for tag, text in value.items():
        if tag != kept:
            trail.dropped(text, f"{at}/{escaped(tag)}", _unwritable(tag, text, {}) or "one text, in one language")
    return ABSENT if kept is None else _texts_beside({kept: value[kept]}, value, at, into, trail)


ONE_TEXT = Codec(_texts_in, _one_text_out)
"""A language map that may say one text in one language."""


def _word_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    result = ABSENT
    for tag, texts in value.items() if isinstance(value, dict) else [("", value)]:
        for text, place in each(texts, f"{at}/{escaped(tag)}" if tag else at):
            if result is not ABSENT or not isinstance(text, str):
                trail.dropped(text, place, "a further language of what is the same in all")
                continue
            trail.carried(place, into)
            result = text
    return result


def _word_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not value.strip():
        trail.dropped(value, at, EMPTY)
        return ABSENT
    tag = own_language(trail)
    trail.carried(at, f"{into}/{tag}")
    return {tag: value}


WORD = Codec(_word_in, _word_out)
"""A language map of what is the same in all languages, such as a name <-> that text."""


def _words_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    result: list[str] = []
    for tag, texts in value.items() if isinstance(value, dict) else ():
        for text, place in each(texts, f"{at}/{escaped(tag)}"):
            if isinstance(text, str):
                trail.carried(place, f"{into}/{len(result)}")
                result.append(text)
            else:
                trail.dropped(text, place, MISSHAPEN)
    if not isinstance(value, dict):
        trail.dropped(value, at, MISSHAPEN)
    return result


def _words_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    tag = own_language(trail)
    kept: list[str] = []
    for index, text in enumerate(value):
        if text.strip():
            trail.carried(f"{at}/{index}", f"{into}/{tag}/{len(kept)}")
            kept.append(text)
        else:
            trail.dropped(text, f"{at}/{index}", EMPTY)
    return {tag: kept} if kept else ABSENT


WORDS = Codec(_words_in, _words_out)
"""A language map of lists <-> a list of texts."""


def note(codec: Codec) -> Codec:
    """A Note <-> what its ``noteLiteral`` says."""

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        if not isinstance(value, dict):
            return codec.read(value, at, into, trail)
        for name, child in value.items():
            if name not in ("id", "type", "noteLiteral"):
                trail.dropped(child, f"{at}/{escaped(name)}", "only the text of a note is kept")
        if "noteLiteral" not in value:
            return ABSENT
        return codec.read(value["noteLiteral"], f"{at}/noteLiteral", into, trail)

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        written = codec.write(value, at, f"{into}/noteLiteral", trail)
        return ABSENT if written is ABSENT else {"type": "Note", "noteLiteral": written}

    return Codec(read, write)


NOTE = note(TEXTS)


def _instant_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    try:
        instant: dt.datetime = msgspec.convert(value, dt.datetime)
    except msgspec.ValidationError:
        trail.dropped(value, at, "not a date-time")
        return ABSENT
    trail.carried(at, into)
    if instant.tzinfo is not None:
        return instant
    trail.approximated(at, into, _NO_ZONE)
    return instant.replace(tzinfo=dt.UTC)


MOMENT = Codec(_instant_in, INSTANT.write)
"""A date-time, which may lack its zone in what others wrote."""


def _duration_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if _DURATION.fullmatch(value):
        return _string_out(value, at, into, trail)
    trail.dropped(value, at, "not a duration in the form of ISO 8601, such as PT60H")
    return ABSENT


DURATION = Codec(_string_in, _duration_out)


def _truth_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, bool):
        trail.dropped(value, at, MISSHAPEN)
        return ABSENT
    trail.carried(at, into)
    return value


TRUTH = Codec(_truth_in, _as_it_is)


def _page_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, dict):
        trail.dropped(value, at, MISSHAPEN)
        return ABSENT
    for name, child in value.items():
        if name not in ("id", "type", "contentURL"):
            trail.dropped(child, f"{at}/{escaped(name)}", "only the address of a page is kept")
    return _string_in(value["contentURL"], f"{at}/contentURL", into, trail) if "contentURL" in value else ABSENT


def _page_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    written = _iri_out(value, at, f"{into}/contentURL", trail)
    return ABSENT if written is ABSENT else {"type": "WebResource", "contentURL": written}


PAGE = in_list(Codec(_page_in, _page_out))
"""WebResource <-> its address."""
