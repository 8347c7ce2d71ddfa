"""Canonical forms, what they leave out, and what has none."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from gateway.proofs.budget import Budget
from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.contexts import NEWEST, ContextBody, ContextChoice, choices
from gateway.proofs.errors import BudgetExceeded, ContextUnknown, NotCanonicalisable
from gateway.proofs.findings import Kind
from tests.corpora import corpus
from tests.gateway.proofs.credentials import OB3, V2, credential

V1 = "https://www.w3.org/2018/credentials/v1"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

Change = Callable[[dict[str, Any]], object]

CREDENTIAL = credential("did:web:issuer.example")


def changed(change: Change) -> dict[str, Any]:
    document = copy.deepcopy(CREDENTIAL)
    change(document)
    return document


def subject(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["credentialSubject"]
    return found


def achievement(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = subject(document)["achievement"]
    return found


def endorsed(document: dict[str, Any], **endorsement: object) -> None:
    document["endorsement"] = [
        {
            "@context": [V2, OB3],
            "id": "urn:uuid:0a0a0a0a-6e0c-4f6a-9d0e-3f3f4f7c1d11",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": "did:web:endorser.example",
            **endorsement,
        }
    ]


@pytest.mark.parametrize("name", ["unsigned", "signed"])
def test_the_official_open_badges_vector_has_its_published_form(name: str) -> None:
    vector = corpus("ob/vectors/ob3-eddsa-rdfc-2022")
    document = json.loads((vector / f"{name}.json").read_text())
    document.pop("proof", None)

    canonical = canonical_nquads(document)

    assert canonical.nquads == (vector / "document-canon.nq").read_bytes()
    assert canonical.findings == ()


def test_a_plain_credential_has_no_findings() -> None:
    assert canonical_nquads(CREDENTIAL).findings == ()


FOUND: dict[str, tuple[Change, Kind, str]] = {
    "a term that no context defines": (
        lambda d: achievement(d).update(credits=30),
        Kind.UNDEFINED_TERM,
        "/credentialSubject/achievement/credits",
    ),
    "a term that only another type defines": (
        lambda d: d["issuer"].update(humanCode="X"),
        Kind.UNDEFINED_TERM,
        "/issuer/humanCode",
    ),
    "a term with a slash and a tilde": (
        lambda d: d.update({"a/b~c": 1}),
        Kind.UNDEFINED_TERM,
        "/a~1b~0c",
    ),
    "a null under an undefined term": (lambda d: d.update(nothing=None), Kind.UNDEFINED_TERM, "/nothing"),
    "an undefined type": (
        lambda d: d["type"].append("Doctorate"),
        Kind.UNDEFINED_TYPE,
        "/type/2",
    ),
    "an undefined type alone": (
        lambda d: subject(d).update(result=[{"type": "Grade"}]),
        Kind.UNDEFINED_TYPE,
        "/credentialSubject/result/0/type",
    ),
    "a relative id": (
        lambda d: achievement(d).update(id="achievements/1"),
        Kind.RELATIVE_IRI,
        "/credentialSubject/achievement/id",
    ),
    "an empty id": (lambda d: d["issuer"].update(id=""), Kind.RELATIVE_IRI, "/issuer/id"),
    "a relative reference": (
        lambda d: achievement(d).update(image="badge.png"),
        Kind.RELATIVE_IRI,
        "/credentialSubject/achievement/image",
    ),
    "a relative reference in a list": (
        lambda d: d.update(termsOfUse=["https://issuer.example/terms", "terms"]),
        Kind.RELATIVE_IRI,
        "/termsOfUse/1",
    ),
    "a blank node id": (
        lambda d: subject(d).update(id="_:anybody"),
        Kind.BLANK_NODE_ID,
        "/credentialSubject/id",
    ),
    "a blank node reference": (
        lambda d: achievement(d).update(image="_:picture"),
        Kind.BLANK_NODE_ID,
        "/credentialSubject/achievement/image",
    ),
    "a blank node type": (lambda d: d["type"].append("_:t"), Kind.BLANK_NODE_ID, "/type/2"),
    "a keyword where its alias belongs": (
        lambda d: subject(d).update({"@id": "urn:x"}),
        Kind.KEYWORD_KEY,
        "/credentialSubject/@id",
    ),
    "a value object": (
        lambda d: d.update(name={"@value": "Weben", "@language": "de"}),
        Kind.KEYWORD_KEY,
        "/name/@value",
    ),
    "a full IRI for a term": (
        lambda d: d.update({"https://schema.org/name": "Weaving"}),
        Kind.COMPACT_IRI_KEY,
        "/https:~1~1schema.org~1name",
    ),
    "a class for the property of its IRI": (
        lambda d: achievement(d).update(Criteria=achievement(d).pop("criteria")),
        Kind.TYPE_AS_PROPERTY,
        "/credentialSubject/achievement/Criteria",
    ),
    "a reference where a graph is signed": (
        lambda d: endorsed(d, proof="urn:uuid:anything"),
        Kind.UNSIGNED_VALUE,
        "/endorsement/0/proof",
    ),
    "an object with an id alone where a graph is signed": (
        lambda d: endorsed(d, proof=[{"id": "urn:uuid:anything"}]),
        Kind.UNSIGNED_VALUE,
        "/endorsement/0/proof",
    ),
    "an object that says nothing where a graph is signed": (
        lambda d: endorsed(d, proof={}),
        Kind.UNSIGNED_VALUE,
        "/endorsement/0/proof",
    ),
    "an object of empty members where a graph is signed": (
        lambda d: endorsed(d, proof=[{"id": "urn:uuid:anything", "name": []}]),
        Kind.UNSIGNED_VALUE,
        "/endorsement/0/proof",
    ),
    "a context inside the subject": (
        lambda d: subject(d).update({"@context": [V2]}),
        Kind.NESTED_CONTEXT,
        "/credentialSubject/@context",
    ),
    "a context inside an endorsement's subject": (
        lambda d: endorsed(d, credentialSubject={"@context": V2, "id": "urn:x"}),
        Kind.NESTED_CONTEXT,
        "/endorsement/0/credentialSubject/@context",
    ),
    "contexts swapped": (lambda d: d.update({"@context": [OB3, V2]}), Kind.CONTEXT_ORDER, "/@context"),
    "contexts swapped in an endorsement": (
        lambda d: endorsed(d, **{"@context": [OB3, V2]}),
        Kind.CONTEXT_ORDER,
        "/endorsement/0/@context",
    ),
    "the badge's context alone": (lambda d: d.update({"@context": OB3}), Kind.CONTEXT_ORDER, "/@context"),
    "a context twice": (
        lambda d: d.update({"@context": [V2, OB3, EXTENSIONS, EXTENSIONS]}),
        Kind.CONTEXT_ORDER,
        "/@context",
    ),
}


@pytest.mark.parametrize(("change", "kind", "pointer"), FOUND.values(), ids=FOUND)
def test_what_a_signature_does_not_cover_is_found_in_its_place(change: Change, kind: Kind, pointer: str) -> None:
    document = changed(change)

    found = {(finding.kind, finding.pointer) for finding in canonical_nquads(document).findings}

    assert (kind, pointer) in found


REFUSED: dict[str, tuple[Change, Kind]] = {
    "@graph": (lambda d: d.update({"@graph": []}), Kind.KEYWORD_KEY),
    "@included": (lambda d: d.update({"@included": [{}]}), Kind.KEYWORD_KEY),
    "@reverse": (lambda d: d.update({"@reverse": {}}), Kind.KEYWORD_KEY),
    "@nest": (lambda d: d.update({"@nest": {"name": "x"}}), Kind.KEYWORD_KEY),
    "@set": (lambda d: d.update(name={"@set": ["x"]}), Kind.KEYWORD_KEY),
    "@list": (lambda d: d.update(name={"@list": ["x"]}), Kind.KEYWORD_KEY),
    "@index": (lambda d: subject(d).update({"@index": "x"}), Kind.KEYWORD_KEY),
    "@direction": (lambda d: d.update(name={"@value": "x", "@direction": "rtl"}), Kind.KEYWORD_KEY),
    "a key like a keyword": (lambda d: d.update({"@foo": 1}), Kind.KEYWORD_KEY),
    "an inline context": (lambda d: d["@context"].append({"name": None}), Kind.INLINE_CONTEXT),
    "an inline context below": (lambda d: subject(d).update({"@context": {"@vocab": "urn:"}}), Kind.INLINE_CONTEXT),
    "a null context": (lambda d: d["@context"].append(None), Kind.INLINE_CONTEXT),
    "too many contexts": (lambda d: d.update({"@context": [V2] * 11}), Kind.INLINE_CONTEXT),
    "contexts that contradict each other": (
        lambda d: d.update({"@context": [V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]}),
        Kind.REDEFINED_TERM,
    ),
    "an integer that JavaScript rounds": (lambda d: subject(d).update(creditsEarned=2**53), Kind.NUMBER),
    "a fraction that jsonld takes for zero": (lambda d: subject(d).update(creditsEarned=1e-7), Kind.NUMBER),
    "a number that is none": (lambda d: subject(d).update(creditsEarned=float("nan")), Kind.NUMBER),
    "a number that rounds either way": (
        lambda d: subject(d).update(creditsEarned=2251799813685248.5),
        Kind.NUMBER,
    ),
    "a zero with a sign": (lambda d: subject(d).update(creditsEarned=-0.0), Kind.NUMBER),
    "half a surrogate pair": (lambda d: d.update(name="\ud800"), Kind.TEXT),
    "half a surrogate pair in a key": (lambda d: d.update({"\udfff": 1}), Kind.TEXT),
    "an id with a space": (lambda d: d.update(id="https://issuer.example/a b"), Kind.INVALID_IRI),
    "an id that closes its own bracket": (lambda d: d.update(id="urn:x><urn:y>"), Kind.INVALID_IRI),
    "an id with a line end": (lambda d: d.update(id="urn:x\n"), Kind.INVALID_IRI),
    "a type with a bracket": (lambda d: d["type"].append("urn:x>"), Kind.INVALID_IRI),
    "a language that is none": (
        lambda d: d.update(name={"@value": "x", "@language": "e n"}),
        Kind.LANGUAGE,
    ),
    "an id that is a number": (lambda d: d.update(id=7), Kind.STRUCTURE),
    "an id that is null": (lambda d: d.update(id=None), Kind.STRUCTURE),
    "an id that is a keyword": (lambda d: d.update(id="@type"), Kind.STRUCTURE),
    "an id that looks like a keyword": (lambda d: d.update(id="@foo"), Kind.STRUCTURE),
    "a type that is a keyword": (lambda d: d.update(type="@json"), Kind.STRUCTURE),
    "a type that looks like a keyword": (lambda d: d["type"].append("@foo"), Kind.STRUCTURE),
    "a type that is an object": (lambda d: d.update(type={"id": "urn:x"}), Kind.STRUCTURE),
    "a reference that looks like a keyword": (
        lambda d: achievement(d).update(image="@foo"),
        Kind.STRUCTURE,
    ),
    "a relative id in a list": (
        lambda d: achievement(d).update(
            resultDescription=[{"type": ["ResultDescription"], "allowedValue": [{"id": "levels/1"}]}]
        ),
        Kind.RELATIVE_IRI,
    ),
    "a type that is null": (lambda d: d.update(type=None), Kind.STRUCTURE),
    "a type that is null beside one that is none": (
        lambda d: d.update({"type": None, "@type": ["VerifiableCredential"]}),
        Kind.STRUCTURE,
    ),
}


@pytest.mark.parametrize(("change", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_implementations_read_differently_is_refused(change: Change, kind: Kind) -> None:
    document = changed(change)

    with pytest.raises(NotCanonicalisable) as caught:
        canonical_nquads(document)

    assert caught.value.findings[0].kind is kind


def test_a_document_without_any_meaning_is_refused() -> None:
    with pytest.raises(NotCanonicalisable, match="nothing"):
        canonical_nquads({"@context": [V2], "unheard": "of"})


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["@context"].append("https://example.org/context"),
        lambda d: endorsed(d, **{"@context": [V2, "https://example.org/context"]}),
        lambda d: subject(d).update({"@context": "https://example.org/context"}),
    ],
    ids=["at the top", "in an endorsement", "in the subject"],
)
def test_an_unknown_context_is_never_looked_for(change: Change) -> None:
    with pytest.raises(ContextUnknown) as caught:
        canonical_nquads(changed(change))

    assert caught.value.url == "https://example.org/context"
    assert caught.value.pointer.endswith("@context") or "@context/" in caught.value.pointer


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(evidence=[]),
        lambda d: d.update(evidence=None),
        lambda d: d.update(name=["Weaving"]),
        lambda d: subject(d).update(creditsEarned=5.0),
        lambda d: d.update(credentialSubject=[d["credentialSubject"]]),
        endorsed,
    ],
    ids=["an empty array", "a null", "a list of one", "a float", "a subject in a list", "an endorsement"],
)
def test_harmless_variety_is_not_found(change: Change) -> None:
    assert canonical_nquads(changed(change)).findings == ()


def test_numbers_are_written_as_the_specification_says() -> None:
    document = changed(lambda d: subject(d).update(creditsEarned=[5.0, 5, 2.5, 1e-6]))

    nquads = canonical_nquads(document).nquads.decode()

    assert '"5"^^<https://www.w3.org/2001/XMLSchema#float>' in nquads
    assert '"2.5E0"^^<https://www.w3.org/2001/XMLSchema#float>' in nquads
    assert '"1.0E-6"^^<https://www.w3.org/2001/XMLSchema#float>' in nquads


def test_control_characters_are_escaped() -> None:
    document = changed(lambda d: d.update(name="bell\x07 form\f delete\x7f"))

    nquads = canonical_nquads(document).nquads.decode()

    assert '"bell\\u0007 form\\f delete\\u007F"' in nquads


def test_dropped_terms_are_looked_for_under_the_chosen_body() -> None:
    document = changed(lambda d: d.update(endorsementJwt=["e30.e30.AA"]))
    newest, older = choices([OB3])

    found = [canonical_nquads(document, contexts=choice).findings for choice in (newest, older, newest)]

    assert [[finding.pointer for finding in findings] for findings in found] == [[], ["/endorsementJwt"], []]


def test_a_caller_may_know_more_contexts() -> None:
    examples = ContextBody("examples", "", {"@context": {"@vocab": "https://vocabulary.example/#"}})
    choice = ContextChoice({**NEWEST.bodies, "https://vocabulary.example/": examples})
    document = changed(lambda d: d["@context"].append("https://vocabulary.example/"))
    document["anything"] = "goes"

    canonical = canonical_nquads(document, contexts=choice)

    assert b'<https://vocabulary.example/#anything> "goes"' in canonical.nquads
    assert canonical.findings == ()


BOUNDS: dict[str, tuple[Budget, Change]] = {
    "depth": (Budget(depth=4), lambda _: None),
    "values": (Budget(values=10), lambda _: None),
    "characters": (Budget(characters=100), lambda _: None),
    "types": (Budget(types=4), lambda _: None),
    "siblings": (Budget(), lambda d: achievement(d).update(tag=[str(i) for i in range(401)])),
    "quads": (Budget(quads=5), lambda _: None),
    "blank nodes": (Budget(blank_nodes=1), lambda _: None),
}


@pytest.mark.parametrize(("budget", "change"), BOUNDS.values(), ids=BOUNDS)
def test_what_costs_too_much_is_refused(budget: Budget, change: Change) -> None:
    with pytest.raises(BudgetExceeded):
        canonical_nquads(changed(change), budget=budget)


def test_values_of_one_node_count_together_wherever_they_stand() -> None:
    parts = [{"id": "urn:one", "type": ["Achievement"], "tag": [str(i)]} for i in range(401)]

    with pytest.raises(BudgetExceeded, match="siblings"):
        canonical_nquads(changed(lambda d: d.update(evidence=[parts[:200], parts[200:]])))


def test_nesting_that_would_fill_the_stack_is_refused() -> None:
    document = changed(lambda _: None)
    inner = document["issuer"]
    for _ in range(5_000):
        inner["parentOrg"] = {"type": ["Profile"]}
        inner = inner["parentOrg"]

    with pytest.raises(BudgetExceeded, match="depth"):
        canonical_nquads(document)


def test_the_document_is_left_as_it_was() -> None:
    document = copy.deepcopy(CREDENTIAL)

    canonical_nquads(document)

    assert document == CREDENTIAL
