"""Comparing what went in with what came out, leaf by leaf, and following a leaf through a conversion.

Two documents are never compared place by place: a leaf of one is the leaf of the other that was read to the same
field of the neutral credential. So it does not matter how a format spells a thing, only whether it is found again.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from adapters.elm_3.display import written_in
from adapters.elm_3.statements import Statement, statements
from adapters.hub.contract import WRITTEN, Draft, Format, Reading
from adapters.hub.credential import Credential
from adapters.hub.losses import Change, LossReport, pointers, traced
from adapters.hub.mapping import bare

Leaves = dict[str, Any]
_CREDENTIAL = "/0"
_TYPE = re.compile(r"/type(/\d+)?\Z")


def leaves(value: Any) -> Leaves:
    """Every leaf by its pointer."""
    return {pointer: at(value, pointer) for pointer in pointers(value)}


def at(value: Any, pointer: str) -> Any:
    """The value at a pointer (RFC 6901)."""
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list | tuple) else value[name]
    return value


def same(one: Any, other: Any) -> bool:
    """Equal in meaning: two spellings of an instant, 5 and 5.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if one == other:
        return True
    return isinstance(one, str) and isinstance(other, str) and _instant(one) is not None and _same_instant(one, other)


def _same_instant(one: str, other: str) -> bool:
    first, second = _instant(one), _instant(other)
    if first is None or second is None or (first.tzinfo is None) != (second.tzinfo is None):
        return False
    return first == second


def _instant(value: str) -> dt.datetime | None:
    try:
        return msgspec.convert(value, dt.datetime)
    except msgspec.ValidationError:
        return None


class Passage:
    """Where the leaves of a neutral credential are after it was written and read again.

    A list closes up over items that were dropped whole; ``moved`` says what became of a pointer. Where every text says
    its language, one of an achievement that says for all its texts in which they are says that one; and a creator who
    is the awarder is said by the award.
    """

    def __init__(self, credential: Credential, draft: Draft) -> None:
        whole = bare(credential)
        achievement = whole.get("achievement", {})
        self._language = _said_language(credential) if draft.format is Format.ELM_3 else None
        awarder = whole.get("source", whole.get("issuer", {}))
        once = draft.format in (Format.ELM_3, Format.LEARNING_CREDENTIAL_1)
        self.again = once and achievement.get("creator") == awarder
        if self.again:
            del achievement["creator"]
        self.before: Leaves = leaves(whole)
        dropped = {loss.source for loss in draft.losses.losses if loss.change is Change.DROPPED}
        self._gone: dict[str, list[int]] = {}
        for place, index in _items(whole):
            item = f"{place}/{index}"
            inside = [leaf for leaf in self.before if leaf == item or leaf.startswith(f"{item}/")]
            if all(leaf in dropped for leaf in inside):
                self._gone.setdefault(place, []).append(index)

    def moved(self, pointer: str) -> str | None:
        """The place after the passage, None for what went with a whole item."""
        old, new = "", ""
        for token in pointer.split("/")[1:]:
            gone = self._gone.get(old, [])
            if gone and int(token) in gone:
                return None
            new += f"/{int(token) - sum(index < int(token) for index in gone)}" if gone else f"/{token}"
            old += f"/{token}"
        return self._spoken(pointer, new)

    def _spoken(self, pointer: str, moved: str) -> str:
        """The place of a text whose language only its achievement says."""
        text, _, tag = pointer.rpartition("/")
        if self._language is None or tag != "und" or not pointer.startswith("/achievement/"):
            return moved
        beside = {other.rpartition("/")[2].casefold() for other in self.before if other.rpartition("/")[0] == text}
        return moved if self._language.casefold() in beside else f"{moved.rpartition('/')[0]}/{self._language}"


def _said_language(credential: Credential) -> str | None:
    said = credential.achievement.in_language
    return said if said is not None and written_in(said) else None


def _items(value: Any, place: str = "") -> Iterator[tuple[str, int]]:
    """Every item of every list, by the place of the list."""
    if isinstance(value, dict):
        for pointer, child in ((f"{place}/{_escaped(name)}", child) for name, child in value.items()):
            yield from _items(child, pointer)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield place, index
            yield from _items(item, f"{place}/{index}")


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def changed_and_reported(
    credential: Credential, draft: Draft, again: Reading
) -> tuple[tuple[set[str], set[str]], tuple[set[str], set[str]]]:
    """What differs between a credential and the reading of what was written from it, and what the draft says of it.

    Returns:
        Changed and reported, each as pointers into the credential and pointers into the reading.
    """
    passage = Passage(credential, draft)
    after = leaves(bare(again.credentials[0]))
    image = {pointer: passage.moved(pointer) for pointer in passage.before}
    kept = {p: q for p, q in image.items() if q in after and same(passage.before[p], after[q])}
    targets = {loss.target for loss in draft.losses.losses}
    origins = _of_first(again.origins)
    reported_after = {pointer for pointer, place in origins.items() if place in targets}
    changed = set(passage.before) - set(kept), set(after) - set(kept.values())
    return changed, (_sources(draft.losses), reported_after)


