"""Which documents are European Digital Credentials, and of which version, at first sight."""

from typing import Any

import pytest

from adapters.elm_3.recognition import recognition
from adapters.hub.contract import Confidence, Format
from adapters.hub.opened import Opened, open_bytes
from tests.adapters.elm_3 import given
from tests.corpora import corpus


def test_context_and_type_make_it_certain() -> None:
    found = recognition(given.opened(given.document()))

    assert found.format is Format.ELM_3
    assert found.confidence is Confidence.CERTAIN
    assert found.version == "3.1"
    assert found.evidence == (f"context {given.EDC}", "type EuropeanDigitalCredential")
    assert found.securing == "unsecured"


@pytest.mark.parametrize(
    "changes",
    [{"@context": [given.V1]}, {"@context": None}, {"type": ["VerifiableCredential"]}, {"type": None}],
    ids=["type alone", "no context", "context alone", "no type"],
)
def test_one_of_the_two_makes_it_likely(changes: dict[str, Any]) -> None:
    assert recognition(given.opened(given.document(**changes))).confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    "context", ["https://data.europa.eu/snb/model/context/edc-ap", "http://dev.example/datamodel/edc-ap-context.jsonld"]
)
def test_the_context_is_recognised_under_other_addresses(context: str) -> None:
    found = recognition(given.opened(given.document(**{"@context": [given.V1, context]})))

    assert found.confidence is Confidence.CERTAIN


@pytest.mark.parametrize(
    "changes",
    [
        {"type": ["VerifiableCredential", "OpenBadgeCredential"]},
        {"type": ["VerifiableCredential", "EuropeanDigitalCredential", "AchievementCredential"]},
        {"type": ["VerifiablePresentation", "EuropeanDigitalPresentation"]},
        {"@context": [given.V1], "type": ["VerifiableCredential"]},
        {"type": None, "credentialSubject": None},
    ],
    ids=["badge", "both", "presentation", "plain credential", "no subject"],
)
def test_other_documents_are_not_ours(changes: dict[str, Any]) -> None:
    assert recognition(given.opened(given.document(**changes))).confidence is Confidence.NONE


@pytest.mark.parametrize(
    ("member", "value", "version"),
    [
        ("credentialStatus", {"id": "urn:s:1", "type": ["CredentialStatus", "BitstringStatusListEntry"]}, "3.2"),
        ("termsOfUse", [{"id": "urn:t:1", "type": "TermsOfUse"}], "3.2"),
        ("termsOfUse", {"id": "urn:t:1", "type": "IssuerPolicy"}, "3.1"),
        ("credentialStatus", 5, "3.1"),
    ],
)
def test_what_only_3_2_defines_makes_it_3_2(member: str, value: object, version: str) -> None:
    assert recognition(given.opened(given.document(**{member: value}))).version == version


def test_a_sealed_sample_says_how_it_was_secured() -> None:
    sealed = open_bytes((corpus("elm") / "samples/eu-2025/AA-Annex1-MC-signed.jsonld").read_bytes())
    assert isinstance(sealed, Opened)

    found = recognition(sealed)

    assert found.confidence is Confidence.CERTAIN
    assert found.securing == "jades"
    assert found.evidence[-1] == "sealed with JAdES"
