"""The process that holds RDF against shapes, by pyshacl (the extra ``shacl``); nothing else imports it.

Source: SHACL (W3C); no inference, no imports, no rules and no scripts of the shapes' own.
"""

import functools
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from pyshacl import validate
from rdflib import SH, Graph
from rdflib.term import Node

from gateway.proofs.frames import serve
from gateway.trust.shacl_messages import AskedOfShapes, Judged, Violation

MOST = 20
"""Violations that are told; the first ones are enough to begin with."""

_LONGEST = 300
_DECODER = msgspec.msgpack.Decoder(AskedOfShapes)


def judged(asked: AskedOfShapes) -> Judged:
    """Hold a graph against shapes."""
    data = Graph()
    data.parse(data=asked.ntriples, format="nt")
    conforms, found, _ = validate(
        data,
        shacl_graph=_shapes(asked.folder, asked.files),
        inference="none",
        do_owl_imports=False,
        advanced=False,
        js=False,
        meta_shacl=False,
    )
    if not isinstance(found, Graph):
        return Judged(conforms=False, count=1, violations=(Violation("", "", str(found)[:_LONGEST]),))
    violations = sorted(set(_violations(found)))
    return Judged(conforms=bool(conforms), count=len(violations), violations=tuple(violations[:MOST]))


@functools.lru_cache(maxsize=8)
def _shapes(folder: str, files: tuple[str, ...]) -> Graph:
    graph = Graph()
    for name in files:
        graph.parse(Path(folder) / name, format="turtle")
    return graph


def _violations(found: Graph) -> Iterator[Violation]:
    for result in found.objects(predicate=SH.result):
        message = found.value(result, SH.resultMessage) or found.value(result, SH.sourceConstraintComponent)
        yield Violation(
            focus=_text(found.value(result, SH.focusNode)),
            path=_text(found.value(result, SH.resultPath)),
            message=_text(message),
        )


def _text(node: Node | None) -> str:
    return "" if node is None else str(node)[:_LONGEST]


if __name__ == "__main__":
    sys.exit(serve(lambda message: judged(_DECODER.decode(message)), int(sys.argv[1]), int(sys.argv[2])))
