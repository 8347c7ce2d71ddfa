"""A corrected copy of an Assertion keeps the rules, says what was changed, and changes nothing that was right."""

from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from adapters.open_badges_2.repair import repair
from tests.adapters.open_badges_2 import badges

WHOLE: dict[str, Any] = {
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
    "the older name of verification": (changed(verification=None, verify={"type": "HostedBadge"}), "/verification"),
    "a word for a class": (changed(verification={"type": "Hosted"}), "/verification/type"),
    "a class in capital letters": (changed(verification={"type": "HOSTEDBADGE"}), "/verification/type"),
    "a kind of identity with a capital letter": (
        changed(recipient={"type": "Email", "hashed": False, "identity": "learner@example.org"}),
        "/recipient/type",
    ),
    "null for a flag": (
        changed(recipient={"type": "email", "hashed": None, "identity": "learner@example.org"}),
        "/recipient/hashed",
    ),
    "a member in small letters": (changed(issuedOn=None, issuedon="2024-01-31T00:00:00Z"), "/issuedOn"),
    "a time in a list": (changed(issuedOn=["2024-01-31"]), "/issuedOn"),
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
        changed(badge={**{k: v for k, v in WHOLE["badge"].items() if k != "name"}, "schema:name": "Knots"}),
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


@pytest.mark.parametrize("word", ["hosted", "HostedBadge"])
def test_both_names_of_a_verification_are_right(word: str) -> None:
    assert not repair(badges.opened(changed(verification={"type": word}))).corrections


def test_the_last_day_is_valid_to_its_end() -> None:
    repaired = repair(badges.opened(changed(expires="2028-01-31")))

    assert repaired.document["expires"] == "2028-01-31T23:59:59Z"
    assert "its end" in repaired.corrections[0].reason


@pytest.mark.parametrize("number", [20260314, "20260314", 0, True])
def test_a_number_that_is_no_time_for_sure_is_no_time(number: object) -> None:
    repaired = repair(badges.opened(changed(issuedOn=number)))

    assert str(repaired.document["issuedOn"]) == str(number)
    assert [lack.pointer for lack in repaired.lacking] == ["/issuedOn"]


def test_an_alignment_of_open_badges_1_gets_its_names() -> None:
    older = {"name": "Knots", "url": "https://framework.example/k", "description": "Ties."}

    repaired = repair(badges.opened(changed(badge={**WHOLE["badge"], "alignment": [older]})))

    assert repaired.document["badge"]["alignment"] == [
        {"targetName": "Knots", "targetUrl": "https://framework.example/k", "targetDescription": "Ties."}
    ]
    assert not repaired.lacking


def test_an_endorsement_is_somebody_elses_and_stays_as_it_is() -> None:
    endorsement = {"@id": "https://other.example/e", "claim": {"id": WHOLE["id"]}}

    assert repair(badges.opened(changed(endorsement=endorsement))).document["endorsement"] == endorsement


def test_a_hash_that_is_said_to_be_plain_is_called_a_hash() -> None:
    identity = f"sha256${'ab' * 32}"

    repaired = repair(badges.opened(changed(recipient={"type": "email", "hashed": False, "identity": identity})))

    assert repaired.document["recipient"]["hashed"] is True


@pytest.mark.parametrize("member", ["recipient", "issuedOn", "id"])
def test_what_only_the_issuer_knows_is_lacking_and_an_example_is_given(member: str) -> None:
    repaired = repair(badges.opened(changed(**{member: None})))

    assert member not in repaired.document
    assert any(member in lack.pointer + lack.reason and lack.example for lack in repaired.lacking)


@pytest.mark.parametrize(
    ("member", "shown"),
    [("id", '"https://issuer.example/issuer.json"'), ("name", '"Issuer"'), ("url", '"https://issuer.example"')],
)
def test_the_example_is_of_the_thing_that_lacks_it(member: str, shown: str) -> None:
    badge = WHOLE["badge"]
    issuer = {name: value for name, value in badge["issuer"].items() if name != member}

    repaired = repair(badges.opened(changed(badge={**badge, "issuer": issuer})))

    [lack] = repaired.lacking
    assert (lack.pointer, lack.example) == (f"/badge/issuer/{member}", shown)
    assert shown in lack.fix


def test_what_stands_at_other_addresses_is_neither_fetched_nor_judged() -> None:
    url = "https://school.example.org/badges/1.json"

    repaired = repair(badges.opened(changed(badge=url, issuedOn=None)))

    assert repaired.document == changed(badge=url, issuedOn=None)
    assert [lack.pointer for lack in repaired.lacking] == ["/issuedOn"]
    assert repaired.unjudged == (url,)


def test_an_issuer_at_another_address_is_not_judged() -> None:
    badge: dict[str, Any] = {**WHOLE["badge"], "issuer": "https://school.example.org/issuer.json"}

    repaired = repair(badges.opened(changed(badge=badge)))

    assert (repaired.lacking, repaired.unjudged) == ((), ("https://school.example.org/issuer.json",))


def test_the_assertion_in_a_token_is_corrected_and_not_said_to_be_hosted() -> None:
    repaired = repair(badges.signed())

    assert repaired.document["verification"]["type"] == "SignedBadge"
    assert not repaired.lacking


MEMBERS = st.sampled_from(["@context", "@id", "id", "type", "identity", "hashed", "verify", "issuer", "schema:name"])
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8).filter(
    lambda text: text not in {"_sd", "_sd_alg", "..."}  # such JSON is no badge that can be opened
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS | TEXT, inner, max_size=4),
    max_leaves=12,
)


@generated(st.dictionaries(st.sampled_from(sorted(WHOLE)), JSON, max_size=6))
def test_no_document_is_too_odd_to_be_looked_at_or_to_be_corrected_at_once(changes: dict[str, Any]) -> None:
    repaired = repair(badges.opened(WHOLE | changes))

    again = repair(badges.opened(repaired.document))
    assert not again.corrections
    assert again.lacking == repaired.lacking


def test_alignments_are_called_alignment() -> None:
    nodes = [{"targetName": "Knots", "targetUrl": "https://framework.example/k"}]

    repaired = repair(badges.opened(changed(badge={**WHOLE["badge"], "alignments": nodes})))

    assert repaired.document["badge"]["alignment"] == nodes
    assert [correction.pointer for correction in repaired.corrections] == ["/badge/alignment"]
    assert not repaired.lacking
