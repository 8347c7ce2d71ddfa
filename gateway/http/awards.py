"""``/v1/credentials/issue``: issue from plain data, without a badge behind it."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example, OpenAPIMediaType, Reference, RequestBody
from litestar.params import JSONBody, RawBody

from gateway.flows.answer import Conversion
from gateway.flows.convert import Caller
from gateway.flows.describe import Describe
from gateway.flows.issue import Issue
from gateway.flows.once import Once
from gateway.http.admission import admitted, needs
from gateway.http.examples import AWARD
from gateway.http.openapi import documented
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.replies import AWARDED, IdempotencyKey, SealedAs, Status, To, answer, replied, request_of, wanted
from gateway.records.access import Scope
from gateway.records.plain import PlainAward

PLAIN = RequestBody(
    required=True,
    content={
        "application/json": OpenAPIMediaType(
            schema=Reference(ref="#/components/schemas/PlainAward"),
            examples={"shortest": Example(summary="The least that a badge needs", value=AWARD)},
        )
    },
)


class AwardController(Controller):
    """Issue from plain data."""

    path = "/v1/credentials/issue"
    tags = ["Credentials"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_ISSUE)

    @post(
        operation_id="issueCredential",
        summary="Issue a badge from plain data",
        operation_class=documented(body=PLAIN, responses=AWARDED),
        responses=problems(401, 403, 408, 409, 413, 422, 429, 503),
    )
    async def issue(  # noqa: PLR0913, PLR0917 - each a parameter of the request, or a flow
        self,
        data: JSONBody[PlainAward],  # noqa: ARG002 - the published shape; what is read are the exact bytes, strictly
        body: RawBody,
        to: To,
        caller: NamedDependency[Caller],
        issue: NamedDependency[Issue],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        securing: SealedAs = (),
        status: Status = (),
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Conversion]:
        """Sign and record what the platform itself awards; its issuer is always the platform.

        Each request is an award of its own; the same request with the same Idempotency-Key is the same award.
        """
        asked = wanted(to, securing, status)

        async def work() -> bytes:
            return await answer(await issue(body, asked, caller, key=idempotency_key), describe, caller)

        return await replied(await once(caller, idempotency_key, request_of("issue", asked, body, caller), work))
