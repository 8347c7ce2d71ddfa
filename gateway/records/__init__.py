"""The values that are stored: platforms, sources, credentials, issuances, keys and status lists."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

import msgspec

from adapters.hub.contract import Format
from gateway.records.access import Scope
from gateway.records.seals import SealCertificate
from gateway.records.tenants import PlatformLimits, TrustPolicy, is_twin

BEFORE_ALL = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When what was always there was made."""

Instant = Annotated[dt.datetime, msgspec.Meta(tz=True)]

LATEST = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Beyond it an instant is none any more in some zones."""


def require_writable(at: dt.datetime | None, member: str) -> None:
    """Refuse an instant that cannot be written in UTC, or could not in another zone.

    Args:
        member: Name of the member that it is, in JSON; msgspec does not say where such an error comes from.

    Raises:
        ValueError: It lies before the year 2 or after 9998.
    """
    if at is not None and not LATEST.replace(year=2) <= at < LATEST:
        raise ValueError(f"a time has to lie between the years 2 and 9998, in UTC - at `$.{member}`")


class Securing(StrEnum):
    """How an issued form is sealed, by the name that callers use."""

    DATA_INTEGRITY = "data-integrity"
    VC_JWT = "vc-jwt"
    HOSTED = "hosted"
    JWS = "jws"
    JADES = "jades"
    SD_JWT = "sd-jwt"


class State(StrEnum):
    """What holds of a credential and of all its forms.

    ``INTENDED`` was planned and not sealed yet; ``SUSPENDED`` can be lifted; ``REVOKED`` is for good.
    """

    INTENDED = "intended"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


CLOSED = frozenset({State.SUSPENDED, State.REVOKED})
"""States in which no further form is made."""


class StatusPurpose(StrEnum):
    """What the status entry of a form may come to say; a form has one entry, with one purpose, for good."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


class Suspender(StrEnum):
    """Who suspends a record; one does not lift what the other one decided.

    ``SOURCE`` is the issuer of the badge that the record was converted from.
    """

    PLATFORM = "platform"
    SOURCE = "source"


class Algorithm(StrEnum):
    """Signature algorithms by their JOSE names; each key has exactly one."""

    EDDSA = "EdDSA"
    ES256 = "ES256"
    RS256 = "RS256"


class Purpose(StrEnum):
    """What a key may sign; a key never has two purposes."""

    ASSERTION = "assertion"
    RECEIPT = "receipt"
    STATUS_LIST = "status-list"
    SEAL = "seal"
    WEBHOOK = "webhook"

    @property
    def is_published(self) -> bool:
        """Whether documents of ours show such keys. Who takes webhooks is given theirs; no credential names one."""
        return self is not Purpose.WEBHOOK


class KeyState(StrEnum):
    """``NEXT`` is published and not used yet; ``RETIRED`` verifies what it signed; ``REVOKED`` verifies nothing."""

    NEXT = "next"
    ACTIVE = "active"
    RETIRED = "retired"
    REVOKED = "revoked"


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    """The public half of a key of ours.

    Attributes:
        id: RFC 7638 thumbprint, base64url; the last part of every address that names the key.
        spki: DER SubjectPublicKeyInfo.
        certificate: Of a seal key.
    """

    id: str
    platform: str
    purpose: Purpose
    algorithm: Algorithm
    state: KeyState
    spki: bytes
    created: Instant
    retired: Instant | None = None
    revoked: Instant | None = None
    certificate: SealCertificate | None = None


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant; ``id`` is a path segment of every public address of what it issues.

    Attributes:
        email: Of the issuer, for everybody; "" for the installation's.
        url: Where the issuer is on the web; "" for the gateway itself.
        organisation_id: In its seals, ``NTRFR-123456789``; "" for the installation's.
        country: In its seals, ISO 3166-1 alpha-2; "" for the installation's.
        renamed: Whether ``name`` is the platform's own and no longer that of the settings.
    """

    id: str
    name: str
    email: str = ""
    url: str = ""
    organisation_id: str = ""
    country: str = ""
    renamed: bool = False
    policy: TrustPolicy = TrustPolicy()
    limits: PlatformLimits = PlatformLimits()
    created: Instant = BEFORE_ALL

    @property
    def test(self) -> bool:
        """Whether it is the twin in which a platform tries things out."""
        return is_twin(self.id)


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """Who may call for a platform; only ``sha256`` (of the whole key, 32 bytes) is ever stored.

    Attributes:
        prefix: The first characters of the key, enough to recognise it in a list and too few to guess it.
        expires: From then on it is no key any more; None for never.
        last_used: To a minute.
        made_by: As in the audit trail.
        member: Id of the member who made it, or the key that made it; it ends with their rights. "" for nobody's.
    """

    id: str
    platform: str
    prefix: str
    sha256: bytes
    created: Instant
    name: str = ""
    scopes: frozenset[Scope] = frozenset()
    expires: Instant | None = None
    last_used: Instant | None = None
    revoked: Instant | None = None
    made_by: str = ""
    member: str = ""


class KeyHolder(msgspec.Struct, frozen=True, kw_only=True):
    """A key as it is found by its digest, and how many requests a minute all keys of its platform may make (0: any)."""

    key: ApiKey
    platform_per_minute: int = 0


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What was received, exactly, and how it verified.

    Attributes:
        sha256: Of the received bytes, 32 bytes.
        carrier: ``json``, ``jws``, ``png`` or ``svg``.
        url: Where it was fetched from, "" when it came in the request.
        capability: Unguessable last part of the URL that shows the original to whoever holds it.
        report: The verification report as JSON.
        known: Documents it was read with, by URL (the hosted BadgeClass and issuer of that moment).
        issuer: Id of the original issuer, "" where it was not kept.
        award: Which award of a document that holds several, 0 the first.
    """

    received: bytes
    sha256: bytes
    carrier: str
    media_type: str
    format: Format
    version: str
    securing: str
    capability: str
    received_at: Instant
    report: bytes
    url: str = ""
    known: dict[str, bytes] = {}
    issuer: str = ""
    award: int = 0


