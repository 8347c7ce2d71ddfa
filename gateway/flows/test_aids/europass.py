"""What the European Digital Credential of a fixture says: ELM 3, the generic profile."""

import base64
from typing import Any  # Any: members of JSON documents
from uuid import NAMESPACE_URL, uuid5

from gateway.flows.test_aids.catalogue import LEARNER, Flaw
from gateway.issuing.picture import achievement_picture
from gateway.records.test_issuers import NUMBER, Site

_SNB = "http://data.europa.eu/snb/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"

Document = dict[str, Any]


def credential(site: Site, flaw: Flaw, title: str, issuer: str, issued: str, begins: str, ends: str) -> Document:
    """The unsealed credential.

    Args:
        title: Of what was achieved.
        issuer: Legal name of whoever seals it.
        issued: When, in RFC 3339, as are ``begins`` and ``ends``.
    """
    language = _concept(f"{_AUTHORITY}language", "ENG")
    document: Document = {
        "@context": ["https://www.w3.org/2018/credentials/v1", f"{_SNB}model/context/edc-ap"],
        "id": f"urn:credential:{uuid5(NAMESPACE_URL, site('badge'))}",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSchema": [{"id": f"{_SNB}model/ap/edc-generic-full", "type": "ShaclValidator2017"}],
        "credentialProfiles": [_listed("credential", "e34929035b")],
        "displayParameter": _displayed(title, language),
        "issuer": _organisation(site, flaw, issuer),
        "issuanceDate": issued,
        "issued": issued,
        "validFrom": begins,
        "expirationDate": ends,
        "validUntil": ends,
        "credentialSubject": _learner(title, issuer),
    }
    if flaw is Flaw.MALFORMED:
        del document["displayParameter"]
    return document


def _organisation(site: Site, flaw: Flaw, name: str) -> Document:
    """Whoever seals it; its DID says so too, but for one whom nobody is to vouch for."""
    number = {
        "id": "urn:epass:legalIdentifier:1",
        "type": "LegalIdentifier",
        "notation": NUMBER,
        "spatial": _concept(f"{_AUTHORITY}country", "FRA"),
    }
    id_ = site("issuer") if flaw is Flaw.UNTRUSTED_CERTIFICATE else site.did
    return {"id": id_, **_school(name, "1"), "eIDASIdentifier": number}


def _school(name: str, number: str) -> Document:
    address = {
        "id": f"urn:epass:address:{number}",
        "type": "Address",
        "countryCode": _concept(f"{_AUTHORITY}country", "FRA"),
    }
    location = {"id": f"urn:epass:location:{number}", "type": "Location", "address": [address]}
    return {"type": "Organisation", "legalName": {"en": name}, "location": [location]}


def _learner(title: str, school: str) -> Document:
    mailbox = {"id": f"mailto:{LEARNER}", "type": "Mailbox"}
    contact = {"id": "urn:epass:contactPoint:1", "type": "ContactPoint", "emailAddress": [mailbox]}
    process = {
        "id": "urn:epass:awardingProcess:1",
        "type": "AwardingProcess",
        "awardingBody": [{"id": "urn:epass:org:2", **_school(school, "2")}],
    }
    claim = {
        "id": "urn:epass:learningAchievement:1",
        "type": "LearningAchievement",
        "title": {"en": title},
        "awardedBy": process,
    }
    return {
        "id": "urn:epass:person:1",
        "type": "Person",
        "fullName": {"en": "Test Learner"},
        "contactPoint": [contact],
        "hasClaim": [claim],
    }


def _displayed(title: str, language: Document) -> Document:
    picture = {
        "id": "urn:epass:mediaObject:1",
        "type": "MediaObject",
        "content": base64.b64encode(achievement_picture("", "Knots")).decode(),
        "contentEncoding": _listed("encoding", "6146cde7dd"),
        "contentType": _concept(f"{_AUTHORITY}file-type", "PNG"),
    }
    page = {"id": "urn:epass:displayDetail:1", "type": "DisplayDetail", "page": 1, "image": picture}
    display = {
        "id": "urn:epass:individualDisplay:1",
        "type": "IndividualDisplay",
        "language": language,
        "displayDetail": [page],
    }
    return {
        "id": "urn:epass:displayParameter:1",
        "type": "DisplayParameter",
        "title": {"en": title},
        "primaryLanguage": language,
        "language": [language],
        "individualDisplay": [display],
    }


def _concept(scheme: str, code: str) -> Document:
    """A concept of a list of the Publications Office."""
    return {"id": f"{scheme}/{code}", "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}


def _listed(name: str, code: str) -> Document:
    """A concept of a list of Europass."""
    scheme = {"id": f"{_SNB}{name}/25831c2", "type": "ConceptScheme"}
    return {"id": f"{_SNB}{name}/{code}", "type": "Concept", "inScheme": scheme}
