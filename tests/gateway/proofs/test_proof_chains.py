"""Sets and chains of proofs: each signs the document, and in a chain the proofs before it."""

import copy
import json
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import NEWEST, ContextBody, ContextChoice
from gateway.proofs.data_integrity import SUITES, Secured, proofs
from gateway.proofs.errors import NotCanonicalisable, ProofError
from gateway.proofs.findings import Kind
from gateway.proofs.multikey import base58btc, decode_base58btc, from_did
from gateway.proofs.proof_chains import named, previous
from gateway.proofs.rdf_hashing import rdf_hashed
from tests.corpora import corpus
from tests.gateway.proofs.credentials import credential
from tests.simulators.provers import JCS, PROVERS, RDF, Prover

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
FIRST, SECOND, THIRD = (f"urn:uuid:5d6b5b52-4d1c-4ab0-9c4e-0e4d2f3a7c0{number}" for number in (1, 2, 3))


def _chain(first: Prover, second: Prover, third: Prover) -> dict[str, Any]:
    """A set of two proofs, and a third one over both."""
    document = first.contexts(credential(first.did))
    document = first.proved(document, id=FIRST)
    document = second.proved(document, id=SECOND)
    return third.proved(document, id=THIRD, previousProof=[FIRST, SECOND])


def _verified(document: dict[str, Any], place: int, prover: Prover) -> list[tuple[Kind, str]]:
    verified = Secured(document).verify(document["proof"][place], prover.key.public_key())
    return [(finding.kind, finding.pointer) for finding in verified.findings]


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("signedProofSet1", [()]),
        ("signedProofSet2", [(), ()]),
        ("signedProofChain1", [(), (), (0, 1)]),
        ("signedProofChain2", [(), (), (0, 1), (2,)]),
    ],
)
def test_each_proof_of_the_w3c_vector_is_right_and_made_byte_for_byte(name: str, links: list[tuple[int, ...]]) -> None:
    folder = corpus("ob/vectors/w3c-vc-di-eddsa/proof-set-chain")
    document = json.loads((folder / f"{name}.json").read_text())
    pairs = json.loads((folder / "multiKeyPairs.json").read_text()).values()
    secrets = {pair["publicKeyMultibase"]: decode_base58btc(pair["privateKeyMultibase"])[2:] for pair in pairs}
    examples = json.loads((corpus("ob/contexts") / "w3c/credentials-examples-v2.jsonld").read_text())
    choice = ContextChoice({**NEWEST.bodies, EXAMPLES: ContextBody("examples-v2", "", examples)})
    found = proofs(document)
    del document["proof"]

    for proof, link in zip(found, links, strict=True):
        secured = {**document, "proof": [found[place] for place in link]} if link else document
        did, _, name_of_key = proof["verificationMethod"].partition("#")
        secret = Ed25519PrivateKey.from_private_bytes(secrets[name_of_key])

        covered = SUITES[proof["cryptosuite"]].verify(Canonicals(secured), proof, from_did(did), choice)
        signature = secret.sign(rdf_hashed(Canonicals(secured), proof, choice).data)

        assert previous(found, proof) == link
        assert base58btc(signature) == proof["proofValue"]
        assert covered.document_findings == covered.proof_findings == ()


# The context of the legacy type knows no previousProof.
CHAINING = {name: prover for name, prover in PROVERS.items() if name != "Ed25519Signature2020"}


@pytest.mark.parametrize("name", CHAINING)
def test_a_chain_of_one_suite_verifies_and_leaves_nothing_open(name: str) -> None:
    prover = PROVERS[name]
    document = _chain(prover, prover, prover)

    assert [_verified(document, place, prover) for place in range(3)] == [[], [], []]


@pytest.mark.parametrize("earlier", RDF)
@pytest.mark.parametrize("later", ["eddsa-rdfc-2022", "ecdsa-jcs-2019 P-384"])
def test_a_proof_follows_one_of_another_suite(earlier: str, later: str) -> None:
    document = _chain(PROVERS[earlier], PROVERS[earlier], PROVERS[later])

    assert _verified(document, 2, PROVERS[later]) == []


@pytest.mark.parametrize("earlier", JCS)
def test_a_proof_over_rdf_finds_the_contexts_of_those_over_json_before_it(earlier: str) -> None:
    rdf = PROVERS["eddsa-rdfc-2022"]
    document = _chain(PROVERS[earlier], PROVERS[earlier], rdf)

    found = _verified(document, 2, rdf)

    assert found == [(Kind.NESTED_CONTEXT, f"/proof/{place}/@context") for place in (0, 1)]