class StatementKind(StrEnum):
    """What a platform states itself: an award in plain data, or a credential (ELM, Open Badges 3.0) as it wrote it."""

    AWARD = "award"
    ELM = "elm"
    CREDENTIAL = "credential"


WRITTEN_WHOLE = frozenset({StatementKind.ELM, StatementKind.CREDENTIAL})
"""Documents of the platform's own, with whatever personal data they hold: their forms are for it alone."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform asked for itself: no badge is behind it, and nobody's word but the platform's.

    Attributes:
        received: The exact body of the request.
        sha256: Of the received bytes, 32 bytes.
        salt: Hides the recipient's identities, the same in every form.
        api_key: Id of the API key that asked.
    """

    received: bytes
    sha256: bytes
    salt: str
    received_at: Instant
    api_key: str
    kind: StatementKind = StatementKind.AWARD

    @property
    def media_type(self) -> str:
        """Of the received bytes."""
        return "application/json"


class Achievement(msgspec.Struct, frozen=True, kw_only=True):
    """What forms attest: a BadgeClass or Achievement under an address of its own, shared by all who earned it.

    Attributes:
        id: UUIDv4; the last part of its address.
        digest: HMAC-SHA-256 over platform, format and the document without its own id, 32 bytes.
        document: JSON, as its address serves it.
    """

    id: str
    platform: str
    digest: bytes
    document: bytes


class Intent(msgspec.Struct, frozen=True, kw_only=True):
    """One form about to be signed: committed before any key is used, so that a crash loses nothing.

    Attributes:
        id: UUIDv4 of the form; the last part of its address.
        key: Key id that will sign; "" for a hosted form, which nobody signs.
        unsigned: The bytes that sealing starts from (a JSON document, with its proof options, or a JWS signing input).
        losses: The loss report of this form as JSON.
        status_list: Id of the list and its entry; "" and -1 when the form has none.
        status_purpose: Of that list; None when the form has no entry.
        holder: Whose key it is bound to (`Holder.digest`, keyed); "" when it is bound to nobody's.
    """

    id: str
    format: Format
    securing: Securing
    key: str
    unsigned: bytes
    losses: bytes
    at: Instant
    status_list: str = ""
    status_index: int = -1
    status_purpose: StatusPurpose | None = None
    holder: str = ""

    @property
    def revocable(self) -> bool:
        """Whether those who verify it can see that it was revoked."""
        return is_revocable(self.format, self.status_purpose)


def is_revocable(format: Format, purpose: StatusPurpose | None) -> bool:
    """Whether a form of this format, with a status entry of this purpose or none, can say that it was revoked."""
    return purpose is not None or format is Format.OPEN_BADGES_2


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One issued form: an intent that may have been sealed.

    Attributes:
        sealed: The exact issued bytes; None while only intended.
        receipt: The signed conversion receipt, compact JWS; "" while only intended.
        private: Whether it is served to nobody but the platform and whom it was made for: what a platform uploaded to
            be sealed may say anything of a person, and what is bound to a holder's key is theirs to show.
    """

    intent: Intent
    platform: str
    credential: str
    sealed: bytes | None = None
    receipt: str = ""
    revoked: Instant | None = None
    revocation_reason: str = ""
    suspended: Instant | None = None
    suspension_reason: str = ""
    private: bool = False


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was awarded: what it was made from, and every form made of it.

    Attributes:
        id: Unguessable (UUIDv4); the last part of ``/credentials/{id}``.
        title: Name of the achievement, for lists and pages.
        source: The verified badge that it was converted from; None when the platform issued it from plain data.
        statement: That plain data; None when it was converted from a badge.
    """

    id: str
    platform: str
    created: Instant
    title: str
    source: Source | None
    forms: tuple[Form, ...]
    statement: Statement | None = None
    state: State = State.INTENDED

    @property
    def unbound(self) -> tuple[Form, ...]:
        """The forms that are handed out to whoever may have the record: all but those bound to a holder's key.

        Those are had by claiming an offer with that key and in no other way, by the platform as little as by others.
        """
        return tuple(form for form in self.forms if not form.intent.holder)


class Summary(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One line of a list of records.

    Attributes:
        updated: When a form was made of it last, or its state changed.
        source_format: Of the badge that it was converted from; null when it was issued from plain data.
        source_issuer: Id of the original issuer, "" where there is none.
        formats: Those that it was issued in.
    """

    id: str
    created: Instant
    updated: Instant
    title: str
    state: State
    source_format: Format | None
    source_issuer: str = ""
    formats: tuple[Format, ...]
