"""Everything the gateway asks of the outside, on one page: small ports, each with its guarantees in words.

An implementation raises ``Unavailable`` when it cannot answer, and nothing else beyond what is named here.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from contextvars import ContextVar
from typing import Protocol

import msgspec

from adapters.hub.contract import Format
from gateway.records import (
    Achievement,
    Algorithm,
    Form,
    Intent,
    KeyHolder,
    KeyState,
    Platform,
    PublicKey,
    Purpose,
    Record,
    Source,
    State,
    Statement,
    StatusPurpose,
    Summary,
)
from gateway.records.status_lists import SeenList, StatusList
from gateway.records.tenants import Quota


class Clock(Protocol):
    def __call__(self) -> dt.datetime:
        """Return the current instant, aware, in UTC. Read once per request and passed on."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """An answer from the web.

    Attributes:
        url: The final address, after redirects.
        status: 200, or 410 (Gone).
        body: Decoded, at most 1 MiB.
        media_type: Lower case, without parameters; "" when the answer names none.
    """

    url: str
    status: int
    body: bytes
    media_type: str
    at: dt.datetime


class Sponsor(msgspec.Struct, frozen=True):
    """Who pays for the fetches of a request: an API key or an address, and how many a minute it may cause."""

    name: str
    per_minute: int


SPONSOR: ContextVar[Sponsor | None] = ContextVar("sponsor", default=None)
"""Set where a request comes in, read where one goes out; None is ourselves. It travels beside the calls because every
check may fetch and none should know who asked."""


class Fetch(Protocol):
    """Reads public https documents; the only way out to the network."""

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Return what ``url`` serves: 200 and 410 are answers.

        Addresses under the gateway's own public URL are answered from the store. ``fresh`` skips cached answers.

        Raises:
            FetchBlocked: An address that is never fetched from.
            FetchBudget: The sponsor has had too many documents fetched.
            NoDocument: The host answers that there is no such document (404).
            Unreachable: No answer that can be relied on (network, time, size, other status).
        """


