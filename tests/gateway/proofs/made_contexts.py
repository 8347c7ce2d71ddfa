"""Contexts and documents by chance, small and dense: every construct of a context soon meets every other."""

import random
from typing import Any  # Any: members of JSON documents

from gateway.proofs.contexts import ContextBody, ContextChoice

XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = ("a", "b", "c", "d", "e", "f", "Big", "p")
TYPES = ("T", "U", "V")
URLS = ("urn:context:0", "urn:context:1")

_COERCIONS = ("@id", "@id", "@vocab", "@json", "@none", *(f"{XSD}{name}" for name in ("date", "double", "string")))
_CONTAINERS: tuple[Any, ...] = ("@set", "@list", "@list", "@language", "@graph", ["@graph", "@set"], "@index")
_IDS = (
    "urn:i:1",
    "urn:i:1",
    "urn:i:2",
    "urn:i:3",
    "urn:i:4",
    "urn:i:5",
    "http://x.example/y",
    "relative",
    "_:b",
    "p:x",
)
_TYPED: tuple[Any, ...] = (["T"], "T", ["U"], ["T", "U"], "V", ["V", "U", "T"], "W", ["T", "urn:t:x"], ["T", "T"], "a")
_SCALARS = ("x", "", 5, 5.0, 2.5, True, False, None, "a", "urn:i:1", "relative", "_:z", "p:y", 'a "quoted"\nline', 1e-7)
_TEXTS: tuple[Any, ...] = ("x", ["y", "z"], None, [], ["q", None])


def made(number: int) -> tuple[ContextChoice, list[dict[str, Any]]]:
    """Make two contexts and some documents that use them, always the same ones of a number."""
    chance = random.Random(number)  # noqa: S311 - no secret
    bodies = {url: ContextBody(url, "", {"@context": _context(chance, 2)}) for url in URLS}
    documents = []
    for _ in range(6):
        document = _node(chance, 3)
        document["@context"] = chance.choice([URLS[0], URLS[1], [*URLS]])
        documents.append(document)
    return ContextChoice(bodies), documents


def _context(chance: random.Random, depth: int) -> dict[str, Any]:
    context: dict[str, Any] = {}
    if depth == 2 or chance.random() < 0.2:
        context |= {"id": "@id", "type": "@type"}
    if chance.random() < 0.1:
        context["@vocab"] = chance.choice(["urn:v:", "http://v.example/#"])
    if chance.random() < 0.1:
        context["@language"] = "fr"
    if chance.random() < 0.03:
        context["@direction"] = "rtl"
    if chance.random() < 0.05:
        context["@protected"] = True
    if depth < 2 and chance.random() < 0.1:
        context["@propagate"] = chance.random() < 0.5
    context |= {name: _term(chance, depth) for name in NAMES if chance.random() < (0.7 if depth == 2 else 0.3)}
    for name in TYPES:
        if chance.random() < 0.6:
            context[name] = {"@id": f"urn:t:{name}"}
            if depth and chance.random() < 0.7:
                context[name]["@context"] = _context(chance, depth - 1)
    return context


def _term(chance: random.Random, depth: int) -> Any:
    kind = chance.random()
    if kind < 0.2:
        return chance.choice(
            [f"urn:p:{chance.choice(NAMES)}", f"urn:p:{chance.choice(NAMES)}", "http://x.example/#", None]
        )
    term: dict[str, Any] = {"@id": f"urn:q:{chance.choice(NAMES)}"}
    if chance.random() < 0.01:
        term["@id"] = chance.choice(["@id", "@type", "@value", "@none"])
    if chance.random() < 0.5:
        term["@type"] = chance.choice(_COERCIONS)
    if chance.random() < 0.4:
        term["@container"] = chance.choice(_CONTAINERS)
    if chance.random() < 0.2:
        term["@language"] = chance.choice(["de", "EN"])
    if chance.random() < 0.03:
        term["@protected"] = True
    if depth and chance.random() < 0.35:
        term["@context"] = None if chance.random() < 0.15 else _context(chance, depth - 1)
    return term


def _node(chance: random.Random, depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {}
    if chance.random() < 0.04:
        node["@context"] = chance.choice([URLS[0], [*URLS]])
    if chance.random() < 0.45:
        node[chance.choice(["id"] * 20 + ["@id", "a"])] = chance.choice(_IDS)
    if chance.random() < 0.45:
        node[chance.choice(["type"] * 20 + ["@type"])] = chance.choice(_TYPED)
    for _ in range(chance.randrange(5)):
        node[chance.choice([*NAMES, "undefined", "p:q", "urn:p:a", "T"])] = _value(chance, depth)
    return node


def _value(chance: random.Random, depth: int) -> Any:
    kind = chance.random()
    if depth and kind < 0.35:
        return _node(chance, depth - 1)
    if kind < 0.5:
        return [
            _value(chance, depth - 1) if depth and chance.random() < 0.6 else chance.choice(_SCALARS)
            for _ in range(chance.randrange(4))
        ]
    if kind < 0.58:
        return {language: chance.choice(_TEXTS) for language in chance.sample(["en", "de-AT", "fr", "EN", "type"], 2)}
    if kind < 0.59:
        return {"@value": chance.choice(_SCALARS), "@language": "de"}
    return chance.choice(_SCALARS)
