"""A type by its IRI is the same RDF as its term, so only a look at the text tells them apart."""

import pytest

from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.findings import Kind
from gateway.proofs.type_iris import types_by_iri
from tests.gateway.proofs.credentials import credential

REFRESH = "https://purl.imsglobal.org/spec/vccr/v1p0/context.json#1EdTechCredentialRefresh"


@pytest.mark.parametrize(
    "iri",
    [
        REFRESH,
        "https://www.w3.org/2018/credentials#VerifiableCredential",
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image",
        "https://w3id.org/security#DataIntegrityProof",
        "https://w3id.org/openbadges#RevocationList",
        "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry",
    ],
)
def test_iri_of_a_published_term_is_found_wherever_it_is_a_type(iri: str) -> None:
    document = {"type": ["VerifiableCredential", iri], "a": [{"b": {"type": iri}}, {"@type": iri, "id": iri}]}

    found = types_by_iri(document)

    assert {finding.kind for finding in found} == {Kind.TYPE_BY_IRI}
    assert [finding.pointer for finding in found] == ["/type", "/a/0/b/type", "/a/1/@type"]


@pytest.mark.parametrize("kind", ["VerifiableCredential", "https://issuer.example/Terms", f"{REFRESH}2", 5, None, {}])
def test_other_types_are_left_alone(kind: object) -> None:
    assert types_by_iri({"type": kind}) == ()


@pytest.mark.parametrize("term", ["Evidence", "Related"])
def test_what_points_at_something_may_say_of_what_type_that_is(term: str) -> None:
    assert types_by_iri({"a": {"type": [term, "https://w3id.org/openbadges#Assertion"]}}) == ()
    assert types_by_iri({"a": {"type": [term, f"https://purl.imsglobal.org/spec/vc/ob/vocab.html#{term}"]}})


def test_it_is_the_same_rdf() -> None:
    by_term = credential("did:example:issuer")
    by_iri = {**by_term, "type": ["https://www.w3.org/2018/credentials#VerifiableCredential", *by_term["type"]]}

    assert canonical_nquads(by_iri).nquads == canonical_nquads(by_term).nquads
    assert types_by_iri(by_iri)
    assert not types_by_iri(by_term)
