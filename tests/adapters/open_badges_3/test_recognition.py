"""Which documents are Open Badges 3.0, at first sight."""

from typing import Any

import pytest

from adapters.hub.contract import Confidence
from adapters.open_badges_3 import OpenBadges3
from tests.adapters.open_badges_3 import given


def test_context_and_type_make_it_certain() -> None:
    recognition = OpenBadges3().recognises(given.opened(given.document()))

    assert recognition.confidence is Confidence.CERTAIN
    assert recognition.version == "3.0"
    assert recognition.evidence == (f"context {given.OB}", "type OpenBadgeCredential")


@pytest.mark.parametrize(
    "changes",
    [{"@context": [given.V2]}, {"type": ["VerifiableCredential"]}, {"type": None}],
    ids=["type alone", "context alone", "no type"],
)
def test_one_of_the_two_makes_it_likely(changes: dict[str, Any]) -> None:
    recognition = OpenBadges3().recognises(given.opened(given.document(**changes)))

    assert recognition.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    "changes",
    [
        {"type": ["VerifiableCredential", "ClrCredential"]},
        {"type": ["VerifiableCredential", "EndorsementCredential"]},
        {"@context": [given.V2], "type": ["VerifiableCredential"]},
        {"credentialSubject": None},
    ],
    ids=["CLR", "endorsement", "plain credential", "no subject"],
)
def test_other_documents_are_not_ours(changes: dict[str, Any]) -> None:
    recognition = OpenBadges3().recognises(given.opened(given.document(**changes)))

    assert recognition.confidence is Confidence.NONE


def test_first_context_says_which_data_model() -> None:
    recognition = OpenBadges3().recognises(given.opened(given.older()))

    assert recognition.version == "3.0 (VCDM 1.1)"


def test_credential_in_a_vc_claim_is_recognised() -> None:
    recognition = OpenBadges3().recognises(given.in_token({"vc": given.older(), "iss": "https://issuer.example.org"}))

    assert recognition.confidence is Confidence.CERTAIN
    assert recognition.version == "3.0 (VCDM 1.1)"
    assert "a token with a vc claim" in recognition.evidence


@pytest.mark.parametrize("claim", [1, "text", [], None, {"type": 5, "@context": {}}, {"type": [[]]}])
def test_nonsense_in_a_vc_claim_is_no_badge_and_no_crash(claim: object) -> None:
    recognition = OpenBadges3().recognises(given.in_token({"vc": claim}))

    assert recognition.confidence is Confidence.NONE
