"""Statements under lasting names, and what pointers select: the official steps, and documents made to confuse."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from gateway.proofs import base64url, selective_disclosure
from gateway.proofs.canonical import Canonicals, canonical_nquads
from gateway.proofs.contexts import NEWEST
from gateway.proofs.errors import ProofError, ProofUnsupported
from tests.gateway.proofs import sd_vectors
from tests.gateway.proofs.credentials import credential

KEY = bytes(range(32))
CREDENTIAL = credential("https://issuer.example")


def selected(document: dict[str, Any], *pointers: str) -> set[str]:
    return selective_disclosure.selected(Canonicals(document), NEWEST, pointers, KEY)


def everything(document: dict[str, Any]) -> list[str]:
    nquads = canonical_nquads(document).nquads
    labels = selective_disclosure.hmac_labels(KEY, selective_disclosure.blank_nodes(nquads))
    return selective_disclosure.statements(nquads, labels)


def properties(lines: set[str]) -> list[str]:
    return sorted(line.split(" ")[1].rpartition("#")[2].rpartition("/")[2].rstrip(">") for line in lines)


@pytest.mark.parametrize("name", sd_vectors.NAMES)
def test_the_official_document_is_labelled_and_grouped_byte_for_byte(name: str) -> None:
    document = Canonicals(sd_vectors.unsecured(sd_vectors.step(name, "addSignedSDBase")))
    transformed = sd_vectors.step(name, "addBaseTransform")
    key = bytes.fromhex(transformed["hmacKeyString"])

    nquads = document(sd_vectors.CONTEXTS, "sha256").nquads
    labels = selective_disclosure.hmac_labels(key, selective_disclosure.blank_nodes(nquads))
    lines = selective_disclosure.statements(nquads, labels)
    pointers = tuple(transformed["mandatoryPointers"])
    mandatory = selective_disclosure.selected(document, sd_vectors.CONTEXTS, pointers, key)

    assert nquads.decode() == "".join(sd_vectors.step(name, "addBaseDocCanon"))
    assert lines == sd_vectors.step(name, "addBaseDocHMACCanon")
    groups: dict[bool, list[Any]] = {True: [], False: []}
    for index, line in enumerate(lines):
        groups[line in mandatory].append([index, line])
    assert groups[True] == transformed["mandatory"]["value"]
    assert groups[False] == transformed["nonMandatory"]["value"]


@pytest.mark.parametrize("name", sd_vectors.NAMES)
def test_the_official_revealed_document_is_relabelled_byte_for_byte(name: str) -> None:
    document = Canonicals(sd_vectors.step(name, "derivedUnsignedReveal"))
    labels = {
        int(label.removeprefix("c14n")): base64url.decode(name.removeprefix("u"))
        for label, name in sd_vectors.step(name, "verifyDerivedProofValue")["labelMap"]
    }

    lines = selective_disclosure.statements(document(sd_vectors.CONTEXTS, "sha256").nquads, labels)

    assert lines == sd_vectors.step(name, "verifyNQuads")


@pytest.mark.parametrize("name", sd_vectors.NAMES)
def test_the_official_selection_selects_the_official_statements(name: str) -> None:
    document = Canonicals(sd_vectors.unsecured(sd_vectors.step(name, "addSignedSDBase")))
    transformed = sd_vectors.step(name, "addBaseTransform")
    key = bytes.fromhex(transformed["hmacKeyString"])
    file = {"prc": "prCredSelective", "employ": "employSelective"}[name]
    pointers = tuple(sd_vectors.step("..", file))

    lines = selective_disclosure.selected(document, sd_vectors.CONTEXTS, pointers, key)

    groups = sd_vectors.step(name, "derivedAllGroupData")["groups"]
    assert sorted(lines) == sorted(line for _, line in groups["selective"]["matching"]["value"])


@pytest.mark.parametrize(
    ("pointers", "expected"),
    [
        ((), []),
        (("/issuer",), ["issuer", "type", "type", "type", "name"]),
        (("/issuer/name",), ["issuer", "type", "type", "type", "name"]),
        (("/issuer/type",), ["issuer", "type", "type", "type"]),
        (("/issuer/type/0",), ["issuer", "type", "type", "type"]),
        (("/issuer/0/type",), ["issuer", "type", "type", "type"]),
        (("/validFrom",), ["type", "type", "validFrom"]),
        (("/type",), ["type", "type"]),
        (("/type/0",), ["type", "type"]),
        (
            ("/credentialSubject/achievement/tag/1",),
            ["achievement", "credentialSubject", "keywords", "type", "type", "type", "type"],
        ),
        (
            ("/credentialSubject/achievement/tag/1", "/credentialSubject/achievement/tag"),
            ["achievement", "credentialSubject", "keywords", "keywords", "type", "type", "type", "type"],
        ),
        (
            ("/credentialSubject/achievement/tag", "/credentialSubject/achievement/tag/1"),
            ["achievement", "credentialSubject", "keywords", "keywords", "type", "type", "type", "type"],
        ),
    ],
)
def test_pointers_select_what_they_lead_to_and_the_types_above(pointers: tuple[str, ...], expected: list[str]) -> None:
    assert properties(selected(CREDENTIAL, *pointers)) == sorted(expected)


def test_the_empty_pointer_selects_everything() -> None:
    assert selected(CREDENTIAL, "/issuer", "") == set(everything(CREDENTIAL))


def test_an_array_of_one_is_led_through_with_an_index_and_without() -> None:
    document = {**CREDENTIAL, "credentialSubject": [CREDENTIAL["credentialSubject"]]}

    found = [selected(document, f"/credentialSubject{index}/achievement/criteria") for index in ("", "/0")]

    assert found[0] == found[1] == selected(CREDENTIAL, "/credentialSubject/achievement/criteria")


@pytest.mark.parametrize(
    "pointer",
    [
        "issuer",
        "/nothing",
        "/issuer/nothing",
        "/issuer/name/length",
        "/type/2",
        "/type/-",
        "/type/-1",
        "/type/\N{ARABIC-INDIC DIGIT ZERO}",
        "/type/1e0",
        "/validFrom/1",
        "/validFrom" + "/0" * 40,
        "/" * 5_000,
        "/issuer~1name",
    ],
)
def test_a_pointer_that_leads_nowhere_is_refused(pointer: str) -> None:
    with pytest.raises(ProofError, match="pointer"):
        selected(CREDENTIAL, pointer)


def test_an_escaped_pointer_is_read() -> None:
    with pytest.raises(ProofError, match="a~/1b"):
        selected(CREDENTIAL, "/a~0~11b")


def test_ids_that_look_like_lent_ones_stay_ids() -> None:
    document = copy.deepcopy(CREDENTIAL)
    document["credentialSubject"]["achievement"]["id"] = f"urn:bnid:{'0' * 64}:0"
    document["credentialSubject"]["id"] = "urn:bnid:_0"

    found = selected(document, "")

    assert found == set(everything(document))
    assert any(line.startswith("<urn:bnid:_0> ") for line in found)


def test_text_that_looks_like_a_blank_node_stays_text() -> None:
    document = copy.deepcopy(CREDENTIAL)
    document["credentialSubject"]["achievement"]["description"] = '_:c14n0 " _:c14n1 .\n_:c14n0 <urn:bnid:0> \\'

    found = selected(document, "")

    assert found == set(everything(document))
    assert sum("_:c14n" in line for line in found) == 1


def _listed() -> tuple[dict[str, Any], str]:
    document = copy.deepcopy(CREDENTIAL)
    document["credentialSubject"]["achievement"]["resultDescription"] = {
        "id": "urn:uuid:0d6a5c3c-4b1e-4a5c-8f6e-0f2f6d6c7b10",
        "type": ["ResultDescription"],
        "allowedValue": ["low", "high"],
    }
    return document, "/credentialSubject/achievement/resultDescription"


def _endorsed() -> tuple[dict[str, Any], str]:
    endorsement = {
        "@context": CREDENTIAL["@context"],
        "id": "urn:uuid:6a3b1d0e-7f36-4b0a-8d21-b8a6d8e4d5c1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "https://other.example", "type": ["Profile"], "name": "Other"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": CREDENTIAL["id"], "type": ["EndorsementSubject"]},
        "proof": [{"type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2023"}],
    }
    return {**CREDENTIAL, "endorsement": [endorsement]}, "/endorsement"


def _blank() -> tuple[dict[str, Any], str]:
    document = copy.deepcopy(CREDENTIAL)
    document["credentialSubject"]["id"] = "_:learner"
    return document, "/credentialSubject"


@pytest.mark.parametrize("made", [_listed, _endorsed, _blank])
def test_nodes_that_no_id_can_be_lent_to_may_stand_beside_what_is_selected(
    made: Callable[[], tuple[dict[str, Any], str]],
) -> None:
    document, place = made()

    assert selected(document, "/issuer/name") < selected(document, "") == set(everything(document))
    with pytest.raises(ProofUnsupported):
        selected(document, place)


def test_every_blank_node_needs_a_name_of_its_own() -> None:
    nquads = canonical_nquads(CREDENTIAL).nquads
    count = selective_disclosure.blank_nodes(nquads)
    good = selective_disclosure.hmac_labels(KEY, count)
    wrong: list[dict[int, bytes]] = [
        {},
        {n: good[n] for n in range(count - 1)},
        {n + 1: label for n, label in good.items()},
        {**good, count: bytes(32)},
        dict.fromkeys(good, bytes(32)),
    ]

    assert count > 1
    for labels in wrong:
        with pytest.raises(ProofError, match="label map"):
            selective_disclosure.statements(nquads, labels)
