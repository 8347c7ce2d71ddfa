"""Open Badges 3.0 exactly as on the wire: every class of the specification, in its order, under its names.

Source: Open Badges 3.0, https://www.imsglobal.org/spec/ob/v3p0/ (text of November 2025), appendix B;
Verifiable Credentials Data Model v2.0 for what the specification takes from there.

Three liberties: a member that is required, but without which a document can still be read, may be absent, and
``shape`` judges that; a member that may hold several values takes one without its list, and a text may be a
language map (both as in the official JSON-LD schemas); the members of the VCDM 1.1 variant stand beside those
of VCDM 2.0.
"""

import datetime as dt
from typing import Annotated, Any  # Any: an inline JSON-LD context

import msgspec
from msgspec import UNSET, UnsetType

from adapters.hub.wire import Wire

Text = str | Annotated[dict[str, str], msgspec.Meta(min_length=1)]
DateTimeZ = Annotated[dt.datetime, msgspec.Meta(tz=True)]
Types = str | list[str]
Context = str | dict[str, Any]


class Image(Wire, frozen=True, kw_only=True):
    """``id`` is a URI or a data URI."""

    id: str
    type: Types | UnsetType = UNSET
    caption: Text | UnsetType = UNSET


class IdentifierEntry(Wire, frozen=True, kw_only=True):
    """A further identifier, and of which kind it is."""

    type: Types | UnsetType = UNSET
    identifier: str
    identifier_type: str


class IdentityObject(Wire, frozen=True, kw_only=True):
    """One way to know the recipient; ``identityHash`` is plain or ``sha256$hex`` or ``md5$hex``."""

    type: Types | UnsetType = UNSET
    hashed: bool
    identity_hash: str
    identity_type: str
    salt: str | UnsetType = UNSET


class GeoCoordinates(Wire, frozen=True, kw_only=True):
    """Decimal degrees, WGS 84."""

    type: Types | UnsetType = UNSET
    latitude: float
    longitude: float


class Address(Wire, frozen=True, kw_only=True):
    """A postal address."""

    type: Types | UnsetType = UNSET
    address_country: str | UnsetType = UNSET
    address_country_code: str | UnsetType = UNSET
    address_region: str | UnsetType = UNSET
    address_locality: str | UnsetType = UNSET
    street_address: str | UnsetType = UNSET
    post_office_box_number: str | UnsetType = UNSET
    postal_code: str | UnsetType = UNSET
    geo: GeoCoordinates | UnsetType = UNSET


class Criteria(Wire, frozen=True, kw_only=True):
    """One of the two is required."""

    id: str | UnsetType = UNSET
    narrative: Text | UnsetType = UNSET


class Alignment(Wire, frozen=True, kw_only=True):
    """A node of a framework."""

    type: Types | UnsetType = UNSET
    target_code: str | UnsetType = UNSET
    target_description: Text | UnsetType = UNSET
    target_name: Text
    target_framework: str | UnsetType = UNSET
    target_type: str | UnsetType = UNSET
    target_url: str


class Evidence(Wire, frozen=True, kw_only=True):
    """``narrative`` is Markdown."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    narrative: Text | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    genre: str | UnsetType = UNSET
    audience: str | UnsetType = UNSET


class Related(Wire, frozen=True, kw_only=True):
    """Another version or translation of the achievement."""

    id: str
    type: Types | UnsetType = UNSET
    in_language: str | UnsetType = UNSET
    version: str | UnsetType = UNSET


class RubricCriterionLevel(Wire, frozen=True, kw_only=True):
    """One level of a rubric."""

    id: str
    type: Types | UnsetType = UNSET
    alignment: Alignment | list[Alignment] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    level: str | UnsetType = UNSET
    name: Text
    points: str | UnsetType = UNSET


class ResultDescription(Wire, frozen=True, kw_only=True):
    """A result that recipients can get."""

    id: str
    type: Types | UnsetType = UNSET
    alignment: Alignment | list[Alignment] | UnsetType = UNSET
    allowed_value: str | list[str] | UnsetType = UNSET
    name: Text
    required_level: str | UnsetType = UNSET
    required_value: str | UnsetType = UNSET
    result_type: str
    rubric_criterion_level: RubricCriterionLevel | list[RubricCriterionLevel] | UnsetType = UNSET
    value_max: str | UnsetType = UNSET
    value_min: str | UnsetType = UNSET


class Result(Wire, frozen=True, kw_only=True):
    """``resultDescription`` and ``achievedLevel`` are ids of things in the same achievement."""

    type: Types | UnsetType = UNSET
    achieved_level: str | UnsetType = UNSET
    alignment: Alignment | list[Alignment] | UnsetType = UNSET
    result_description: str | UnsetType = UNSET
    status: str | UnsetType = UNSET
    value: str | UnsetType = UNSET


class CredentialSchema(Wire, frozen=True, kw_only=True):
    """``1EdTechJsonSchemaValidator2019`` and others."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET


