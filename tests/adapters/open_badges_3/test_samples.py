"""The samples beside the format are what they are given out for: valid, rightly signed, and complete."""

import msgspec
import pytest

from adapters.hub.opened import Opened, open_bytes
from adapters.hub.securing import DataIntegrity
from adapters.open_badges_3 import OpenBadges3
from adapters.open_badges_3 import document as ob3
from gateway.proofs import data_integrity, multikey
from tests.adapters.samples import folder_of

FOLDER = folder_of(OpenBadges3())
SIGNED = ("simple.json", "complete.json")
TOKENS = ("simple.jwt", "vcdm-1.1.jwt")


def opened(name: str) -> Opened:
    found = open_bytes((FOLDER / name).read_bytes())
    assert isinstance(found, Opened)
    return found


@pytest.mark.parametrize("name", SIGNED)
def test_sample_carries_a_right_proof(name: str) -> None:
    securing = OpenBadges3().read(opened(name), {}).securing
    assert isinstance(securing, DataIntegrity)
    [proof] = securing.proofs
    key = multikey.decode(proof["verificationMethod"].partition("#")[2])

    verified = data_integrity.Secured(securing.document).verify(proof, key)

    assert verified.findings == ()


@pytest.mark.parametrize("name", [*SIGNED, *TOKENS])
def test_sample_breaks_no_rule(name: str) -> None:
    reading = OpenBadges3().read(opened(name), {})

    assert [finding for finding in reading.findings if finding.blocking] == []


def test_complete_sample_has_every_member_of_the_specification() -> None:
    document = msgspec.json.decode((FOLDER / "complete.json").read_bytes())

    used = names(document)

    wires = [wire for wire in vars(ob3).values() if isinstance(wire, type) and issubclass(wire, msgspec.Struct)]
    elsewhere = {ob3.Jwk, ob3.StatusMessage, ob3.CredentialStatus, ob3.RelatedResource}
    declared = {name for wire in set(wires) - elsewhere for name in wire.__struct_encode_fields__}
    unused = {"issuanceDate", "expirationDate", "expires", "previousProof", "nonce", "challenge", "domain", "salt"}
    assert declared - used == unused


def names(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(names, value))
    if isinstance(value, dict):
        return set(value).union(*map(names, value.values()))
    return set()
