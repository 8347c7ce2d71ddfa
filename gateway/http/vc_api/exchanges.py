"""``/vc-api/workflows/claim/exchanges``: how wallets fetch what is offered to them, and platforms offer it."""

from typing import Annotated, Any  # Any: members of JSON documents

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, PathParameter, RawBody

from gateway.flows.convert import Caller
from gateway.flows.exchanges.arrange import ArrangeExchange
from gateway.flows.exchanges.challenges import GiveChallenge
from gateway.flows.exchanges.messages import (
    LIMITS,
    Challenge,
    Exchange,
    ExchangeMessage,
    NewExchange,
    Participation,
    Presentation,
)
from gateway.flows.exchanges.participate import Participate
from gateway.flows.exchanges.protocols import Protocols
from gateway.flows.offers.doors import EXCHANGES
from gateway.flows.once import Once
from gateway.http.admission import admitted, needs
from gateway.http.delivery import DEFAULTS
from gateway.http.json_body import SMALL_BYTES
from gateway.http.parameters import only_known_parameters
from gateway.http.provided import flow
from gateway.http.replies import IdempotencyKey, request_of
from gateway.http.vc_api.documented import BARE, EXCHANGING, refusals
from gateway.records.access import Scope

ExchangeId = Annotated[
    str, PathParameter(description="Of the exchange.", pattern=r"^[A-Za-z0-9_-]{1,64}$(?!\n)", max_length=64)
]
JSON = "application/json"


class ExchangeController(Controller):
    """A platform makes exchanges; wallets take part in them, and the address is their permission."""

    path = EXCHANGES
    tags = ["Exchanges"]
    guards = [only_known_parameters]
    dependencies = {"arrange": flow("exchanges.arrange"), "participate": flow("exchanges.participate")}

    @post(
        operation_id="createExchange",
        security=[{"apiKey": []}],
        guards=[admitted],
        summary="Offer a credential to a wallet",
        opt=needs(Scope.CREDENTIALS_ISSUE),
        operation_class=EXCHANGING,
        request_max_body_size=SMALL_BYTES,
        responses=refusals(401, 403, 404, 408, 409, 413, 422),
    )
    async def create(
        self,
        data: JSONBody[NewExchange],
        body: RawBody,
        caller: NamedDependency[Caller],
        arrange: NamedDependency[ArrangeExchange],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Exchange]:
        """Whoever has the address in `Location` can fetch the credential, once: give it to nobody but its recipient."""

        async def work() -> bytes:
            return msgspec.json.encode(await arrange(data, caller))

        kept = await once(caller, idempotency_key, request_of("exchange", (), body), work)
        made = msgspec.json.decode(kept, type=Exchange)
        return Response(made, status_code=201, headers={"Location": made.id})

    @get(
        "/{exchange_id:str}",
        operation_id="getExchange",
        security=[{"apiKey": []}],
        guards=[admitted],
        summary="What became of an exchange",
        opt=needs(Scope.CREDENTIALS_READ),
        responses=refusals(401, 403, 404),
    )
    async def show(
        self, exchange_id: ExchangeId, caller: NamedDependency[Caller], arrange: NamedDependency[ArrangeExchange]
    ) -> Exchange:
        """Whether it was fetched; nothing of who did."""
        return await arrange.one(exchange_id, caller)

    @post(
        "/{exchange_id:str}",
        operation_id="participateInExchange",
        security=[{}],
        summary="Take part",
        status_code=200,
        request_max_body_size=LIMITS.max_bytes,
        responses=refusals(404, 408, 409, 410, 413, 422),
    )
    async def participate(
        self,
        exchange_id: ExchangeId,
        data: JSONBody[Participation],  # noqa: ARG002 - the published shape; what is read are the exact bytes, strictly
        body: RawBody,
        participate: NamedDependency[Participate],
    ) -> ExchangeMessage:
        """`{}` asks what to show; a presentation of the key that answers the challenge fetches the credential.

        The same key can fetch the same again for an hour, with a new challenge each time.
        """
        return await participate(exchange_id, body)

    @get(
        "/{exchange_id:str}/protocols",
        operation_id="getExchangeProtocols",
        security=[{}],
        summary="By which protocols it can be fetched",
        responses=refusals(404, 410, 422),
    )
    async def protocols(self, exchange_id: ExchangeId, participate: NamedDependency[Participate]) -> Protocols:
        """What the interaction URL of the offer answers as well."""
        return await participate.protocols(exchange_id)

    @get(
        "/{exchange_id:str}/request",
        operation_id="getExchangeRequest",
        security=[{}],
        summary="What a wallet is asked to show",
        responses=refusals(404, 410, 422),
    )
    async def request(self, exchange_id: ExchangeId, participate: NamedDependency[Participate]) -> ExchangeMessage:
        """As for `{}`: with a new challenge each time, beside those that were given before."""
        return ExchangeMessage(verifiable_presentation_request=await participate.request(exchange_id))

    @post(
        "/{exchange_id:str}/bare",
        operation_id="claimBare",
        security=[{}],
        summary="Fetch, without the envelopes of exchanges",
        status_code=200,
        operation_class=BARE,
        request_max_body_size=LIMITS.max_bytes,
        responses={
            **refusals(404, 408, 409, 410, 413, 422),
            200: ResponseSpec(dict[str, Any], description="The credential, as it was sealed.", generate_examples=False),
        },
    )
    async def bare(
        self,
        exchange_id: ExchangeId,
        data: JSONBody[Presentation],  # noqa: ARG002 - the published shape; what is read are the exact bytes, strictly
        body: RawBody,
        participate: NamedDependency[Participate],
    ) -> Response[bytes]:
        """For deep links into Learner Credential Wallet: a presentation is the body, the credential the answer.

        The challenge is the one in the link; the proof may name no domain.
        """
        return Response(await participate.bare(exchange_id, body), media_type=JSON, headers=DEFAULTS)


@post(
    "/vc-api/challenges",
    operation_id="createChallenge",
    summary="Have a challenge",
    status_code=200,
    tags=["Verify"],
    security=[{}],
    guards=[only_known_parameters],
    dependencies={"give_challenge": flow("exchanges.give_challenge")},
    responses=refusals(),
)
async def create_challenge(give_challenge: NamedDependency[GiveChallenge]) -> Challenge:
    """For a presentation that will be verified here: it answers the challenge, which works once, for ten minutes."""
    return await give_challenge()