class Cache(Protocol):
    """What may be lost at any moment; shared between processes where the implementation is."""

    async def get(self, key: str) -> bytes | None:
        """Return the value unless it expired or was lost."""

    async def put(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep ``value`` for at most ``ttl_s`` seconds."""

    async def ping(self) -> None:
        """Return when the cache answers."""


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of a token bucket; ``retry_after_s`` is 0 when allowed."""

    allowed: bool
    remaining: int
    retry_after_s: float


class RateLimit(Protocol):
    """Token buckets; taking is atomic across all users of the implementation."""

    async def take(self, bucket: str, *, capacity: int, per_s: float) -> Allowance:
        """Take one token from a bucket of ``capacity`` that refills ``per_s`` tokens a second."""


class Signer(Protocol):
    """Holds private keys and never shows one; async, so that a KMS or PKCS#11 fits."""

    async def sign(self, key_id: str, message: bytes) -> bytes:
        """Sign deterministically: Ed25519 (64 bytes), ES256 (RFC 6979, r||s, 64 bytes), RS256 (PKCS#1 v1.5).

        Raises:
            KeyMissing: No such key, or it is revoked.
        """


class Keys(Protocol):
    """The public side of our keys, and their life."""

    async def all(self, platform: str) -> tuple[PublicKey, ...]:
        """Return every key of the platform in every state, oldest first."""

    async def active(self, platform: str, purpose: Purpose, algorithm: Algorithm) -> PublicKey:
        """Return the key to sign with; made on first use.

        Raises:
            KeyMissing: None is active and none may be made.
        """

    async def rotate(self, platform: str, purpose: Purpose, algorithm: Algorithm, at: dt.datetime) -> PublicKey:
        """Make a new active key; the one before is retired and keeps verifying. Return the new one."""

    async def settle(self, key_id: str, state: KeyState, at: dt.datetime) -> None:
        """Move a key to ``state`` (retired or revoked)."""


class Settled(Protocol):
    """Facts that are decided once and must not change under what was already issued."""

    async def first(self, name: str, value: str) -> str:
        """Store ``value`` under ``name`` unless there is one; return what is stored. The first writer wins."""


class Platforms(Protocol):
    """Tenants."""

    async def ensure(self, platform: Platform) -> None:
        """Store the platform, or give the one with its id this name, unless it was renamed."""

    async def find(self, platform_id: str) -> Platform | None:
        """Return the platform with this id."""

    async def all(self) -> Sequence[Platform]:
        """Return every platform, by id."""


class ApiKeys(Protocol):
    """Who may call for a platform."""

    async def holder(self, sha256: bytes) -> KeyHolder | None:
        """Return the API key whose whole text has this digest, ended or not."""


class Achievements(Protocol):
    """What forms attest, each kept once and for good. Nothing of a recipient is in it, so it outlives every record."""

    async def first(self, achievement: Achievement) -> str:
        """Keep it unless the platform has one with its digest; return the id of the one that is kept.

        The first writer wins, across all users of the implementation. No plan that is committed afterwards is durable
        without it.
        """

    async def find(self, platform: str, achievement_id: str) -> Achievement | None:
        """Return the achievement with this id."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that must be durable before a key is used.

    Attributes:
        holder: Id of the API key that asked first; kept, and not looked at: its platform owns the record.
        actor: Who asked, as the audit trail names them.
        fingerprint: HMAC-SHA-256, 32 bytes, over platform and source, or over platform and the request that is not to
            be done twice: finds the record again.
        source: What it is converted from; None for plain data, which is the ``statement`` then.
        badge: HMAC-SHA-256, 32 bytes, over platform, issuer and id of the badge that it is converted from; None where
            that has no id.
        quota: Within which its forms have to be, together with all others of the platform.
        extends: Id of the record that was found under the fingerprint, and is to get what it lacks; "" where none was.
            When it was erased meanwhile, nothing of it is made anew.
    """

    record_id: str
    platform: str
    holder: str
    actor: str
    fingerprint: bytes
    title: str
    created: dt.datetime
    source: Source | None
    intents: tuple[Intent, ...]
    statement: Statement | None = None
    badge: bytes | None = None
    quota: Quota | None = None
    extends: str = ""


class Credentials(Protocol):
    """Records and their forms. Documents at rest are encrypted with one key a record; erasing it erases them."""

    async def plan(self, plan: Plan) -> Record:
        """Commit source, record, intents in one transaction; return the stored record.

        When the fingerprint is there already, the stored record wins: nothing is written but intents for formats and
        securings it lacks, the source's ``report`` is brought up to date, and that record is returned.

        Raises:
            NotActive: It, or another record of the same badge, was suspended or revoked, and would get a form that it
                lacks.
            NotFound: The record that it extends was erased at this moment.
            IssueLimit: With its forms the platform would have more than its quota.
        """

    async def closed(self, platform: str, badge: bytes) -> bool:
        """Whether a record of this badge was suspended or revoked, and not erased since."""

    async def seal(self, platform: str, form_id: str, sealed: bytes, receipt: str) -> tuple[Form, bool]:
        """Commit the signed bytes; the first committed ones win. Return the stored form, and whether this call was it.

        Raises:
            NotFound: There is no such form, or its record was erased.
        """

    async def known(self, platform: str, fingerprint: bytes) -> Record | None:
        """Return the record that was planned under this fingerprint, with all its forms."""


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """Which records, and how many; what is None or "" does not matter.

    Attributes:
        format: One that it was issued in.
        source_issuer: Exact id of the original issuer.
        created_after: Exclusive, as is ``created_before``.
        after: Instant and id of the record after which to begin.
    """

    limit: int
    state: State | None = None
    format: Format | None = None
    source_format: Format | None = None
    source_issuer: str = ""
    created_after: dt.datetime | None = None
    created_before: dt.datetime | None = None
    after: tuple[dt.datetime, str] | None = None


class Records(Protocol):
    """Reading what ``Credentials`` wrote."""

    async def find(self, platform: str | None, record_id: str) -> Record | None:
        """Return one record with all its forms; ``platform`` None looks in all (its id cannot be guessed)."""

    async def page(self, platform: str, search: Search) -> Sequence[Summary]:
        """Return the records that were searched for, newest first."""


class Forms(Protocol):
    """Issued forms by their own public, unguessable id."""

    async def find(self, platform: str, form_id: str) -> Form | None:
        """Return the form, sealed or only intended."""

    async def original(self, platform: str, record_id: str) -> Source | None:
        """Return what the record was converted from; None when it was issued from plain data, or erased."""

    async def revoked(self, platform: str) -> Sequence[tuple[str, str]]:
        """Return ``(form id, reason)`` of every revoked hosted or JWS form of the platform."""


class StatusLists(Protocol):
    """Status bits of what we issue. An entry, once allocated, is never given out again, crash or not."""

    async def allocate(self, platform: str, purpose: StatusPurpose) -> tuple[str, int]:
        """Return (list id, index): a random free entry of the open list; a new one opens when it is half full."""

    async def find(self, platform: str, list_id: str) -> StatusList | None:
        """Return the list with its bits and latest signed version."""

    async def due(self, before: dt.datetime) -> Sequence[StatusList]:
        """Return lists that were changed since they were signed, are signed until before then, or have no token yet."""

    async def publish(self, status_list: StatusList) -> bool:
        """Commit ``signed`` and ``token`` with their times, and return whether it was.

        An older version never replaces a newer one, and none that starts no later than the one that is there: unless
        that one starts more than ``LIST_AHEAD`` later, so that a clock was wrong.
        """


class NewestLists(Protocol):
    """The newest version that was seen of each status list of others, so that an older one is not taken for news."""

    async def find(self, list_sha256: bytes) -> SeenList | None:
        """Return what was kept of the list."""

    async def keep(self, seen: SeenList) -> None:
        """Keep it unless a later one, or as late a one with as many or more entries set, is kept of the list."""


class Replies(Protocol):
    """Answers to requests that carried an ``Idempotency-Key``."""

    async def begin(self, platform: str, holder: str, key: str, body_sha256: bytes, at: dt.datetime) -> bytes | None:
        """Claim the key. Return None when the caller should work, the stored answer when it was finished.

        A claim older than 60 seconds whose work never finished (a crash) is claimed anew.

        Raises:
            IdempotencyConflict: The key was used with another body.
            InProgress: Somebody is working on it.
            AnswerErased: What was answered told of a record that was erased since.
        """

    async def finish(
        self, platform: str, holder: str, key: str, body_sha256: bytes, answer: bytes, concerned: Collection[str] = ()
    ) -> None:
        """Store the answer for at least 24 hours, or until a record that it may tell of is erased.

        Of a platform that has more than 1 GiB of them the oldest go earlier. Nothing is stored where the key belongs to
        another request by now.

        Args:
            concerned: Ids of those records, of the same platform. Where one was erased already, nothing is stored but
                that it was.
        """

    async def forget(self, platform: str, holder: str, key: str, body_sha256: bytes) -> None:
        """Release the claim of this request after a refusal, so that a corrected one may use the key."""


class Health(Protocol):
    """A store that can say whether it answers."""

    async def ping(self) -> None:
        """Return when a trivial read succeeded."""
