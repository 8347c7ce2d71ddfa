"""Webhook endpoints, and the outbox of what is sent to them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from gateway.records.events import EventKind
from gateway.records.webhooks import Attempted, Claimed, Delivery, DeliveryState, Webhook


class Webhooks(Protocol):
    """Endpoints of platforms. Their addresses and secrets are encrypted at rest."""

    async def add(self, webhook: Webhook, verification: Delivery, actor: str, at_most: int) -> bool:
        """Store an endpoint together with the message that asks whether it wants events.

        False, and nothing is stored, when its platform has ``at_most`` already, however many are added at once.
        """

    async def find(self, platform: str, webhook_id: str) -> Webhook | None:
        """Return the endpoint with this id."""

    async def all(self, platform: str) -> Sequence[Webhook]:
        """Return every endpoint of the platform, oldest first."""

    async def remove(self, platform: str, webhook_id: str, actor: str, at: dt.datetime) -> bool:
        """Forget an endpoint, its secrets and its deliveries; tell whether there was one."""


class WebhookChange(msgspec.Struct, frozen=True, kw_only=True):
    """What the owner of an endpoint changes; None leaves a member as it is."""

    url: str | None = None
    kinds: tuple[EventKind, ...] | None = None
    description: str | None = None


class WebhookChanges(Protocol):
    """Changes of one endpoint, each noted in the audit trail in its transaction; False when there is none."""

    async def change(
        self,
        platform: str,
        webhook_id: str,
        change: WebhookChange,
        verification: Delivery | None,
        at: dt.datetime,
        actor: str,
    ) -> bool:
        """Change what was given; with ``verification`` the endpoint has to show anew that it wants events."""

    async def rotate(
        self, platform: str, webhook_id: str, secret: bytes, before_until: dt.datetime, at: dt.datetime, actor: str
    ) -> bool:
        """Make ``secret`` the current one; the one before signs too until ``before_until``."""

    async def verified(self, webhook: Webhook, at: dt.datetime, actor: str) -> bool:
        """Let events flow to an endpoint that has shown that it wants them, from those that happen now on.

        Nothing happens when the endpoint has another address by now than ``webhook`` has.
        """

    async def disabled(self, platform: str, webhook_id: str, at: dt.datetime, actor: str) -> bool:
        """Stop sending at the owner's wish; what waits becomes a dead letter."""


class Deliveries(Protocol):
    """What was and will be sent to endpoints; what is sent at somebody's wish is noted in the audit trail with it."""

    async def page(
        self, platform: str, webhook_id: str, state: DeliveryState | None, after: str, limit: int
    ) -> Sequence[Delivery]:
        """Return up to ``limit`` deliveries, newest first, after the one with id ``after`` ("" from the start)."""

    async def enqueue(self, delivery: Delivery, actor: str) -> None:
        """Let a message that is no event be sent."""

    async def replay(self, platform: str, webhook_id: str, delivery_id: str, at: dt.datetime, actor: str) -> bool:
        """Send a delivery again, for 72 hours from now; False when there is none."""

    async def replay_since(
        self,
        platform: str,
        webhook_id: str,
        since: dt.datetime,
        at: dt.datetime,
        actor: str,
        *,
        delivered: bool,
        limit: int,
    ) -> int:
        """Send up to ``limit`` events again, those that were not delivered alone unless ``delivered``.

        Events that were never sent to this endpoint, because it was disabled or not there yet, count too. Oldest
        first; returns how many.
        """


class Outbox(Protocol):
    """What the senders share. Several may run: a delivery is held by one at a time, for as long as its lease lasts."""

    async def news(self) -> Sequence[str]:
        """Return every platform in whose feed something is new."""

    async def spread(self, platform: str, at: dt.datetime) -> None:
        """Make deliveries of all events that are new in its feed. Resumable: done and noted in one transaction."""

    async def due(self, at: dt.datetime) -> Sequence[tuple[str, str, bool]]:
        """Return ``(platform, webhook, failing)`` of every endpoint to which something is due, longest due first."""

    async def claim(
        self, wanted: Mapping[tuple[str, str], int], at: dt.datetime, until: dt.datetime
    ) -> Sequence[Claimed]:
        """Hold up to so many due deliveries of each ``(platform, webhook)`` until ``until``."""

    async def settle(self, attempted: Attempted) -> None:
        """Write down what came of an attempt, unless its lease ran out and somebody else holds the delivery now.

        What disables an endpoint is an event, written in the same transaction.
        """
