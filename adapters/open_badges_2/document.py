"""Open Badges 2.0 exactly as on the wire: every class and property.

Source: Open Badges v2.0, IMS Final Release, https://www.imsglobal.org/spec/ob/v2p0/ (classes in its order).

A property that the specification requires and without which a badge can still be read is optional here: its absence
is a finding (`findings.py`), not a refusal to read. Times are text here, because one without a zone is a finding too.
"""

from typing import Any  # Any: extensions and endorsed claims, which other specifications define

import msgspec
from msgspec import UNSET, UnsetType

from adapters.hub.wire import Wire

Context = str | dict[str, Any] | list[str | dict[str, Any]]
"""JSON-LD contexts: addresses, or definitions in place."""

Types = str | list[str]


class Related(Wire, frozen=True, kw_only=True):
    """Another version or translation (member ``related`` of the primary classes)."""

    id: str
    type: Types | UnsetType = UNSET
    language: str | UnsetType = msgspec.field(name="@language", default=UNSET)
    version: str | int | float | UnsetType = UNSET


RelatedMember = str | Related | list[str | Related]


class Image(Wire, frozen=True, kw_only=True):
    """A picture with words about it; ``id`` is a URL or a data URI."""

    id: str
    type: Types | UnsetType = UNSET
    caption: str | UnsetType = UNSET
    author: str | UnsetType = UNSET


class CryptographicKey(Wire, frozen=True, kw_only=True):
    """A key of an issuer, as PEM (SubjectPublicKeyInfo)."""

    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    type: Types | UnsetType = UNSET
    id: str | UnsetType = UNSET
    owner: str | UnsetType = UNSET
    public_key_pem: str | UnsetType = UNSET


class VerificationObject(Wire, frozen=True, kw_only=True):
    """How to verify: in an Assertion ``type`` and ``creator``, in an issuer Profile the other three."""

    type: Types | UnsetType = UNSET
    creator: str | CryptographicKey | UnsetType = UNSET
    verification_property: str | UnsetType = UNSET
    starts_with: str | list[str] | UnsetType = UNSET
    allowed_origins: str | list[str] | UnsetType = UNSET


class IdentityObject(Wire, frozen=True, kw_only=True):
    """Who earned it; ``type`` is the property of the recipient's Profile that ``identity`` is the value of."""

    type: Types
    identity: str
    hashed: bool
    salt: str | UnsetType = UNSET


class Evidence(Wire, frozen=True, kw_only=True):
    """What shows that it was earned; ``narrative`` is Markdown."""

    type: Types | UnsetType = UNSET
    id: str | UnsetType = UNSET
    narrative: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    genre: str | UnsetType = UNSET
    audience: str | UnsetType = UNSET


class Criteria(Wire, frozen=True, kw_only=True):
    """What had to be done; ``narrative`` is Markdown."""

    type: Types | UnsetType = UNSET
    id: str | UnsetType = UNSET
    narrative: str | UnsetType = UNSET


class AlignmentObject(Wire, frozen=True, kw_only=True):
    """A node of a framework that the BadgeClass corresponds to."""

    target_name: str
    target_url: str
    type: Types | UnsetType = UNSET
    target_description: str | UnsetType = UNSET
    target_framework: str | UnsetType = UNSET
    target_code: str | UnsetType = UNSET


class Extension(Wire, frozen=True, kw_only=True):
    """What every extension has; the rest is for its own context to say."""

    context: Context = msgspec.field(name="@context")
    type: Types


class Claim(Wire, frozen=True, kw_only=True):
    """What an Endorsement says: any property of the thing that ``id`` names."""

    id: str
    endorsement_comment: str | UnsetType = UNSET


