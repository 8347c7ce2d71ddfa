"""``/v1/credentials/{id}``/revoke, /suspend and /reinstate: what becomes of a credential after it was issued."""

from typing import Annotated

import msgspec
from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import JSONBody

from gateway.flows.convert import Caller
from gateway.flows.describe import Describe, Description
from gateway.flows.once import Once
from gateway.flows.reinstate import Reinstate
from gateway.flows.revoke import Revoke
from gateway.flows.suspend import Suspend
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.openapi import component, documented
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.records import RecordId
from gateway.http.replies import IdempotencyKey, request_of
from gateway.records import Record
from gateway.records.access import Scope

CHANGED = documented(
    responses={
        "200": OpenAPIResponse(
            description="The record as it is now; to a key that may not read, what everybody may see of it.",
            content={"application/json": component("Description")},
        )
    }
)
PROBLEMS = problems(401, 403, 404, 409, 413, 422, 429, 503)


class Reason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why; everybody who verifies the credential may come to read it, so it names nobody."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]


class StateController(Controller):
    """Revoke, suspend and reinstate credentials."""

    path = "/v1/credentials/{record_id:str}"
    tags = ["Credentials"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_REVOKE)

    @post(
        "/revoke",
        operation_id="revokeCredential",
        summary="Revoke a credential",
        status_code=200,
        operation_class=CHANGED,
        request_max_body_size=SMALL_BYTES,
        responses=PROBLEMS,
    )
    async def revoke(
        self,
        record_id: RecordId,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        revoke: NamedDependency[Revoke],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Description]:
        """Every form of it, for good; a suspended one too. Repeating it changes nothing, and the first reason stays.

        Its status lists say so when this is answered.
        """

        async def work() -> bytes:
            return await _described(describe, await revoke(record_id, data.reason, caller), caller)

        request = request_of(f"revoke {record_id}", (), data.reason.encode(), caller)
        return _replied(await once(caller, idempotency_key, request, work))

    @post(
        "/suspend",
        operation_id="suspendCredential",
        summary="Suspend a credential",
        status_code=200,
        operation_class=CHANGED,
        request_max_body_size=SMALL_BYTES,
        responses=PROBLEMS,
    )
    async def suspend(
        self,
        record_id: RecordId,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        suspend: NamedDependency[Suspend],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Description]:
        """Every form of it, until it is reinstated; only what was issued with ``status=suspension`` can be.

        409 says which form cannot. Repeating it changes nothing, and the first reason stays.
        """

        async def work() -> bytes:
            return await _described(describe, await suspend(record_id, data.reason, caller), caller)

        request = request_of(f"suspend {record_id}", (), data.reason.encode(), caller)
        return _replied(await once(caller, idempotency_key, request, work))

    @post(
        "/reinstate",
        operation_id="reinstateCredential",
        summary="Reinstate a credential",
        status_code=200,
        operation_class=CHANGED,
        responses=problems(401, 403, 404, 409, 422, 429, 503),
    )
    async def reinstate(
        self,
        record_id: RecordId,
        caller: NamedDependency[Caller],
        reinstate: NamedDependency[Reinstate],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Description]:
        """Lift the platform's suspension: every form verifies again. What was revoked stays so.

        While the issuer of the badge that it was converted from suspends it as well, it stays suspended, for that
        reason; 409 when that issuer alone does. Repeating it changes nothing else.
        """

        async def work() -> bytes:
            return await _described(describe, await reinstate(record_id, caller), caller)

        request = request_of(f"reinstate {record_id}", (), b"", caller)
        return _replied(await once(caller, idempotency_key, request, work))


async def _described(describe: Describe, record: Record, caller: Caller) -> bytes:
    return msgspec.json.encode(await describe(record, to_holder=caller.reads))


def _replied(kept: bytes) -> Response[Description]:
    return Response(msgspec.json.decode(kept, type=Description))
