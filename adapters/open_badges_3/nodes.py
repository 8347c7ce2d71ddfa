"""One description for one id: in JSON-LD everything that is said of an id is said at all its places.

Two descriptions of one id would be mixed when the document is signed over its RDF, and nobody could tell any more
which of them stood where; a verifier that knows this refuses the document. So the less telling one gives way.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any  # Any: the document that is being written

import msgspec

from adapters.hub.errors import NotWritable
from adapters.hub.losses import pointers
from adapters.hub.mapping import Trail
from adapters.open_badges_3.classes import CLASSES
from adapters.open_badges_3.vocabulary import listed

_NOTE = "another part of the credential bears the same id, and JSON-LD would mix what is said of both"
_OWN_NAME = "in place of an id that another part of the credential bears"

_MOST_CLASHES = 32
"""Each is looked for and settled by itself, which takes time; sound credentials have few if any."""

_ASIDES = {
    "credentialSubject": frozenset({"endorsementComment"}),
    "criteria": frozenset({"narrative"}),
    "relatedResource": frozenset({"mediaType", "digestSRI", "digestMultibase"}),
    "refreshService": frozenset[str](),
    "credentialSchema": frozenset[str](),
}
"""Members whose values are described in words of their own, which no other place of the same id has."""

_VOCABULARY = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_CLASSES = {of.type for of in CLASSES.values()} - {"", "EndorsementCredential"}
_WITHOUT_ID = frozenset({"evidence", "criteria", "termsOfUse"})
_PROFILES = frozenset({"source", "creator", "parentOrg"})
_ITEMS = frozenset({"related", "relatedResource", "resultDescription", "rubricCriterionLevel"})


@dataclass(frozen=True, slots=True)
class _Place:
    """An object with an id: where it stands, in which object, and under which member."""

    at: str
    value: dict[str, Any]
    owner: dict[str, Any]
    member: str

    @property
    def said(self) -> set[str]:
        """The members that say something of it."""
        return self.value.keys() - {"id", "type"}

    @property
    def types(self) -> list[str]:
        """As written."""
        return listed(self.value.get("type", []))

    @property
    def classes(self) -> set[str]:
        """Those of the types that have members of their own, by whichever name."""
        return _CLASSES.intersection(name.removeprefix(_VOCABULARY) for name in self.types)

    @property
    def embedded(self) -> bool:
        """Whether it stands in an endorsement, which its author signed as it is."""
        return "/endorsement/" in self.at

    @property
    def aside(self) -> str:
        """Its member, where it is described in words of its own; else nothing."""
        return self.member if self.member in _ASIDES and self.at != "/credentialSubject" else ""


def urn(credential_id: str, at: str) -> str:
    """A name for what has none: the same for the same credential and place, and linkable to nothing else."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{credential_id}#{at}')}"


def separate(document: dict[str, Any], trail: Trail) -> None:
    """Leave one description of each id in a written document, and report what gave way.

    Raises:
        NotWritable: Nothing can give way: the credential or who earned it bears the id of something else.
    """
    for _ in range(_MOST_CLASHES):
        if (clash := next(_clashes(document), None)) is None:
            return
        _settle(*clash, document, trail)
    raise NotWritable(f"more than {_MOST_CLASHES} of its parts bear the ids of others")


def _clashes(document: dict[str, Any]) -> Iterator[tuple[_Place, _Place]]:
    """Yield a place that has to give way, and the one that it gives way to."""
    for places in _shared(document):
        # The most telling first: not what an endorsement says in passing, and an address before its picture.
        yield from _clashing(sorted(places, key=lambda p: (p.embedded, p.member == "image", p.at.count("/"))))


def _clashing(places: list[_Place]) -> Iterator[tuple[_Place, _Place]]:
    others = [place for place in places if not place.aside]
    for member, words in _ASIDES.items():
        inside = [place for place in places if place.aside == member]
        for place in inside:
            mixed = next((other for other in others if other.said & words), None)
            if mixed and place.value.keys() == {"id"}:
                yield mixed, place
            elif mixed or not _in_own_words(place, words) or place.value != inside[0].value:
                yield place, mixed or next(other for other in places if other is not place)
    described = [place for place in others if place.said]
    if described:
        profile = all(place.types == ["Profile"] for place in described)
        fullest = max(described, key=lambda place: len(place.said)) if profile else described[0]
        if not all(_agrees(place, fullest, profile=profile) for place in others):
            fullest = described[0]
        for place in others:
            if place is not fullest and not _agrees(place, fullest, profile=profile):
                yield place, fullest


def _in_own_words(place: _Place, words: frozenset[str]) -> bool:
    typed = place.types == ["EndorsementSubject"] if place.aside == "credentialSubject" else not place.classes
    return typed and place.said <= words


