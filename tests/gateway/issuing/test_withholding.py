"""What a holder may withhold: the tables, and what they come to in the claims of one credential."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.issuing.withholding import KINDS, LEARNING_CREDENTIAL, OPEN_BADGE, Kind, Selective, withheld
from gateway.proofs.sd_jwt_vc import ALWAYS_SHOWN

RECEIPT = "https://badges.example.org/p/default/receipts/1"
BADGE: dict[str, Any] = {
    "issuer": {"id": "https://badges.example.org/p/default"},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "identifier": [{"identityHash": "learner@example.org"}],
        "achievement": {"id": "https://issuer.example/a", "name": "Knots"},
        "source": {"id": "https://issuer.example"},
        "result": [{"value": "A"}],
    },
    "evidence": [{"id": RECEIPT}, {"id": "https://issuer.example/e"}, {"name": "A knot"}],
}


def test_who_somebody_is_and_how_well_they_did_may_be_withheld_each_by_itself() -> None:
    found = set(withheld(OPEN_BADGE, BADGE, RECEIPT))

    assert found == {
        ("credentialSubject", "id"),
        ("credentialSubject", "identifier"),
        ("credentialSubject", "result"),
        ("evidence", "1"),
        ("evidence", "2"),
    }


def test_a_member_of_the_subject_that_no_row_names_may_be_withheld() -> None:
    subject = {**BADGE["credentialSubject"], "shoeSize": 44}

    found = withheld(OPEN_BADGE, {**BADGE, "credentialSubject": subject}, RECEIPT)

    assert ("credentialSubject", "shoeSize") in found


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.page)
def test_no_table_lets_a_registered_claim_be_withheld(kind: Kind) -> None:
    selective = {row.path[0] for row in kind.claims if row.sd is not Selective.NEVER}

    assert not selective.intersection(ALWAYS_SHOWN)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.page)
def test_no_claim_lies_inside_one_that_may_be_withheld_and_each_has_one_row(kind: Kind) -> None:
    paths = [row.path for row in kind.claims]
    selective = [row.path for row in kind.claims if row.sd is not Selective.NEVER]

    assert len(set(paths)) == len(paths)
    assert not [path for path in paths for outer in selective if path != outer and path[: len(outer)] == outer]


def test_names_of_people_may_be_withheld_in_a_learning_credential() -> None:
    claims = {"family_name": "Example", "achievement_title": "Knots", "assessment_grade": "A"}

    assert set(withheld(LEARNING_CREDENTIAL, claims, RECEIPT)) == {("family_name",), ("assessment_grade",)}
