"""Changes of credentials: members dropped, doubled, moved and renamed, and everything JSON-LD can be written with."""

import copy
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any  # Any: members of JSON documents

from gateway.proofs.contexts import NEWEST
from tests.strategies import words
from tests.strategies.documents import credential
from tests.strategies.vocabulary import Vocabulary, vocabulary

Node = dict[str, Any]

_KEYWORDS = (
    *("@id", "@type", "@value", "@language", "@index", "@list", "@set", "@graph", "@reverse", "@included", "@nest"),
    *("@direction", "@json", "@none", "@base", "@vocab", "@container", "@context", "@foo", "@"),
)
_KEYS = (
    *("unheard", "credits", "Name", "NAME", "name ", "na me", "", "a/b~c", "\x00", "\u202ename", "имя", "constructor"),
    *(
        "__proto__",
        "https://schema.org/name",
        "schema:name",
        "ob:name",
        "urn:x",
        "_:b0",
        "a:",
        ":a",
        "x:y z",
        "https:x",
    ),
    *("https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative", "Achievement", "Criteria", "hasOwnProperty"),
    "\ud800",
)
_CONTEXTS: tuple[Any, ...] = (
    *(None, {}, [], "", 7, "relative", "https://example.org/unknown", {"name": "https://example.org/name"}),
    *({"@vocab": "https://example.org/#"}, {"@base": "https://example.org/"}, {"id": "@id"}, {"@language": "de"}),
    *({"@import": "https://www.w3.org/ns/credentials/v2"}, {"@propagate": False}, {"name": None}, [[]], [None]),
)


def nodes(value: Any) -> Iterator[Node]:
    """Yield every object of a document, contexts left out."""
    if isinstance(value, dict):
        yield value
        for key, member in value.items():
            if key != "@context":
                yield from nodes(member)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item)


def _lists(value: Any) -> Iterator[list[Any]]:
    for node in nodes(value):
        for key, member in node.items():
            if key != "@context" and isinstance(member, list):
                yield member


def mutated(document: Node, random: Random, *, changes: int | None = None) -> Node:
    """Return a changed copy."""
    changed = copy.deepcopy(document)
    for _ in range(changes or random.choice((1, 1, 1, 2, 2, 3, 5))):
        random.choice(_CHANGES)(changed, random)
    return changed


def _known(document: Node) -> Vocabulary:
    named = document.get("@context")
    return vocabulary(url for url in (named if isinstance(named, list) else [named]) if isinstance(url, str))


def _member(document: Node, random: Random) -> tuple[Node, str] | None:
    """Choose a member, contexts left out."""
    node = random.choice(list(nodes(document)))
    keys = [key for key in node if key != "@context"]
    return (node, random.choice(keys)) if keys else None


def _drop(document: Node, random: Random) -> None:
    if chosen := _member(document, random):
        node, key = chosen
        del node[key]


def _key(document: Node, random: Random) -> str:
    known = _known(document)
    kind = random.random()
    if kind < 0.45 and known.properties:
        return random.choice(known.properties)
    if kind < 0.55 and known.classes:
        return random.choice(known.classes)
    if kind < 0.7:
        return random.choice(_KEYWORDS)
    return random.choice(_KEYS)


def _rename(document: Node, random: Random) -> None:
    if chosen := _member(document, random):
        node, key = chosen
        node[_key(document, random)] = node.pop(key)


def _double(document: Node, random: Random) -> None:
    if chosen := _member(document, random):
        node, key = chosen
        node[_key(document, random)] = copy.deepcopy(node[key])


def _move(document: Node, random: Random) -> None:
    if chosen := _member(document, random):
        node, key = chosen
        others = list(nodes(document))
        random.choice(others)[key] = copy.deepcopy(node[key])
        if random.random() < 0.5:
            node.pop(key, None)


def _exchange(document: Node, random: Random) -> None:
    one, other = _member(document, random), _member(document, random)
    if one and other:
        (here, key), (there, name) = one, other
        mine, theirs = copy.deepcopy(here[key]), copy.deepcopy(there[name])
        here[key], there[name] = theirs, mine


def _shape(document: Node, random: Random) -> None:
    """Write a value in another way, or nearly the same one."""
    if chosen := _member(document, random):
        node, key = chosen
        value = node[key]
        ways: tuple[Any, ...] = (
            *([value], [value, copy.deepcopy(value)], [[value]], [value, None], {"@set": [value]}, {"@list": [value]}),
            *({"@value": value}, {"@id": value}, {"id": value}, {"@value": value, "@type": words.iri(random)}),
            *({"@value": value, "@language": words.language(random, odd=0.3)}, {"@value": value, "@type": "@json"}),
            {"@value": value, "@direction": "rtl", "@language": "he"},
            {"@value": value, "type": "Achievement"},
            {"@list": [value, [value]]},
            {words.language(random, odd=0.3): value},
            {},
        )
        node[key] = copy.deepcopy(random.choice(ways))


