"""Canonical forms compared with those of code that nobody here wrote."""

import json
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.contexts import NEWEST, loader
from gateway.proofs.errors import BudgetExceeded
from gateway.proofs.rdfc import canonicalise
from tests.corpora import corpus

BLANKS = st.sampled_from([f"_:x{i}" for i in range(6)])
TERMS = BLANKS | st.sampled_from(["<urn:a>", "<urn:b>"])
OBJECTS = TERMS | st.sampled_from(['"one"', '"two"@en', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'])
TRIPLES = st.lists(st.tuples(TERMS, st.sampled_from(["<urn:p>", "<urn:q>"]), OBJECTS, st.just("")), max_size=10)


def _samples() -> list[tuple[str, dict[str, Any]]]:
    folder = corpus("ob/samples/ob3-1edtech-validator")
    return [(path.name, json.loads(path.read_text())) for path in sorted(folder.glob("*.json"))]


@pytest.mark.parametrize(("name", "document"), _samples())
def test_a_sample_has_the_form_that_pyld_gives_it(name: str, document: dict[str, Any]) -> None:
    document.pop("proof", None)
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "base": None,
        "documentLoader": loader(NEWEST),
    }

    # pyld differs from RDFC-1.0 in control characters alone; no sample has any.
    assert canonical_nquads(document).nquads.decode() == jsonld.normalize(document, options), name


@given(TRIPLES)
@settings(max_examples=200, deadline=None)
def test_a_graph_has_the_form_that_oxigraph_gives_it(triples: list[tuple[str, str, str, str]]) -> None:
    text = "".join(f"{s} {p} {o} .\n" for s, p, o, _ in triples)
    theirs = pyoxigraph.Dataset(pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS))
    theirs.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)

    try:
        ours = canonicalise(triples).nquads.decode()
    except BudgetExceeded:
        return

    assert ours == "".join(sorted(f"{quad} .\n" for quad in theirs))