def test_a_chain_under_the_legacy_type_is_not_signed_as_one() -> None:
    legacy = PROVERS["Ed25519Signature2020"]

    found = _verified(_chain(legacy, legacy, legacy), 2, legacy)

    assert (Kind.UNDEFINED_TERM, "/proof/2/previousProof") in found


def test_what_an_earlier_proof_says_beyond_what_was_signed_is_found_in_its_place() -> None:
    prover = PROVERS["eddsa-rdfc-2022"]
    document = prover.proved(credential(prover.did), id=FIRST)
    document = prover.proved(document, id=SECOND, by="somebody")
    document = prover.proved(document, id=THIRD, previousProof=SECOND)

    assert _verified(document, 2, prover) == [(Kind.UNDEFINED_TERM, "/proof/1/by")]


def test_the_order_in_which_a_proof_over_json_names_those_before_it_is_theirs() -> None:
    prover = PROVERS["eddsa-jcs-2022"]
    document = prover.proved(credential(prover.did), id=FIRST)
    document = prover.proved(document, id=SECOND)

    document = prover.proved(document, id=THIRD, previousProof=[SECOND, FIRST])

    assert _verified(document, 2, prover) == []
    assert previous(document["proof"], document["proof"][2]) == (1, 0)


Change = Callable[[list[dict[str, Any]]], object]

BROKEN: dict[str, Change] = {
    "an earlier proof was made at another time": lambda p: p[0].update(created="2025-12-01T12:00:00Z"),
    "an earlier proof has another value": lambda p: p[0].update(proofValue=p[1]["proofValue"]),
    "the earlier proofs are exchanged under their ids": lambda p: (
        p[0].update(proofValue=p[1]["proofValue"], id=p[1]["id"]) or p[1].update(id=FIRST)
    ),
    "an earlier proof is gone": lambda p: p.pop(0),
    "an earlier proof is no longer named": lambda p: p[2].update(previousProof=SECOND),
    "no earlier proof is named": lambda p: p[2].pop("previousProof"),
    "an id is another": lambda p: p[0].update(id="urn:uuid:5d6b5b52-4d1c-4ab0-9c4e-0e4d2f3a7c09"),
    "an id is missing": lambda p: p[0].pop("id"),
    "an id stands twice": lambda p: p[1].update(id=FIRST),
    "its own id stands twice": lambda p: p.append(p[2]),
    "it follows itself": lambda p: p[2].update(previousProof=[FIRST, SECOND, THIRD]),
    "one before it follows it": lambda p: p[0].update(previousProof=THIRD),
    "nothing is named": lambda p: p[2].update(previousProof=[]),
    "one is named twice": lambda p: p[2].update(previousProof=[FIRST, SECOND, FIRST]),
    "a number is named": lambda p: p[2].update(previousProof=[1]),
    "a proof is embedded": lambda p: p[2].update(previousProof=p[0]),
}


@pytest.mark.parametrize("name", ["eddsa-rdfc-2022", "ecdsa-jcs-2019 P-256"])
@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_broken_chain_does_not_verify(name: str, change: Change) -> None:
    prover = PROVERS[name]
    document = copy.deepcopy(_chain(prover, prover, prover))
    last = document["proof"][2]
    change(document["proof"])

    with pytest.raises((ProofError, NotCanonicalisable)):
        Secured(document).verify(last, prover.key.public_key())


def test_a_ring_behind_a_proof_ends() -> None:
    ring: list[dict[str, Any]] = [
        {"id": FIRST, "previousProof": SECOND},
        {"id": SECOND, "previousProof": FIRST},
        {"id": THIRD, "previousProof": FIRST},
    ]

    assert previous(ring, ring[2]) == (0,)
    for proof in ring[:2]:
        with pytest.raises(ProofError, match="leads back"):
            previous(ring, proof)


def test_what_is_no_proof_is_passed_over() -> None:
    mixed = ["urn:uuid:1", {"id": FIRST}, None, {"id": SECOND, "previousProof": FIRST}]

    assert previous(mixed, {"id": SECOND, "previousProof": FIRST}) == (1,)


@pytest.mark.parametrize(
    ("member", "ids"),
    [({}, ()), ({"previousProof": FIRST}, (FIRST,)), ({"previousProof": [SECOND, FIRST]}, (SECOND, FIRST))],
)
def test_the_proofs_before_are_named_by_one_id_or_many(member: dict[str, Any], ids: tuple[str, ...]) -> None:
    assert named(member) == ids


@pytest.mark.parametrize("value", [None, "", [], [FIRST, FIRST], [""], 1, True, {"id": FIRST}, [[FIRST]], [None]])
def test_what_names_no_proofs_is_refused_and_says_how_it_is_done(value: object) -> None:
    with pytest.raises(ProofError) as caught:
        named({"previousProof": value})
    assert caught.value.pointer == "/previousProof"
    assert caught.value.fix
