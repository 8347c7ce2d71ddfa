"""The compiled path by itself: what it covers, that it says what the general one says, and what it costs."""

import copy
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.errors import GatewayError
from gateway.proofs.budget import DEFAULT, Allowance, measure
from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.compiling import MOST_CONTEXTS, compiled
from gateway.proofs.contexts import NEWEST, ContextBody, ContextChoice
from gateway.proofs.errors import BudgetExceeded
from gateway.proofs.walk import walk
from tests.corpora import corpus
from tests.differential.comparing import collected, differ
from tests.gateway.proofs.credentials import OB3, credential
from tests.gateway.proofs.made_contexts import made
from tests.lengths import tries

Change = Callable[[dict[str, Any]], object]

CREDENTIAL = credential("did:web:issuer.example")
V1 = "https://www.w3.org/2018/credentials/v1"
EUROPASS = "http://data.europa.eu/snb/model/context/edc-ap"


def changed(change: Change) -> dict[str, Any]:
    document = copy.deepcopy(CREDENTIAL)
    change(document)
    return document


def achievement(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["credentialSubject"]["achievement"]
    return found


def path(document: dict[str, Any]) -> str:
    """The path taken; the name of the error for a document that is refused."""
    try:
        return canonical_nquads(document).path
    except GatewayError as error:
        return type(error).__name__


def differing(numbers: range) -> list[tuple[int, int]]:
    return [
        (number, index)
        for number in numbers
        for choice, documents in [made(number)]
        for index, document in enumerate(documents)
        if differ(document, choice)
    ]


def test_contexts_and_documents_made_by_chance_mean_the_same_on_both_paths() -> None:
    assert differing(range(40)) == []


@pytest.mark.slow
def test_many_contexts_and_documents_made_by_chance_mean_the_same_on_both_paths() -> None:
    assert differing(range(40, tries(140, 440))) == []


def test_the_general_path_is_only_for_odd_documents_of_the_corpora() -> None:
    general = [name for name, document in collected() if path(document) == "general"]

    odd = ("with-language", "fragment", "invalid-issuer-type", "no-scheme", "multiple-proofs")
    assert [name for name in general if not any(word in name for word in odd)] == []
    assert len(general) < 20


GENERAL: dict[str, Change] = {
    "a value object": lambda d: d.update(name={"@value": "Weben", "@language": "de"}),
    "an array in an array": lambda d: achievement(d).update(tag=[["craft"]]),
    "a reference where a graph is expected": lambda d: d.update(proof="urn:x"),
    "two ids": lambda d: d.update({"@id": d["id"]}),
    "an id by a prefix": lambda d: d["@context"].append("https://w3id.org/openbadges/v2") or d.update(id="sec:x"),
}


@pytest.mark.parametrize("change", GENERAL.values(), ids=GENERAL)
def test_what_no_plan_covers_goes_the_general_way(change: Change) -> None:
    assert path(changed(change)) != "compiled"


COMPILED: dict[str, Change] = {
    "an undefined term": lambda d: d.update(credits={"anything": [1, {"goes": None}]}),
    "an undefined type": lambda d: d["type"].append("Doctorate"),
    "a relative id": lambda d: achievement(d).update(id="achievements/1"),
    "a blank node": lambda d: achievement(d).update(id="_:a", image="_:a"),
    "a keyword": lambda d: achievement(d).update({"@type": achievement(d).pop("type")}),
    "a full IRI": lambda d: d.update({"https://schema.org/name": "Weaving"}),
    "a node at two places": lambda d: d.update(evidence=[{"id": d["id"], "type": ["Evidence"], "name": "?"}]),
    "numbers": lambda d: d["credentialSubject"].update(creditsEarned=[5.0, 2.5, 1e-6]),
    "an empty array": lambda d: d.update(evidence=[]),
    "a context below": lambda d: achievement(d).update({"@context": d["@context"]}),
    "a JSON literal": lambda d: d.update(
        credentialSchema=[{"id": "urn:x", "type": "JsonSchema", "jsonSchema": {"b": 1}}]
    ),
}


@pytest.mark.parametrize("change", COMPILED.values(), ids=COMPILED)
def test_what_is_wrong_is_found_without_leaving_the_plans(change: Change) -> None:
    document = changed(change)

    assert path(document) == "compiled"
    assert not differ(document)


def test_europass_compiles() -> None:
    contexts = json.loads((corpus("elm/contexts") / "edc-ap-3.2-lts.jsonld").read_text())
    choice = ContextChoice({**NEWEST.bodies, EUROPASS: ContextBody("edc-ap", "", contexts)})
    document = json.loads((corpus("elm/samples/eu-2023") / "Sample-MC-Annex1-unsigned.jsonld").read_text())

    canonical = canonical_nquads(document, contexts=choice)

    assert canonical.path == "compiled"
    assert b'"@en .' in canonical.nquads
    assert not differ(document, choice)


def test_the_walk_counts_what_the_measure_counts() -> None:
    compiled = [document for _, document in collected() if path(document) == "compiled"]

    assert len(compiled) > 100
    assert all(walk(document, NEWEST, DEFAULT).values == measure(document, DEFAULT) for document in compiled)


def test_a_walk_uses_up_the_allowance() -> None:
    allowance = Allowance(values=measure(CREDENTIAL, DEFAULT))
    canonical_nquads(CREDENTIAL, allowance=allowance)

    with pytest.raises(BudgetExceeded):
        canonical_nquads(CREDENTIAL, allowance=allowance)


def test_strangers_fill_no_table() -> None:
    choice = ContextChoice(NEWEST.bodies)
    names = ["Achievement", "Address", "Evidence", "Image", "Result", "Related", "Alignment", "Criteria", "Profile"]
    # Of the contexts, the one whose types go together.
    document = {**CREDENTIAL, "@context": [V1, f"{OB3.rpartition('/')[0]}/context.json"]}
    expected = canonical_nquads(document)

    for number in range(1, 2 ** len(names)):
        types = [name for place, name in enumerate(names) if number >> place & 1]
        canonical_nquads({**document, "evidence": {"type": types}}, contexts=choice)

    assert compiled(choice).active_contexts <= MOST_CONTEXTS
    assert canonical_nquads(document, contexts=choice) == expected


@pytest.mark.parametrize(("contexts", "expected"), [(10, "compiled"), (40, "general")])
def test_a_document_may_have_so_much_compiled_and_no_more(contexts: int, expected: str) -> None:
    many = {f"urn:c:{number}": ContextBody("", "", {"@context": {f"t{number}": "urn:t"}}) for number in range(contexts)}
    document = changed(lambda d: d.update(evidence=[{"@context": [url], "type": ["Evidence"]} for url in many]))

    canonical = canonical_nquads(document, contexts=ContextChoice({**NEWEST.bodies, **many}))

    assert canonical.path == expected


def test_threads_share_what_is_compiled() -> None:
    documents = [document for _, document in collected() if path(document) == "compiled"][:60]
    expected = [canonical_nquads(document) for document in documents]
    choice = ContextChoice(NEWEST.bodies)
    together = threading.Barrier(8)

    def all_of_them(_: int) -> bool:
        together.wait()
        return [canonical_nquads(document, contexts=choice) for document in documents] == expected

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(all_of_them, range(8)))
