"""The neutral credential that every reader fills and every writer empties.

The union of what the formats can say, in the words of Open Badges 3.0 (final text of November 2025, appendix B)
where it has one. Absent is ``None`` or empty, never a placeholder. Texts are language maps; times are aware instants.
"""

import datetime as dt
from typing import Annotated, Any

import msgspec

LangText = dict[str, str]
"""Text by BCP 47 language tag; ``und`` when the source does not say which language."""

Instant = Annotated[dt.datetime, msgspec.Meta(tz=True)]

Opaque = dict[str, Any]
"""JSON that is carried and never interpreted: its members are another specification's."""


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """A picture; ``id`` is an https URL or a data URI."""

    id: str
    caption: LangText = {}
    author: str | None = None


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """One way to know the recipient (OB 3.0 IdentityObject, OB 2.0 IdentityObject).

    Attributes:
        kind: OB 3.0 ``identityType``: ``emailAddress``, ``ext:url``, ``ext:telephone``, ``identifier`` ...
        value: The plain identity, or ``sha256$hex`` / ``md5$hex`` when ``hashed``.
        salt: Appended to the plain identity before hashing.
    """

    kind: str
    value: str
    hashed: bool
    salt: str | None = None


class Identifier(msgspec.Struct, frozen=True, kw_only=True):
    """A further identifier of a thing or an organisation (OB 3.0 IdentifierEntry)."""

    kind: str
    value: str


class Geo(msgspec.Struct, frozen=True, kw_only=True):
    """WGS 84 position in decimal degrees."""

    latitude: float
    longitude: float


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Postal address (OB 3.0 Address)."""

    country: str | None = None
    country_code: str | None = None
    region: str | None = None
    locality: str | None = None
    street: str | None = None
    post_office_box: str | None = None
    postal_code: str | None = None
    geo: Geo | None = None


class Endorsement(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's signed or hosted statement about the thing it hangs on; carried whole or not at all.

    Exactly one of ``document``, ``token`` (compact JWS) and ``url`` is set. ``format`` is the family it belongs
    to, because an endorsement cannot be rewritten without forging its author's signature.
    """

    format: str
    document: Opaque | None = None
    token: str | None = None
    url: str | None = None


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation or a person."""

    id: str | None = None
    types: tuple[str, ...] = ()
    name: LangText = {}
    url: str | None = None
    email: str | None = None
    phone: str | None = None
    description: LangText = {}
    image: Image | None = None
    address: Address | None = None
    official: str | None = None
    parent_org: "Profile | None" = None
    family_name: str | None = None
    family_name_prefix: str | None = None
    given_name: str | None = None
    additional_name: str | None = None
    patronymic_name: str | None = None
    honorific_prefix: str | None = None
    honorific_suffix: str | None = None
    date_of_birth: str | None = None
    other_identifiers: tuple[Identifier, ...] = ()
    related: "tuple[Related, ...]" = ()
    endorsements: tuple[Endorsement, ...] = ()
    version: str | None = None
    in_language: str | None = None


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """Another version or translation of the same thing."""

    id: str
    types: tuple[str, ...] = ()
    in_language: str | None = None
    version: str | None = None


class Criteria(msgspec.Struct, frozen=True, kw_only=True):
    """What had to be done; ``narrative`` is Markdown."""

    id: str | None = None
    narrative: LangText = {}


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """A node of a framework that the achievement or result corresponds to."""

    target_name: LangText
    target_url: str
    target_code: str | None = None
    target_description: LangText = {}
    target_framework: str | None = None
    target_type: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What shows that it was earned; ``narrative`` is Markdown."""

    id: str | None = None
    types: tuple[str, ...] = ()
    name: LangText = {}
    narrative: LangText = {}
    description: LangText = {}
    genre: str | None = None
    audience: str | None = None


class RubricCriterionLevel(msgspec.Struct, frozen=True, kw_only=True):
    """One level of a rubric."""

    id: str
    name: LangText
    description: LangText = {}
    level: str | None = None
    points: str | None = None
    alignments: tuple[Alignment, ...] = ()


class ResultDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A result that recipients of this achievement can get."""

    id: str
    name: LangText
    result_type: str
    allowed_values: tuple[str, ...] = ()
    required_level: str | None = None
    required_value: str | None = None
    rubric_levels: tuple[RubricCriterionLevel, ...] = ()
    value_max: str | None = None
    value_min: str | None = None
    alignments: tuple[Alignment, ...] = ()


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A result that this recipient got; ``result_description`` is the id of one in the achievement."""

    value: str | None = None
    status: str | None = None
    result_description: str | None = None
    achieved_level: str | None = None
    alignments: tuple[Alignment, ...] = ()


class Achievement(msgspec.Struct, frozen=True, kw_only=True):
    """What can be earned (OB 3.0 Achievement, OB 2.0 BadgeClass)."""

    id: str | None = None
    types: tuple[str, ...] = ()
    name: LangText = {}
    description: LangText = {}
    criteria: Criteria | None = None
    image: Image | None = None
    achievement_type: str | None = None
    creator: Profile | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    credits_available: float | None = None
    field_of_study: str | None = None
    specialization: str | None = None
    human_code: str | None = None
    in_language: str | None = None
    version: str | None = None
    other_identifiers: tuple[Identifier, ...] = ()
    related: tuple[Related, ...] = ()
    result_descriptions: tuple[ResultDescription, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """Who earned it: an ``id`` (a URI such as a DID), identities, or both."""

    id: str | None = None
    identities: tuple[Identity, ...] = ()


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """One award: somebody earned an achievement and an issuer says so.

    Attributes:
        awarded: When it was earned (OB 3.0 ``awardedDate``, OB 2.0 ``issuedOn``); never moves.
        valid_from: From when this statement holds; moves when a credential is issued anew.
        award_image: Picture of this one award (OB 3.0 ``credentialSubject.image``).
        source: Who awarded it originally, when that is not the issuer (OB 3.0 ``credentialSubject.source``).
    """

    id: str | None = None
    types: tuple[str, ...] = ()
    name: LangText = {}
    description: LangText = {}
    image: Image | None = None
    issuer: Profile
    recipient: Recipient
    achievement: Achievement
    awarded: Instant | None = None
    valid_from: Instant | None = None
    valid_until: Instant | None = None
    activity_start: Instant | None = None
    activity_end: Instant | None = None
    narrative: LangText = {}
    award_image: Image | None = None
    credits_earned: float | None = None
    license_number: str | None = None
    role: str | None = None
    term: str | None = None
    results: tuple[Result, ...] = ()
    source: Profile | None = None
    evidence: tuple[Evidence, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()
    terms_of_use: tuple[Opaque, ...] = ()
    related_resources: tuple[Opaque, ...] = ()
