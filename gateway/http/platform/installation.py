"""``/v1/platforms``: the tenants of the installation, for whoever runs it."""

from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.once import Once
from gateway.flows.platform.keys import MakeKey, Wish
from gateway.flows.platform.tenants import ChangePlatform, ListPlatforms, MakePlatform, ShowPlatform
from gateway.http.admission import Connection, admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.parameters import only_known_parameters
from gateway.http.platform.kept import kept, made, request_of
from gateway.http.platform.wire import (
    CHANGE_BYTES,
    ApiKeyDescription,
    NewApiKey,
    NewPlatform,
    PlatformChange,
    PlatformDescription,
    PlatformList,
    described,
    made_key,
)
from gateway.http.problems import problems
from gateway.http.replies import IdempotencyKey
from gateway.http.shown import PlatformId
from gateway.records.access import Scope
from gateway.records.tenants import DEFAULT_PLATFORM


async def of_the_installation(connection: Connection, handler: BaseRouteHandler) -> None:  # noqa: ARG001
    """Let only keys of the default platform pass: with the scope alone, a tenant's key could reach the others.

    Raises:
        NotFound: The key is another platform's.
    """
    if connection.scope.get("method") != "OPTIONS" and connection.state.caller.platform != DEFAULT_PLATFORM:
        raise NotFound("nothing is served at this address")


class InstallationController(Controller):
    """Every platform of this installation."""

    path = "/v1/platforms"
    tags = ["Installation"]
    security = [{"apiKey": []}]
    guards = [admitted, of_the_installation, only_known_parameters]
    opt = needs(Scope.INSTALLATION_MANAGE)

    @get(operation_id="listPlatforms", summary="List platforms", responses=problems(401, 403, 404, 429, 503))
    async def all(self, list_platforms: NamedDependency[ListPlatforms]) -> PlatformList:
        """Every platform and its twin for tests, by id."""
        return PlatformList(platforms=tuple(map(described, await list_platforms())))

    @post(
        operation_id="makePlatform",
        summary="Make a platform",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 408, 409, 413, 422, 429, 503),
    )
    async def make(
        self,
        data: JSONBody[NewPlatform],
        caller: NamedDependency[Caller],
        make_platform: NamedDependency[MakePlatform],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[PlatformDescription]:
        """With a twin for tests, whose id is this one and ``-test``. An id stays for good: addresses begin with it."""

        async def work() -> bytes:
            return kept(described(await make_platform(data.id, data.name, caller.actor)))

        answer = await once(caller, idempotency_key, request_of("make platform", data), work)
        return made(answer, PlatformDescription)

    @get("/{tenant:str}", operation_id="showTenant", summary="Show one", responses=problems(401, 403, 404, 429, 503))
    async def show(self, tenant: PlatformId, show_platform: NamedDependency[ShowPlatform]) -> PlatformDescription:
        """What the platform decided."""
        return described(await show_platform(tenant))

    @patch(
        "/{tenant:str}",
        operation_id="changeTenant",
        summary="Change one",
        request_max_body_size=CHANGE_BYTES,
        responses=problems(401, 403, 404, 408, 413, 422, 429, 503),
    )
    async def change(
        self,
        tenant: PlatformId,
        data: JSONBody[PlatformChange],
        caller: NamedDependency[Caller],
        change_platform: NamedDependency[ChangePlatform],
    ) -> PlatformDescription:
        """What is named is replaced, everything else stays; limits can be raised here too."""
        return described(await change_platform(tenant, data.wanted(), caller.actor, may_raise=True))

    @post(
        "/{tenant:str}/keys",
        operation_id="makeTenantKey",
        summary="Make an API key for one",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 408, 409, 413, 422, 429, 503),
    )
    async def make_key(
        self,
        tenant: PlatformId,
        data: JSONBody[NewApiKey],
        caller: NamedDependency[Caller],
        make_key: NamedDependency[MakeKey],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[ApiKeyDescription]:
        """The text of the key is in this answer alone; a twin's id gives a key for tests."""
        wish = Wish(name=data.name, scopes=frozenset(data.scopes), expires=data.expires)

        async def work() -> bytes:
            return kept(made_key(await make_key(tenant, wish, caller.actor, maker=caller)))

        answer = await once(caller, idempotency_key, request_of(f"make key of {tenant}", data), work)
        return made(answer, ApiKeyDescription)
