"""Whatever a stranger sends in the form of a credential is judged, and soon."""

import time
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from adapters.elm_3.findings import MOST, broken_rules
from adapters.elm_3.recognition import recognition, version
from adapters.hub.opened import Opened
from tests.adapters import strategies
from tests.adapters.elm_3 import given


def nested(member: str, depth: int) -> dict[str, Any]:
    claim = given.claim(id="urn:epass:learningAchievement:0")
    for number in range(depth):
        claim = given.claim(id=f"urn:epass:learningAchievement:{number + 2}", **{member: [claim]})
    return given.claiming(claim)


DOCUMENTS = [
    given.document(),
    given.claiming(given.claim(specifiedBy=given.qualification())),
    given.document(
        evidence=[{"id": "urn:e:1", "type": "Evidence"}],
        credentialStatus={"id": "urn:s:1", "type": "CredentialStatus"},
        validUntil="2027-01-01T00:00:00Z",
    ),
    {"credential": given.document(), "deliveryDetails": {"deliveryAddress": ["learner@example.org"]}, "@graph": []},
]


@settings(max_examples=150, deadline=None)
@for_all(document=strategies.broken(DOCUMENTS))
def test_broken_documents_are_judged(document: dict[str, Any]) -> None:
    for sealed in (True, False):
        found = broken_rules(document, sealed=sealed)

        assert all(finding.reason for finding in found)
        assert all(finding.fix for finding in found)
    assert version(document) in ("3.1", "3.2")


@settings(max_examples=60, deadline=None)
@for_all(document=strategies.broken(DOCUMENTS))
def test_broken_documents_are_recognised_or_not(document: dict[str, Any]) -> None:
    opened = given.opened(given.document())

    recognition(Opened(opened.received, opened.carrier, opened.payload, document))


@pytest.mark.parametrize(
    "odd", [None, True, 5, 1.5, "", "x", [], [[]], [None], {}, {"": None}, [{"id": {}}], {"id": []}]
)
@pytest.mark.parametrize("member", sorted(given.document()))
def test_any_value_may_stand_anywhere(member: str, odd: object) -> None:
    assert broken_rules(given.document() | {member: odd})


@pytest.mark.parametrize("depth", [60, 2_000])
def test_what_is_nested_too_deeply_is_not_followed(depth: int) -> None:
    found = broken_rules(nested("hasPart", depth))

    assert [finding.reason for finding in found] == ["is nested deeper than 100 levels"]


def test_deep_values_that_no_context_knows_are_not_compared() -> None:
    odd: Any = "x"
    for _ in range(5_000):
        odd = [odd]

    assert broken_rules(given.document(issuer=given.organisation(1, odd=odd)))


def test_more_than_fifty_thousand_nodes_are_too_many() -> None:
    notes = [{"id": f"urn:n:{number}", "type": "Note", "noteLiteral": {"en": "x"}} for number in range(51_000)]
    started = time.process_time()

    found = broken_rules(given.claiming(given.claim(additionalNote=notes)))

    assert "more than 50000 nodes" in found[-1].reason
    assert time.process_time() - started < 5


def test_many_faults_are_listed_up_to_a_limit() -> None:
    unknown = {f"misspelt{number}": number for number in range(5_000)}

    assert len(broken_rules(given.document(**unknown))) == MOST


def test_one_id_ten_thousand_times_is_one_fault() -> None:
    notes = [{"id": "urn:n:1", "type": "Note", "noteLiteral": {"en": "x"}, "subject": f"{n}"} for n in range(10_000)]

    found = [
        finding for finding in broken_rules(given.document(attachment=[], holder=notes)) if "used" in finding.reason
    ]

    assert len(found) <= 1
