"""Credentials to judge: a small one that breaks no rule, changed as a test needs it, bare or sealed."""

import copy
import json
from typing import Any

import msgspec

from adapters.elm_3.countries import country_concept
from adapters.elm_3.languages import language_concept
from adapters.elm_3.vocabulary import Vocabulary, concept
from adapters.hub.opened import Opened, open_bytes
from tests.corpora import corpus

V1 = "https://www.w3.org/2018/credentials/v1"
EDC = "http://data.europa.eu/snb/model/context/edc-ap"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def document(**changes: object) -> dict[str, Any]:
    """A sealed credential's payload; None removes a member."""
    whole = {
        "@context": [V1, EDC],
        "id": "urn:credential:7f0e2f8e-6f5b-4f0e-9d0f-4d2f9d8f7a10",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSchema": [
            {"id": "http://data.europa.eu/snb/model/ap/edc-generic-full", "type": "ShaclValidator2017"}
        ],
        "credentialProfiles": [concept(Vocabulary.CREDENTIAL, "e34929035b")],
        "displayParameter": display(),
        "issuer": organisation(1),
        "issuanceDate": "2026-01-15T09:00:00Z",
        "issued": "2026-01-15T09:00:00Z",
        "validFrom": "2026-01-15T09:00:00Z",
        "credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "hasClaim": [claim()]},
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def display() -> dict[str, Any]:
    image = {
        "id": "urn:epass:mediaObject:1",
        "type": "MediaObject",
        "content": PNG,
        "contentEncoding": concept(Vocabulary.ENCODING, "6146cde7dd"),
        "contentType": concept(Vocabulary.FILE_TYPE, "PNG"),
    }
    page = {"id": "urn:epass:displayDetail:1", "type": "DisplayDetail", "page": 1, "image": image}
    individual = {
        "id": "urn:epass:individualDisplay:1",
        "type": "IndividualDisplay",
        "language": language_concept("fr"),
        "displayDetail": [page],
    }
    return {
        "id": "urn:epass:displayParameter:1",
        "type": "DisplayParameter",
        "title": {"fr": "Nœuds"},
        "language": [language_concept("fr")],
        "primaryLanguage": language_concept("fr"),
        "individualDisplay": [individual],
    }


def organisation(number: int, **changes: object) -> dict[str, Any]:
    """Node ids bear the number, so that two of them are two things."""
    address = {"id": f"urn:epass:address:{number}", "type": "Address", "countryCode": country_concept("FR")}
    whole = {
        "id": f"urn:epass:organisation:{number}",
        "type": "Organisation",
        "legalName": {"fr": "École des nœuds"},
        "location": [{"id": f"urn:epass:location:{number}", "type": "Location", "address": [address]}],
        "eIDASIdentifier": {
            "id": f"urn:epass:legalIdentifier:{number}",
            "type": "LegalIdentifier",
            "notation": "NTRFR-123456789",
            "spatial": country_concept("FR"),
        },
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def claim(**changes: object) -> dict[str, Any]:
    awarded = {
        "id": "urn:epass:awardingProcess:1",
        "type": "AwardingProcess",
        "awardingBody": [organisation(2, eIDASIdentifier=None)],
        "awardingDate": "2026-01-10T00:00:00+01:00",
    }
    whole = {
        "id": "urn:epass:learningAchievement:1",
        "type": "LearningAchievement",
        "title": {"fr": "Nœuds", "en": "Knots"},
        "awardedBy": awarded,
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def qualification(**changes: object) -> dict[str, Any]:
    whole = {
        "id": "urn:epass:qualification:1",
        "type": "Qualification",
        "title": {"fr": "Nœuds"},
        "eqfLevel": concept(Vocabulary.EQF, "3"),
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def claiming(*claims: dict[str, Any]) -> dict[str, Any]:
    """A credential whose subject has these claims."""
    return document(credentialSubject={"id": "urn:epass:person:1", "type": "Person", "hasClaim": [*claims]})


def changed(pointer: str, value: object, whole: dict[str, Any] | None = None) -> dict[str, Any]:
    """The credential with another value at a pointer; None removes what is there."""
    made: dict[str, Any] = copy.deepcopy(document() if whole is None else whole)
    *way, last = (int(step) if step.isdigit() else step for step in pointer.split("/")[1:])
    held: Any = made
    for step in way:
        held = held[step]
    if value is None:
        del held[last]
    else:
        held[last] = value
    return made


def opened(document: dict[str, Any]) -> Opened:
    found = open_bytes(msgspec.json.encode(document))
    assert isinstance(found, Opened)
    return found


def payload(path: str) -> dict[str, Any]:
    """A credential of the corpora, out of its seal or its upload form."""
    held: dict[str, Any] = json.loads((corpus("elm") / path).read_bytes())
    if isinstance(held.get("payload"), str):
        held = json.loads(held["payload"])
    inside = held.get("credential")
    return inside if isinstance(inside, dict) else held