def _agrees(place: _Place, fullest: _Place, *, profile: bool) -> bool:
    if len(place.classes) > 1 or len(fullest.classes) > 1:
        return False
    if not place.said:
        return not place.classes or place.classes == fullest.classes
    if profile:
        return all(place.value[name] == fullest.value.get(name) for name in place.said)
    return place.value == fullest.value


_Path = tuple[Any, ...]
"""A way down: the way to what is above, then the member or index. Most places are only passed, so a pointer is made
of it for those few that are looked at.
"""

_Found = list[tuple[_Path, dict[str, Any], dict[str, Any], str]]


def _shared(document: dict[str, Any]) -> Iterator[list[_Place]]:
    """Yield the places of each id that stands at more than one, in the document's order."""
    by_id: dict[str, _Found] = {}
    _gather(document, (), {}, "", by_id)
    for found in by_id.values():
        if len(found) > 1:
            yield [_Place(_pointer(path), value, owner, member) for path, value, owner, member in found]


def _gather(value: Any, path: _Path, owner: dict[str, Any], member: str, by_id: dict[str, _Found]) -> None:
    if isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict | list):
                _gather(item, (path, index), owner, member, by_id)
        return
    if isinstance(name := value.get("id"), str):
        by_id.setdefault(name, []).append((path, value, owner, member))
    for inner, child in value.items():
        if isinstance(child, dict | list):
            _gather(child, (path, inner), value, inner, by_id)


def _pointer(path: _Path) -> str:
    return f"{_pointer(path[0])}/{path[1]}" if path else ""


def _settle(place: _Place, other: _Place, document: dict[str, Any], trail: Trail) -> None:
    alike = place.classes == other.classes and len(place.classes) == 1
    if place.embedded:
        # The neutral model says of which format an endorsement is; the written document is of one format.
        hub = trail.origins[f"{place.at}/id"].partition("/document/")[0]
        trail.dropped(None, f"{hub}/format", _NOTE)
        _remove(document, place.at.partition("/endorsement/")[0] + "/endorsement", place.at, trail)
    elif place.member in _WITHOUT_ID and place.said:
        _forget(place.value, "id", place.at, trail)
    elif place.member in _WITHOUT_ID | _ITEMS:
        _remove(document, place.at.rpartition("/")[0], place.at, trail)
    elif place.member in _PROFILES | {"image"} and alike:
        for name in sorted(place.said):
            _forget(place.value, name, place.at, trail)
    elif place.member == "image":
        _forget(place.owner, "image", place.at.removesuffix("/image"), trail)
    elif place.member in _PROFILES or place.member == "achievement":
        _forget(place.value, "id", place.at, trail)
        place.value["id"] = urn(document["id"], place.at)
        trail.supplied(f"{place.at}/id", _OWN_NAME)
    else:
        raise NotWritable(f"{place.value['id']} is also the id of {other.at}", pointer=place.at)


def _forget(owner: dict[str, Any], name: str, at: str, trail: Trail) -> None:
    """Take a member away, and say so for each leaf that came from somewhere."""
    for leaf in pointers(owner.pop(name), f"{at}/{name}"):
        reported = [loss for loss in trail.losses if loss.target == leaf]
        trail.losses[:] = [loss for loss in trail.losses if loss.target != leaf]
        source = trail.origins.pop(leaf, None) or next((loss.source for loss in reported), None)
        if source is not None:
            trail.dropped(None, source, _NOTE)


def _remove(document: dict[str, Any], at: str, item: str, trail: Trail) -> None:
    """Take an item out of the list at ``at``; those behind it move up."""
    owner: Any = document
    *path, name = at.split("/")[1:]
    for step in path:
        owner = owner[int(step)] if isinstance(owner, list) else owner[step]
    items = owner[name]
    index = int(item.removeprefix(f"{at}/").partition("/")[0])
    holder = {str(index): items.pop(index)}
    _forget(holder, str(index), at, trail)
    for later in range(index + 1, len(items) + 1):
        _renamed(trail, f"{at}/{later}", f"{at}/{later - 1}")
    if not items:
        del owner[name]


def _renamed(trail: Trail, old: str, new: str) -> None:
    for into in [into for into in trail.origins if into == old or into.startswith(f"{old}/")]:
        trail.origins[new + into.removeprefix(old)] = trail.origins.pop(into)
    for place, loss in enumerate(trail.losses):
        if loss.target is not None and (loss.target == old or loss.target.startswith(f"{old}/")):
            trail.losses[place] = msgspec.structs.replace(loss, target=new + loss.target.removeprefix(old))
