"""Nothing is planned that our own verifier would not let out once it is sealed."""

import json
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.errors import NotWritable
from gateway.flows.rehearse import Rehearse
from gateway.proofs import jades
from tests.simulators import seals
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.sealer import credential
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def rehearse(clock: SimulatedClock, web: SimulatedWeb) -> Rehearse:
    return Rehearse(clock, web)


def to_be_sealed(document: dict[str, Any]) -> bytes:
    header = jades.header("ES256", [seals.self_made()], "did:web:issuer.example#1", NOON)
    return jades.signing_input(header, json.dumps(document).encode())


async def test_what_keeps_all_rules_needs_no_signature_to_be_let_through(rehearse: Rehearse) -> None:
    await rehearse(to_be_sealed(credential()))


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"validUntil": "2025-12-31T00:00:00Z"}, "/valid", "validity-period"),
        ({"validFrom": "2027-01-01T00:00:00Z"}, "/validFrom", "validity-period"),
        ({"id": "javascript:alert(1)"}, "/id", "shape"),
        ({"credentialProfiles": None}, "/credentialProfiles", "shape"),
        ({"credentialSubject": []}, "/credentialSubject", "could not be read"),
    ],
)
async def test_what_breaks_one_is_refused_with_the_place(
    rehearse: Rehearse, changes: dict[str, Any], pointer: str, said: str
) -> None:
    with pytest.raises(NotWritable, match=said) as caught:
        await rehearse(to_be_sealed(credential(**changes)))

    assert caught.value.pointer.startswith(pointer)
    assert caught.value.fix


async def test_what_is_too_large_to_be_opened_again_is_refused(rehearse: Rehearse) -> None:
    with pytest.raises(NotWritable, match="bytes"):
        await rehearse(to_be_sealed(credential(notes="x" * 11_000_000)))
