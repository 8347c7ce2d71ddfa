"""What one path says of a document, and whether the other says the same."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal  # Any: members of JSON documents

import msgspec

from gateway.errors import GatewayError
from gateway.proofs import canonical
from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.contexts import NEWEST, ContextChoice, choices
from gateway.proofs.errors import NotCanonicalisable
from gateway.proofs.findings import Finding
from gateway.proofs.keyscan import context_urls
from tests.corpora import corpus
from tests.strategies.documents import credential
from tests.strategies.mutations import mutated

FOLDERS = ("ob/samples", "ob/vectors", "elm/samples", "sec/made/jsonld", "sec/vc-di-eddsa", "sec/vc-di-ecdsa")
"""Of the corpora, those that hold credentials, or what was made of credentials."""


class Said(msgspec.Struct, frozen=True):
    """What one path says of a document.

    Attributes:
        nquads: The canonical form; "" for none.
        found: Kind and pointer of each finding.
        refused: Name of the error; "" for none.
        path: The one that was taken in the end; "" for none.
    """

    nquads: str
    found: frozenset[tuple[str, str]]
    refused: str = ""
    path: canonical.Path | Literal[""] = ""

    def same(self, other: "Said") -> bool:
        """Whether both say the same, whatever the way."""
        return (self.nquads, self.found, self.refused) == (other.nquads, other.found, other.refused)


def said(document: dict[str, Any], path: canonical.Path, choice: ContextChoice = NEWEST) -> Said:
    """Canonicalise a document by one path."""
    try:
        made = canonical_nquads(document, contexts=choice, path=path)
    except NotCanonicalisable as error:
        return Said("", _places(error.findings), type(error).__name__)
    except GatewayError as error:
        return Said("", frozenset({("", error.pointer)}), type(error).__name__)
    return Said(made.nquads.decode(), _places(made.findings), path=made.path)


def differ(document: dict[str, Any], choice: ContextChoice = NEWEST) -> bool:
    """Whether the two paths say different things."""
    return not said(document, "compiled", choice).same(said(document, "general", choice))


def made(number: int) -> tuple[dict[str, Any], ContextChoice]:
    """Make the credential with a number, and choose bodies of its contexts.

    Of four neighbours one is as it was made and the others are changes of it, so that they share much.
    """
    document = credential(random.Random(number // 4))  # noqa: S311 - no secret
    chance = random.Random(number)  # noqa: S311 - likewise
    if number % 4:
        document = mutated(document, chance)
    return document, chance.choice(choices(context_urls(document)))


def collected() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every JSON object with an ``@context`` in the corpora, with the name of its file."""
    for folder in FOLDERS:
        for file in sorted(corpus(folder).rglob("*.json")):
            for place, document in _objects(file):
                yield f"{folder}/{file.relative_to(corpus(folder))}{place}", document


def minimal(document: dict[str, Any], choice: ContextChoice = NEWEST) -> dict[str, Any]:
    """Take away from a document on which the paths differ what is not needed for that."""
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(document):
            if differ(candidate, choice):
                document, smaller = candidate, True
                break
    return document


def _places(findings: tuple[Finding, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((finding.kind.value, finding.pointer) for finding in findings)


def _objects(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        value = json.loads(file.read_bytes())
    except ValueError:
        return
    for index, item in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(item, dict) and "@context" in item:
            yield (f"#{index}" if isinstance(value, list) else ""), item


def _smaller(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the document with one member or item less."""
    for way in _ways(document, ()):
        changed = copy.deepcopy(document)
        *above, last = way
        place: Any = changed
        for step in above:
            place = place[step]
        del place[last]
        yield changed


def _ways(value: Any, way: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each member and item, each before what it holds."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield (*way, step)
        yield from _ways(member, (*way, step))
