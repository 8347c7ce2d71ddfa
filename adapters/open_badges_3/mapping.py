"""Tables between Open Badges 3.0 and the neutral credential, one a class, both directions."""

from typing import Any  # Any: decoded JSON on both sides

from adapters.hub.mapping import INSTANT, PLAIN, Codec, Row, Table, Trail, many, nested, reference, without
from adapters.open_badges_3 import document as ob3
from adapters.open_badges_3.codecs import (
    ACTIVITY,
    DATE,
    IN_LANGUAGE,
    IRI,
    LANGUAGES,
    NUMBER,
    RESULT_STATUS,
    one_of,
    whole,
)
from adapters.open_badges_3.described import MEMBERS
from adapters.open_badges_3.foreign import Endorsable, foreign
from adapters.open_badges_3.vocabulary import (
    ACHIEVEMENT_TYPES,
    IDENTIFIER_TYPES,
    RESULT_TYPES,
    TARGET_TYPES,
    nameable,
)

OWN_PROOF = "replaced by the gateway's own proof"
OWN_STATUS = "replaced by the gateway's own status"
OWN_TOKEN = "a claim of the token; the gateway's token has its own"  # noqa: S105  (no secret)
OTHER_DATE = "VCDM 1.1 dates a credential by issuanceDate and expirationDate"

IMAGE = Table(
    Row("id", "id", IRI),
    Row("caption", "caption", LANGUAGES),
    types=("Image",),
    no_place={"author": "an Image of Open Badges 3.0 has no author"},
)
IDENTIFIER = Table(
    Row("identifier", "value"),
    Row("identifierType", "kind", one_of(IDENTIFIER_TYPES)),
    types=("IdentifierEntry",),
)
IDENTITY = Table(
    Row("hashed", "hashed"),
    Row("identityHash", "value"),
    Row("identityType", "kind", one_of(IDENTIFIER_TYPES)),
    Row("salt", "salt"),
    types=("IdentityObject",),
)
GEO = Table(Row("latitude", "latitude", NUMBER), Row("longitude", "longitude", NUMBER), types=("GeoCoordinates",))
ADDRESS = Table(
    Row("addressCountry", "country"),
    Row("addressCountryCode", "country_code"),
    Row("addressRegion", "region"),
    Row("addressLocality", "locality"),
    Row("streetAddress", "street"),
    Row("postOfficeBoxNumber", "post_office_box"),
    Row("postalCode", "postal_code"),
    Row("geo", "geo", whole(GEO, "latitude", "longitude")),
    types=("Address",),
    type_as_list=True,
)
# Criteria has no type; where one writes it, it says nothing.
CRITERIA = Table(Row("id", "id", IRI), Row("narrative", "narrative", LANGUAGES), aliases=("Criteria",))
ALIGNMENT = Table(
    Row("targetCode", "target_code"),
    Row("targetDescription", "target_description", LANGUAGES),
    Row("targetName", "target_name", LANGUAGES),
    Row("targetFramework", "target_framework"),
    Row("targetType", "target_type", one_of(TARGET_TYPES)),
    Row("targetUrl", "target_url"),
    types=("Alignment",),
    type_as_list=True,
)
ALIGNMENTS = Row("alignment", "alignments", many(whole(ALIGNMENT, "targetName")))
EVIDENCE = Table(
    Row("id", "id", IRI),
    Row("narrative", "narrative", LANGUAGES),
    Row("name", "name", LANGUAGES),
    Row("description", "description", LANGUAGES),
    Row("genre", "genre"),
    Row("audience", "audience"),
    types=("Evidence",),
    type_as_list=True,
    keep_types=True,
    writable_type=nameable,
)
RELATED = Table(
    Row("id", "id", IRI),
    Row("inLanguage", "in_language", IN_LANGUAGE),
    Row("version", "version"),
    types=("Related",),
    type_as_list=True,
    keep_types=True,
    writable_type=nameable,
)
RUBRIC_LEVEL = Table(
    Row("id", "id", IRI),
    ALIGNMENTS,
    Row("description", "description", LANGUAGES),
    Row("level", "level"),
    Row("name", "name", LANGUAGES),
    Row("points", "points"),
    types=("RubricCriterionLevel",),
    type_as_list=True,
)
RESULT_DESCRIPTION = Table(
    Row("id", "id", IRI),
    ALIGNMENTS,
    Row("allowedValue", "allowed_values", many(PLAIN)),
    Row("name", "name", LANGUAGES),
    Row("requiredLevel", "required_level", IRI),
    Row("requiredValue", "required_value"),
    Row("resultType", "result_type", one_of(RESULT_TYPES)),
    Row("rubricCriterionLevel", "rubric_levels", many(whole(RUBRIC_LEVEL, "id", "name"))),
    Row("valueMax", "value_max"),
    Row("valueMin", "value_min"),
    types=("ResultDescription",),
    type_as_list=True,
)
# What a result refers to is written under the same condition as the reference: an absolute IRI.
RESULT = Table(
    Row("achievedLevel", "achieved_level", IRI),
    ALIGNMENTS,
    Row("resultDescription", "result_description", IRI),
    Row("status", "status", RESULT_STATUS),
    Row("value", "value"),
    types=("Result",),
    type_as_list=True,
)


