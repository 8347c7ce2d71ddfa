"""Which adapter reads a document, and what is said of one that nobody reads."""

import json
from typing import Any

import pytest

from adapters.hub.contract import Format
from adapters.hub.errors import UnknownFormat
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import ADAPTERS, adapter_for, detect, recognitions
from tests.adapters import samples
from tests.corpora import corpus

OB2 = "https://w3id.org/openbadges/v2"
VC = "https://www.w3.org/ns/credentials/v2"


def opened(document: dict[str, Any]) -> Opened:
    found = open_bytes(json.dumps(document).encode())
    assert isinstance(found, Opened)
    return found


@pytest.mark.parametrize("format", Format)
def test_every_format_has_an_adapter(format: Format) -> None:
    assert adapter_for(format).format is format


def test_no_format_is_registered_twice() -> None:
    assert len({adapter.format for adapter in ADAPTERS}) == len(ADAPTERS)


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.format)
def test_an_adapter_detects_its_own_samples(adapter: Any) -> None:
    paths = [path for path in samples.folder_of(adapter).iterdir() if path.is_file()]

    found = [detect(opened_file) for path in paths if isinstance(opened_file := open_bytes(path.read_bytes()), Opened)]

    assert found
    assert {chosen.format for chosen, _ in found} == {adapter.format}
    assert all(recognition.evidence for _, recognition in found)


def test_every_adapter_is_asked() -> None:
    found = recognitions(opened({"@context": OB2, "type": "Assertion"}))

    assert [recognition.format for recognition in found] == [adapter.format for adapter in ADAPTERS]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"@context": "https://w3id.org/openbadges/v1", "type": "BadgeClass"}, "BadgeClass alone"),
        ({"name": "x", "criteria": "https://example.org/c", "issuer": "https://example.org/i"}, "BadgeClass alone"),
        ({"@context": OB2, "type": "BadgeClass"}, "BadgeClass alone"),
        ({"@context": OB2, "type": ["Issuer"]}, "Profile alone"),
        ({"@context": OB2, "type": "RevocationList"}, "RevocationList"),
        ({"@context": OB2, "type": "CryptographicKey"}, "CryptographicKey"),
        ({"@context": OB2, "type": "Endorsement"}, "Endorsement"),
        ({"@context": VC, "type": ["VerifiableCredential"]}, "Verifiable Credential that is no Open Badge"),
        ({"vc": {"@context": VC, "type": ["VerifiableCredential", "EmployeeCredential"]}}, "no Open Badge"),
        ({"@context": VC, "type": ["VerifiableCredential", "ClrCredential"]}, "Comprehensive Learner Record"),
        (
            {"@context": VC, "type": ["VerifiablePresentation", "EuropeanDigitalPresentation"]},
            "presentation of European",
        ),
        ({"@context": "http://data.europa.eu/snb/model/context/edc-ap", "type": "X"}, "Europass"),
        ({"@context": ["https://w3id.org/blockcerts/v3"], "type": ["VerifiableCredential"]}, "Blockcerts"),
        ({"@context": VC, "type": "VerifiablePresentation"}, "Presentation"),
        ({"@graph": []}, "an empty JSON-LD graph"),
        ({"@context": "http://data.europa.eu/snb/model/context/edc-ap", "@graph": []}, "an empty JSON-LD graph"),
        ({"@graph": [{"id": "urn:x"}]}, "which is not the form"),
        ({"credential": {"type": "EuropeanDigitalCredential"}, "deliveryDetails": {}}, "uploaded to be sealed"),
        ({"credential": {}}, "without one"),
        ({"credential": None}, "without one"),
        ({"id": "did:example:1", "verificationMethod": []}, "DID document"),
        ({"keys": []}, "public keys"),
        ({"a": 1, "b": 2}, "a JSON object with a, b"),
        ({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}, "and more"),
        ({}, "an empty object"),
    ],
)
def test_what_nobody_reads_is_named_with_what_is_accepted(document: dict[str, Any], words: str) -> None:
    with pytest.raises(UnknownFormat, match=words) as caught:
        detect(opened(document))

    assert "Open Badges 0.5 to 2.0" in caught.value.fix
    assert caught.value.code == "unknown-format"


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("0_5_assertion.json", "0.5"),
        ("0_5_1_assertion.json", "0.5"),
        ("1_0_basic_assertion.json", "1.0"),
        ("1_1_basic_assertion.json", "1.1"),
    ],
)
def test_earlier_versions_are_told_apart(name: str, version: str) -> None:
    found = open_bytes(corpus(f"ob/samples/ob2-validator-core/{name}").read_bytes())
    assert isinstance(found, Opened)

    adapter, recognition = detect(found)

    assert (adapter.format, recognition.version) == (Format.OPEN_BADGES_1, version)


def test_what_stands_beside_an_address_is_named() -> None:
    with pytest.raises(UnknownFormat, match="stands alone") as caught:
        detect(opened({"url": "https://issuer.example/1", "a/b": 1}))

    assert caught.value.pointer == "/a~1b"