class StatusMessage(Wire, frozen=True, kw_only=True):
    """Bitstring Status List v1.0 section 2.1."""

    status: str
    message: str


class CredentialStatus(Wire, frozen=True, kw_only=True):
    """Where the status is looked up, with the members of Bitstring Status List v1.0 section 2.1."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    status_purpose: str | UnsetType = UNSET
    status_list_index: str | int | UnsetType = UNSET
    status_list_credential: str | UnsetType = UNSET
    status_size: int | UnsetType = UNSET
    status_message: StatusMessage | list[StatusMessage] | UnsetType = UNSET
    status_reference: str | list[str] | UnsetType = UNSET


class RefreshService(Wire, frozen=True, kw_only=True):
    """``1EdTechCredentialRefresh`` and others."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET


class TermsOfUse(Wire, frozen=True, kw_only=True):
    """The terms under which it was issued; extensible by type."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET


class RelatedResource(Wire, frozen=True, kw_only=True):
    """VCDM 2.0 section 5.3: a resource whose content the digest fixes."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    media_type: str | UnsetType = UNSET
    digest_sri: str | list[str] | UnsetType = msgspec.field(name="digestSRI", default=UNSET)
    digest_multibase: str | list[str] | UnsetType = UNSET


class Proof(Wire, frozen=True, kw_only=True):
    """``expires`` and ``previousProof`` are of VC Data Integrity 1.0 section 2.1."""

    id: str | UnsetType = UNSET
    type: str | UnsetType = UNSET
    created: DateTimeZ | UnsetType = UNSET
    cryptosuite: str | UnsetType = UNSET
    challenge: str | UnsetType = UNSET
    domain: str | list[str] | UnsetType = UNSET
    nonce: str | UnsetType = UNSET
    proof_purpose: str | UnsetType = UNSET
    proof_value: str | UnsetType = UNSET
    verification_method: str | UnsetType = UNSET
    expires: DateTimeZ | UnsetType = UNSET
    previous_proof: str | list[str] | UnsetType = UNSET


class EndorsementSubject(Wire, frozen=True, kw_only=True):
    """``id`` is what is endorsed, the comment is Markdown."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    endorsement_comment: Text | UnsetType = UNSET


class EndorsementCredential(Wire, frozen=True, kw_only=True):
    """A credential of its own, carried inside of what it endorses."""

    context: Context | list[Context] | UnsetType = msgspec.field(name="@context", default=UNSET)
    type: Types | UnsetType = UNSET
    id: str | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    credential_subject: EndorsementSubject | UnsetType = UNSET
    awarded_date: DateTimeZ | UnsetType = UNSET
    issuer: "str | Profile | UnsetType" = UNSET
    valid_from: DateTimeZ | UnsetType = UNSET
    valid_until: DateTimeZ | UnsetType = UNSET
    issuance_date: DateTimeZ | UnsetType = UNSET
    expiration_date: DateTimeZ | UnsetType = UNSET
    proof: Proof | list[Proof] | UnsetType = UNSET
    credential_schema: CredentialSchema | list[CredentialSchema] | UnsetType = UNSET
    credential_status: CredentialStatus | list[CredentialStatus] | UnsetType = UNSET
    refresh_service: RefreshService | list[RefreshService] | UnsetType = UNSET
    terms_of_use: TermsOfUse | list[TermsOfUse] | UnsetType = UNSET


class Profile(Wire, frozen=True, kw_only=True):
    """``inLanguage`` is an additional property, as it may carry: the context defines it everywhere."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    url: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    endorsement: EndorsementCredential | list[EndorsementCredential] | UnsetType = UNSET
    endorsement_jwt: str | list[str] | UnsetType = UNSET
    image: Image | UnsetType = UNSET
    email: str | UnsetType = UNSET
    address: Address | UnsetType = UNSET
    other_identifier: IdentifierEntry | list[IdentifierEntry] | UnsetType = UNSET
    official: str | UnsetType = UNSET
    parent_org: "Profile | UnsetType" = UNSET
    family_name: str | UnsetType = UNSET
    given_name: str | UnsetType = UNSET
    additional_name: str | UnsetType = UNSET
    patronymic_name: str | UnsetType = UNSET
    honorific_prefix: str | UnsetType = UNSET
    honorific_suffix: str | UnsetType = UNSET
    family_name_prefix: str | UnsetType = UNSET
    date_of_birth: dt.date | UnsetType = UNSET
    in_language: str | UnsetType = UNSET


