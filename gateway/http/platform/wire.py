"""What the interface of a platform is sent and answers."""

from typing import Annotated

import msgspec

from gateway.flows.describe import SealDescription, seal_described
from gateway.flows.platform.keys import MadeKey
from gateway.flows.platform.tenants import AUDIT_PAGE_LIMIT
from gateway.records import (
    BEFORE_ALL,
    Algorithm,
    ApiKey,
    Instant,
    KeyState,
    Platform,
    PublicKey,
    Purpose,
    require_writable,
)
from gateway.records.access import Role, Scope
from gateway.records.seals import ORGANISATION_ID
from gateway.records.tenants import AuditEntry, Member, PlatformLimits, TrustPolicy
from gateway.records.texts import OWN_ID_CHARACTERS, PLATFORM_ID, WHOLE, GivenId, PlatformId, Thumbprint

ONE_LINE = r"^[^\x00-\x1f\x7f]*$(?!\n)"
WEB_ADDRESS = r"^(https://[^\s\x00-\x1f\x7f<>\x22]+)?$(?!\n)"

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=ONE_LINE)]
OrganisationId = Annotated[str, msgspec.Meta(max_length=70, pattern=rf"^(?:{ORGANISATION_ID})?$(?!\n)")]
Country = Annotated[str, msgspec.Meta(max_length=2, pattern=r"^(?:[A-Z]{2})?$(?!\n)")]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """How much a platform may do; 0 is the installation's own limit.

    Attributes:
        requests_per_minute: Of all its keys together.
        issued_per_day: Forms, from midnight to midnight UTC.
    """

    requests_per_minute: Count = 0
    issued_per_day: Count = 0

    def stored(self) -> PlatformLimits:
        """The same, as it is kept."""
        return PlatformLimits(requests_per_minute=self.requests_per_minute, issued_per_day=self.issued_per_day)


CHANGE_BYTES = 1280 * 1024
"""Of a ``PlatformChange``: every member at its longest, as many lists as a policy may have, each letter escaped."""


class PlatformChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What is to be different; what is not named stays.

    Attributes:
        name: The issuer's name in everything that is issued from now on.
        email: Of the issuer, for everybody to see; "" for the installation's.
        url: Where the issuer is on the web; "" for the gateway itself.
        organisation_id: Under which the platform is registered and seals what it issues in ELM:
            `NTRFR-123456789` (ETSI EN 319 412-1); "" for the installation's. An imported certificate counts before it.
        country: In its seals, two capital letters; "" for the one in `organisationId`.
        policy: Whose badges are converted.
        limits: They can be lowered here; only the installation raises them.
    """

    name: Name | msgspec.UnsetType = msgspec.UNSET
    email: Annotated[str, msgspec.Meta(max_length=320)] | msgspec.UnsetType = msgspec.UNSET
    url: Annotated[str, msgspec.Meta(max_length=500, pattern=WEB_ADDRESS)] | msgspec.UnsetType = msgspec.UNSET
    organisation_id: OrganisationId | msgspec.UnsetType = msgspec.UNSET
    country: Country | msgspec.UnsetType = msgspec.UNSET
    policy: TrustPolicy | msgspec.UnsetType = msgspec.UNSET
    limits: Limits | msgspec.UnsetType = msgspec.UNSET

    def wanted(self) -> dict[str, object]:
        """By name, only what was sent."""
        named = {name: getattr(self, name) for name in self.__struct_fields__}
        return {
            name: value.stored() if isinstance(value, Limits) else value
            for name, value in named.items()
            if value is not msgspec.UNSET
        }


class PlatformDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A platform.

    Attributes:
        test: Whether it is the twin in which things are tried out; what it issues says so.
        created: Null where that is not known, of platforms that came with the first version.
    """

    id: PlatformId
    name: str
    email: str
    url: str
    organisation_id: str
    country: str
    test: bool
    policy: TrustPolicy
    limits: Limits
    created: Instant | None


