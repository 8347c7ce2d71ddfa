"""Nodes of a credential by their ids: JSON-LD makes one of all that share one, whatever each of them says."""

from collections.abc import Iterator
from typing import Any  # Any: decoded JSON of whatever form

from adapters.elm_3.literal_findings import one_of
from adapters.elm_3.visiting import Visit, rows
from adapters.elm_3.vocabulary import listed
from adapters.hub.securing import Finding

_NAMES = frozenset({"id", "type"})
_FIX = "Give each its own id, such as urn:uuid: and a UUID; what is the same thing says the same everywhere."
_FIX_OF_ISSUER = (
    "Name another organisation by an id of its own; of the issuer say under issuer all that is said of it, and "
    "elsewhere its id alone."
)
_ISSUER = "/issuer"
_HOW_TO_REACH = frozenset({"homepage", "logo", "contactPoint"})
"""They say nothing of who somebody is."""


class Named:
    """All nodes of a document that have an id, by id."""

    def __init__(self, visits: list[Visit]) -> None:
        self._visits: dict[str, list[Visit]] = {}
        for visit in visits:
            if isinstance(iri := visit.node.get("id"), str):
                self._visits.setdefault(iri, []).append(visit)

    def described(self, iri: object) -> list[dict[str, Any]]:
        """What a document says of an id, wherever it does."""
        return [visit.node for visit in self._visits.get(iri, [])] if isinstance(iri, str) else []

    def broken(self) -> Iterator[Finding]:
        """List the ids under which the document says two things that cannot both be said of one.

        A node may stand in full in one place and be named by its id in others, and be said again in the same words.
        """
        for iri, visits in self._visits.items():
            first, *others = visits
            for other in others:
                # Most that is said again is said in the same words.
                if other.node != first.node and (finding := _difference(iri, first, other)):
                    yield finding
                    break
            else:
                if any(visit.pointer == _ISSUER for visit in visits) and (finding := _added(iri, visits)):
                    yield finding


def _added(iri: str, visits: list[Visit]) -> Finding | None:
    """What is said of the issuer in other places must be said of it as issuer: there it is compared with the seal."""
    full = [visit for visit in visits if visit.node.keys() - _NAMES]
    issuer = next((visit for visit in full if visit.pointer == _ISSUER), full[0] if full else visits[0])
    for other in full:
        for member in other.node.keys() - _NAMES - _HOW_TO_REACH:
            theirs = _said(other.node[member])
            mine = _said(issuer.node[member]) if member in issuer.node else {}
            if any(not set(said) <= set(mine.get(tag, ())) for tag, said in theirs.items()):
                reason = f"says of the issuer ({iri}) in {member} what the issuer does not say itself"
                return Finding(pointer=f"{other.pointer}/{member}", reason=reason, fix=_FIX_OF_ISSUER)
    return None


def _difference(iri: str, first: Visit, other: Visit) -> Finding | None:
    types, others = first.types, other.types
    if types and others and set(types) != set(others):
        there, here = one_of(types[:1]), one_of(others[:1])
        reason = f"is the id of {there} at {first.pointer or '/'} and of {here} here: {iri}"
        return Finding(pointer=f"{other.pointer}/id", reason=reason, fix=_FIX)
    held = rows(types or others)
    for member in first.node.keys() & other.node.keys() - _NAMES:
        row = held.get(member)
        mine, theirs = _said(first.node[member]), _said(other.node[member])
        if mine == theirs or row is None:
            continue
        if row.kind == "text":
            apart = row.single and any(mine.get(tag, text) != text for tag, text in theirs.items())
        else:
            apart = row.most == 1
        if apart:
            reason = (
                f"is used for two things, of which each has a {member} of its own; see {first.pointer or '/'}: {iri}"
            )
            return Finding(pointer=f"{other.pointer}/id", reason=reason, fix=_FIX)
    return None


def _said(value: Any) -> dict[str, Any]:
    """What a member says, equal where JSON-LD makes the same of it: nodes by their ids, texts by their languages."""
    if isinstance(value, dict) and not _NAMES & value.keys():
        return {tag: sorted(map(str, listed(texts))) for tag, texts in value.items()}
    return {"": sorted(str(each.get("id", each)) if isinstance(each, dict) else str(each) for each in listed(value))}
