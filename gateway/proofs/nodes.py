"""Nodes that a document describes at several places: RDF knows one of each, a reader of JSON sees the places.

RDF merges all that is said under one id, wherever it stands. So whoever holds a signed document may move a member
from one description of a node to another, and the signature stays right: ``validUntil`` out of the credential into
a piece of evidence that bears the credential's id. What may stand at several places is therefore only what leaves
no choice of place:

1. descriptions that say exactly the same;
2. mere references beside descriptions, of the same class or of one without members: such a description can only
   move as a whole, to a place where the same may be said, and none of another class can have been added to it;
3. for a Profile, descriptions that leave out some of what the fullest one says: every member of it is optional
   and none changes the meaning of another, so what can be gained is a shorter description of the same one. Its
   endorsements may stand at either place: each names what it endorses;
4. what has a place and words of its own: what an endorsement says of its subject, the narrative of criteria (which
   often bear the achievement's id), what a related resource is (VCDM 2.0 section 5.3 wants the digest of an image
   or a schema said under its id), and services and schemas, which only have a type. There the node is described in
   these words alone, nowhere else in them, and twice only in the same ones.

Ids are compared as the IRIs that expansion made of them; a graph of its own (``proof``) is not told apart.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from gateway.proofs.findings import Finding, Kind

_VOCABULARY = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_SECURITY = "https://w3id.org/security#"
_PROFILE = f"{_VOCABULARY}Profile"
_CLASSES = frozenset(
    {
        "https://schema.org/AlignmentObject",
        "https://www.w3.org/2018/credentials#VerifiableCredential",
        "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry",
        f"{_VOCABULARY}Achievement",
        f"{_VOCABULARY}AchievementSubject",
        f"{_VOCABULARY}Address",
        f"{_VOCABULARY}EndorsementSubject",
        f"{_VOCABULARY}Evidence",
        f"{_VOCABULARY}GeoCoordinates",
        f"{_VOCABULARY}IdentifierEntry",
        f"{_VOCABULARY}IdentityObject",
        f"{_VOCABULARY}Image",
        f"{_VOCABULARY}Related",
        f"{_VOCABULARY}Result",
        f"{_VOCABULARY}ResultDescription",
        f"{_VOCABULARY}RubricCriterionLevel",
        _PROFILE,
    }
)
"""Classes that have members of their own; no node is of two of them."""

_ENDORSEMENTS = frozenset({f"{_VOCABULARY}endorsement", f"{_VOCABULARY}endorsementJwt"})


class Place(msgspec.Struct, frozen=True):
    """One object of the document that names a node.

    Attributes:
        pointer: To the object.
        expanded: What expansion made of it; ``@id`` is an IRI.
    """

    pointer: str
    expanded: dict[str, Any]  # Any: expanded JSON-LD

    @property
    def said(self) -> frozenset[str]:
        """The IRIs of the properties that stand here."""
        return frozenset(self.expanded) - {"@id", "@type"}

    @property
    def types(self) -> frozenset[str]:
        """The IRIs of the classes that are named here."""
        return frozenset(self.expanded.get("@type", ()))

    @property
    def classes(self) -> frozenset[str]:
        """Those of the types that allow more to be said here."""
        return self.types & _CLASSES

    @property
    def member(self) -> str:
        """The member whose value stands here; none for the subject of the document itself, which is no aside."""
        above, _, name = self.pointer.rstrip("0123456789").removesuffix("/").rpartition("/")
        return name if above or name != "credentialSubject" else ""


class _Aside(msgspec.Struct, frozen=True):
    """A place and words of its own (rule 4).

    Attributes:
        member: The values of this member.
        said: IRIs of properties that stand nowhere else.
        type: IRI of the class that stands nowhere else; "" when a class says nothing here.
    """

    member: str
    said: frozenset[str]
    type: str = ""

    def holds(self, place: Place) -> bool:
        """Whether nothing else is said at a place."""
        typed = place.types == {self.type} if self.type else not place.classes
        return place.said <= self.said and typed

    def misses(self, place: Place) -> bool:
        """Whether something is said at a place that belongs here."""
        return bool(place.said & self.said) or self.type in place.types


_ASIDES = (
    _Aside("credentialSubject", frozenset({f"{_VOCABULARY}endorsementComment"}), f"{_VOCABULARY}EndorsementSubject"),
    _Aside("criteria", frozenset({f"{_VOCABULARY}narrative"})),
    _Aside(
        "relatedResource",
        frozenset({"https://schema.org/encodingFormat", f"{_SECURITY}digestMultibase"})
        | {"https://www.w3.org/2018/credentials#digestSRI"},
    ),
    _Aside("refreshService", frozenset()),
    _Aside("credentialSchema", frozenset()),
)


def splits(places: list[Place]) -> Iterator[Finding]:
    """Find what could be moved between the places of one node.

    Args:
        places: All of one node, two or more.
    """
    every = places
    for aside in _ASIDES:
        inside = [place for place in places if place.member == aside.member]
        if not inside:
            continue
        places = [place for place in places if place.member != aside.member]
        for place in inside:
            if not aside.holds(place) or place.expanded != inside[0].expanded:
                yield _finding(place, next(other for other in every if other is not place))
        yield from (_finding(place, inside[0]) for place in places if aside.misses(place))
    yield from _differing(places)


def _differing(places: list[Place]) -> Iterator[Finding]:
    described = [place for place in places if place.said]
    if not described:
        return
    profile = all(place.types == {_PROFILE} for place in described)
    movable = _ENDORSEMENTS if profile else frozenset()
    fullest = max(described, key=lambda place: len(place.said - movable))
    for place in places:
        if not place.said:
            same = not place.classes or place.classes == fullest.classes
        elif profile:
            same = all(place.expanded[iri] == fullest.expanded.get(iri) for iri in place.said - movable)
        else:
            same = place.expanded == fullest.expanded
        if not same:
            yield _finding(place, fullest)
        elif len(place.classes) > 1 and len(places) > 1:
            detail = f"{place.expanded['@id']} is of two classes and stands at two places, so either could be another's"
            yield Finding(Kind.SPLIT_NODE, place.pointer, detail)


def _finding(place: Place, other: Place) -> Finding:
    detail = f"{place.expanded['@id']} is described differently at {other.pointer or '/'}, so what each says could move"
    return Finding(Kind.SPLIT_NODE, place.pointer, detail)
