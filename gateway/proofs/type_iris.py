"""Types that are written as an IRI for which a published context has a term: the same RDF, and nobody's reading.

Whoever changes a type so leaves every signature over RDF right, and a reader who looks for the term finds none.

Source: JSON-LD 1.1 section 4.3 (a type is a term, a compact IRI or an IRI); VCDM 2.0 section 4.5.
"""

import functools
from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON values

from gateway.proofs.contexts import PINNED
from gateway.proofs.findings import Finding, Kind, step

_MERE_MENTIONS = frozenset({"Evidence", "Related"})
"""Terms of what only points at something: its further types say what that is, and nobody here acts by them."""


def types_by_iri(document: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Return each such type, at any depth.

    All pinned contexts count, not only those that the document names: a context that it does not need for anything else
    may have been left out together with the term.
    """
    return tuple(_found(document, "", _terms()))


def meanings(kind: str) -> frozenset[str]:
    """Every IRI that a type may stand for: itself, and what any pinned context makes of the term or compact IRI."""
    prefix, colon, rest = kind.partition(":")
    compact = {iri + rest for iri in _iris().get(prefix, ())} if colon else set()
    return frozenset({kind, *_iris().get(kind, ()), *compact})


def _found(value: Any, at: str, terms: Mapping[str, str]) -> Iterator[Finding]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _found(item, step(at, index), terms)
    elif isinstance(value, dict):
        for name, child in value.items():
            if name not in ("type", "@type"):
                yield from _found(child, step(at, name), terms)
                continue
            kinds = [kind for kind in (child if isinstance(child, list) else [child]) if isinstance(kind, str)]
            is_mention = not _MERE_MENTIONS.isdisjoint(kinds)
            for kind in kinds:
                if kind in terms and (not is_mention or terms[kind] in kinds):
                    yield Finding(Kind.TYPE_BY_IRI, step(at, name), f"is the IRI of the term {terms[kind]}")


@functools.cache
def _terms() -> Mapping[str, str]:
    """The term behind each IRI for which a pinned context has one."""
    return dict(_pinned())


@functools.cache
def _iris() -> Mapping[str, frozenset[str]]:
    """The IRIs behind each term: contexts may differ."""
    found: dict[str, frozenset[str]] = {}
    for iri, term in _pinned():
        found[term] = found.get(term, frozenset()) | {iri}
    return found


def _pinned() -> Iterator[tuple[str, str]]:
    for pinned in PINNED:
        for body in pinned.bodies:
            yield from _defined(body.document["@context"], {})


def _defined(context: Any, around: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each IRI that a context, or one inside it, defines, and its term; prefixes may stand further out."""
    parts = context if isinstance(context, list) else [context]
    own = {name: value for part in parts if isinstance(part, dict) for name, value in part.items()}
    scope = {**around, **own}
    for term, definition in own.items():
        iri = _iri(definition)
        if not term.startswith("@") and iri is not None and not iri.startswith("@"):
            prefix, _, rest = iri.partition(":")
            base = None if rest.startswith("//") else _iri(scope.get(prefix))
            yield (iri if base is None else base + rest), term
        if isinstance(definition, dict) and "@context" in definition:
            yield from _defined(definition["@context"], scope)


def _iri(definition: Any) -> str | None:
    found = definition.get("@id") if isinstance(definition, dict) else definition
    return found if isinstance(found, str) else None