class Crossing:
    """A document that was read, written (in the same format or another) and read again.

    What stands at the ``exempt`` pointers of the credential was changed on the way, which no adapter need report.
    Of a document that awards several things the first is followed; what only the others say is left for them.

    Attributes:
        lost: Leaves of the document that are not found again, or not in all that they were read to and it is reported.
        added: Leaves of the second document that are none of the first.
        reported_lost, reported_added: The same as the reports have it.
    """

    def __init__(self, reading: Reading, draft: Draft, again: Reading, *, exempt: frozenset[str] = frozenset()) -> None:
        self._passage = Passage(reading.credentials[0], draft)
        self._first, self._second = leaves(reading.document), leaves(again.document)
        self._after = leaves(bare(again.credentials[0]))
        self._origins, self._origins_again = _of_first(reading.origins), _of_first(again.origins)
        self._exempt = exempt
        self._said, self._said_again = _statements(reading), _statements(again)
        self._others = {place for into, place in reading.origins.items() if not into.startswith(f"{_CREDENTIAL}/")}
        self._wire = reading.format == again.format
        if self._passage.again:
            creator = f"{_CREDENTIAL}/achievement/creator/"
            self._others |= {place for into, place in reading.origins.items() if into.startswith(creator)}
        self._bent = _bent(reading, wire=self._wire)
        self.reported_lost = _sources(reading.losses) | _sources(traced(draft.losses, self._origins))
        bent_in_reading = {loss.target for loss in reading.losses.losses if loss.target}
        self.reported_added = {loss.target for loss in draft.losses.losses if loss.target} | {
            self._origins_again[there]
            for pointer in bent_in_reading
            if (there := pointer.removeprefix(_CREDENTIAL)) in self._origins_again
        }
        self._follow()

    def _follow(self) -> None:
        fields: dict[str, list[str]] = {}
        for pointer, place in self._origins.items():
            fields.setdefault(place, []).append(pointer)
        found: dict[str, set[str]] = {}
        in_part: set[str] = set()
        for place in self._first:
            for pointer in fields.get(place, []):
                if (again := self._again(place, pointer)) is not None:
                    found.setdefault(place, set()).add(again)
                else:
                    in_part.add(place)
        linked = {self._origins_again[pointer] for pointer in self._exempt if pointer in self._origins_again}
        linked = linked.union(*found.values())
        gone = {pointer: value for pointer, value in self._first.items() if pointer not in found}
        new = {pointer: value for pointer, value in self._second.items() if pointer not in linked}
        known = {*found, *self.reported_lost, *self._others}
        silent = _silent(self._said, known, self._first) | self._others
        self.lost = {
            p
            for p in gone
            if p in self.reported_lost or not (p in silent or self._means_nothing(p, gone[p], self._origins))
        } | (in_part & self.reported_lost)
        silent = _silent(self._said_again, {*linked, *self.reported_added}, self._second)
        self.added = {
            p
            for p in new
            if p in self.reported_added or not (p in silent or self._means_nothing(p, new[p], self._origins_again))
        }

    def _again(self, place: str, pointer: str) -> str | None:
        """The leaf of the second document that says the same as the one at ``place``, read to ``pointer``."""
        there = self._passage.moved(pointer)
        if there is None or there not in self._origins_again or place in self._bent:
            return None
        again = self._origins_again[there]
        if pointer in self._exempt:
            return again
        if self._wire:
            return again if same(self._first[place], self._second.get(again)) else None
        return again if same(self._passage.before[pointer], self._after.get(there)) else None

    def _means_nothing(self, pointer: str, value: Any, origins: dict[str, str]) -> bool:
        """How, not what: contexts, a class's own type where its place implies it, empty lists and objects.

        And a language that became the tag of texts: their own lines say if it is lost. None of them needs a line
        in a report; one that has a line counts as any other leaf.
        """
        own_type = _TYPE.search(pointer) is not None and not str(value).startswith(("http:", "https:", "urn:"))
        tag = pointer.endswith("/@language") and any(text.endswith(f"/{value}") for text in origins)
        vct = pointer == "/vct"
        return "/@context" in pointer or own_type or vct or tag or value in ([], {})


def _bent(reading: Reading, *, wire: bool) -> set[str | None]:
    """Leaves that a reader says it did not take as they stood.

    Such a leaf can only be compared where it is written back in the same format; elsewhere, and in a format that is
    only read, the tests of that format hold its reader to what it says.
    """
    if wire and reading.format in WRITTEN:
        return set()
    return {loss.source for loss in reading.losses.losses if loss.change is Change.APPROXIMATED}


def _statements(reading: Reading) -> dict[str, Statement] | None:
    """What each leaf says, in a format in which it may be said several times over; None in any other."""
    return statements(reading.document) if reading.format is Format.ELM_3 else None


def _silent(said: dict[str, Statement] | None, known: set[str], every: Leaves) -> set[str]:
    """The leaves that say nothing, or nothing that is not said in a place that is known."""
    if said is None:
        return set()
    told = {said[pointer] for pointer in known if pointer in said}
    return {pointer for pointer in every if pointer not in said or said[pointer] in told}


def _of_first(origins: dict[str, str]) -> dict[str, str]:
    return {
        pointer.removeprefix(_CREDENTIAL): place
        for pointer, place in origins.items()
        if pointer.startswith(f"{_CREDENTIAL}/")
    }


def _sources(report: LossReport) -> set[str]:
    return {loss.source for loss in report.losses if loss.source is not None}
