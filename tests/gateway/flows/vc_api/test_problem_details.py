"""The table of checks and what each finding is called."""

import pytest

from gateway.flows.vc_api.problem_details import TITLES, TYPES, W3c
from gateway.trust.checks import CHECKS
from gateway.trust.presented import CHECKS as OF_PRESENTATIONS
from gateway.trust.report import Outcome

EXPECTED = {
    ("shape", Outcome.FAILED): "MALFORMED_VALUE_ERROR",
    ("proof", Outcome.FAILED): "CRYPTOGRAPHIC_SECURITY_ERROR",
    ("issuer", Outcome.UNKNOWN): "CRYPTOGRAPHIC_SECURITY_ERROR",
    ("context", Outcome.FAILED): "PROOF_TRANSFORMATION_ERROR",
    ("status", Outcome.FAILED): "STATUS_VERIFICATION_ERROR",
    ("status", Outcome.UNKNOWN): "STATUS_RETRIEVAL_ERROR",
    ("validity-period", Outcome.FAILED): "RANGE_ERROR",
    ("claims", Outcome.FAILED): "MALFORMED_VALUE_ERROR",
    ("references", Outcome.UNKNOWN): "PARSING_ERROR",
}


def test_every_check_has_a_type_for_whatever_it_finds() -> None:
    found = {name: set(types) for name, types in TYPES.items()}

    assert set(found) == {name for name, _ in CHECKS} | {"references", *OF_PRESENTATIONS}
    assert all(types == {Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED} for types in found.values())


@pytest.mark.parametrize(("check", "outcome"), EXPECTED)
def test_finding_has_the_name_of_the_specification(check: str, outcome: Outcome) -> None:
    assert TYPES[check][outcome].rpartition("#")[2] == EXPECTED[check, outcome]


def test_every_type_has_a_title_and_the_address_of_its_specification() -> None:
    assert set(TITLES) == set(W3c)
    assert all(kind.startswith(("https://www.w3.org/", "https://w3id.org/security#")) for kind in W3c)
