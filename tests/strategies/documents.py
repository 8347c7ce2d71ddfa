"""Credentials made by chance: every term that their contexts define, at its place, with values of its kind.

They are plausible, not valid: what is looked for are documents that two processors might read differently.
"""

from collections.abc import Mapping
from random import Random
from typing import Any  # Any: members of JSON documents

from gateway.proofs.contexts import NEWEST, ContextChoice
from tests.strategies import words
from tests.strategies.vocabulary import Term, Vocabulary, vocabulary

_W3ID = "https://w3id.org/"
_OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/"
V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
NEWEST_OB3 = _OB3 + "context-3.0.3.json"

_BADGES = {
    V1: (
        _OB3 + "context.json",
        _OB3 + "context/ob_v3p0.jsonld",
        _OB3 + "context-3.0.1.json",
        _W3ID + "openbadges/v2",
    ),
    V2: (NEWEST_OB3, NEWEST_OB3, _OB3 + "context-3.0.2.json"),
}
_MORE = (
    _OB3 + "extensions.json",
    _OB3 + "extensions.json",
    _OB3 + "extensions.json",
    _W3ID + "security/data-integrity/v2",
    _W3ID + "security/data-integrity/v1",
    _W3ID + "security/suites/ed25519-2020/v1",
    _W3ID + "security/multikey/v1",
    _W3ID + "vc/status-list/2021/v1",
)
_MOST_NODES = 40
_EXPECTED = {
    "VerifiableCredential": ("issuer", "validFrom", "credentialSubject"),
    "AchievementSubject": ("achievement", "result", "identifier"),
    "Achievement": ("name", "description", "criteria", "resultDescription"),
    "Profile": ("name", "url"),
    "EndorsementCredential": ("issuer", "validFrom", "credentialSubject"),
}
_TEXTUAL = {"name", "description", "narrative", "caption"}


def contexts(random: Random) -> list[str]:
    """Context URLs as credentials name them: the data model's, a badge's, and whatever else there is."""
    first = V2 if random.random() < 0.75 else V1
    named = [first, random.choice(_BADGES[first])]
    named += random.sample(_MORE, random.choice((0, 0, 0, 1, 1, 2)))
    return list(dict.fromkeys(named))


def credential(random: Random, named: list[str] | None = None, choice: ContextChoice = NEWEST) -> dict[str, Any]:
    """A credential under these contexts, or under some."""
    named = contexts(random) if named is None else named
    writer = _Writer(random, vocabulary(named, choice), named)
    kind = random.choice(("OpenBadgeCredential", "OpenBadgeCredential", "AchievementCredential"))
    return {"@context": list(named), **writer.node(("VerifiableCredential", kind), {}, depth=6)}


class _Writer:
    """Writes one document."""

    def __init__(self, random: Random, known: Vocabulary, named: list[str]) -> None:
        self._random = random
        self._known = known
        self._named = named
        self._nodes = 0

    def node(self, classes: tuple[str, ...], inherited: Mapping[str, Term], depth: int) -> dict[str, Any]:
        """An object of some classes; ``inherited`` are the terms that its property brought."""
        self._nodes += 1
        random = self._random
        made: dict[str, Any] = {}
        if random.random() < 0.6:
            made["id"] = words.iri(random)
        if classes:
            made["type"] = classes[0] if len(classes) == 1 and random.random() < 0.3 else list(classes)
        own: dict[str, Term] = dict(inherited)
        for name in classes:
            own |= self._known.of_class(name)
        chosen = {name for kind in classes for name in _EXPECTED.get(kind, ()) if random.random() < 0.9}
        properties = [name for name, term in own.items() if not term.is_class]
        chosen |= set(random.sample(properties, min(len(properties), random.randrange(5))))
        if random.random() < 0.25 and self._known.properties:
            chosen.add(random.choice(self._known.properties))
        every = {**self._known.terms, **own}
        for name in sorted(chosen):
            term = every.get(name)
            # What is not defined here is written now and then: it is dropped, and that has to be found.
            if term is not None or random.random() < 0.3:
                made[name] = self._values(term or Term(name, "", frozenset(), {}), depth)
        return made

    def _values(self, term: Term, depth: int) -> Any:
        random = self._random
        if "@language" in term.containers and random.random() < 0.9:
            return {words.language(random): words.text(random) for _ in range(random.randrange(3))}
        many = bool(term.containers & {"@list", "@set", "@graph"})
        if random.random() < (0.6 if many else 0.15):
            return [self._value(term, depth) for _ in range(random.choice((0, 1, 1, 2, 2, 3)))]
        return self._value(term, depth)

    def _value(self, term: Term, depth: int) -> Any:
        random = self._random
        if random.random() < 0.01:
            return None
        if random.random() < 0.01:
            return words.json(random)
        room = depth > 0 and self._nodes < _MOST_NODES
        rare = bool(self._known.classes) and random.random() < 0.02
        if room and (term.range is not None or (term.scope and not term.is_class) or rare):
            return self._node_of(term, depth)
        return self._scalar(term)

    def _node_of(self, term: Term, depth: int) -> Any:
        random = self._random
        if random.random() < 0.1:
            return words.iri(random)
        scoped = [name for name, inner in term.scope.items() if inner.is_class]
        kind = term.range if term.range is not None else ""
        if scoped and random.random() < 0.8:
            kind = random.choice(scoped)
        elif random.random() < 0.05 and self._known.classes:
            kind = random.choice(self._known.classes)
        inherited = {**term.scope, **(term.scope[kind].scope if kind in term.scope else {})}
        if kind != "EndorsementCredential":
            classes: tuple[str, ...] = (kind,) if kind else ()
            if kind and random.random() < 0.02 and self._known.classes:
                classes = (kind, random.choice(self._known.classes))
            return self.node(classes, inherited, depth - 1)
        embedded = self.node(("VerifiableCredential", kind), inherited, depth - 2)
        return {"@context": list(self._named), **embedded} if random.random() < 0.6 else embedded

    def _scalar(self, term: Term) -> Any:
        random = self._random
        coercion = term.coercion.rpartition("#")[2].rpartition(":")[2]
        match coercion:
            case "@id":
                made: Any = words.iri(random)
            case "@vocab":
                made = random.choice(
                    (words.iri(random), random.choice(self._known.classes or ("",)), words.text(random))
                )
            case "@json":
                made = words.json(random)
            case "dateTime" | "date":
                made = words.date(random)
            case "float" | "integer" | "nonNegativeInteger" | "positiveInteger":
                made = words.number(random) if random.random() < 0.8 else words.text(random)
            case "boolean":
                made = random.choice((True, False, True, False, "true"))
            case _ if term.name in _TEXTUAL and random.random() < 0.06:
                made = {"@value": words.text(random), "@language": words.language(random)}
            case _:
                made = words.number(random) if random.random() < 0.05 else words.text(random)
        return made
