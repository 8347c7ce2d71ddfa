"""The neutral credential that every reader fills and every writer empties.

The union of what the formats can say, in the words of Open Badges 3.0 (final text of November 2025, appendix B)
where it has one. Absent is ``None`` or empty, never a placeholder. Texts are language maps; times are aware instants.
"""

import datetime as dt
from typing import Annotated, Any

import msgspec

from adapters.hub.frameworks import Recognised, recognised

LangText = dict[str, str]
"""Text by BCP 47 language tag; ``und`` when the source does not say which language."""

Instant = Annotated[dt.datetime, msgspec.Meta(tz=True)]

Opaque = dict[str, Any]
"""JSON that is carried and never interpreted: its members are another specification's."""


class Concept(msgspec.Struct, frozen=True, kw_only=True):
    """A term of a controlled vocabulary (ELM Concept, which is SKOS).

    Attributes:
        id: Its IRI.
        notation: Its code: ``6`` of the EQF, ``0613`` of ISCED-F.
        scheme: IRI of the vocabulary.
    """

    id: str
    label: LangText = {}
    notation: str | None = None
    scheme: str | None = None
    definition: LangText = {}


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
    """A further identifier of a thing or an organisation (OB 3.0 IdentifierEntry, ELM Identifier and LegalIdentifier).

    Attributes:
        kind: OB 3.0 ``identifierType``, or ``ext:`` and a name of ours: ``ext:registration``, ``ext:vat``, ``ext:tax``,
            ``ext:eidas`` (ELM), ``ext:RNCP``, ``ext:RS``, ``ext:RNCPBloc`` (France compétences).
        scheme: IRI of the scheme that it belongs to.
        country: ISO 3166-1 alpha-2, of a legal identifier.
    """

    kind: str
    value: str
    scheme: str | None = None
    scheme_name: str | None = None
    agency: LangText = {}
    country: str | None = None


class Geo(msgspec.Struct, frozen=True, kw_only=True):
    """WGS 84 position in decimal degrees."""

    latitude: float
    longitude: float


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Postal address (OB 3.0 Address, ELM Address).

    Attributes:
        full_text: The whole address in one text, as ELM has it.
    """

    country: str | None = None
    country_code: str | None = None
    region: str | None = None
    locality: str | None = None
    street: str | None = None
    post_office_box: str | None = None
    postal_code: str | None = None
    geo: Geo | None = None
    full_text: LangText = {}


class Endorsement(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's signed or hosted statement about the thing it hangs on; carried whole or not at all.

    Exactly one of ``document``, ``token`` (compact JWS) and ``url`` is set. ``format`` is the family it belongs
    to, because an endorsement cannot be rewritten without forging its author's signature.
    """

    format: str
    document: Opaque | None = None
    token: str | None = None
    url: str | None = None


class Accreditation(msgspec.Struct, frozen=True, kw_only=True):
    """Who has assured the quality of an organisation or an achievement, and how (ELM Accreditation).

    Attributes:
        kind: Of quality assurance, as a term of a vocabulary.
        agent: Who accredited.
    """

    id: str | None = None
    title: LangText = {}
    kind: Concept | None = None
    agent: "Profile | None" = None


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
    accreditations: tuple[Accreditation, ...] = ()


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

    @property
    def recognised(self) -> Recognised | None:
        """The term of a known framework that it names, if it names one (`adapters.hub.frameworks`)."""
        return recognised(self)


class LearningOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What those who earned it know or can do (ELM LearningOutcome).

    One that only names a skill is an `Alignment` instead, which every format has.

    Attributes:
        kind: Knowledge, skill or competence, as a term of a vocabulary.
        reusability: How far it carries: transversal, cross-sector, sector-specific, occupation-specific.
        skills: The terms of frameworks that it corresponds to, ESCO's among them.
    """

    id: str | None = None
    title: LangText = {}
    description: LangText = {}
    kind: Concept | None = None
    reusability: Concept | None = None
    skills: tuple[Concept, ...] = ()


class CreditPoints(msgspec.Struct, frozen=True, kw_only=True):
    """Credits of a named system (ELM CreditPoint); ``points`` as written, ``2.5``."""

    framework: Concept
    points: str


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """How it is or was assessed (ELM LearningAssessment and its specification).

    Attributes:
        kinds: Written examination, portfolio, ..., as terms of a vocabulary.
        mode: Online, presential, blended ...
        supervision: Whether somebody watched, and made sure who it was.
        assessors: Who assessed.
        at: When its result was given.
    """

    id: str | None = None
    title: LangText = {}
    description: LangText = {}
    kinds: tuple[Concept, ...] = ()
    mode: Concept | None = None
    supervision: Concept | None = None
    assessors: tuple[Profile, ...] = ()
    at: Instant | None = None


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
    assessment: Assessment | None = None


class Achievement(msgspec.Struct, frozen=True, kw_only=True):
    """What can be earned (OB 3.0 Achievement, OB 2.0 BadgeClass, ELM LearningAchievementSpecification).

    Attributes:
        alignments: Terms of frameworks; `adapters.hub.frameworks` says which are a level (EQF), a field (ISCED-F),
            a skill (ESCO), a certification or a part of one (RNCP, RS).
        other_identifiers: What the issuer says it *is*: a registered certification only when it stands here.
        workload: Notional, an ISO 8601 duration: ``PT60H``.
        modes: Of participation: online, presential, blended ...
        languages: Of instruction and assessment, as terms of a vocabulary; ``in_language`` is that of these texts.
        kinds: Of learning opportunity: course, module, short learning programme ...
        learning_setting: Formal, non-formal or informal.
        partial_qualification: Whether it is a part of a larger qualification; None when nobody says.
        assessments: How it is assessed, of everybody; how this recipient was stands in the results.
        notes: What further is to be said of it.
    """

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
    learning_outcomes: tuple[LearningOutcome, ...] = ()
    credit_points: tuple[CreditPoints, ...] = ()
    workload: str | None = None
    modes: tuple[Concept, ...] = ()
    languages: tuple[Concept, ...] = ()
    kinds: tuple[Concept, ...] = ()
    learning_setting: Concept | None = None
    target_groups: tuple[Concept, ...] = ()
    entry_requirements: LangText = {}
    partial_qualification: bool | None = None
    assessments: tuple[Assessment, ...] = ()
    accreditations: tuple[Accreditation, ...] = ()
    notes: tuple[LangText, ...] = ()


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """Who earned it: an ``id`` (a URI such as a DID), identities, or both."""

    id: str | None = None
    identities: tuple[Identity, ...] = ()


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """One award: somebody earned an achievement and an issuer says so.

    Attributes:
        awarded: When it was earned (OB 3.0 ``awardedDate``, OB 2.0 ``issuedOn``); never moves.
        valid_from: From when this statement holds; moves when a credential is issued anew.
        award_name: What this one award is called (ELM), where that is not the achievement's name.
        award_image: Picture of this one award (OB 3.0 ``credentialSubject.image``, the first page that ELM displays).
        source: Who awarded it originally, when that is not the issuer (OB 3.0 ``credentialSubject.source``, the first
            ``awardingBody`` of ELM).
        joint_awarders: Who awarded it together with them (ELM, further awarding bodies).
        credits_received: What this recipient got, in credits of a named system.
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
    award_name: LangText = {}
    award_image: Image | None = None
    credits_earned: float | None = None
    license_number: str | None = None
    role: str | None = None
    term: str | None = None
    results: tuple[Result, ...] = ()
    source: Profile | None = None
    joint_awarders: tuple[Profile, ...] = ()
    credits_received: tuple[CreditPoints, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()
    terms_of_use: tuple[Opaque, ...] = ()
    related_resources: tuple[Opaque, ...] = ()