def _value(document: Node, random: Random) -> None:
    if chosen := _member(document, random):
        node, key = chosen
        ways: tuple[Callable[[], Any], ...] = (
            lambda: random.choice((*words.ODD_TEXTS, *words.SURROGATES)),
            lambda: random.choice(words.ODD_NUMBERS),
            lambda: random.choice(words.ODD_IRIS),
            lambda: random.choice(_known(document).classes or ("Achievement",)),
            lambda: random.choice((None, [], {}, "", True, [[]], [{}], [None])),
            lambda: words.json(random),
        )
        node[key] = random.choice(ways)()


def _id(document: Node, random: Random) -> None:
    """Give a node another id: an odd one, that of another node, or none that is a text."""
    chosen = list(nodes(document))
    node = random.choice(chosen)
    taken = [other["id"] for other in chosen if isinstance(other.get("id"), str)]
    name = "@id" if random.random() < 0.1 else "id"
    kind = random.random()
    if kind < 0.35 and taken:
        node[name] = random.choice(taken)
    elif kind < 0.9:
        node[name] = random.choice(words.ODD_IRIS)
    else:
        node[name] = random.choice((None, 7, True, [], ["urn:x"], {"id": "urn:x"}, {}))


def _type(document: Node, random: Random) -> None:
    node = random.choice(list(nodes(document)))
    classes = _known(document).classes or ("Achievement",)
    odd: tuple[Any, ...] = (*words.ODD_IRIS, *_KEYWORDS, None, 7, {}, [], ["urn:x"], "Doctorate")
    new: Any = random.choice(classes) if random.random() < 0.6 else random.choice(odd)
    name = "@type" if random.random() < 0.1 else "type"
    present = node.get(name)
    if random.random() < 0.5:
        node[name] = new
    elif isinstance(present, list):
        present.insert(random.randrange(len(present) + 1), new)
    else:
        node[name] = [new] if present is None else [present, new]


def _context(document: Node, random: Random) -> None:
    """Change the contexts: their order, their number, their kind, their place."""
    named = document.get("@context")
    known = list(NEWEST.bodies)
    kind = random.randrange(7)
    if kind == 0 and isinstance(named, list):
        random.shuffle(named)
    elif kind == 1 and isinstance(named, list) and named:
        named.pop(random.randrange(len(named)))
    elif kind == 2 and isinstance(named, list):
        named.insert(random.randrange(len(named) + 1), random.choice(known))
    elif kind == 3:
        new: Any = random.choice((*_CONTEXTS, *known))
        document["@context"] = [*named, new] if isinstance(named, list) and random.random() < 0.7 else new
    elif kind == 4 and isinstance(named, list) and named:
        document["@context"] = random.choice(named)
    else:
        place = random.choice(list(nodes(document)))
        place["@context"] = copy.deepcopy(random.choice((named, random.choice(known), random.choice(_CONTEXTS))))


def _order(document: Node, random: Random) -> None:
    """Change what has no order for JSON, or for RDF."""
    node = random.choice(list(nodes(document)))
    members = list(node.items())
    random.shuffle(members)
    node.clear()
    node.update(members)
    if lists := list(_lists(document)):
        random.shuffle(random.choice(lists))


def _repeat(document: Node, random: Random) -> None:
    if lists := [items for items in _lists(document) if items]:
        items = random.choice(lists)
        items.append(copy.deepcopy(random.choice(items)))


def _graft(document: Node, random: Random) -> None:
    """Put a copy of one node at another place: one id, two descriptions."""
    chosen = list(nodes(document))
    twig = copy.deepcopy(random.choice(chosen))
    if random.random() < 0.5:
        twig.pop(random.choice(list(twig) or [""]), None)
    if place := _member(document, random):
        node, key = place
        old = node[key]
        node[key] = [old, twig] if random.random() < 0.5 else twig


def _other(document: Node, random: Random) -> None:
    """Take a member from another credential."""
    if chosen := _member(credential(random), random):
        node, key = chosen
        random.choice(list(nodes(document)))[key] = node[key]


Change = Callable[[Node, Random], None]

_CHANGES: Sequence[Change] = (
    *(_drop, _rename, _rename, _double, _move, _move, _exchange, _shape, _shape, _value, _value, _id, _id),
    *(_type, _type, _context, _order, _repeat, _graft, _graft, _other),
)
