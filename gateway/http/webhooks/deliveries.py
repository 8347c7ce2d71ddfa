"""``/v1/webhooks/{id}/deliveries``: what was sent, what could not be, and sending it again."""

from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from gateway.flows.convert import Caller
from gateway.flows.once import Once
from gateway.flows.webhooks.redeliver import ListDeliveries, Replay, Replayed, SendTest, Sent
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.replies import IdempotencyKey
from gateway.http.webhooks.endpoints import WebhookId
from gateway.records import Instant, require_writable
from gateway.records.access import Scope
from gateway.records.texts import Id
from gateway.records.webhooks import DeliveryState

PAGE_LIMIT = 100

InState = Annotated[
    tuple[DeliveryState, ...], QueryParameter(name="state", description="Only those in this state.", max_items=1)
]
After = Annotated[
    tuple[Id, ...], QueryParameter(description="Id of the last delivery of the page before.", max_items=1)
]
Limit = Annotated[int, QueryParameter(description=f"Deliveries on a page, 1 to {PAGE_LIMIT}.", ge=1, le=PAGE_LIMIT)]


class DeliveryList(msgspec.Struct, frozen=True, kw_only=True):
    """Some of an endpoint's deliveries, newest first; ``next`` is the cursor for the following page, "" at the end."""

    deliveries: Annotated[tuple[Sent, ...], msgspec.Meta(max_length=PAGE_LIMIT)]
    next: str = ""


class ReplayRange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which events are sent again.

    Attributes:
        since: Those that happened at this time or later.
        delivered: Those that were delivered as well.
    """

    since: Instant
    delivered: bool = False

    def __post_init__(self) -> None:
        """Refuse a time that nobody can write."""
        require_writable(self.since, "since")


class DeliveryController(Controller):
    """What was sent to an endpoint."""

    path = "/v1/webhooks/{webhook_id:str}"
    tags = ["Webhooks"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.WEBHOOKS_MANAGE)

    @get(
        "/deliveries",
        operation_id="listDeliveries",
        summary="List what was sent to a webhook",
        responses=problems(401, 403, 404, 429, 503),
    )
    async def page(
        self,
        webhook_id: WebhookId,
        caller: NamedDependency[Caller],
        list_deliveries: NamedDependency[ListDeliveries],
        in_state: InState = (),
        after: After = (),
        limit: Limit = 20,
    ) -> DeliveryList:
        """Newest first; what has ended is kept for 30 days. `state=dead` lists the dead letters."""
        only, last = next(iter(in_state), None), "".join(map(str, after))
        found = tuple(await list_deliveries(webhook_id, only, last, limit + 1, caller))
        return DeliveryList(deliveries=found[:limit], next=found[limit - 1].id if len(found) > limit else "")

    @post(
        "/deliveries/{delivery_id:str}/replay",
        operation_id="replayDelivery",
        summary="Send a message again",
        status_code=202,
        responses=problems(401, 403, 404, 409, 422, 429, 503),
    )
    async def replay(
        self,
        webhook_id: WebhookId,
        delivery_id: WebhookId,
        caller: NamedDependency[Caller],
        replay_deliveries: NamedDependency[Replay],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Replayed:
        """With the same id and body and a new signature, for 72 hours from now; dead, delivered or waiting.

        Only the `timestamp` of a `webhook.test` or `webhook.verification` is the time at which it was sent again.
        """

        async def work() -> bytes:
            return msgspec.json.encode(await replay_deliveries(webhook_id, caller, delivery_id=delivery_id))

        answer = await once(caller, idempotency_key, f"replay {webhook_id} {delivery_id}".encode(), work)
        return msgspec.json.decode(answer, type=Replayed)

    @post(
        "/replay",
        operation_id="replaySince",
        summary="Send all messages since a time again",
        status_code=202,
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 409, 413, 422, 429, 503),
    )
    async def replay_since(
        self,
        webhook_id: WebhookId,
        data: JSONBody[ReplayRange],
        caller: NamedDependency[Caller],
        replay_deliveries: NamedDependency[Replay],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Replayed:
        """Oldest first, at most 10,000 at once; events that were never sent to this endpoint are among them."""

        async def work() -> bytes:
            again = await replay_deliveries(webhook_id, caller, since=data.since, delivered=data.delivered)
            return msgspec.json.encode(again)

        request = f"replay {webhook_id} since ".encode() + msgspec.json.encode(data)
        return msgspec.json.decode(await once(caller, idempotency_key, request, work), type=Replayed)

    @post(
        "/test",
        operation_id="testWebhook",
        summary="Send a message that tells nothing",
        status_code=202,
        responses=problems(401, 403, 404, 409, 422, 429, 503),
    )
    async def test(
        self,
        webhook_id: WebhookId,
        caller: NamedDependency[Caller],
        send_test: NamedDependency[SendTest],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Sent:
        """A `webhook.test`, signed and tried again like an event."""

        async def work() -> bytes:
            return msgspec.json.encode(await send_test(webhook_id, caller))

        answer = await once(caller, idempotency_key, f"test {webhook_id}".encode(), work)
        return msgspec.json.decode(answer, type=Sent)
