"""``/v1/webhooks``: the addresses that want to hear what happens."""

import datetime as dt
from typing import Annotated

import msgspec
from litestar import Controller, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import JSONBody, PathParameter

from gateway.flows.convert import Caller
from gateway.flows.once import Once
from gateway.flows.webhooks.amend import AmendWebhook, DisableWebhook, RemoveWebhook, RotateSecret, VerifyWebhook
from gateway.flows.webhooks.register import MOST, Endpoint, MadeEndpoint, RegisterWebhook, ShowWebhooks, Wanted
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.openapi import component, documented
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.replies import IdempotencyKey
from gateway.ports.webhooks import WebhookChange
from gateway.records.access import Scope
from gateway.records.events import EventKind

Url = Annotated[str, msgspec.Meta(min_length=1, max_length=2048, pattern="^https?://")]
Kinds = Annotated[tuple[EventKind, ...], msgspec.Meta(max_length=20)]
Description = Annotated[str, msgspec.Meta(max_length=200)]
WebhookId = Annotated[
    str,
    PathParameter(
        description="UUID in lower case.",
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\n)",
        max_length=36,
    ),
]
MADE = documented(
    responses={
        "201": OpenAPIResponse(
            description="The endpoint with its secret, which is not shown again.",
            content={"application/json": component("MadeEndpoint")},
        )
    }
)


class NewWebhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address that wants to hear what happens.

    Attributes:
        url: An https address on the web; http and others only of origins that whoever runs the gateway exempts.
        kinds: The events that it gets; none for all, those of later versions too.
        description: For people.
    """

    url: Url
    kinds: Kinds = ()
    description: Description = ""


class ChangedWebhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be otherwise; what is absent stays as it is."""

    url: Url | None = None
    kinds: Kinds | None = None
    description: Description | None = None


class Rotation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """How the secret is changed.

    Attributes:
        overlap_hours: How long messages are signed with the secret before, too: 24 gives time to change it everywhere,
            0 is for when somebody else may know it.
    """

    overlap_hours: Annotated[int, msgspec.Meta(ge=0, le=168)]


