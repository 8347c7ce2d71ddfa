"""Endpoints of platforms that are told what happened, and what was sent to them.

Source: Standard Webhooks 1.0.0, https://www.standardwebhooks.com
"""

import datetime as dt
from enum import StrEnum

import msgspec

from gateway.records import Instant
from gateway.records.events import Event, EventKind

SECRET_BYTES = 32

VERIFICATION = "webhook.verification"
TEST = "webhook.test"
"""Types of messages that are no events: they are in no feed."""


class WebhookState(StrEnum):
    """``UNVERIFIED`` has not shown yet that it wants events; ``DISABLED`` gets none until it is enabled."""

    UNVERIFIED = "unverified"
    ACTIVE = "active"
    DISABLED = "disabled"


class WhyDisabled(StrEnum):
    """Why an endpoint gets nothing: its owner asked for it, it answered 410, or it failed for days."""

    ASKED = "asked"
    GONE = "gone"
    FAILING = "failing"


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    """What messages to one endpoint are signed with, shown only when it is made.

    Attributes:
        current: 32 random bytes.
        before: The one before, which signs too until ``before_until``; b"" when there is none.
    """

    current: bytes
    before: bytes = b""
    before_until: Instant | None = None

    def __repr__(self) -> str:
        return "Secret(…)"

    def keys(self, now: dt.datetime) -> tuple[bytes, ...]:
        """What signs at this moment, the newest first."""
        overlaps = self.before_until is not None and now < self.before_until
        return (self.current, self.before) if overlaps else (self.current,)


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint of a platform.

    Attributes:
        kinds: The events that it gets; none means all.
        since: Position in the feed after which its events begin.
        failures: Failed attempts since the last one that arrived.
        failing_since: When the first of these was made.
    """

    id: str
    platform: str
    url: str
    secret: Secret
    created: Instant
    description: str = ""
    kinds: tuple[EventKind, ...] = ()
    state: WebhookState = WebhookState.UNVERIFIED
    why_disabled: WhyDisabled | None = None
    since: int = 0
    failures: int = 0
    failing_since: Instant | None = None


class DeliveryState(StrEnum):
    """``DEAD`` was tried for 72 hours, or its endpoint was disabled; it can be replayed."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One message to one endpoint.

    Attributes:
        id: Of the event; ``webhook-id`` of every attempt and every replay, so that the receiver can tell.
        type: Kind of the event, or ``VERIFICATION`` or ``TEST``.
        created: When its 72 hours began.
        due: When it is tried next, while it is waiting.
        attempts: How often it was sent since ``created``.
        status: HTTP status of the last answer, 0 when there was none.
        outcome: What came of the last attempt, in a few words; "" before the first.
    """

    id: str
    platform: str
    webhook: str
    type: str
    created: Instant
    due: Instant
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    status: int = 0
    outcome: str = ""
    tried: Instant | None = None


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that one sender holds until ``leased``; afterwards anybody may claim it again.

    Attributes:
        event: What it tells; None for ``VERIFICATION`` and ``TEST``.
    """

    delivery: Delivery
    webhook: Webhook
    leased: Instant
    event: Event | None = None


class Ending(StrEnum):
    """What an attempt means for the endpoint."""

    ARRIVED = "arrived"
    VERIFIED = "verified"
    FAILED = "failed"
    GONE = "gone"
    UNTRIED = "untried"


class Attempted(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an attempt, and what comes next.

    Attributes:
        due: When it is tried again; None when that was the last time.
        rest_until: Until then the endpoint is asked for nothing at all.
    """

    claimed: Claimed
    ending: Ending
    at: Instant
    status: int = 0
    outcome: str = ""
    due: Instant | None = None
    rest_until: Instant | None = None
