"""The claims of a learning credential, without what seals them.

There is no published schema of this attestation. Names, types and which claims are always there follow the reference
issuer of the European Commission (``eu-digital-identity-wallet/eudi-srv-pid-issuer``, "Learning Credential"), whose
claims are the elements of a European micro-credential (Council Recommendation 2022/C 243/02, Annex I). Registered
claims: RFC 7519 section 4.1, SD-JWT VC (draft-ietf-oauth-sd-jwt-vc) section 3.2.2.2, Token Status List.
"""

from typing import Any, Final  # Any: members of other specifications

from msgspec import UNSET, UnsetType

from adapters.hub.wire import Wire

VCT: Final = "urn:eu.europa.ec.eudi:learning:credential:1"
VERSION: Final = "1"

MANDATORY: Final = (
    "issuing_authority",
    "issuing_country",
    "date_of_issuance",
    "family_name",
    "achievement_title",
    "language_of_classes",
    "learner_identification",
    "expected_study_time",
    "level_of_learning_experience",
    "types_of_quality_assurance",
)
"""Claims that the reference issuer says it always includes."""

INDISPENSABLE: Final = ("issuing_authority", "achievement_title")
"""Those of them without which nobody can tell who says what."""


def _as_written(name: str) -> str:
    return name


class LearnerIdentity(Wire, frozen=True, kw_only=True, rename=_as_written):
    """Ours: what the text of ``learner_identification`` does not show by itself.

    Attributes:
        kind: ``identityType`` of Open Badges 3.0.
        hashed: Whether the text is ``sha256$hex`` or ``md5$hex`` of the identity.
        salt: What was appended to the identity before it was hashed.
    """

    kind: str
    hashed: bool = False
    salt: str | UnsetType = UNSET


class Provenance(Wire, frozen=True, kw_only=True, rename=_as_written):
    """Ours: who signed, who issued the original, and what that was.

    Attributes:
        signed_by: Name of the issuer whose ``iss`` it is.
        issued_by: Name of the issuer of the original.
        issued_by_id: Its id there.
        awarded_by: Who awarded it, where the original names somebody else than its issuer.
        statement: All of it in words.
        format: Of the original.
        id: Of the original.
        sha256: Of the original's bytes, hex.
        verified_at: RFC 3339.
        receipt: Address of the signed conversion receipt.
    """

    signed_by: str | UnsetType = UNSET
    issued_by: str | UnsetType = UNSET
    issued_by_id: str | UnsetType = UNSET
    awarded_by: str | UnsetType = UNSET
    statement: str | UnsetType = UNSET
    format: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    sha256: str | UnsetType = UNSET
    verified_at: str | UnsetType = UNSET
    receipt: str | UnsetType = UNSET


class LearningCredential(Wire, frozen=True, kw_only=True, rename=_as_written):
    """Everything that may stand in one; only ``vct`` says that it is one.

    Attributes:
        issuing_country: ISO 3166-1 alpha-2.
        date_of_issuance: A calendar date, as ``date_of_expiry``.
        language_of_classes: Tags of languages; earlier one text.
        expected_study_time: In words for people: ``12 months``.
        level_of_learning_experience: Of the European Qualifications Framework, 1 to 8.
        integration_stackability_options: Whether there are any.
    """

    vct: str
    iss: str | UnsetType = UNSET
    jti: str | UnsetType = UNSET
    sub: str | UnsetType = UNSET
    iat: float | UnsetType = UNSET
    nbf: float | UnsetType = UNSET
    exp: float | UnsetType = UNSET
    cnf: dict[str, Any] | UnsetType = UNSET
    status: dict[str, Any] | UnsetType = UNSET
    issuing_authority: str | UnsetType = UNSET
    issuing_country: str | UnsetType = UNSET
    date_of_issuance: str | UnsetType = UNSET
    date_of_expiry: str | UnsetType = UNSET
    family_name: str | UnsetType = UNSET
    given_name: str | UnsetType = UNSET
    achievement_title: str | UnsetType = UNSET
    achievement_description: str | UnsetType = UNSET
    learning_outcomes: str | list[str] | UnsetType = UNSET
    assessment_grade: str | UnsetType = UNSET
    language_of_classes: str | list[str] | UnsetType = UNSET
    learner_identification: str | UnsetType = UNSET
    learner_identity: LearnerIdentity | UnsetType = UNSET
    expected_study_time: str | UnsetType = UNSET
    level_of_learning_experience: int | UnsetType = UNSET
    types_of_quality_assurance: str | list[str] | UnsetType = UNSET
    prerequisites_to_enroll: str | list[str] | UnsetType = UNSET
    integration_stackability_options: bool | UnsetType = UNSET
    provenance: Provenance | UnsetType = UNSET


ORDER: Final = LearningCredential.__struct_encode_fields__
