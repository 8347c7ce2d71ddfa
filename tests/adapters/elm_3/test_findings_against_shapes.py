"""What the official shapes refuse is found here too, for a credential with one thing after the other wrong."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from pyld import jsonld

from adapters.elm_3.findings import broken_rules
from gateway.proofs.contexts import ContextChoice, bodies, loader
from tests.adapters.elm_3 import given
from tests.corpora import corpus

pyshacl = pytest.importorskip("pyshacl")
rdflib = pytest.importorskip("rdflib")

pytestmark = pytest.mark.slow

URLS = (given.V1, given.EDC)
FOLDERS = {"3.1": "elm-3.1-master", "3.2": "elm-3.2-lts"}
ONE_OF = 31
"""One mutation of so many is tried."""


@pytest.mark.parametrize("version", FOLDERS)
def test_what_the_shapes_refuse_is_found(version: str) -> None:
    shapes = shapes_of(version)
    original = given.payload("handmade/rncp-bloc.json")
    assert conforms(original, version, shapes)

    missed = [
        name
        for name, document in [*mutations(original)][::ONE_OF]
        if not conforms(document, version, shapes)
        and not any(f.blocking for f in broken_rules(document, version=version))
    ]

    assert missed == []


def shapes_of(version: str) -> Any:
    graph = rdflib.Graph()
    for name in ("EDC-generic-no-cv.ttl", "EDC-generic-full.ttl"):
        graph.parse(corpus("elm") / "shapes" / FOLDERS[version] / name)
    graph.remove((None, rdflib.OWL.imports, None))
    return graph


def conforms(document: dict[str, Any], version: str, shapes: Any) -> bool:
    contexts = {
        url: body for url in URLS for body in bodies(url) if not body.name.startswith("edc") or version in body.name
    }
    try:
        quads = jsonld.to_rdf(
            document, {"documentLoader": loader(ContextChoice(contexts)), "format": "application/n-quads"}
        )
    except jsonld.JsonLdError:
        return False
    data = rdflib.Graph().parse(data=quads, format="nt")
    return bool(pyshacl.validate(data, shacl_graph=shapes, inference="none", do_owl_imports=False)[0])


def mutations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each kind of member of each class gone, a number, a name, and said twice."""
    for way, member in places(document, (), set()):
        where = "/".join(map(str, (*way, member)))
        for kind in ("gone", "number", "name", "twice"):
            changed = copy.deepcopy(document)
            holder: Any = changed
            for step in way:
                holder = holder[step]
            was = holder.pop(member)
            if kind == "twice":
                other = {"id": "urn:other:1", "type": was["type"]} if isinstance(was, dict) and "type" in was else "zz"
                holder[member] = [*was, "zz"] if isinstance(was, list) else [was, other]
            elif kind != "gone":
                holder[member] = 5 if kind == "number" else "urn:x:y"
            yield f"{where} {kind}", changed


def places(
    value: Any, way: tuple[str | int, ...], seen: set[tuple[str, str]]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*way, index), seen)
    elif isinstance(value, dict):
        for member, child in value.items():
            if member != "@context" and (kind := (str(value.get("type")), member)) not in seen:
                seen.add(kind)
                yield way, member
            yield from places(child, (*way, member), seen)
