"""Proof values of ecdsa-sd-2023: the official ones, and every way to be malformed."""

from typing import Any

import pytest

from gateway.proofs import sd_proof_value
from gateway.proofs.errors import ProofError
from gateway.proofs.sd_proof_value import BaseProofValue, DerivedProofValue
from tests.gateway.proofs import sd_vectors
from tests.simulators.disclosing import BASE, DERIVED, written

SIGNATURE, KEY, HASH = bytes(64), b"\x80\x24" + bytes(33), bytes(32)
GOOD: dict[bytes, list[Any]] = {
    BASE: [SIGNATURE, KEY, HASH, [SIGNATURE], ["/issuer"]],
    DERIVED: [SIGNATURE, KEY, [SIGNATURE], {0: HASH}, [0, 2]],
}


@pytest.mark.parametrize("name", sd_vectors.NAMES)
def test_the_official_base_proof_is_taken_apart(name: str) -> None:
    expected = sd_vectors.step(name, "derivedRecoveredBaseData")

    read = sd_proof_value.parse(sd_vectors.step(name, "addSignedSDBase")["proof"]["proofValue"])

    assert isinstance(read, BaseProofValue)
    assert read.base_signature.hex() == expected["baseSignature"]
    assert read.hmac_key.hex() == expected["hmacKey"]
    assert [signature.hex() for signature in read.signatures] == expected["signatures"]
    assert list(read.mandatory_pointers) == expected["mandatoryPointers"]


@pytest.mark.parametrize("name", sd_vectors.NAMES)
def test_the_official_derived_proof_is_taken_apart(name: str) -> None:
    expected = sd_vectors.step(name, "verifyDerivedProofValue")

    read = sd_proof_value.parse(sd_vectors.step(name, "derivedRevealDocument")["proof"]["proofValue"])

    assert isinstance(read, DerivedProofValue)
    assert read.base_signature.hex() == expected["baseSignature"]
    assert [signature.hex() for signature in read.signatures] == expected["signatures"]
    assert list(read.mandatory_indexes) == expected["mandatoryIndexes"]
    assert len(read.labels) == len(expected["labelMap"])


@pytest.mark.parametrize("header", [BASE, DERIVED])
def test_components_that_are_as_they_should_be_are_read(header: bytes) -> None:
    assert sd_proof_value.parse(written(header, GOOD[header])).base_signature == SIGNATURE


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ("nothing", ""),
        ("base58btc", "z" + written(BASE, GOOD[BASE])[1:]),
        ("padding", written(BASE, GOOD[BASE]) + "="),
        ("white space", written(BASE, GOOD[BASE]) + " "),
        ("a letter of another alphabet", "u" + "+/" + written(BASE, GOOD[BASE])[3:]),
        ("bits that are not used", "u2V1"),
        ("a header alone", "u2V0A"),
        ("a header cut short", "u2V0"),
        ("the header of nothing", written(b"\xd9\x5d\x02", GOOD[BASE])),
        ("the header of bbs-2023", written(b"\xd9\x5d\x03", GOOD[BASE])),
        ("no header", written(b"", GOOD[BASE])),
        ("two headers", written(BASE + BASE, GOOD[BASE])),
        ("the header of the other form", written(DERIVED, GOOD[BASE])),
        ("the header of the other form, again", written(BASE, GOOD[DERIVED])),
        ("a map", written(BASE, dict(enumerate(GOOD[BASE])))),
        ("four components", written(BASE, GOOD[BASE][:4])),
        ("six components", written(BASE, [*GOOD[BASE], 0])),
    ],
)
def test_another_envelope_is_refused(case: str, value: str) -> None:
    with pytest.raises(ProofError) as caught:
        sd_proof_value.parse(value)

    assert caught.value.pointer == "/proofValue", case


@pytest.mark.parametrize(
    ("header", "component", "value"),
    [
        (BASE, 0, bytes(63)),
        (BASE, 0, bytes(65)),
        (BASE, 0, "a" * 64),
        (BASE, 1, bytes(33)),
        (BASE, 1, b"\x81\x24" + bytes(49)),
        (BASE, 2, bytes(31)),
        (BASE, 2, bytes(48)),
        (BASE, 2, b""),
        (BASE, 3, b""),
        (BASE, 3, [bytes(63)]),
        (BASE, 3, [SIGNATURE, 0]),
        (BASE, 3, {0: SIGNATURE}),
        (BASE, 4, "/issuer"),
        (BASE, 4, [b"/issuer"]),
        (BASE, 4, [0]),
        (DERIVED, 0, bytes(96)),
        (DERIVED, 1, bytes(36)),
        (DERIVED, 2, [bytes(96)]),
        (DERIVED, 2, 0),
        (DERIVED, 3, []),
        (DERIVED, 3, {0: bytes(31)}),
        (DERIVED, 3, {0: bytes(33)}),
        (DERIVED, 3, {0: "u" * 32}),
        (DERIVED, 4, {}),
        (DERIVED, 4, [b"\0"]),
        (DERIVED, 4, [0, 0]),
        (DERIVED, 4, [2, 1]),
        (DERIVED, 4, [0, "1"]),
    ],
)
def test_a_component_of_another_type_or_size_is_refused(header: bytes, component: int, value: Any) -> None:
    components = [*GOOD[header]]
    components[component] = value

    with pytest.raises(ProofError) as caught:
        sd_proof_value.parse(written(header, components))

    assert caught.value.pointer == "/proofValue"
