"""What the pinned contexts define, read from their files: every term with its coercion, container and scope."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self  # Any: JSON

import msgspec

from gateway.proofs.contexts import NEWEST, ContextChoice

# Where the name of a property is not that of the class of its values.
_RANGES = {
    "achievement": "Achievement",
    "address": "Address",
    "alignment": "Alignment",
    "assertionMethod": "Multikey",
    "authentication": "Multikey",
    "creator": "Profile",
    "credentialSchema": "1EdTechJsonSchemaValidator2019",
    "credentialStatus": "BitstringStatusListEntry",
    "credentialSubject": "AchievementSubject",
    "criteria": "Criteria",
    "endorsement": "EndorsementCredential",
    "evidence": "Evidence",
    "geo": "GeoCoordinates",
    "identifier": "IdentityObject",
    "image": "Image",
    "issuer": "Profile",
    "otherIdentifier": "IdentifierEntry",
    "parentOrg": "Profile",
    "proof": "DataIntegrityProof",
    "refreshService": "1EdTechCredentialRefresh",
    "related": "Related",
    "relatedResource": "",
    "result": "Result",
    "resultDescription": "ResultDescription",
    "rubricCriterionLevel": "RubricCriterionLevel",
    "source": "Profile",
    "termsOfUse": "",
    "verifiableCredential": "VerifiableCredential",
    "verificationMethod": "Multikey",
}


class Term(msgspec.Struct, frozen=True, eq=False):
    """One definition of a context.

    Attributes:
        coercion: The type mapping as it is written, "" for none.
        containers: As they are written.
        scope: The terms of its own context, by name.
    """

    name: str
    coercion: str
    containers: frozenset[str]
    scope: Mapping[str, Self]

    @property
    def is_class(self) -> bool:
        """Whether it is named like a class."""
        return self.name[:1].isupper() or self.name[:1].isdigit()

    @property
    def range(self) -> str | None:
        """The class of its values, "" for nodes without one, None for what is no node."""
        return _RANGES.get(self.name)


class Vocabulary(msgspec.Struct, frozen=True, eq=False):
    """The terms that several contexts define together.

    Attributes:
        terms: Those that stand everywhere, and all classes.
        every: All, of whatever scope.
    """

    terms: Mapping[str, Term]
    every: tuple[Term, ...]

    def of_class(self, name: str) -> Mapping[str, Term]:
        """Return the terms that only nodes of a class have."""
        term = self.terms.get(name)
        return term.scope if term else {}

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of all classes."""
        return tuple(dict.fromkeys(term.name for term in self.every if term.is_class))

    @property
    def properties(self) -> tuple[str, ...]:
        """The names of all properties."""
        return tuple(dict.fromkeys(term.name for term in self.every if not term.is_class))


def vocabulary(urls: Iterable[str], choice: ContextChoice = NEWEST) -> Vocabulary:
    """Return what the contexts define, later ones over earlier ones."""
    return _vocabulary(tuple(urls), choice)


@functools.lru_cache(maxsize=256)
def _vocabulary(urls: tuple[str, ...], choice: ContextChoice) -> Vocabulary:
    terms: dict[str, Term] = {}
    for url in urls:
        if url in choice.bodies:
            terms |= _defined(choice.body(url).document["@context"])
    return Vocabulary(terms, tuple(_every(terms)))


def _defined(context: Any) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, dict):
            terms |= {name: _term(name, value) for name, value in part.items() if _defines(name, value)}
    return terms


def _defines(name: str, value: object) -> bool:
    return not name.startswith("@") and value is not None and not (isinstance(value, str) and value.startswith("@"))


def _term(name: str, value: Any) -> Term:
    definition = {"@id": value} if isinstance(value, str) else value
    container = definition.get("@container", ())
    return Term(
        name,
        definition.get("@type") or "",
        frozenset([container] if isinstance(container, str) else container),
        _defined(definition.get("@context", {})),
    )


def _every(terms: Mapping[str, Term]) -> Iterator[Term]:
    for term in terms.values():
        yield term
        yield from _every(term.scope)
