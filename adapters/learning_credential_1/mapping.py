"""Tables between the claims of a learning credential and the neutral credential, both directions."""

from typing import Final

from adapters.hub.mapping import Row, Table, many, without
from adapters.learning_credential_1.codecs import (
    COUNTRY,
    DAY,
    GRADE,
    LANGUAGE,
    LEVEL,
    OPTIONS,
    REQUIREMENTS,
    SECONDS,
    WORDS,
    item_of,
)
from adapters.learning_credential_1.study_time import CREDITS, WORKLOAD

OWN_TOKEN: Final = "a claim of the token; the gateway's token has its own"  # noqa: S105  (no secret)
OWN_STATUS: Final = "replaced by the gateway's own status"
_FACTS: Final = "names what this credential was converted from; it stays with it"

OUTCOMES: Final = many(item_of("title", "description"))
ASSURANCES: Final = many(item_of("title", "kind/label", "agent/name"))
ENDS: Final = ("date_of_expiry", "exp", "validUntil", "expirationDate")
"""When it ends: as the format says it, and as verifiable credentials do. The last two are no claims of the format, and
what issuers mean by them is the same."""

OF_HAND: Final = (
    *ENDS,
    "family_name",
    "given_name",
    "learner_identification",
    "learner_identity",
)
"""Claims that reading takes by hand."""


def _table(*parties: Row, structural: tuple[str, ...] = ()) -> Table:
    return Table(
        Row("iss", "issuer/id"),
        Row("jti", "id"),
        Row("sub", "recipient/id"),
        Row("nbf", "valid_from", SECONDS),
        *parties,
        Row("date_of_issuance", "awarded", DAY),
        Row("achievement_title", "achievement/name", WORDS),
        Row("achievement_description", "achievement/description", WORDS),
        Row("learning_outcomes", "achievement/learning_outcomes", OUTCOMES),
        Row("assessment_grade", "results", GRADE),
        Row("language_of_classes", "achievement/languages", many(LANGUAGE)),
        Row("expected_study_time", "achievement/workload", WORKLOAD),
        Row("expected_study_time", "achievement/credit_points", CREDITS),
        Row("level_of_learning_experience", "achievement/alignments", LEVEL),
        Row("types_of_quality_assurance", "achievement/accreditations", ASSURANCES),
        Row("prerequisites_to_enroll", "achievement/entry_requirements", REQUIREMENTS),
        Row("integration_stackability_options", "achievement/notes", OPTIONS),
        *(without(claim, OWN_STATUS) for claim in ("status", "credentialStatus")),
        *(without(claim, OWN_TOKEN) for claim in ("iat", "cnf", "aud")),
        structural=("vct", *OF_HAND, *structural),
    )


OF_ONE: Final = _table(
    Row("issuing_authority", "issuer/name", WORDS),
    Row("issuing_country", "issuer/address/country_code", COUNTRY),
)
"""Who signs it awarded it."""

OF_TWO: Final = _table(
    Row("provenance/signed_by", "issuer/name", WORDS),
    Row("provenance/issued_by", "source/name", WORDS),
    Row("provenance/issued_by_id", "source/id"),
    Row("issuing_country", "source/address/country_code", COUNTRY),
    without("issuing_authority", "names both, who stand in provenance by themselves"),
    *(
        without(f"provenance/{fact}", _FACTS)
        for fact in ("awarded_by", "statement", "format", "id", "sha256", "verified_at", "receipt")
    ),
)
"""Who signs it is another one than who awarded it (`adapters.learning_credential_1.provenance`)."""
