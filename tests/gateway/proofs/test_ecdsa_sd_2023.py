"""Selective disclosure: the official vectors byte for byte, and what holders, and others, may not get away with."""

import copy
import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.errors import GatewayError
from gateway.proofs import data_integrity, ecdsa_sd_2023, multikey
from gateway.proofs.budget import Allowance
from gateway.proofs.canonical import Canonicals, canonical_nquads
from gateway.proofs.ecdsa_sd_2023 import EcdsaSd2023
from gateway.proofs.errors import BudgetExceeded, NotCanonicalisable, ProofError
from gateway.proofs.findings import Kind
from gateway.proofs.signatures import PublicKey
from tests.corpora import corpus
from tests.gateway.proofs import sd_vectors
from tests.gateway.proofs.credentials import credential
from tests.simulators.disclosing import (
    BASE,
    DERIVED,
    KEY,
    PROOF_KEY,
    Issued,
    multikey_bytes,
    secured,
    signature,
)

PUBLIC_KEY = KEY.public_key()
OTHER = ec.derive_private_key(13, ec.SECP256R1())
DID = multikey.did_key(PUBLIC_KEY)
POINTERS = ("/issuer", "/credentialSubject/achievement/criteria")


def award() -> dict[str, Any]:
    """An award with an end, a status and one thing that may go unsaid."""
    document = credential(DID)
    document["validUntil"] = "2027-01-01T00:00:00Z"
    document["credentialStatus"] = {
        "id": "https://issuer.example/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://issuer.example/status/1",
    }
    return document


ISSUED = Issued(award(), POINTERS)
SHOWN = {name: value for name, value in award().items() if name not in ("validUntil", "credentialStatus")}
FIRST = next(iter(ISSUED.signatures))
HIDDEN = next(line for line in ISSUED.statements if "#validUntil>" in line)
SHOWN_STATEMENTS = sum(len(ISSUED.derived(SHOWN)[component]) for component in (2, 4))


def verified(document: dict[str, Any], key: PublicKey = PUBLIC_KEY) -> data_integrity.Verified:
    return data_integrity.Secured(document).verify(document["proof"][0], key)


def refused(header: bytes, components: list[Any], document: dict[str, Any]) -> GatewayError:
    with pytest.raises((ProofError, NotCanonicalisable)) as caught:
        verified(secured(document, header, components))
    return caught.value


@pytest.mark.parametrize("name", sd_vectors.NAMES)
@pytest.mark.parametrize("file", ["addSignedSDBase", "derivedRevealDocument"])
def test_the_official_proofs_are_right(name: str, file: str) -> None:
    document = sd_vectors.step(name, file)
    body = Canonicals(sd_vectors.unsecured(document))
    key = multikey.decode(sd_vectors.issuer_key())

    covered = EcdsaSd2023().verify(body, document["proof"], key, sd_vectors.CONTEXTS)

    assert [finding.kind for finding in covered.document_findings if not finding.pointer] == [Kind.WITHHELD]


@pytest.mark.parametrize("name", sd_vectors.NAMES)
def test_the_official_hashes_are_made_byte_for_byte(name: str) -> None:
    expected = sd_vectors.step(name, "addHashData")
    config = sd_vectors.step(name, "addProofConfig")
    groups = sd_vectors.step(name, "addBaseTransform")
    mandatory = tuple(line for _, line in groups["mandatory"]["value"])
    raw = sd_vectors.step(name, "addRawBaseSignatureInfo")
    public_key = multikey.decode_base58btc(raw["publicKey"])

    nquads = canonical_nquads(config, contexts=sd_vectors.CONTEXTS).nquads
    signed = ecdsa_sd_2023.sign_data(nquads, public_key, ecdsa_sd_2023.Statements(mandatory, ()))

    assert nquads.decode() == (sd_vectors.folder(name) / "addProofConfigCanon.txt").read_text()
    assert hashlib.sha256(nquads).hexdigest() == expected["proofHash"]
    assert signed.hex() == expected["proofHash"] + public_key.hex() + expected["mandatoryHash"]


def test_the_sample_of_the_open_badges_validator_is_right() -> None:
    document = json.loads((corpus("ob/samples/ob3-1edtech-validator/sd") / "derivedcredential.json").read_text())
    key = multikey.decode(document["proof"][0]["verificationMethod"].partition("#")[2])

    assert [finding.kind for finding in verified(document, key).findings] == [Kind.WITHHELD]


def test_a_base_proof_is_right_and_not_convertible() -> None:
    found = verified(secured(ISSUED.document, BASE, ISSUED.base()))

    assert [finding.kind for finding in found.findings] == [Kind.WITHHELD]


@pytest.mark.parametrize("pointers", [(), ("/issuer",), ("/credentialStatus", "/validUntil"), ("",)])
def test_a_base_proof_is_right_whatever_is_mandatory(pointers: tuple[str, ...]) -> None:
    issued = Issued(award(), pointers)

    assert verified(secured(issued.document, BASE, issued.base()))