class Achievement(Wire, frozen=True, kw_only=True):
    """What can be earned."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    alignment: Alignment | list[Alignment] | UnsetType = UNSET
    achievement_type: str | UnsetType = UNSET
    creator: Profile | UnsetType = UNSET
    credits_available: float | UnsetType = UNSET
    criteria: Criteria | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    endorsement: EndorsementCredential | list[EndorsementCredential] | UnsetType = UNSET
    endorsement_jwt: str | list[str] | UnsetType = UNSET
    field_of_study: str | UnsetType = UNSET
    human_code: str | UnsetType = UNSET
    image: Image | UnsetType = UNSET
    in_language: str | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    other_identifier: IdentifierEntry | list[IdentifierEntry] | UnsetType = UNSET
    related: Related | list[Related] | UnsetType = UNSET
    result_description: ResultDescription | list[ResultDescription] | UnsetType = UNSET
    specialization: str | UnsetType = UNSET
    tag: str | list[str] | UnsetType = UNSET
    version: str | UnsetType = UNSET


class AchievementSubject(Wire, frozen=True, kw_only=True):
    """Who earned it; the activity's dates may lack a zone (``DateTime``, not ``DateTimeZ``)."""

    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    activity_end_date: dt.datetime | UnsetType = UNSET
    activity_start_date: dt.datetime | UnsetType = UNSET
    credits_earned: float | UnsetType = UNSET
    achievement: Achievement | UnsetType = UNSET
    identifier: IdentityObject | list[IdentityObject] | UnsetType = UNSET
    image: Image | UnsetType = UNSET
    license_number: str | UnsetType = UNSET
    narrative: Text | UnsetType = UNSET
    result: Result | list[Result] | UnsetType = UNSET
    role: str | UnsetType = UNSET
    source: Profile | UnsetType = UNSET
    term: str | UnsetType = UNSET


class AchievementCredential(Wire, frozen=True, kw_only=True):
    """Alias OpenBadgeCredential; the dates of VCDM 1.1 are ``issuanceDate`` and ``expirationDate``."""

    context: Context | list[Context] | UnsetType = msgspec.field(name="@context", default=UNSET)
    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    image: Image | UnsetType = UNSET
    awarded_date: DateTimeZ | UnsetType = UNSET
    credential_subject: AchievementSubject
    endorsement: EndorsementCredential | list[EndorsementCredential] | UnsetType = UNSET
    endorsement_jwt: str | list[str] | UnsetType = UNSET
    evidence: Evidence | list[Evidence] | UnsetType = UNSET
    issuer: str | Profile | UnsetType = UNSET
    valid_from: DateTimeZ | UnsetType = UNSET
    valid_until: DateTimeZ | UnsetType = UNSET
    issuance_date: DateTimeZ | UnsetType = UNSET
    expiration_date: DateTimeZ | UnsetType = UNSET
    proof: Proof | list[Proof] | UnsetType = UNSET
    credential_schema: CredentialSchema | list[CredentialSchema] | UnsetType = UNSET
    credential_status: CredentialStatus | list[CredentialStatus] | UnsetType = UNSET
    refresh_service: RefreshService | list[RefreshService] | UnsetType = UNSET
    terms_of_use: TermsOfUse | list[TermsOfUse] | UnsetType = UNSET
    related_resource: RelatedResource | list[RelatedResource] | UnsetType = UNSET


class Jwk(Wire, frozen=True, kw_only=True):
    """A public key in the header of a VC-JWT or in an issuer's key set (RFC 7517)."""

    kty: str
    use: str | UnsetType = UNSET
    key_ops: list[str] | UnsetType = msgspec.field(name="key_ops", default=UNSET)
    alg: str | UnsetType = UNSET
    kid: str | UnsetType = UNSET
    x5u: str | UnsetType = UNSET
    x5c: str | list[str] | UnsetType = UNSET
    x5t: str | UnsetType = UNSET
    x5t_s256: str | UnsetType = msgspec.field(name="x5t#S256", default=UNSET)
