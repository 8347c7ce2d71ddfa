"""How single values of Open Badges 2.0 become neutral ones and back: ids, times, pictures, endorsements, creators."""

from typing import Any  # Any: decoded JSON on both sides, as in adapters.hub.mapping

from adapters.hub.contract import Format
from adapters.hub.losses import Change, Loss, pointers
from adapters.hub.mapping import ABSENT, INSTANT, PLAIN, Codec, Table, Trail
from adapters.hub.moments import instant as instant
from adapters.open_badges_2.identifiers import acceptable, data_uri, local_label, on_the_web
from adapters.open_badges_2.terms import listed

EXTENSION_CONTEXT = "https://w3id.org/openbadges/extensions/originalCreatorExtension/context.json"

_OTHER_SCHEME = "validators of Open Badges 2.0 take http(s) and urn:uuid ids only"
_LOCAL = "a label that means nothing outside the document"
_NO_TIME = "not a date and time with a zone"
_NOT_A_PICTURE = "Open Badges 2.0 takes pictures by web address or data URI"
_NO_DATA_URI = "an Assertion's image cannot be a data URI"
_OTHER_ENDORSEMENT = "only its author could state it in another format"
_NO_ADDRESS = "the OriginalCreator extension has to name an address"
_ONLY_ADDRESS = "stands for the creator's id, which is not known"


def _instant_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    found = instant(value)
    if found is None:
        trail.dropped(value, at, _NO_TIME)
        return ABSENT
    trail.carried(at, into)
    return found


DATE_TIME = Codec(_instant_in, INSTANT.write)
"""A date-time as the wire has it, or nothing <-> an aware instant."""


def _id_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if local_label(value):
        trail.dropped(value, at, _LOCAL)
        return ABSENT
    trail.carried(at, into)
    return value


def _id_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not acceptable(value):
        trail.dropped(value, at, _OTHER_SCHEME)
        return ABSENT
    trail.carried(at, into)
    return value


IRI = Codec(_id_in, _id_out)
"""An id that may be left out where the format cannot hold it."""


def _version_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, str):
        trail.losses.append(Loss(change=Change.APPROXIMATED, source=at, note="a number, kept as text"))
    trail.carried(at, into)
    return f"{value}"


VERSION = Codec(_version_in, PLAIN.write)
"""Text or a number <-> text."""


def _first_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, list):
        return PLAIN.read(value, at, into, trail)
    for index, further in enumerate(value[1:], start=1):
        trail.dropped(further, f"{at}/{index}", "the neutral Profile holds one")
    return PLAIN.read(value[0], f"{at}/0", into, trail) if value else ABSENT


FIRST = Codec(_first_in, PLAIN.write)
"""One text, or several of which the first is kept <-> one text."""


def id_or_object(table: Table, *, write_id: bool = False) -> Codec:
    """An IRI or an object on the wire <-> always an object; ``write_id`` writes one of only an id as the id."""

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        if not isinstance(value, str):
            return table.read(value, at, into, trail)
        found = IRI.read(value, at, f"{into}/id", trail)
        return ABSENT if found is ABSENT else {"id": found}

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        written = table.write(value, at, into, trail)
        if write_id and "id" in written and written.keys() <= {"id", "type"}:
            trail.origins[into] = trail.origins.pop(f"{into}/id")
            return written["id"]
        return written

    return Codec(read, write)


def picture(table: Table, *, data_uris: bool) -> Codec:
    """An Image, by its address where that is all; one that the format cannot show is dropped whole."""
    shown = id_or_object(table, write_id=True)

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        inside = data_uri(value["id"])
        if on_the_web(value["id"]) or (inside and data_uris):
            return shown.write(value, at, into, trail)
        trail.dropped(value, at, _NO_DATA_URI if inside else _NOT_A_PICTURE)
        return ABSENT

    return Codec(shown.read, write)


def related(table: Table, *own: str) -> Codec:
    """A related object, by its id or with what is said of it; one whose id the format cannot hold is dropped whole.

    Validators want an object's own class among the types of what is related to it, so where there are types it leads.
    """
    by_id = id_or_object(table)

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        if not acceptable(value["id"]):
            trail.dropped(value, at, _OTHER_SCHEME)
            return ABSENT
        written = by_id.write(value, at, into, trail)
        if "type" in written:
            written["type"] = [*own, *listed(written["type"])]
        return written

    return Codec(by_id.read, write)


def _endorsement_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if isinstance(value, str):
        trail.carried(at, f"{into}/url")
        return {"format": Format.OPEN_BADGES_2.value, "url": value}
    for leaf in pointers(value):
        trail.carried(at + leaf, f"{into}/document{leaf}")
    return {"format": Format.OPEN_BADGES_2.value, "document": value}


def _endorsement_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    member = "url" if "url" in value else "document"
    if value["format"] != Format.OPEN_BADGES_2.value or member not in value:
        trail.dropped(value, at, _OTHER_ENDORSEMENT)
        return ABSENT
    for leaf in pointers(value[member]):
        trail.carried(f"{at}/{member}{leaf}", into + leaf)
    return value[member]


ENDORSEMENT = Codec(_endorsement_in, _endorsement_out)
"""The address of an Endorsement or the Endorsement itself <-> the same; never rewritten."""


def original_creator(table: Table) -> Codec:
    """The OriginalCreator extension, whose ``url`` is the creator's id <-> a Profile."""
    by_address = id_or_object(table)

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        if "id" not in value and "url" not in value:
            trail.dropped(value, at, _NO_ADDRESS)
            return ABSENT
        known = value if "id" in value else {name: child for name, child in value.items() if name != "url"}
        written = {"@context": EXTENSION_CONTEXT, **table.write(known, at, into, trail)}
        if known is not value:
            written["url"] = value["url"]
            trail.approximated(f"{at}/url", f"{into}/url", _ONLY_ADDRESS)
        return written

    return Codec(by_address.read, write)