class NewPlatform(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A platform to be.

    Attributes:
        id: Part of all its addresses and of its did:web, for good.
        name: The issuer's name in everything that it issues.
    """

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=OWN_ID_CHARACTERS, pattern=PLATFORM_ID)]
    name: Name


class PlatformList(msgspec.Struct, frozen=True, kw_only=True):
    """Every platform and its twin for tests, by id."""

    platforms: Annotated[tuple[PlatformDescription, ...], WHOLE]


class NewMember(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who may act for the platform from now on, once they sign in with this address."""

    address: Annotated[str, msgspec.Meta(min_length=3, max_length=320)]
    role: Role


class RoleChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a member may do from now on."""

    role: Role


class MemberDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A member of the platform."""

    id: GivenId
    address: str
    role: Role
    created: Instant


class MemberList(msgspec.Struct, frozen=True, kw_only=True):
    """Every member, oldest first."""

    members: Annotated[tuple[MemberDescription, ...], WHOLE]


class NewApiKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a new key should be.

    Attributes:
        scopes: None that the key lacks which asks.
        expires: From then on it is no key any more, and no later than the key that asks; null for never.
    """

    name: Name
    scopes: Annotated[tuple[Scope, ...], msgspec.Meta(min_length=1, max_length=20)]
    expires: Instant | None = None

    def __post_init__(self) -> None:
        """Refuse a time that nobody can write."""
        require_writable(self.expires, "expires")


class ApiKeyDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An API key, without its secret.

    Attributes:
        prefix: How its text begins.
        last_used: To a minute.
        made_by: As in the audit trail: `person …`, `key …`, `client …`, `command line` or `gateway`; "" when that was
            not kept yet.
        key: The whole text, in the answer to making it and nowhere else; "" otherwise.
    """

    id: GivenId
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    created: Instant
    expires: Instant | None = None
    last_used: Instant | None = None
    revoked: Instant | None = None
    made_by: str = ""
    key: str = ""


class ApiKeyList(msgspec.Struct, frozen=True, kw_only=True):
    """Every API key, oldest first; those that ended too."""

    keys: Annotated[tuple[ApiKeyDescription, ...], WHOLE]


class KeyRotation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which signing key gets a successor."""

    purpose: Purpose = Purpose.ASSERTION
    algorithm: Algorithm = Algorithm.EDDSA


class SigningKey(msgspec.Struct, frozen=True, kw_only=True):
    """The public half of a key that signs.

    Attributes:
        id: RFC 7638 thumbprint.
        seal: Of a key that seals: whom its certificate names.
    """

    id: Thumbprint
    purpose: Purpose
    algorithm: Algorithm
    state: KeyState
    created: Instant
    retired: Instant | None = None
    revoked: Instant | None = None
    seal: SealDescription | None = None


class SigningKeyList(msgspec.Struct, frozen=True, kw_only=True):
    """Every signing key in every state, oldest first."""

    keys: Annotated[tuple[SigningKey, ...], WHOLE]


class AuditList(msgspec.Struct, frozen=True, kw_only=True):
    """Some of what was done for the platform, latest first; ``next`` is the cursor for more, "" at the end."""

    entries: Annotated[tuple[AuditEntry, ...], msgspec.Meta(max_length=AUDIT_PAGE_LIMIT)]
    next: str = ""


def described(found: Platform) -> PlatformDescription:
    """A platform, as it is shown."""
    limits = Limits(requests_per_minute=found.limits.requests_per_minute, issued_per_day=found.limits.issued_per_day)
    return PlatformDescription(
        id=found.id,
        name=found.name,
        email=found.email,
        url=found.url,
        organisation_id=found.organisation_id,
        country=found.country,
        test=found.test,
        policy=found.policy,
        limits=limits,
        created=None if found.created == BEFORE_ALL else found.created,
    )


def member(found: Member) -> MemberDescription:
    """A member, as they are shown."""
    return MemberDescription(id=found.id, address=found.address, role=found.role, created=found.created)


def api_key(found: ApiKey) -> ApiKeyDescription:
    """An API key, as it is shown."""
    return ApiKeyDescription(
        id=found.id,
        name=found.name,
        prefix=found.prefix,
        scopes=tuple(sorted(found.scopes)),
        created=found.created,
        expires=found.expires,
        last_used=found.last_used,
        revoked=found.revoked,
        made_by=found.made_by,
    )


def made_key(made: MadeKey) -> ApiKeyDescription:
    """An API key at the one moment when its text is known."""
    return msgspec.structs.replace(api_key(made.key), key=made.text)


def signing_key(found: PublicKey) -> SigningKey:
    """A signing key, as it is shown."""
    return SigningKey(
        id=found.id,
        purpose=found.purpose,
        algorithm=found.algorithm,
        state=found.state,
        created=found.created,
        retired=found.retired,
        revoked=found.revoked,
        seal=seal_described(found.certificate.chain[0]) if found.certificate else None,
    )