class Code(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ``challenge`` of the message ``webhook.verification`` that the endpoint received."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class WebhookList(msgspec.Struct, frozen=True, kw_only=True):
    """The platform's endpoints, oldest first."""

    webhooks: Annotated[tuple[Endpoint, ...], msgspec.Meta(max_length=MOST)]


class WebhookController(Controller):
    """The platform's endpoints; messages follow Standard Webhooks 1.0.0."""

    path = "/v1/webhooks"
    tags = ["Webhooks"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.WEBHOOKS_MANAGE)

    @post(
        operation_id="createWebhook",
        summary="Make a webhook",
        operation_class=MADE,
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 409, 413, 422, 429, 503),
    )
    async def create(
        self,
        data: JSONBody[NewWebhook],
        caller: NamedDependency[Caller],
        register_webhook: NamedDependency[RegisterWebhook],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[MadeEndpoint]:
        """Make an endpoint and ask it whether it wants events.

        It gets a message `webhook.verification` whose `data.challenge` it sends back in a 2xx answer, as text or as
        `{"challenge": "…"}`; or its owner gives that code to `verifyWebhook`. Events flow from then on. Each is signed
        with the secret (`v1`) and with the platform's key (`v1a`); both bind `webhook-id`, `webhook-timestamp` and the
        body. Any 2xx means that it arrived; otherwise it is tried again for 72 hours. It may arrive more than once and
        in any order: `webhook-id` tells what came already.
        """
        wanted = Wanted(url=data.url, kinds=data.kinds, description=data.description)

        async def work() -> bytes:
            return msgspec.json.encode(await register_webhook(wanted, caller))

        answer = await once(caller, idempotency_key, b"create webhook" + msgspec.json.encode(data), work)
        return Response(msgspec.json.decode(answer, type=MadeEndpoint), status_code=201)

    @get(operation_id="listWebhooks", summary="List webhooks", responses=problems(401, 403, 429, 503))
    async def all(self, caller: NamedDependency[Caller], show_webhooks: NamedDependency[ShowWebhooks]) -> WebhookList:
        """Every endpoint of the platform, with its state; secrets are not shown."""
        return WebhookList(webhooks=tuple(await show_webhooks(caller.platform)))

    @get(
        "/{webhook_id:str}",
        operation_id="showWebhook",
        summary="Show a webhook",
        responses=problems(401, 403, 404, 429, 503),
    )
    async def show(
        self,
        webhook_id: WebhookId,
        caller: NamedDependency[Caller],
        show_webhooks: NamedDependency[ShowWebhooks],
    ) -> Endpoint:
        """One endpoint: its state, and the keys that verify what is signed for it."""
        [found] = await show_webhooks(caller.platform, webhook_id)
        return found

    @patch(
        "/{webhook_id:str}",
        operation_id="changeWebhook",
        summary="Change a webhook",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 413, 422, 429, 503),
    )
    async def change(
        self,
        webhook_id: WebhookId,
        data: JSONBody[ChangedWebhook],
        caller: NamedDependency[Caller],
        amend_webhook: NamedDependency[AmendWebhook],
    ) -> Endpoint:
        """Change what is given. At another address the endpoint is asked anew whether it wants events."""
        change = WebhookChange(url=data.url, kinds=data.kinds, description=data.description)
        return await amend_webhook(webhook_id, change, caller)

    @delete(
        "/{webhook_id:str}",
        operation_id="removeWebhook",
        summary="Remove a webhook",
        responses=problems(401, 403, 404, 429, 503),
    )
    async def remove(
        self,
        webhook_id: WebhookId,
        caller: NamedDependency[Caller],
        remove_webhook: NamedDependency[RemoveWebhook],
    ) -> None:
        """Forget an endpoint, its secrets and everything that was or would have been sent to it."""
        await remove_webhook(webhook_id, caller)

    @post(
        "/{webhook_id:str}/secret",
        operation_id="rotateWebhookSecret",
        summary="Change a webhook's secret",
        operation_class=MADE,
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 409, 413, 422, 429, 503),
    )
    async def rotate(
        self,
        webhook_id: WebhookId,
        data: JSONBody[Rotation],
        caller: NamedDependency[Caller],
        rotate_webhook_secret: NamedDependency[RotateSecret],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[MadeEndpoint]:
        """Make a new secret. For a while messages carry two signatures `v1`, with the new and with the old one."""
        overlap = dt.timedelta(hours=data.overlap_hours)

        async def work() -> bytes:
            return msgspec.json.encode(await rotate_webhook_secret(webhook_id, overlap, caller))

        request = f"rotate secret {webhook_id} {data.overlap_hours}".encode()
        answer = await once(caller, idempotency_key, request, work)
        return Response(msgspec.json.decode(answer, type=MadeEndpoint), status_code=201)

    @post(
        "/{webhook_id:str}/challenge",
        operation_id="challengeWebhook",
        summary="Ask a webhook again whether it wants events",
        status_code=202,
        responses=problems(401, 403, 404, 409, 422, 429, 503),
    )
    async def ask_again(
        self,
        webhook_id: WebhookId,
        caller: NamedDependency[Caller],
        amend_webhook: NamedDependency[AmendWebhook],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Endpoint:
        """Send `webhook.verification` again; so is a disabled endpoint enabled. No event flows before its answer."""

        async def work() -> bytes:
            return msgspec.json.encode(await amend_webhook(webhook_id, WebhookChange(), caller, ask_again=True))

        answer = await once(caller, idempotency_key, f"ask again {webhook_id}".encode(), work)
        return msgspec.json.decode(answer, type=Endpoint)

    @post(
        "/{webhook_id:str}/verification",
        operation_id="verifyWebhook",
        summary="Show that a webhook's messages arrive",
        status_code=200,
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 413, 422, 429, 503),
    )
    async def verify(
        self,
        webhook_id: WebhookId,
        data: JSONBody[Code],
        caller: NamedDependency[Caller],
        verify_webhook: NamedDependency[VerifyWebhook],
    ) -> Endpoint:
        """For endpoints that cannot answer with the challenge: their owner reads it there and gives it here."""
        return await verify_webhook(webhook_id, data.code, caller)

    @post(
        "/{webhook_id:str}/disable",
        operation_id="disableWebhook",
        summary="Send nothing more to a webhook",
        status_code=200,
        responses=problems(401, 403, 404, 429, 503),
    )
    async def disable(
        self,
        webhook_id: WebhookId,
        caller: NamedDependency[Caller],
        disable_webhook: NamedDependency[DisableWebhook],
    ) -> Endpoint:
        """What waits becomes dead letters. `challengeWebhook` enables it again."""
        return await disable_webhook(webhook_id, caller)