def test_a_derived_proof_of_a_part_is_right_and_not_convertible() -> None:
    found = verified(secured(SHOWN, DERIVED, ISSUED.derived(SHOWN)))

    assert [finding.kind for finding in found.findings] == [Kind.WITHHELD]


def test_what_was_not_mandatory_can_be_taken_out_of_a_base_proof_too() -> None:
    """Why no document under this suite is converted, whichever form its proof has."""
    components = ISSUED.base()
    gone = [line for line in ISSUED.statements if "#validUntil>" in line]
    components[3] = [value for line, value in ISSUED.signatures.items() if line not in gone]
    document = {name: value for name, value in ISSUED.document.items() if name != "validUntil"}

    found = verified(secured(document, BASE, components))

    assert [finding.kind for finding in found.findings] == [Kind.WITHHELD]


def test_what_is_undefined_is_found_beside() -> None:
    document = {**SHOWN, "credits": 5}

    found = verified(secured(document, DERIVED, ISSUED.derived(SHOWN)))

    assert [(finding.kind, finding.pointer) for finding in found.findings] == [
        (Kind.UNDEFINED_TERM, "/credits"),
        (Kind.WITHHELD, ""),
    ]


@pytest.mark.parametrize(
    ("case", "component", "change"),
    [
        ("base signature of another key", 0, lambda _: signature(OTHER, ISSUED.signed)),
        ("base signature with a bit turned", 0, lambda value: bytes([value[0] ^ 1]) + value[1:]),
        ("base signature of zeros", 0, lambda _: bytes(64)),
        ("base signature with r and s exchanged", 0, lambda value: value[32:] + value[:32]),
        ("another key for the statements", 1, lambda _: multikey_bytes(OTHER)),
        ("no point of the curve", 1, lambda _: b"\x80\x24\x02" + b"\xff" * 32),
        ("an uncompressed prefix", 1, lambda value: value[:2] + b"\x04" + value[3:]),
        ("the prefix of P-384", 1, lambda value: b"\x81\x24" + value[2:]),
        ("the prefix of Ed25519", 1, lambda value: b"\xed\x01" + value[2:]),
        ("another HMAC key", 2, lambda _: bytes(32)),
        ("a signature missing", 3, lambda value: value[1:]),
        ("a signature too many", 3, lambda value: [*value, value[0]]),
        ("no signatures", 3, lambda _: []),
        ("two signatures exchanged", 3, lambda value: [value[1], value[0], *value[2:]]),
        ("a signature with a bit turned", 3, lambda value: [bytes([value[0][0] ^ 1]) + value[0][1:], *value[1:]]),
        ("a statement signed by the issuer's key", 3, lambda v: [signature(KEY, FIRST.encode()), *v[1:]]),
        ("a pointer missing", 4, lambda value: value[1:]),
        ("no pointers", 4, lambda _: []),
        ("a pointer too many", 4, lambda value: [*value, "/validUntil"]),
        ("a pointer to all", 4, lambda _: [""]),
        ("a pointer to nothing", 4, lambda value: [*value, "/evidence"]),
        ("no pointer", 4, lambda value: [*value, "issuer"]),
    ],
)  # fmt: skip
def test_a_base_proof_with_a_component_changed_is_refused(case: str, component: int, change: Any) -> None:
    components = ISSUED.base()
    components[component] = change(components[component])

    assert type(refused(BASE, components, ISSUED.document)) is ProofError, case


def test_every_other_pointer_that_selects_the_same_is_as_good() -> None:
    components = ISSUED.base()
    components[4] = ["/issuer/type", "/issuer/name", *components[4]]

    assert verified(secured(ISSUED.document, BASE, components))


@pytest.mark.parametrize(
    ("case", "component", "change"),
    [
        ("base signature of another key", 0, lambda _: signature(OTHER, ISSUED.signed)),
        ("another key for the statements", 1, lambda _: multikey_bytes(OTHER)),
        ("the prefix of P-384", 1, lambda value: b"\x81\x24" + value[2:]),
        ("a signature missing", 2, lambda value: value[1:]),
        ("a signature too many", 2, lambda value: [*value, value[0]]),
        ("two signatures exchanged", 2, lambda value: [value[1], value[0], *value[2:]]),
        ("a signature of what is not shown", 2, lambda v: [ISSUED.signatures[HIDDEN], *v[1:]]),
        ("no labels", 3, lambda _: {}),
        ("a label missing", 3, lambda value: {0: value[0]}),
        ("a label too many", 3, lambda value: {**value, 9: bytes(32)}),
        ("a label changed", 3, lambda value: {**value, 0: bytes(32)}),
        ("two labels exchanged", 3, lambda value: {0: value[1], 1: value[0]}),
        ("two labels alike", 3, lambda value: {0: value[0], 1: value[0]}),
        ("labels counted from 1", 3, lambda value: {n + 1: label for n, label in value.items()}),
        ("an index missing", 4, lambda value: value[1:]),
        ("no indexes", 4, lambda _: []),
        ("an index twice", 4, lambda value: [value[0], *value]),
        ("indexes that fall", 4, lambda value: value[::-1]),
        ("an index of no statement", 4, lambda value: [*value, 1_000]),
        ("an index just out of range", 4, lambda value: [*value[:-1], SHOWN_STATEMENTS]),
        ("the largest index", 4, lambda value: [*value, 2**64 - 1]),
        ("another index", 4, lambda value: sorted({*value[1:], min(set(range(20)) - set(value))})),
        ("an index too many", 4, lambda value: sorted({*value, min(set(range(20)) - set(value))})),
    ],
)  # fmt: skip
def test_a_derived_proof_with_a_component_changed_is_refused(case: str, component: int, change: Any) -> None:
    components = ISSUED.derived(SHOWN)
    components[component] = change(components[component])

    assert type(refused(DERIVED, components, SHOWN)) is ProofError, case


