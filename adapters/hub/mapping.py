"""One table a class, both directions: how members of a wire format correspond to fields of the neutral model.

A format's ``mapping.py`` is rows ``(wire member, hub field, codec)``. The same rows read and write, so the
two directions cannot drift apart, and the loss report is exact by construction: a wire leaf that no row names
is dropped in reading, a hub leaf that no row names in writing, and each codec reports what it bends.

    ALIGNMENT = Table(
        Row("targetName", "target_name", TEXT),
        Row("targetUrl", "target_url"),
        types=("AlignmentObject",),
    )
    BADGE = Table(Row("name", "name", TEXT), Row("alignment", "alignments", many(nested(ALIGNMENT))))

Both sides are decoded JSON here: between ``opened`` and the typed model values are ``Any``; the wire side was
validated against ``document.py`` before, the hub side is validated when it becomes a Struct.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from adapters.hub.losses import Change, Loss, LossReport, escaped, pointers

NO_MEMBER = "not a member that this format defines here"
NO_PLACE = "the target format has no place for it"
ONE_LANGUAGE = "the target format holds one language per text"
NO_LANGUAGE_TAG = "the target format does not say which language a text is in"
NO_TYPE_KEPT = "a further type that the neutral model does not keep here"
NO_SUCH_TYPE = "a type that the target format cannot name here"


@dataclass(slots=True)
class Trail:
    """What happened on the way: where each leaf went, and what was lost.

    ``origins`` maps the pointer a value arrived at to the pointer it came from.
    """

    origins: dict[str, str] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def carried(self, at: str, into: str) -> None:
        """Record that the value at ``into`` is the value at ``at``."""
        self.origins[into] = at

    def dropped(self, value: Any, at: str, note: str) -> None:
        """Report every leaf of ``value`` as lost."""
        for leaf in pointers(value, at):
            self.losses.append(Loss(change=Change.DROPPED, source=leaf, note=note))

    def approximated(self, at: str, into: str, note: str) -> None:
        """Report that the leaf at ``at`` went to ``into`` with another meaning or precision."""
        self.losses.append(Loss(change=Change.APPROXIMATED, source=at, target=into, note=note))

    def supplied(self, into: str, note: str) -> None:
        """Report a leaf of the output that nothing in the input says."""
        self.losses.append(Loss(change=Change.SUPPLIED, target=into, note=note))

    @property
    def report(self) -> LossReport:
        """All losses so far."""
        return LossReport(tuple(self.losses))


Step = Callable[[Any, str, str, Trail], Any]
"""``(value, at, into, trail) -> value``; ``ABSENT`` when nothing is to be placed."""

ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class Codec:
    """The two ways of one value: ``read`` wire -> hub and ``write`` hub -> wire."""

    read: Step
    write: Step


def _plain(value: Any, at: str, into: str, trail: Trail) -> Any:
    trail.carried(at, into)
    return value


PLAIN = Codec(_plain, _plain)


def _opaque(value: Any, at: str, into: str, trail: Trail) -> Any:
    for leaf in pointers(value):
        trail.carried(at + leaf, into + leaf)
    return value


OPAQUE = Codec(_opaque, _opaque)
"""JSON of another specification, carried as it is."""


def _text_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    trail.carried(at, f"{into}/und")
    return {"und": value}


def _text_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    kept = next((tag for tag in ("und", "en") if tag in value), next(iter(value)))
    return in_one_language(value, kept, at, into, trail)


def in_one_language(value: Mapping[str, str], kept: str, at: str, into: str, trail: Trail) -> str:
    """The text in the language ``kept``, and what is lost of a language map by that."""
    for tag, text in value.items():
        if tag != kept:
            trail.dropped(text, f"{at}/{escaped(tag)}", ONE_LANGUAGE)
    if kept != "und":
        trail.approximated(f"{at}/{escaped(kept)}", into, NO_LANGUAGE_TAG)
    trail.carried(f"{at}/{escaped(kept)}", into)
    return value[kept]


TEXT = Codec(_text_in, _text_out)
"""A monolingual string <-> a language map."""


def _instant_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    trail.carried(at, into)
    # As document.py validated it: fromisoformat knows neither a small `z` nor how to round.
    return msgspec.convert(value, dt.datetime)


def _instant_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    trail.carried(at, into)
    return timestamp(value)


INSTANT = Codec(_instant_in, _instant_out)
"""RFC 3339 date-time <-> aware datetime; written in UTC, fractions only when there are any."""


def timestamp(instant: dt.datetime) -> str:
    """RFC 3339 in UTC with ``Z``; microseconds only when they are not zero.

    An instant whose UTC lies outside the years 1 to 9999 keeps its own offset.
    """
    try:
        return instant.astimezone(dt.UTC).replace(tzinfo=None).isoformat() + "Z"
    except OverflowError:
        return instant.isoformat()


def nested(table: "Table") -> Codec:
    """One object <-> one object."""
    return Codec(table.read, table.write)


def reference(table: "Table", key: str = "id") -> Codec:
    """An IRI string or an object on the wire <-> always an object; written as an object."""

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        if isinstance(value, str):
            trail.carried(at, f"{into}/{key}")
            return {key: value}
        return table.read(value, at, into, trail)

    return Codec(read, table.write)


def many(codec: Codec) -> Codec:
    """One value or a list on the wire <-> always a list; written as a list.

    An item of which nothing can be written is left out: an object that says only what class it is says
    nothing.
    """

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        if not isinstance(value, list):
            found = codec.read(value, at, f"{into}/0", trail)
            return [] if found is ABSENT else [found]
        return _each(codec.read, value, at, into, trail)

    def write_item(value: Any, at: str, into: str, trail: Trail) -> Any:
        carried = len(trail.origins)
        written = codec.write(value, at, into, trail)
        return written if len(trail.origins) > carried else ABSENT

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        return _each(write_item, value, at, into, trail) or ABSENT

    return Codec(read, write)


def _each(step: Step, values: Any, at: str, into: str, trail: Trail) -> list[Any]:
    """Apply ``step`` to each item; positions in the result close up over items that have no place."""
    results: list[Any] = []
    for index, value in enumerate(values):
        result = step(value, f"{at}/{index}", f"{into}/{len(results)}", trail)
        if result is not ABSENT:
            results.append(result)
    return results


def first(codec: Codec, note: str) -> Codec:
    """A list in the hub of which the wire holds one: the first goes, the others are dropped with ``note``."""

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        return [codec.read(value, at, f"{into}/0", trail)]

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        for index, further in enumerate(value[1:], start=1):
            trail.dropped(further, f"{at}/{index}", note)
        return codec.write(value[0], f"{at}/0", into, trail)

    return Codec(read, write)


@dataclass(frozen=True, slots=True)
class Row:
    """One correspondence; ``wire`` and ``hub`` are member names, nested ones joined by ``/``."""

    wire: str
    hub: str
    codec: Codec = PLAIN


def without(wire: str, note: str) -> Row:
    """Row of a wire member that on purpose has no field in the neutral model: dropped, with the reason."""

    def drop(value: Any, at: str, _into: str, trail: Trail) -> Any:
        trail.dropped(value, at, note)
        return ABSENT

    return Row(wire, "", Codec(drop, drop))


class Table:
    """The rows of one class of a format.

    Args:
        rows: In the order in which the specification lists the members; writing keeps it.
        types: The class's own ``type`` values: implied by the place in reading, written first. Further types
            are kept in the hub field ``types`` when ``keep_types``, else dropped.
        aliases: Other names of the class: implied by the place in reading like ``types``, never written.
        type_as_list: Write ``type`` as a list even when it is one value.
        writable_type: Whether the format can name this further type; one that it cannot is dropped.
        structural: Wire members that say how, not what (``@context``): never a loss.
        no_place: Hub field (top-level name) -> why the format has no place for it.
    """

    def __init__(
        self,
        *rows: Row,
        types: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
        type_as_list: bool = False,
        keep_types: bool = False,
        writable_type: Callable[[str], bool] = bool,
        structural: tuple[str, ...] = (),
        no_place: Mapping[str, str] | None = None,
    ) -> None:
        self.rows = rows
        self.types = types
        self.type_as_list = type_as_list
        self.keep_types = keep_types
        self.writable_type = writable_type
        self.no_place = no_place or {}
        self._rows = tuple((row, "/" in row.hub) for row in rows)
        self._wire = _tree((row.wire, row) for row in rows)
        self._hub = _tree((row.hub, row) for row in rows)
        self._structural = frozenset(structural)
        self._implied = frozenset(types + aliases)

    def read(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """Wire object -> hub object (field names of the neutral Structs)."""
        result: dict[str, Any] = {}
        self._read_members(self._wire, value, at, into, trail, result)
        if "type" in value and "type" not in self._wire and "type" not in self._structural:
            self._read_types(value["type"], f"{at}/type", into, trail, result)
        return result

    def _read_members(
        self, tree: dict[str, Any], value: Any, at: str, into: str, trail: Trail, result: dict[str, Any]
    ) -> None:
        for name, child in value.items():
            step = tree.get(name)
            pointer = f"{at}/{name if step else escaped(name)}"
            if isinstance(step, list):
                for row in step:
                    found = row.codec.read(child, pointer, f"{into}/{row.hub}", trail)
                    if found is not ABSENT:
                        _place(result, row.hub, found)
            elif isinstance(step, dict) and isinstance(child, dict):
                self._read_members(step, child, pointer, into, trail, result)
            elif name != "type" and name not in self._structural:
                trail.dropped(child, pointer, NO_MEMBER)

    def _read_types(self, value: Any, at: str, into: str, trail: Trail, result: dict[str, Any]) -> None:
        further: list[str] = []
        for index, name in enumerate(value if isinstance(value, list) else [value]):
            pointer = f"{at}/{index}" if isinstance(value, list) else at
            said = isinstance(name, str)  # members that no format defines are of any kind
            if said and name in self._implied:
                continue
            if said and self.keep_types:
                trail.carried(pointer, f"{into}/types/{len(further)}")
                further.append(name)
            else:
                trail.dropped(name, pointer, NO_TYPE_KEPT)
        if further:
            result["types"] = further

    def write(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """Hub object, as ``bare`` makes it, -> wire object."""
        result: dict[str, Any] = {}
        types = [*self.types]
        for index, name in enumerate(value.get("types") or () if self.keep_types else ()):
            if name in self._implied or not self.writable_type(name):
                trail.dropped(name, f"{at}/types/{index}", NO_SUCH_TYPE)
            else:
                trail.carried(f"{at}/types/{index}", f"{into}/type/{len(types)}")
                types.append(name)
        if types:
            result["type"] = types if self.type_as_list or len(types) > 1 else types[0]
        for row, deep in self._rows:
            # Most rows have nothing to write.
            found = _found(value, row.hub) if deep else value.get(row.hub)
            if found is None or empty(found):
                continue
            written = row.codec.write(found, f"{at}/{row.hub}", f"{into}/{row.wire}", trail)
            if written is not ABSENT:
                _place(result, row.wire, written)
        self._drop_unplaced(self._hub, value, at, trail)
        return result

    def _drop_unplaced(self, tree: dict[str, Any], value: Any, at: str, trail: Trail) -> None:
        for name, child in value.items():
            step = tree.get(name)
            if isinstance(step, list) or empty(child) or (name == "types" and self.keep_types):
                continue
            if isinstance(step, dict):
                self._drop_unplaced(step, child, f"{at}/{name}", trail)
            else:
                trail.dropped(child, f"{at}/{escaped(name)}", self.no_place.get(name, NO_PLACE))


def empty(value: Any) -> bool:
    """Absent, as the neutral model says it: None, or an empty map or list. False, 0 and "" are values."""
    return value is None or (not value and isinstance(value, tuple | list | dict))


def bare(value: Any) -> Any:
    """A neutral Struct as decoded JSON, what is empty in it left out, instants and opaque JSON as they are."""
    if isinstance(value, msgspec.Struct):
        result = {}
        for name, child in msgspec.structs.asdict(value).items():
            # Most fields are absent, and most others are texts.
            if child is None:
                continue
            made = child if isinstance(child, str) else bare(child)
            if not empty(made):
                result[name] = made
        return result
    if isinstance(value, tuple):
        return [bare(item) for item in value]
    return value


def _tree(entries: Any) -> dict[str, Any]:
    """Names joined by "/" -> nested dicts whose leaves are the lists of rows at that place."""
    tree: dict[str, Any] = {}
    for path, row in entries:
        *parents, name = path.split("/")
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node.setdefault(name, []).append(row)
    return tree


def _found(value: Any, path: str) -> Any:
    for name in path.split("/"):
        if value is None:
            return None
        value = value.get(name)
    return value


def _place(result: dict[str, Any], path: str, value: Any) -> None:
    if "/" not in path:
        result[path] = value
        return
    *parents, name = path.split("/")
    for parent in parents:
        result = result.setdefault(parent, {})
    result[name] = value
