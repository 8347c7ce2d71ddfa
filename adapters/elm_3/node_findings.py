"""What the application profile asks of every node: its type, its members, how many, and terms that JSON-LD knows."""

import unicodedata
from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON of whatever form

import msgspec

from adapters.elm_3.application_profile import Row, terms
from adapters.elm_3.concept_findings import broken_concept, schemes_of, stray
from adapters.elm_3.examples import shown
from adapters.elm_3.literal_findings import absolute, broken_literal, broken_text, named, one_of
from adapters.elm_3.recognition import V3_1, V3_2
from adapters.elm_3.same_ids import Named
from adapters.elm_3.spelling import meant
from adapters.elm_3.visiting import NOTHING, Visit, known_types
from adapters.elm_3.vocabulary import CREDENTIAL, SHACL, listed
from adapters.hub.losses import escaped
from adapters.hub.securing import Finding

_NAMES: Final = frozenset({"id", "type"})
_ENVELOPE: Final = frozenset({"@context", "credentialStatus", "termsOfUse", "proof"})
_BEFORE_SEALING: Final = frozenset({"issuer", "issued", "eIDASIdentifier", "individualDisplay"})
"""What Europass puts in itself when it seals an upload: the issuer of its certificate, the time, a drawn page."""

_LONGEST_COMPARED = 60
_OF_ONE_VERSION: Final = {"resultDestribution": V3_1, "resultDistribution": V3_2}
"""A term that 3.2 spells otherwise -> the version that has it so."""


class Judged(msgspec.Struct, frozen=True):
    """What the rules of nodes need to know of the whole document.

    Attributes:
        sealed: Whether it is a sealed credential; an upload lacks what is put in by the sealing.
        schemes: Whether the profile asks for the schemes of concepts.
        version: Of the model.
    """

    named: Named
    sealed: bool
    schemes: bool
    version: str


def broken_node(visit: Visit, judged: Judged) -> Iterator[Finding]:
    """List the rules that one node breaks; nodes below it are visited by themselves."""
    node, at = visit.node, visit.pointer
    if at and "id" in node and not absolute(node["id"]):
        yield from _relative(node["id"], visit)
    yield from _type(visit, judged)
    for member, value in node.items():
        if member in _NAMES or (not at and member in _ENVELOPE):
            continue
        place = f"{at}/{escaped(member)}"
        if member in terms():
            yield from _member(member, value, visit.rows.get(member), place, judged)
        else:
            yield _dropped(member, place)
    yield from _absent(visit, judged)
    if "Concept" in visit.types:
        yield from _concept(visit, judged)


def _relative(iri: Any, visit: Visit) -> Iterator[Finding]:
    if visit.row.scheme:
        return  # the concept's own finding says which address belongs there
    reason = "is no address, so that JSON-LD loses what stands here" if isinstance(iri, str) else f"is {named(iri)}"
    fix = 'Write a whole IRI, such as "urn:uuid:" and a UUID.'
    yield Finding(pointer=f"{visit.pointer}/id", reason=reason, fix=fix)


def _type(visit: Visit, judged: Judged) -> Iterator[Finding]:
    if not visit.pointer:
        return  # the envelope's
    known, wanted, at = visit.types, visit.row.classes, f"{visit.pointer}/type"
    others = [each for each in listed(visit.node.get("type", [])) if each not in known]
    if not known:
        known = tuple(name for each in judged.named.described(visit.node.get("id")) for name in known_types(each))
    if wanted == (SHACL,):
        return  # likewise
    if wanted and not known:
        reason = f"does not say that it is {one_of(wanted)}"
        yield Finding(pointer=at, reason=reason, fix=f'Write "type": "{wanted[0]}".')
    elif wanted and not set(known) & set(wanted):
        reason = f"is {one_of(known[:1])} where {one_of(wanted)} belongs"
        yield Finding(pointer=at, reason=reason, fix=f'Write "type": "{wanted[0]}".')
    for other in others if known else []:
        if not isinstance(other, str):
            reason = f"holds {named(other)}, which is no type"
            yield Finding(pointer=at, reason=reason, fix=f'Write "type": "{known[0]}".')
        elif not absolute(other):
            reason = f"names a type that JSON-LD does not know: {other[:_LONGEST_COMPARED]}"
            yield Finding(pointer=at, reason=reason, fix="Leave it out.", blocking=False)