def test_moving_a_statement_and_its_signature_to_the_mandatory_ones_is_refused() -> None:
    components = ISSUED.derived(SHOWN)
    moved = min(set(range(SHOWN_STATEMENTS)) - set(components[4]))
    components[2] = components[2][1:]
    components[4] = sorted([*components[4], moved])

    assert type(refused(DERIVED, components, SHOWN)) is ProofError


def test_leaving_out_what_is_mandatory_is_refused() -> None:
    components = ISSUED.derived(SHOWN)
    document = copy.deepcopy(SHOWN)
    del document["issuer"]["name"]
    components[4] = components[4][:-1]

    assert type(refused(DERIVED, components, document)) is ProofError


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(validUntil="2099-01-01T00:00:00Z"),
        lambda document: document.update(validFrom="2020-01-01T00:00:00Z"),
        lambda document: document.update(id="urn:uuid:00000000-0000-4000-8000-000000000000"),
        lambda document: document.pop("validFrom"),
        lambda document: document["credentialSubject"].update(id="did:example:mallory"),
        lambda document: document["credentialSubject"]["achievement"].update(name="Brain surgery"),
        lambda document: document["credentialSubject"]["achievement"]["tag"].append("surgery"),
        lambda document: document["issuer"].update(name="Another issuer"),
        lambda document: document["type"].append("EndorsementCredential"),
    ],
)
@pytest.mark.parametrize("header", [BASE, DERIVED])
def test_a_document_that_says_more_less_or_something_else_is_refused(header: bytes, change: Any) -> None:
    components = ISSUED.base() if header == BASE else ISSUED.derived(SHOWN)
    document = copy.deepcopy(ISSUED.document if header == BASE else SHOWN)
    change(document)

    assert type(refused(header, components, document)) is ProofError


def test_a_node_cannot_be_told_in_two_places() -> None:
    """Both would bear the name that one of them was signed under."""
    components = ISSUED.derived(SHOWN)
    document = copy.deepcopy(SHOWN)
    document["credentialSubject"] = [
        {name: value for name, value in SHOWN["credentialSubject"].items() if name == "type"},
        SHOWN["credentialSubject"],
    ]
    components[3] = {**components[3], 2: components[3][0]}

    assert "label map" in refused(DERIVED, components, document).reason


@pytest.mark.parametrize(("member", "value"), [("created", "2025-01-01T00:00:00Z"), ("domain", "a.example")])
def test_a_proof_with_another_member_is_refused(member: str, value: str) -> None:
    document = secured(SHOWN, DERIVED, ISSUED.derived(SHOWN))
    document["proof"][0][member] = value

    with pytest.raises(ProofError):
        verified(document)


@pytest.mark.parametrize(
    "key", [ec.derive_private_key(11, ec.SECP384R1()), Ed25519PrivateKey.from_private_bytes(bytes(32)), PROOF_KEY]
)
def test_the_issuers_key_is_its_own_and_on_p_256(key: Any) -> None:
    with pytest.raises(ProofError):
        verified(secured(SHOWN, DERIVED, ISSUED.derived(SHOWN)), key.public_key())


def test_more_signatures_than_the_bound_are_not_checked() -> None:
    components = ISSUED.derived(SHOWN)
    components[2] = [bytes(64)] * (ecdsa_sd_2023.MAX_SIGNATURES + 1)

    with pytest.raises(BudgetExceeded):
        verified(secured(SHOWN, DERIVED, components))


def test_signatures_are_paid_from_the_allowance_of_the_verification() -> None:
    document = secured(SHOWN, DERIVED, ISSUED.derived(SHOWN))
    poor = data_integrity.Secured(document, allowance=Allowance(steps=20))

    with pytest.raises(BudgetExceeded):
        poor.verify(document["proof"][0], KEY.public_key())
