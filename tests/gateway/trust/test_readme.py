"""The table of the reference validators' checks names each of theirs, and of ours none that does not exist."""

import re
from pathlib import Path

import pytest

import gateway.trust
from gateway.trust.checks import CHECKS

README = Path(gateway.trust.__path__[0]) / "README.md"
NAMES = {name for name, _ in CHECKS}
BEFORE = {"opening", "reading"}
THEIRS = [
    "CredentialParseProbe",
    "JsonLDValidationProbe",
    "ContextPropertyProbe",
    "TypePropertyProbe",
    "JsonSchemasProbe",
    "InlineJsonSchemaProbe",
    "CredentialSubjectProbe",
    "EvidenceProbe",
    "IssuerProbe",
    "ExternalProofProbe",
    "EmbeddedProofProbe",
    "refresh",
    "RevocationListProbe",
    "BitstringStatusListProbe",
    "ExpirationProbe",
    "IssuanceProbe",
    "EndorsementInspector",
    "JsonLDCompactionProbe",
    "GraphFetcherProbe",
    "ValidationPropertyProbe",
    "ValidationRdfTypePropertyProbe",
    "ValidationImagePropertyProbe",
    "ValidationIssuerPropertyProbe",
    "VerificationDependenciesProbe",
    "AssertionRevocationListProbe",
    "VerificationJWTProbe",
    "ExtensionProbe",
    "OB20EndorsementInspector",
    "VerificationRecipientProbe",
    "DETECT_INPUT_TYPE",
    "PROCESS_BAKED_RESOURCE",
    "FETCH_HTTP_NODE",
    "INTAKE_JSON",
    "JSONLD_COMPACT_DATA",
    "PROCESS_JWS_INPUT",
    "VERIFY_JWS",
    "VERIFY_KEY_OWNERSHIP",
    "UPGRADE_0_5_NODE",
    "UPGRADE_1_0_NODE",
    "UPGRADE_1_1_NODE",
    "DETECT_AND_VALIDATE_NODE_CLASS",
    "VALIDATE_EXPECTED_NODE_CLASS",
    "VALIDATE_RDF_TYPE_PROPERTY",
    "VALIDATE_PROPERTY",
    "ASSERTION_TIMESTAMP_CHECKS",
    "ASSERTION_VERIFICATION_CHECK",
    "ASSERTION_VERIFICATION_DEPENDENCIES",
    "HOSTED_ID_IN_VERIFICATION_SCOPE",
    "CRITERIA_PROPERTY_DEPENDENCIES",
    "IDENTITY_OBJECT_PROPERTY_DEPENDENCIES",
    "IMAGE_VALIDATION",
    "ISSUER_PROPERTY_DEPENDENCIES",
    "FLATTEN_EMBEDDED_RESOURCE",
    "VALIDATE_EXTENSION_NODE",
    "VALIDATE_EXTENSION_SINGLE",
    "VALIDATE_REVOCATIONLIST_ENTRIES",
    "VERIFY_SIGNED_ASSERTION_NOT_REVOKED",
    "VERIFY_RECIPIENT_IDENTIFIER",
]


def rows() -> list[tuple[str, str]]:
    """First and second cell of every row of the tables that compare."""
    _, _, text = README.read_text().partition("## What the reference validators check")
    lines = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    cells = [line.split(" | ") for line in lines]
    return [(row[0].removeprefix("| "), row[1]) for row in cells if row[1] != "our check"]


@pytest.mark.parametrize("name", THEIRS)
def test_each_of_their_checks_has_its_row(name: str) -> None:
    assert any(re.search(rf"\b{name}\b", theirs) for theirs, _ in rows())


def test_each_row_names_a_check_that_is_made() -> None:
    named = [re.findall(r"`([^`]+)`", ours) or [ours] for _, ours in rows()]

    assert [names for names in named if not set(names) <= NAMES | BEFORE] == []


def test_each_check_stands_in_a_row() -> None:
    assert {name for _, ours in rows() for name in re.findall(r"`([^`]+)`", ours)} == NAMES
