"""A corrected copy of an Assertion keeps the rules, says what was changed, and changes nothing that was right."""

from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from adapters.open_badges_2.repair import repair
from tests.adapters.open_badges_2 import badges

WHOLE = {
    "@context": "https://w3id.org/openbadges/v2",
    "id": "https://school.example.org/assertions/1.json",
    "type": "Assertion",
    "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
    "issuedOn": "2024-01-31T00:00:00Z",
    "verification": {"type": "HostedBadge"},
    "badge": {
        "id": "https://school.example.org/badges/1.json",
        "type": "BadgeClass",
        "name": "Knots",
        "description": "Ties ten knots.",
        "image": "https://school.example.org/badges/1.png",
        "criteria": {"narrative": "Tie ten knots."},
        "issuer": {
            "id": "https://school.example.org/issuer.json",
            "type": "Issuer",
            "name": "Example School",
            "url": "https://school.example.org",
            "email": "badges@school.example.org",
        },
    },
}


def changed(**changes: object) -> dict[str, Any]:
    return {name: value for name, value in {**WHOLE, **changes}.items() if value is not None}


MISSHAPEN: dict[str, tuple[dict[str, Any], str]] = {
    "no context": (changed(**{"@context": None}), "/@context"),
    "keywords for terms": (changed(id=None, **{"@id": WHOLE["id"]}), "/id"),
    "the older name of verification": (changed(verification=None, verify={"type": "hosted"}), "/verification"),
    "a word for a class": (changed(verification={"type": "hosted"}), "/verification/type"),
    "no verification at an address": (changed(verification=None), "/verification"),
    "no class": (changed(type=None), "/type"),
    "a day": (changed(issuedOn="2024-01-31"), "/issuedOn"),
    "a time without zone": (changed(issuedOn="2024-01-31T00:00:00"), "/issuedOn"),
    "seconds since 1970": (changed(issuedOn=1706659200), "/issuedOn"),
    "an identity of which nobody says whether it is hashed": (
        changed(recipient={"type": "email", "identity": "learner@example.org"}),
        "/recipient/hashed",
    ),
    "a term by its IRI": (
        changed(badge={**{k: v for k, v in WHOLE["badge"].items() if k != "name"}, "schema:name": "Knots"}),  # type: ignore[attr-defined]  # a dict
        "/badge/name",
    ),
}


@pytest.mark.parametrize("name", MISSHAPEN)
def test_what_is_misshapen_becomes_the_assertion_that_was_meant(name: str) -> None:
    document, place = MISSHAPEN[name]

    repaired = repair(badges.opened(document))

    assert repaired.document == WHOLE
    assert place in {correction.pointer for correction in repaired.corrections}
    assert not repaired.lacking


def test_an_assertion_that_keeps_the_rules_is_not_touched() -> None:
    repaired = repair(badges.opened(WHOLE))

    assert repaired.document == WHOLE
    assert not repaired.corrections


def test_a_hash_that_is_said_to_be_plain_is_called_a_hash() -> None:
    identity = f"sha256${'ab' * 32}"

    repaired = repair(badges.opened(changed(recipient={"type": "email", "hashed": False, "identity": identity})))

    assert repaired.document["recipient"]["hashed"] is True


@pytest.mark.parametrize("member", ["recipient", "issuedOn", "id"])
def test_what_only_the_issuer_knows_is_lacking_and_an_example_is_given(member: str) -> None:
    repaired = repair(badges.opened(changed(**{member: None})))

    assert member not in repaired.document
    assert any(member in lack.pointer + lack.reason and lack.example for lack in repaired.lacking)


def test_what_stands_at_other_addresses_is_neither_fetched_nor_judged() -> None:
    repaired = repair(badges.opened(changed(badge="https://school.example.org/badges/1.json", issuedOn="2024-01-31")))

    assert repaired.document == changed(badge="https://school.example.org/badges/1.json")
    assert not repaired.lacking


def test_the_assertion_in_a_token_is_corrected_and_not_said_to_be_hosted() -> None:
    repaired = repair(badges.signed())

    assert repaired.document["verification"]["type"] == "SignedBadge"


MEMBERS = st.sampled_from(["@context", "@id", "id", "type", "identity", "hashed", "verify", "issuer", "schema:name"])
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS | TEXT, inner, max_size=4),
    max_leaves=12,
)


@generated(st.dictionaries(st.sampled_from(sorted(WHOLE)), JSON, max_size=6))
def test_no_document_is_too_odd_to_be_looked_at(changes: dict[str, Any]) -> None:
    repaired = repair(badges.opened(WHOLE | changes))

    assert isinstance(repaired.document, dict)
