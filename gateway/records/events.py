"""What happened to credentials, as it is told to the platforms that own them."""

from enum import StrEnum
from uuid import uuid4

import msgspec

from gateway.records import Instant


class EventKind(StrEnum):
    """What an event tells; the ``type`` of a webhook's body."""

    CREDENTIAL_CREATED = "credential.created"
    FORM_ISSUED = "form.issued"
    CREDENTIAL_CLAIMED = "credential.claimed"
    OFFER_LOCKED = "offer.locked"
    WALLET_NOTIFIED = "wallet.notified"
    CREDENTIAL_REVOKED = "credential.revoked"
    CREDENTIAL_SUSPENDED = "credential.suspended"
    CREDENTIAL_REINSTATED = "credential.reinstated"
    CREDENTIAL_ERASED = "credential.erased"
    SOURCE_REVOKED = "source.revoked"
    SOURCE_MISSING = "source.missing"
    SOURCE_CONFIRMED = "source.confirmed"
    SOURCE_UNREACHABLE = "source.unreachable"
    SOURCE_SUSPENDED = "source.suspended"
    SOURCE_ROLLED_BACK = "source.rolled-back"
    WEBHOOK_DISABLED = "webhook.disabled"


class EventData(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The particulars of an event: ids and states, nothing personal, no title.

    One text is somebody's own: the reason that the platform itself gave, which everybody who verifies may read.

    Attributes:
        form: Id of the issued form that it concerns.
        format: Format of that form.
        securing: How that form is sealed.
        state: What the credential is now, ``active``, ``suspended`` or ``revoked``; of a webhook why it was disabled,
            ``gone`` or ``failing``.
        reason: Why it was revoked or suspended, as whoever did it said; at most 500 characters. Absent once the
            credential was erased.
        actor: What kind of actor changed its state: ``key``, ``client``, ``person``, ``command line``, or
            ``source-watch`` where its source was taken back. Which one stands in the audit trail.
        source: How the source was looked at: ``status-list``, ``hosted`` or ``revocation-list``.
        seen: What was seen there, in one word: ``revoked``, ``suspended``, ``gone``, ``missing``, ``valid``,
            ``replayed`` (an older list than one that is known), ``unreachable``, ``unproven``.
        seen_at: When it was seen.
        webhook: Id of the webhook that it concerns.
        wallet: What the wallet says that became of what it fetched: ``accepted``, ``failed`` or ``deleted``.
        offer: Reference of the offer that it concerns, which says no more than which of the platform's it is.
        bound: Whether the form was made for the key of a wallet.
    """

    form: str = ""
    format: str = ""
    securing: str = ""
    state: str = ""
    reason: str = ""
    actor: str = ""
    source: str = ""
    seen: str = ""
    seen_at: Instant | None = None
    webhook: str = ""
    wallet: str = ""
    offer: str = ""
    bound: bool = False


def acting(actor: str) -> str:
    """The kind of an actor of the audit trail, without the id that follows it."""
    return actor if actor == "command line" else actor.partition(" ")[0]


def _new_id() -> str:
    return str(uuid4())


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, written in the transaction of what it reports.

    Attributes:
        id: UUIDv4; the same wherever the event is shown or sent, so that who gets it twice can tell.
        credential: Id of the record; "" for what concerns none.
        position: Place in the platform's feed, rising from 1; 0 until it has one.
    """

    platform: str
    kind: EventKind
    credential: str
    at: Instant
    data: EventData = EventData()
    id: str = msgspec.field(default_factory=_new_id)
    position: int = 0

    @property
    def notice(self) -> "Notice":
        """The event as its platform is told it."""
        data = msgspec.structs.asdict(self.data)
        return Notice(
            id=self.id, type=self.kind, timestamp=self.at, data=NoticeData(credential=self.credential, **data)
        )


class NoticeData(EventData, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What happened to what.

    Attributes:
        credential: Id of the record; absent for what concerns none.
    """

    credential: str = ""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it stands in the feed, and exactly so as the body of a webhook.

    Attributes:
        id: UUIDv4, the ``webhook-id``; the same in the feed, in every attempt and in every replay.
        type: What happened.
        timestamp: When it happened, which is not when it is told.
    """

    id: str
    type: str
    timestamp: Instant
    data: NoticeData
