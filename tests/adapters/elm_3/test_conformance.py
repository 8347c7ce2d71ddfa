"""What is written conforms to the Commission's shapes in both versions, and expands without losing a member."""

import functools
from typing import Any

import msgspec
import pyshacl
import pytest
import rdflib
from hypothesis import HealthCheck, Phase, given, reject, settings
from pyld import jsonld

from adapters.elm_3 import Elm3
from adapters.elm_3.findings import broken_rules
from adapters.elm_3.vocabulary import CONTEXTS, CONVERTED
from adapters.hub.contract import Adapter, Origin
from adapters.hub.credential import Credential
from adapters.hub.errors import NotWritable
from adapters.hub.opened import Opened, open_bytes
from tests.adapters import samples, strategies
from tests.adapters.test_contract import ORIGINS, READABLE, addresses, issuance
from tests.corpora import corpus
from tests.lengths import tries

pytestmark = pytest.mark.interop

ELM = Elm3()
ID = "urn:credential:5a4ff7bc-98e5-4c63-9a34-0d5a5a4a3c11"
VERSIONS = {"3.1": ("elm-3.1-master", "edc-ap-3.1-master"), "3.2": ("elm-3.2-lts", "edc-ap-3.2-lts")}


@functools.cache
def _shapes(version: str, *, converted: bool) -> rdflib.Graph:
    folder = corpus("elm/shapes") / VERSIONS[version][0]
    names = ["EDC-generic-no-cv", "EDC-generic-full", *(["EDC-converted"] if converted else [])]
    graph = rdflib.Graph()
    for name in names:
        graph.parse(folder / f"{name}.ttl")
    graph.remove((None, rdflib.OWL.imports, None))
    return graph


@functools.cache
def _contexts(version: str) -> dict[str, Any]:
    folder = corpus("elm/contexts")
    files = ("vc-v1", VERSIONS[version][1])
    return {
        url: msgspec.json.decode((folder / f"{name}.jsonld").read_bytes())
        for url, name in zip(CONTEXTS, files, strict=True)
    }


def _faults(document: dict[str, Any], version: str) -> list[str]:
    """What a JSON-LD processor drops and the shapes refuse."""
    contexts = _contexts(version)
    dropped: list[str] = []

    def load(url: str, _options: object = None) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": contexts[url]}

    expanded = jsonld.expand(document, {"documentLoader": load, "on_property_dropped": dropped.append})
    data = rdflib.Graph().parse(data=jsonld.to_rdf(expanded, {"format": "application/n-quads"}), format="nt")
    converted = document["credentialSchema"][0]["id"] == CONVERTED
    shapes = _shapes(version, converted=converted)
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", do_owl_imports=False)
    return [*dropped, *([] if conforms else [text])]


def _judge(document: dict[str, Any]) -> None:
    for version in VERSIONS:
        assert _faults(document, version) == []
        assert [finding for finding in broken_rules(document, version=version) if finding.blocking] == []


def _ours(credential: Credential) -> Credential:
    return msgspec.structs.replace(samples.reissued(credential), id=ID)


def _judge_generated(credential: Credential, origin: Origin | None, address: str | None) -> None:
    mine = _ours(credential)
    try:
        draft = ELM.write(mine, issuance(mine, achievement_id=address), origin)
    except NotWritable:
        reject()

    _judge(draft.document)


@given(credential=strategies.credentials, origin=ORIGINS, address=addresses)
@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
def test_whatever_is_written_conforms(credential: Credential, origin: Origin | None, address: str | None) -> None:
    _judge_generated(credential, origin, address)


@pytest.mark.slow
@given(credential=strategies.credentials, origin=ORIGINS, address=addresses)
@settings(max_examples=tries(50, 300), deadline=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
def test_whatever_is_written_conforms_at_length(
    credential: Credential, origin: Origin | None, address: str | None
) -> None:
    _judge_generated(credential, origin, address)


@pytest.mark.slow
@pytest.mark.parametrize(("adapter", "path"), READABLE, ids=lambda value: getattr(value, "name", None))
def test_every_sample_conforms_when_it_is_written(adapter: Adapter, path: Any) -> None:
    opened = open_bytes(path.read_bytes())
    assert isinstance(opened, Opened)
    credential = _ours(samples.read(adapter, opened).credentials[0])

    try:
        draft = ELM.write(credential, issuance(credential))
    except NotWritable:
        return

    _judge(draft.document)
