"""What is nobody's business is read of nobody: not of the learner, and not of whoever else is named."""

import copy
from typing import Any

import msgspec
import pytest

from adapters.elm_3 import Elm3
from adapters.hub.contract import Reading
from adapters.hub.losses import PERSONAL
from adapters.hub.opened import Opened, open_bytes
from tests.simulators.sealer import concept, credential, organisation

BORN, NUMBER, STREET = "1987-06-05T00:00:00Z", "1870675111222", "1 Sample Street"
KINDS = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentifierTypeEnum"
CLAIM = "/credentialSubject/hasClaim/0"


def legal(number: int) -> dict[str, Any]:
    country = concept("country", "FRA")
    return {"id": f"urn:x:legal:{number}", "type": "LegalIdentifier", "notation": NUMBER, "spatial": country}


def address(number: int) -> dict[str, Any]:
    note = {"id": f"urn:x:note:{number}", "type": "Note", "noteLiteral": {"en": STREET}}
    country = concept("country", "FRA")
    return {"id": f"urn:x:address:{number}", "type": "Address", "countryCode": country, "fullAddress": note}


def person(number: int, **changes: Any) -> dict[str, Any]:
    claim = copy.deepcopy(credential()["credentialSubject"]["hasClaim"][0])
    return {
        "id": f"urn:x:person:{number}",
        "type": "Person",
        "fullName": {"en": "Sample Person"},
        "dateOfBirth": BORN,
        "nationalID": legal(number),
        "hasClaim": [{**claim, "id": f"urn:x:claim:{number}"}],
        **changes,
    }


def process(number: int) -> dict[str, Any]:
    body = organisation("School of Knots", "urn:epass:org:2")
    return {"id": f"urn:x:process:{number}", "type": "AwardingProcess", "awardingBody": [body]}


def given(at: str, changes: dict[str, Any]) -> dict[str, Any]:
    document = copy.deepcopy(credential())
    part: Any = document
    for step in at.strip("/").split("/"):
        part = part[int(step)] if isinstance(part, list) else part[step]
    part |= changes
    return document


def read(document: dict[str, Any]) -> Reading:
    opened = open_bytes(msgspec.json.encode(document))
    assert isinstance(opened, Opened)
    return Elm3().read(opened, {})


ASSESSMENT = {"id": "urn:x:as:1", "type": "LearningAssessment", "title": {"en": "Exam"}, "awardedBy": process(8)}
ACTIVITY = {"id": "urn:x:la:1", "type": "LearningActivity", "title": {"en": "Course"}, "awardedBy": process(9)}
OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "awards": (f"{CLAIM}/awardedBy", {"awardingBody": [person(1)]}),
    "assesses": (CLAIM, {"provenBy": [{**ASSESSMENT, "assessedBy": [person(2)]}]}),
    "directs": (CLAIM, {"influencedBy": [{**ACTIVITY, "directedBy": [person(3)]}]}),
    "is in a group": (
        "/credentialSubject",
        {"groupMemberOf": [{"id": "urn:x:group:1", "type": "Group", "prefLabel": {"en": "G"}, "member": [person(4)]}]},
    ),
}
LEARNER: dict[str, dict[str, Any]] = {
    "national id": {"nationalID": legal(1)},
    "national id again as identifier": {
        "nationalID": legal(1),
        "identifier": [{"id": "urn:x:identifier:1", "type": "Identifier", "notation": NUMBER}],
    },
    "legal identifier": {"identifier": [legal(1)]},
    "national number by its kind": {
        "identifier": [
            {
                "id": "urn:x:identifier:1",
                "type": "Identifier",
                "notation": NUMBER,
                "dcType": [
                    {
                        "id": "urn:x:kind:1",
                        "type": "Concept",
                        "inScheme": {"id": KINDS, "type": "ConceptScheme"},
                        "notation": "nationalIdentityNumber",
                    }
                ],
            }
        ]
    },
    "national number by the name of its scheme": {
        "identifier": [
            {
                "id": "urn:x:identifier:1",
                "type": "Identifier",
                "notation": NUMBER,
                "schemeName": "Identifiant National",
            }
        ]
    },
    "birth": {"dateOfBirth": BORN},
    "home": {"location": [{"id": "urn:x:place:1", "type": "Location", "address": [address(1)]}]},
    "postal address": {"contactPoint": [{"id": "urn:x:contact:1", "type": "ContactPoint", "address": [address(1)]}]},
}


@pytest.mark.parametrize("who", OTHERS)
def test_it_is_left_behind_of_whoever_else_is_named(who: str) -> None:
    reading = read(given(*OTHERS[who]))

    held = msgspec.json.encode(reading.credentials).decode()
    assert [secret for secret in (BORN[:10], NUMBER) if secret in held] == []
    assert any(loss.note == PERSONAL for loss in reading.losses.losses)


@pytest.mark.parametrize("what", LEARNER)
def test_it_is_left_behind_of_the_learner(what: str) -> None:
    reading = read(given("/credentialSubject", LEARNER[what]))

    held = msgspec.json.encode(reading.credentials).decode()
    assert [secret for secret in (BORN[:10], NUMBER, STREET) if secret in held] == []
    assert any(loss.note == PERSONAL for loss in reading.losses.losses)


def test_other_identifiers_of_a_learner_stay_in_their_places() -> None:
    own = {"id": "urn:x:identifier:2", "type": "Identifier", "notation": "A-17", "schemeName": "International number"}

    reading = read(given("/credentialSubject", {"identifier": [legal(1), own]}))

    [recipient] = {credential.recipient for credential in reading.credentials}
    assert "A-17" in {identity.value for identity in recipient.identities}
    assert "/credentialSubject/identifier/1/notation" in reading.origins.values()


def test_an_organisation_has_a_place_and_numbers() -> None:
    reading = read(credential())

    assert not any(loss.note == PERSONAL for loss in reading.losses.losses)
    assert reading.credentials[0].issuer.address is not None
