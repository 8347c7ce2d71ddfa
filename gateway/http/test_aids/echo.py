"""``/v1/test/webhook-echo``: addresses that webhooks of test mode may be sent to, and what arrived there."""

import msgspec
from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import JSONBody

from gateway.flows.convert import Caller
from gateway.flows.once import Once
from gateway.flows.test_aids.echo import AnswerOtherwise, EchoAddress, EchoShown, MakeEcho, ShowEcho
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.openapi import component, documented
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.replies import IdempotencyKey
from gateway.http.webhooks.endpoints import WebhookId
from gateway.records.access import Scope
from gateway.records.trials import EchoAnswer

MADE = documented(
    responses={
        "201": OpenAPIResponse(
            description="The receiving address.", content={"application/json": component("EchoAddress")}
        )
    }
)


class WantedAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a receiving address answers: ``slow`` is 200 after eight seconds."""

    answer: EchoAnswer = EchoAnswer.OK


class ChangedAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a receiving address answers from now on."""

    answer: EchoAnswer


class EchoController(Controller):
    """Receiving addresses for webhooks."""

    path = "/v1/test/webhook-echo"
    tags = ["Test aids"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.WEBHOOKS_MANAGE)

    @post(
        operation_id="makeEcho",
        summary="Make a receiving address",
        operation_class=MADE,
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 409, 413, 422, 429, 503),
    )
    async def create(
        self,
        data: JSONBody[WantedAnswer],
        caller: NamedDependency[Caller],
        make_echo: NamedDependency[MakeEcho],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[EchoAddress]:
        """For a day; of more than ten the oldest ends.

        A repeated Idempotency-Key is told the address that the first request made, also when that has ended since.

        Make a webhook with its `url` (`createWebhook`): the messages then arrive here and nowhere else, and the
        question whether events are wanted is answered. Nothing else can be sent there: it is no address of the network.
        """

        async def work() -> bytes:
            return msgspec.json.encode(await make_echo(data.answer, caller))

        answer = await once(caller, idempotency_key, b"make echo" + msgspec.json.encode(data), work)
        return Response(msgspec.json.decode(answer, type=EchoAddress), status_code=201)

    @get(
        "/{echo_id:str}",
        operation_id="showEcho",
        summary="Show what arrived at a receiving address",
        responses=problems(401, 403, 404, 429, 503),
    )
    async def show(
        self, echo_id: WebhookId, caller: NamedDependency[Caller], show_echo: NamedDependency[ShowEcho]
    ) -> EchoShown:
        """The last 100 requests, newest first, with what a receiver has to look at: the signature and the time."""
        return await show_echo(echo_id, caller)

    @patch(
        "/{echo_id:str}",
        operation_id="changeEcho",
        summary="Let a receiving address answer otherwise",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 413, 429, 503),
    )
    async def change(
        self,
        echo_id: WebhookId,
        data: JSONBody[ChangedAnswer],
        caller: NamedDependency[Caller],
        answer_otherwise: NamedDependency[AnswerOtherwise],
    ) -> EchoAddress:
        """So that a message that fails and is tried again can be seen, and a webhook that is disabled."""
        return await answer_otherwise(echo_id, data.answer, caller)
