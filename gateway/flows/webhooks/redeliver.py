"""What was sent to an endpoint, and sending it again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from gateway.errors import GatewayError, NotFound
from gateway.flows.convert import Caller
from gateway.flows.webhooks.messages import message
from gateway.ports import Clock
from gateway.ports.webhooks import Deliveries, Webhooks
from gateway.records import Instant
from gateway.records.webhooks import TEST, Delivery, DeliveryState, WebhookState

AT_ONCE = 10_000
"""So many events are sent again at most with one request."""


class WebhookInactive(GatewayError):
    """The endpoint is not verified or is disabled, so nothing is sent to it."""

    code = "webhook-inactive"

    def __init__(self) -> None:
        super().__init__("nothing is sent to this webhook before it is verified", fix="POST …/challenge asks it again")


class Sent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One message to an endpoint.

    Attributes:
        id: Of the event; the ``webhook-id`` of every attempt.
        type: Kind of the event, or ``webhook.verification`` or ``webhook.test``.
        state: ``dead`` was tried for 72 hours, or its endpoint was disabled.
        attempts: How often it was sent.
        status: HTTP status of the last answer; absent when there was none.
        outcome: What came of the last attempt that failed.
        tried: When it was sent last.
        due: When it is sent next.
    """

    id: str
    type: str
    state: DeliveryState
    created: Instant
    attempts: int
    status: int = 0
    outcome: str = ""
    tried: Instant | None = None
    due: Instant | None = None


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """How many messages are sent again; 10000 means that there may be more."""

    replayed: int


@dataclass(frozen=True, slots=True)
class ListDeliveries:
    """An endpoint's deliveries, page by page."""

    webhooks: Webhooks
    deliveries: Deliveries

    async def __call__(
        self, webhook_id: str, state: DeliveryState | None, after: str, limit: int, caller: Caller
    ) -> Sequence[Sent]:
        """Return up to ``limit`` deliveries, newest first, after the one with id ``after``.

        Raises:
            NotFound: The platform has no such endpoint.
        """
        if await self.webhooks.find(caller.platform, webhook_id) is None:
            raise NotFound("there is no such webhook")
        found = await self.deliveries.page(caller.platform, webhook_id, state, after, limit)
        return [_sent(delivery) for delivery in found]


@dataclass(frozen=True, slots=True)
class Replay:
    """A delivery, or all since a time, sent again with the same ids."""

    clock: Clock
    webhooks: Webhooks
    deliveries: Deliveries

    async def __call__(
        self,
        webhook_id: str,
        caller: Caller,
        *,
        delivery_id: str = "",
        since: dt.datetime | None = None,
        delivered: bool = False,
    ) -> Replayed:
        """Send again one delivery, or the events since ``since`` that were not delivered.

        Args:
            delivered: Those that were delivered as well.

        Raises:
            NotFound: The platform has no such endpoint, or the endpoint no such delivery.
            WebhookInactive: Nothing is sent to it at present.
        """
        platform, now = caller.platform, self.clock()
        await _active(self.webhooks, platform, webhook_id)
        if since is None:
            if not await self.deliveries.replay(platform, webhook_id, delivery_id, now, caller.actor):
                raise NotFound("there is no such delivery")
            return Replayed(replayed=1)
        again = await self.deliveries.replay_since(
            platform, webhook_id, since, now, caller.actor, delivered=delivered, limit=AT_ONCE
        )
        return Replayed(replayed=again)


@dataclass(frozen=True, slots=True)
class SendTest:
    """A message that is no event, to try an endpoint out."""

    clock: Clock
    webhooks: Webhooks
    deliveries: Deliveries

    async def __call__(self, webhook_id: str, caller: Caller) -> Sent:
        """Send ``webhook.test``.

        Raises:
            NotFound: The platform has no such endpoint.
            WebhookInactive: Nothing is sent to it at present.
        """
        await _active(self.webhooks, caller.platform, webhook_id)
        test = message(caller.platform, webhook_id, TEST, self.clock())
        await self.deliveries.enqueue(test, caller.actor)
        return _sent(test)


async def _active(webhooks: Webhooks, platform: str, webhook_id: str) -> None:
    found = await webhooks.find(platform, webhook_id)
    if found is None:
        raise NotFound("there is no such webhook")
    if found.state is not WebhookState.ACTIVE:
        raise WebhookInactive


def _sent(delivery: Delivery) -> Sent:
    return Sent(
        id=delivery.id,
        type=delivery.type,
        state=delivery.state,
        created=delivery.created,
        attempts=delivery.attempts,
        status=delivery.status,
        outcome=delivery.outcome,
        tried=delivery.tried,
        due=delivery.due if delivery.state is DeliveryState.WAITING else None,
    )