def _parent_in(value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
    return PROFILE.read(value, at, into, trail)


def _parent_out(value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
    return PROFILE.write(value, at, into, trail)


PROFILE: Table = Endorsable(
    Row("id", "id", IRI),
    Row("name", "name", LANGUAGES),
    Row("url", "url"),
    Row("phone", "phone"),
    Row("description", "description", LANGUAGES),
    Row("image", "image", whole(IMAGE, "id")),
    Row("email", "email"),
    Row("address", "address", nested(ADDRESS)),
    Row("otherIdentifier", "other_identifiers", many(nested(IDENTIFIER))),
    Row("official", "official"),
    Row("parentOrg", "parent_org", Codec(_parent_in, _parent_out)),
    Row("familyName", "family_name"),
    Row("givenName", "given_name"),
    Row("additionalName", "additional_name"),
    Row("patronymicName", "patronymic_name"),
    Row("honorificPrefix", "honorific_prefix"),
    Row("honorificSuffix", "honorific_suffix"),
    Row("familyNamePrefix", "family_name_prefix"),
    Row("dateOfBirth", "date_of_birth", DATE),
    Row("inLanguage", "in_language", IN_LANGUAGE),
    types=("Profile",),
    type_as_list=True,
    keep_types=True,
    writable_type=nameable,
    structural=("endorsement", "endorsementJwt"),
)
ACHIEVEMENT = Endorsable(
    Row("id", "id", IRI),
    ALIGNMENTS,
    Row("achievementType", "achievement_type", one_of(ACHIEVEMENT_TYPES)),
    Row("creator", "creator", nested(PROFILE)),
    Row("creditsAvailable", "credits_available", NUMBER),
    Row("criteria", "criteria", nested(CRITERIA)),
    Row("description", "description", LANGUAGES),
    Row("fieldOfStudy", "field_of_study"),
    Row("humanCode", "human_code"),
    Row("image", "image", whole(IMAGE, "id")),
    Row("inLanguage", "in_language", IN_LANGUAGE),
    Row("name", "name", LANGUAGES),
    Row("otherIdentifier", "other_identifiers", many(nested(IDENTIFIER))),
    Row("related", "related", many(whole(RELATED, "id"))),
    Row("resultDescription", "result_descriptions", many(whole(RESULT_DESCRIPTION, "id", "name"))),
    Row("specialization", "specialization"),
    Row("tag", "tags", many(PLAIN)),
    Row("version", "version"),
    types=("Achievement",),
    type_as_list=True,
    keep_types=True,
    writable_type=nameable,
    # The further ones are read by `described`.
    structural=("endorsement", "endorsementJwt", *MEMBERS),
)
SUBJECT = Table(
    Row("id", "recipient/id", IRI),
    Row("activityEndDate", "activity_end", ACTIVITY),
    Row("activityStartDate", "activity_start", ACTIVITY),
    Row("creditsEarned", "credits_earned", NUMBER),
    Row("achievement", "achievement", nested(ACHIEVEMENT)),
    Row("identifier", "recipient/identities", many(nested(IDENTITY))),
    Row("image", "award_image", whole(IMAGE, "id")),
    Row("licenseNumber", "license_number"),
    Row("narrative", "narrative", LANGUAGES),
    Row("result", "results", many(nested(RESULT))),
    Row("role", "role"),
    Row("source", "source", nested(PROFILE)),
    Row("term", "term"),
    types=("AchievementSubject",),
    type_as_list=True,
)
SUBJECT_FIELDS = frozenset(row.hub.partition("/")[0] for row in SUBJECT.rows)


def _credential(*dates: Row) -> Table:
    """The table of AchievementCredential without its subject, which shares its place in the hub."""
    return Endorsable(
        Row("id", "id", IRI),
        Row("name", "name", LANGUAGES),
        Row("description", "description", LANGUAGES),
        Row("image", "image", whole(IMAGE, "id")),
        Row("awardedDate", "awarded", INSTANT),
        Row("evidence", "evidence", many(nested(EVIDENCE))),
        Row("issuer", "issuer", reference(PROFILE)),
        *dates,
        without("proof", OWN_PROOF),
        without("credentialSchema", "replaced by what the gateway's document says of its own schema"),
        without("credentialStatus", OWN_STATUS),
        without("refreshService", "refreshes the original, not the gateway's credential"),
        Row("termsOfUse", "terms_of_use", many(foreign(ob3.TermsOfUse))),
        Row("relatedResource", "related_resources", many(foreign(ob3.RelatedResource))),
        *(without(claim, OWN_TOKEN) for claim in ("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf")),
        types=("VerifiableCredential", "OpenBadgeCredential"),
        aliases=("AchievementCredential",),
        type_as_list=True,
        keep_types=True,
        writable_type=nameable,
        structural=("@context", "credentialSubject", "endorsement", "endorsementJwt"),
    )


CREDENTIAL = _credential(Row("validFrom", "valid_from", INSTANT), Row("validUntil", "valid_until", INSTANT))
CREDENTIAL_OF_VCDM_1 = _credential(
    Row("issuanceDate", "valid_from", INSTANT),
    Row("expirationDate", "valid_until", INSTANT),
    without("validFrom", OTHER_DATE),
    without("validUntil", OTHER_DATE),
)
