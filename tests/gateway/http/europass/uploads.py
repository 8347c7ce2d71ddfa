"""What a platform's software uploads: the least that an ELM credential needs, as the platform writes it."""

from typing import Any  # Any: members of JSON documents

import msgspec

from tests.gateway.http.conftest import Client

SEAL = "/europass/api/v1/public/credentials/seal"
SEND = "/europass/api/v1/public/credentials/seal_and_send"
BATCH = "/europass/api/v1/public/credentials/seal_batch"
WALLETS = "/europass/api/v1/wallets"
VERIFY = "/europass/api/v1/credentials/verification"
DETAILS = "/europass/api/v1/credentials/details"
CONVERT = "/europass/api/v1/credentials/convert"
LEARNER = "learner@example.org"
ID = "urn:credential:0b5e8cf6-3f1c-4b9e-8a55-7f1f7f3f0a01"
SNB = "http://data.europa.eu/snb"
AUTHORITY = "http://publications.europa.eu/resource/authority"


def concept(scheme: str, code: str, stem: str = "") -> dict[str, Any]:
    """A concept as uploads hold it."""
    in_scheme = {"id": scheme, "type": "ConceptScheme"}
    return {"id": f"{stem or scheme}/{code}", "type": "Concept", "inScheme": in_scheme}


ENGLISH = concept(f"{AUTHORITY}/language", "ENG")
FRANCE = concept(f"{AUTHORITY}/country", "FRA")


def credential(**changes: Any) -> dict[str, Any]:
    """An ELM credential without what sealing adds: context, issuer, dates of issue, a page."""
    address = {"id": "urn:epass:address:1", "type": "Address", "countryCode": FRANCE}
    body = {
        "id": "urn:epass:org:1",
        "type": "Organisation",
        "legalName": {"en": "Academy of Bicycles"},
        "location": [{"id": "urn:epass:location:1", "type": "Location", "address": [address]}],
    }
    claim = {
        "id": "urn:epass:learningAchievement:1",
        "type": "LearningAchievement",
        "title": {"en": "Bicycle repair"},
        "awardedBy": {"id": "urn:epass:awardingProcess:1", "type": "AwardingProcess", "awardingBody": [body]},
    }
    person = {"id": "urn:epass:person:1", "type": "Person", "fullName": {"en": "A Learner"}, "hasClaim": [claim]}
    document = {
        "id": ID,
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSchema": [{"id": f"{SNB}/model/ap/edc-generic-full", "type": "ShaclValidator2017"}],
        "credentialProfiles": [concept(f"{SNB}/credential/25831c2", "e34929035b", f"{SNB}/credential")],
        "credentialSubject": person,
        "displayParameter": {
            "id": "urn:epass:displayParameter:1",
            "type": "DisplayParameter",
            "title": {"en": "Bicycle repair"},
            "language": [ENGLISH],
            "primaryLanguage": ENGLISH,
        },
        "validFrom": "2025-06-01T00:00:00Z",
    }
    return {name: value for name, value in {**document, **changes}.items() if value is not None}


def upload(*addresses: str, **changes: Any) -> bytes:
    """The upload form of Europass."""
    return msgspec.json.encode(
        {"credential": credential(**changes), "deliveryDetails": {"deliveryAddress": list(addresses)}}
    )


def part(name: str, content: bytes, filename: str = "document.json") -> dict[str, tuple[str, bytes, str]]:
    """A part of a multipart form, for httpx."""
    return {name: (filename, content, "application/json")}


async def sealed(holder: Client, **changes: Any) -> bytes:
    """A sealed credential of the platform whose key the client shows."""
    answer = await holder.post(SEAL, files=part("_file", upload(**changes)))
    assert answer.status_code == 200, answer.text
    return answer.content


def payload(file: bytes) -> dict[str, Any]:
    """The credential in a sealed file."""
    return dict(msgspec.json.decode(msgspec.json.decode(file)["payload"]))
