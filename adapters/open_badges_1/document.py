"""Open Badges 0.5, 1.0 and 1.1 as on the wire: every class and property.

Sources: Mozilla Open Badges "Assertions" of 2011 (0.5, there with names of its own) and 1.0 of 2013; Open Badges 1.1,
https://www.imsglobal.org/sites/default/files/Badges/OBv1p1. The classes of 1.0 are those of 1.1 without ``id``,
``type`` and context.

A property that the specification requires and without which a badge can still be read is optional here: its absence
is a finding (`findings.py`). Times are text or seconds since 1970, because both were written.
"""

from typing import Any  # Any: contexts in place

import msgspec
from msgspec import UNSET, UnsetType

from adapters.hub.wire import Wire

Context = str | dict[str, Any] | list[str | dict[str, Any]]
Types = str | list[str]
Time = str | int


class IdentityObject(Wire, frozen=True, kw_only=True):
    """Who earned it; ``type`` is ``email``, and since 1.1 also another property of a person."""

    type: Types
    identity: str
    hashed: bool
    salt: str | UnsetType = UNSET


class VerificationObject(Wire, frozen=True, kw_only=True):
    """How to verify: ``url`` is the Assertion's own address (hosted), or that of the issuer's public key (signed)."""

    type: Types | UnsetType = UNSET
    url: str | UnsetType = UNSET


class AlignmentObject(Wire, frozen=True, kw_only=True):
    """A node of a framework; the second spelling is that of 2.0, which platforms also write here."""

    name: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    target_name: str | UnsetType = UNSET
    target_url: str | UnsetType = UNSET
    target_description: str | UnsetType = UNSET
    target_framework: str | UnsetType = UNSET
    target_code: str | UnsetType = UNSET


class Issuer(Wire, frozen=True, kw_only=True):
    """IssuerOrganization: a document at an address of its own."""

    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    type: Types | UnsetType = UNSET
    id: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    image: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    revocation_list: str | UnsetType = UNSET


class BadgeClass(Wire, frozen=True, kw_only=True):
    """What can be earned: a document at an address of its own."""

    issuer: Issuer
    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    type: Types | UnsetType = UNSET
    id: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    image: str | UnsetType = UNSET
    criteria: str | UnsetType = UNSET
    alignment: AlignmentObject | list[AlignmentObject] | UnsetType = UNSET
    tags: str | list[str] | UnsetType = UNSET


class Assertion(Wire, frozen=True, kw_only=True):
    """One award, in 1.0 and 1.1; ``revoked`` is what its address serves once it was taken back."""

    recipient: IdentityObject
    badge: BadgeClass
    context: Context | UnsetType = msgspec.field(name="@context", default=UNSET)
    type: Types | UnsetType = UNSET
    id: str | UnsetType = UNSET
    uid: str | UnsetType = UNSET
    verify: VerificationObject | UnsetType = UNSET
    issued_on: Time | UnsetType = UNSET
    image: str | UnsetType = UNSET
    evidence: str | list[str] | UnsetType = UNSET
    expires: Time | UnsetType = UNSET
    revoked: bool | UnsetType = UNSET


class IssuerOf2011(Wire, frozen=True, kw_only=True):
    """The issuer in 0.5, in its badge; ``origin`` is scheme and host, on which its Assertions lie."""

    origin: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    org: str | UnsetType = UNSET
    contact: str | UnsetType = UNSET


class BadgeOf2011(Wire, frozen=True, kw_only=True):
    """What can be earned in 0.5, in its Assertion; ``version`` is that of the specification."""

    issuer: IssuerOf2011
    version: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    image: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    criteria: str | UnsetType = UNSET


class AssertionOf2011(Wire, frozen=True, kw_only=True):
    """One award in 0.5; ``recipient`` is an e-mail address or the hash of one, addresses may be paths."""

    recipient: str
    badge: BadgeOf2011
    id: str | UnsetType = UNSET
    salt: str | UnsetType = UNSET
    evidence: str | UnsetType = UNSET
    expires: Time | UnsetType = UNSET
    issued_on: Time | UnsetType = msgspec.field(name="issued_on", default=UNSET)
    revoked: bool | UnsetType = UNSET
