"""The official vectors of ecdsa-sd-2023, and a context that gives their terms the IRIs that stand in them."""

import json
from pathlib import Path
from typing import Any  # Any: members of JSON documents

from gateway.proofs.contexts import NEWEST, ContextBody, ContextChoice
from tests.corpora import corpus

CITIZENSHIP = "https://w3id.org/citizenship/v4rc1"
_VOCABULARY = "https://w3id.org/citizenship#"
_SCHEMA = "https://schema.org/"
_DATE = "http://www.w3.org/2001/XMLSchema#dateTime"

_TERMS: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    **{
        name: f"{_VOCABULARY}{name}"
        for name in (
            "EmployablePerson",
            "EmploymentAuthorizationDocument",
            "EmploymentAuthorizationDocumentCredential",
            "PermanentResident",
            "PermanentResidentCard",
            "PermanentResidentCardCredential",
            "birthCountry",
            "commuterClassification",
            "employmentAuthorizationDocument",
            "lprCategory",
            "lprNumber",
            "permanentResidentCard",
        )
    },
    **{
        name: f"{_SCHEMA}{name}"
        for name in ("Person", "additionalName", "familyName", "gender", "givenName", "identifier")
    },
    "birthDate": {"@id": f"{_SCHEMA}birthDate", "@type": _DATE},
    "image": {"@id": f"{_SCHEMA}image", "@type": "@id"},
    "residentSince": {"@id": f"{_VOCABULARY}residentSince", "@type": _DATE},
}

CONTEXTS = ContextChoice({**NEWEST.bodies, CITIZENSHIP: ContextBody("citizenship", "0" * 64, {"@context": _TERMS})})
"""The pinned contexts and that one; its published body is not among the corpora."""

NAMES = ("prc", "employ")


def folder(name: str = "") -> Path:
    """One vector, or what all share."""
    return corpus("sec/vc-di-ecdsa/TestVectors/ecdsa-sd-2023") / name


def step(name: str, file: str) -> Any:
    """One step of one vector."""
    return json.loads((folder(name) / f"{file}.json").read_text())


def issuer_key() -> str:
    """The issuer's public key, as Multikey."""
    key: str = step("", "SDKeyMaterial")["baseKeyPair"]["publicKeyMultibase"]
    return key


def unsecured(document: dict[str, Any]) -> dict[str, Any]:
    """A document without its proof."""
    return {name: value for name, value in document.items() if name != "proof"}
