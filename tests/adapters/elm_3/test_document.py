"""Every official sample reads as the classes of the application profile."""

import pytest

from adapters.elm_3.document import EuropeanDigitalCredential
from adapters.elm_3.wire_agents import Agent
from adapters.elm_3.wire_claims import Claim
from adapters.hub.errors import Malformed
from adapters.hub.wire import validated
from tests.adapters.elm_3 import given
from tests.corpora import corpus

SAMPLES = sorted(
    str(path.relative_to(corpus("elm")))
    for folder in ("samples/eu-2023", "samples/eu-2025", "samples/edci-tests", "handmade")
    for path in (corpus("elm") / folder).glob("*.json*")
)
NO_CREDENTIALS = {
    "handmade/expected.json",
    "samples/edci-tests/ServiceSampleAccreditation.json",
    "samples/edci-tests/cred2_1context.jsonld",  # a date that is a number
    "samples/edci-tests/frame.jsonld",
}


@pytest.mark.parametrize("path", [path for path in SAMPLES if path not in NO_CREDENTIALS])
def test_every_sample_reads(path: str) -> None:
    validated(given.payload(path), EuropeanDigitalCredential)


def test_nodes_come_one_by_one_or_in_lists() -> None:
    read = validated(given.document(), EuropeanDigitalCredential)

    assert isinstance(read.issuer, Agent)
    assert isinstance(read.credential_subject, Agent)


def test_what_no_class_names_passes() -> None:
    validated(given.document(achievement={"id": 5}, proof=[None]), EuropeanDigitalCredential)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/validFrom", 5),
        ("/id", ["urn:x"]),
        ("/displayParameter/title", 7),
        ("/displayParameter/title/fr", {"a": "b"}),
        ("/credentialSubject/hasClaim/0", 3),
        ("/issuer", {"legalName": True}),
    ],
)
def test_another_kind_of_value_is_said_with_its_place(pointer: str, value: object) -> None:
    with pytest.raises(Malformed) as refused:
        validated(given.changed(pointer, value), EuropeanDigitalCredential)

    assert refused.value.pointer


def test_a_claim_of_whatever_kind_is_a_claim() -> None:
    assert validated(given.claim(), Claim).title == {"fr": "Nœuds", "en": "Knots"}
