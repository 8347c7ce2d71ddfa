"""Is it alive, is it ready, and which keys are ours: the addresses that machines ask first."""

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec

from gateway.flows.check_health import CheckHealth, Readiness
from gateway.flows.list_keys import ListKeys
from gateway.flows.show import LIVE_S
from gateway.http.admission import NOT_COUNTED
from gateway.http.delivery import OK, HttpRequest, delivered, for_everybody
from gateway.http.openapi import pages
from gateway.http.problems import RETRY_S, problems

NOT_READY = 503
JWK_SET = "application/jwk-set+json"
PART_MISSING = ResponseSpec(Readiness, description="A part does not answer.", generate_examples=False)


class Liveness(msgspec.Struct, frozen=True):
    """The process answers."""

    alive: bool


class HealthController(Controller):
    """For load balancers and people on call."""

    tags = ["Operations"]
    security = [{}]

    @get(
        "/healthz",
        operation_id="liveness",
        summary="Is the process alive?",
        opt=NOT_COUNTED,
        responses=problems(),
    )
    async def alive(self) -> Liveness:
        """Answers as soon as the process does; touches no store."""
        return Liveness(alive=True)

    @get(
        "/readyz",
        operation_id="readiness",
        summary="Can the gateway work?",
        responses={**problems(429), NOT_READY: PART_MISSING},
    )
    async def ready(self, check_health: NamedDependency[CheckHealth]) -> Response[Readiness]:
        """Tries the store, the cache and a test signature; 503 names the part that fails."""
        found = await check_health()
        if found.ready:
            return Response(found, status_code=OK)
        return Response(found, status_code=NOT_READY, headers={"Retry-After": str(RETRY_S)})

    @get(
        "/.well-known/jwks.json",
        operation_id="jwks",
        summary="The gateway's public keys",
        operation_class=pages("JWK Set.", JWK_SET, shared=True),
        responses=problems(429, 503),
    )
    async def jwks(self, request: HttpRequest, list_keys: NamedDependency[ListKeys]) -> Response[bytes]:
        """Every key of every platform under the ``kid`` that tokens name it by; ``iss`` is the issuer it speaks for."""
        body = msgspec.json.encode({"keys": await list_keys()})
        return delivered(request, body, JWK_SET, cache=for_everybody(LIVE_S))