class Endorsement(Wire, frozen=True, kw_only=True):
    """Somebody's statement about an Assertion, a BadgeClass or a Profile."""

    id: str
    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    type: Types | UnsetType = UNSET
    claim: Claim | UnsetType = UNSET
    issuer: "str | Profile | UnsetType" = UNSET
    issued_on: str | UnsetType = UNSET
    verification: VerificationObject | UnsetType = UNSET
    revoked: bool | UnsetType = UNSET
    revocation_reason: str | UnsetType = UNSET
    related: RelatedMember | UnsetType = UNSET
    version: str | int | float | UnsetType = UNSET
    language: str | UnsetType = msgspec.field(name="@language", default=UNSET)


EndorsementMember = str | dict[str, Any] | list[str | dict[str, Any]]
"""Endorsements by address or whole. They are other people's documents: a fault in one is not a fault of the badge."""


class Profile(Wire, frozen=True, kw_only=True):
    """An issuer (``name``, ``url`` and ``email`` required there), or a recipient."""

    id: str | UnsetType = UNSET
    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    type: Types | UnsetType = UNSET
    name: str | UnsetType = UNSET
    url: str | list[str] | UnsetType = UNSET
    telephone: str | list[str] | UnsetType = UNSET
    description: str | UnsetType = UNSET
    image: str | Image | UnsetType = UNSET
    email: str | list[str] | UnsetType = UNSET
    public_key: str | CryptographicKey | list[str | CryptographicKey] | UnsetType = UNSET
    verification: VerificationObject | UnsetType = UNSET
    revocation_list: str | UnsetType = UNSET
    related: RelatedMember | UnsetType = UNSET
    version: str | int | float | UnsetType = UNSET
    endorsement: EndorsementMember | UnsetType = UNSET
    language: str | UnsetType = msgspec.field(name="@language", default=UNSET)


class BadgeClass(Wire, frozen=True, kw_only=True):
    """What can be earned."""

    issuer: str | Profile
    id: str | UnsetType = UNSET
    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    type: Types | UnsetType = UNSET
    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    image: str | Image | UnsetType = UNSET
    criteria: str | Criteria | UnsetType = UNSET
    alignment: AlignmentObject | list[AlignmentObject] | UnsetType = UNSET
    tags: str | list[str] | UnsetType = UNSET
    related: RelatedMember | UnsetType = UNSET
    version: str | int | float | UnsetType = UNSET
    endorsement: EndorsementMember | UnsetType = UNSET
    language: str | UnsetType = msgspec.field(name="@language", default=UNSET)


class Assertion(Wire, frozen=True, kw_only=True):
    """One award of a BadgeClass to one recipient; ``uid`` is deprecated."""

    recipient: IdentityObject
    badge: str | BadgeClass
    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    id: str | UnsetType = UNSET
    type: Types | UnsetType = UNSET
    verification: VerificationObject | UnsetType = UNSET
    issued_on: str | UnsetType = UNSET
    image: str | Image | UnsetType = UNSET
    evidence: str | Evidence | list[str | Evidence] | UnsetType = UNSET
    narrative: str | UnsetType = UNSET
    expires: str | UnsetType = UNSET
    revoked: bool | UnsetType = UNSET
    revocation_reason: str | UnsetType = UNSET
    uid: str | UnsetType = UNSET
    related: RelatedMember | UnsetType = UNSET
    version: str | int | float | UnsetType = UNSET
    endorsement: EndorsementMember | UnsetType = UNSET
    language: str | UnsetType = msgspec.field(name="@language", default=UNSET)


class RevokedAssertion(Wire, frozen=True, kw_only=True):
    """An entry of a RevocationList that says more than the id."""

    id: str | UnsetType = UNSET
    uid: str | UnsetType = UNSET
    revoked: bool | UnsetType = UNSET
    revocation_reason: str | UnsetType = UNSET


class RevocationList(Wire, frozen=True, kw_only=True):
    """Signed Assertions that their issuer has taken back."""

    type: Types
    revoked_assertions: list[str | RevokedAssertion]
    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    id: str | UnsetType = UNSET
    issuer: str | UnsetType = UNSET