def _member(member: str, value: Any, row: Row | None, at: str, judged: Judged) -> Iterator[Finding]:
    if member == "dateModified":
        reason = "is lost: the context takes it for an address, and the shapes want a date"
        fix = "Leave it out; issued says when the credential was made."
        # A date is no address, so that JSON-LD loses it; an address stays, and the shapes refuse that.
        yield Finding(pointer=at, reason=reason, fix=fix, blocking=not isinstance(value, str) or absolute(value))
        return
    if _OF_ONE_VERSION.get(member, judged.version) != judged.version:
        fix = next(f"Write it as {name}." for name, of in _OF_ONE_VERSION.items() if of == judged.version)
        reason = f"is a term of version {_OF_ONE_VERSION[member]} of the model, and this is {judged.version}"
        yield Finding(pointer=at, reason=reason, fix=fix, blocking=False)
    kind = terms()[member] if row is None else row.kind
    row = NOTHING if row is None else row
    if value is None:
        yield Finding(pointer=at, reason="is null, which JSON-LD drops", fix="Say it, or leave the member out.")
    elif kind == "text":
        yield from broken_text(member, value, row, at)
    else:
        yield from _values(member, value, kind, row, at, judged)


def _values(member: str, value: Any, kind: str, row: Row, at: str, judged: Judged) -> Iterator[Finding]:
    values = listed(value)
    if row.most is not None and len(values) > row.most:
        reason = f"has {len(values)} values and takes {'one' if row.most == 1 else row.most}"
        yield Finding(pointer=at, reason=reason, fix=f"Keep one {member}.")
    for index, each in enumerate(values):
        place = f"{at}/{index}" if isinstance(value, list) else at
        if isinstance(each, list) or each is None:
            yield Finding(pointer=place, reason=f"is {named(each)} inside a list", fix="Write the value itself.")
        elif kind != "node":
            yield from broken_literal(member, each, kind, place)
        elif not isinstance(each, dict):
            yield from _reference(member, each, row, place, judged)


def _reference(member: str, value: Any, row: Row, at: str, judged: Judged) -> Iterator[Finding]:
    """A node by its address alone is described elsewhere in the document, or not at all."""
    types = {name for each in judged.named.described(value) for name in known_types(each)}
    if types & set(row.classes) or (isinstance(value, str) and not row.classes and absolute(value)):
        return
    what = "a name alone" if isinstance(value, str) else named(value)
    fix = f"Write an object: {shown(member, row)}."
    yield Finding(pointer=at, reason=f"is {what} where {one_of(row.classes)} belongs", fix=fix)


def _absent(visit: Visit, judged: Judged) -> Iterator[Finding]:
    described: list[dict[str, Any]] | None = None
    for member, row in visit.rows.items():
        if not row.least or visit.node.get(member, []) not in ([], {}):
            continue
        if described is None:
            described = judged.named.described(visit.node.get("id"))
        if any(each.get(member, []) not in ([], {}) for each in described):
            continue
        if not judged.sealed and member in _BEFORE_SEALING:
            continue
        owner = CREDENTIAL if not visit.pointer else (visit.types or visit.row.classes)[0]
        reason = f"{owner} has no {member}"
        yield Finding(pointer=f"{visit.pointer}/{member}", reason=reason, fix=f"Add {shown(member, row)}.")


def _concept(visit: Visit, judged: Judged) -> Iterator[Finding]:
    if not visit.row.scheme:
        yield from stray(visit.node, visit.pointer)
        return
    schemes = schemes_of(visit.node)
    if visit.row.scheme not in schemes:
        schemes = schemes_of(visit.node, *judged.named.described(visit.node.get("id")))
    yield from broken_concept(visit.node, schemes, visit.row, visit.pointer, strict=judged.schemes)


def _dropped(member: str, at: str) -> Finding:
    """A member that no context defines: readers of JSON see it under the seal, readers of JSON-LD do not."""
    if member.startswith("@"):
        reason = f"is {member[:_LONGEST_COMPARED]} of JSON-LD, where it is not read"
        return Finding(pointer=at, reason=reason, fix="Write id, type and members by their plain names.")
    if ":" in member:
        reason = "is a term by its IRI, which is not read"
        return Finding(pointer=at, reason=reason, fix="Write it under the name that the context gives to it.")
    term = meant(member)
    reason = "is no term of the context, so that JSON-LD drops it"
    odd = next((letter for letter in member if not letter.isascii()), "")
    if term and odd:
        reason = f"looks like {term}, and one of its letters is {unicodedata.name(odd, 'another')}: JSON-LD drops it"
    fix = f"Write it as {term}." if term else "Leave it out."
    return Finding(pointer=at, reason=reason, fix=fix)
