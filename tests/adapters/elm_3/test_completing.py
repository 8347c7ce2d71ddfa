"""What sealing adds to a credential that a platform wrote: every change is reported, and nothing else is touched."""

import copy
import datetime as dt
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.elm_3.completing import completed
from adapters.hub.contract import Issuance, LegalIdentity
from adapters.hub.credential import Image, Profile
from adapters.hub.errors import NotWritable
from adapters.hub.losses import Change, pointers
from tests.gateway.http.europass.uploads import credential

LEGAL = LegalIdentity(legal_name="Academy", common_name="Academy Seal", country="FR", organisation_id="NTRFR-123456789")
FACTS = Issuance(
    id="urn:credential:1",
    issuer=Profile(id="did:web:issuer.example"),
    at=dt.datetime(2026, 1, 2, 13, 4, 5, 678, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    display=Image(id="data:image/png;base64,iVBORw0KGgo="),
    legal=LEGAL,
)


def test_the_loss_report_is_exactly_the_difference() -> None:
    uploaded = credential(
        issuer={"id": "urn:1", "legalName": {"en": "Other", "fr": "Autre"}}, issued="2020-01-01T00:00:00Z"
    )

    draft = completed(uploaded, FACTS)

    before, after = leaves(uploaded), leaves(draft.document)
    changed = {at for at in before.keys() & after.keys() if before[at] != after[at]}
    reported = {
        kind: {each.source or each.target for each in draft.losses.losses if each.change is kind} for kind in Change
    }
    assert reported[Change.APPROXIMATED] == changed
    assert reported[Change.DROPPED] == before.keys() - after.keys()
    assert reported[Change.SUPPLIED] == after.keys() - before.keys()


def test_times_are_those_of_sealing_in_utc() -> None:
    document = completed(credential(issued="2020-01-01T00:00:00Z", validFrom=None), FACTS).document

    assert {document[name] for name in ("issued", "issuanceDate", "validFrom")} == {"2026-01-02T12:04:05Z"}


def test_an_end_is_said_by_both_names() -> None:
    by_name = {name: completed(credential(**{name: END}), FACTS).document for name in ("validUntil", "expirationDate")}

    assert {(each["validUntil"], each["expirationDate"]) for each in by_name.values()} == {(END, END)}


def test_how_to_reach_the_issuer_stays_and_who_it_says_it_is_does_not() -> None:
    said = {"homepage": {"id": "urn:2", "type": "WebResource", "contentURL": "https://a.example"}, "vatIdentifier": "x"}

    issuer = completed(credential(issuer=said), FACTS).document["issuer"]

    assert issuer["homepage"] == said["homepage"]
    assert "vatIdentifier" not in issuer
    assert (issuer["id"], issuer["altLabel"]) == ("did:web:issuer.example", {"en": "Academy Seal"})


def test_a_page_that_is_there_stays_and_the_upload_is_not_changed() -> None:
    shown = {**credential()["displayParameter"], "individualDisplay": {"displayDetail": [{"page": 1}]}}
    uploaded = credential(displayParameter=shown)
    before = copy.deepcopy(uploaded)

    document = completed(uploaded, FACTS).document

    assert document["displayParameter"] == shown
    assert uploaded == before


def test_a_credential_that_shows_nothing_at_all_gets_a_page_with_the_title_of_its_claim() -> None:
    shown = completed(credential(displayParameter=None), FACTS).document["displayParameter"]

    assert shown["title"] == {"en": "Bicycle repair"}
    assert shown["individualDisplay"][0]["displayDetail"][0]["image"]["content"] == "iVBORw0KGgo="


def test_no_two_nodes_that_are_added_share_an_id() -> None:
    document = completed(credential(), FACTS).document

    ids = [value for at, value in leaves(document).items() if at.endswith("/id") and str(value).startswith("urn:uuid:")]
    assert len(ids) == len(set(ids)) > 5


@pytest.mark.parametrize(
    ("uploaded", "facts"),
    [
        (credential(), Issuance(id="urn:1", issuer=Profile(), at=FACTS.at, display=FACTS.display)),
        (credential(), Issuance(id="urn:1", issuer=Profile(), at=FACTS.at, legal=LEGAL)),
        (credential(displayParameter=[1]), FACTS),
    ],
)
def test_what_cannot_be_completed_is_refused(uploaded: dict[str, Any], facts: Issuance) -> None:
    with pytest.raises(NotWritable):
        completed(uploaded, facts)


def leaves(document: Any) -> dict[str, Any]:
    """Every leaf by its pointer."""
    return {at: _at(document, at) for at in pointers(document)}


def _at(document: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document


END = "2027-01-01T00:00:00Z"
