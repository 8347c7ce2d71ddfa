"""``/v1/platform/clients``: a platform's own clients, which get tokens by client credentials (RFC 6749 section 4.4)."""

from typing import Annotated

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter

from gateway.flows.convert import Caller
from gateway.flows.oauth.own_clients import ListClients, MakeClient, RevokeClient
from gateway.flows.once import Once
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.parameters import only_known_parameters
from gateway.http.platform.kept import NO_CONTENT, kept, made, request_of
from gateway.http.platform.wire import ONE_LINE
from gateway.http.problems import problems
from gateway.http.provided import flow
from gateway.http.replies import IdempotencyKey
from gateway.records import Instant, require_writable
from gateway.records.access import Scope
from gateway.records.oauth import Client
from gateway.records.texts import WHOLE

ClientId = Annotated[str, PathParameter(description="Id of the client.", max_length=60, pattern=ONE_LINE)]


class NewClient(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a new client should be.

    Attributes:
        name: For people who see it in a list.
        scopes: What its tokens may do; no more than the key that asks may.
        expires: From then on it is no client any more, and no later than the key that asks; null for never.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=ONE_LINE)]
    scopes: Annotated[list[Scope], msgspec.Meta(min_length=1, max_length=20)]
    expires: Instant | None = None

    def __post_init__(self) -> None:
        """Refuse a time that nobody can write."""
        require_writable(self.expires, "expires")


class PlatformClient(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A client of a platform.

    Attributes:
        client_secret: Shown once, when it is made.
        used: When it first got a token; absent while it has none.
        expires: From then on it is no client any more; absent for never.
        made_by: As in the audit trail: `key …`, `client …` or `command line`.
    """

    client_id: str
    name: str
    scopes: tuple[str, ...]
    created: Instant
    used: Instant | None = None
    expires: Instant | None = None
    made_by: str = ""
    client_secret: str = ""


class ClientList(msgspec.Struct, frozen=True, kw_only=True):
    """The clients of a platform, oldest first."""

    clients: Annotated[tuple[PlatformClient, ...], WHOLE]


class PlatformClientController(Controller):
    """A platform's own clients."""

    path = "/v1/platform/clients"
    tags = ["Platform"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.PLATFORM_MANAGE)
    dependencies = {name: flow(f"oauth.{name}") for name in ("make_client", "list_clients", "revoke_client")}

    @get(operation_id="listClients", summary="List clients", responses=problems(401, 403, 429, 503))
    async def page(self, caller: NamedDependency[Caller], list_clients: NamedDependency[ListClients]) -> ClientList:
        """Every client that has not been revoked."""
        return ClientList(clients=tuple(map(_shown, await list_clients(caller.platform))))

    @post(
        operation_id="makeClient",
        summary="Make a client",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 408, 409, 413, 422, 429, 503),
    )
    async def make(
        self,
        data: JSONBody[NewClient],
        caller: NamedDependency[Caller],
        make_client: NamedDependency[MakeClient],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[PlatformClient]:
        """Its secret is in this answer alone. Tokens come from `/oauth/token`, by `client_credentials`.

        There the client shows its secret in HTTP Basic or as `client_secret` in the form, never in both.
        """

        async def work() -> bytes:
            scopes = frozenset(data.scopes)
            new = await make_client(
                caller.platform, data.name, scopes, caller.actor, maker=caller, expires=data.expires
            )
            return kept(msgspec.structs.replace(_shown(new.client), client_secret=new.secret))

        answer = await once(caller, idempotency_key, request_of("make client", data), work)
        return made(answer, PlatformClient)

    @delete(
        "/{client_id:str}",
        operation_id="revokeClient",
        summary="Revoke a client",
        status_code=NO_CONTENT,
        responses=problems(401, 403, 404, 429, 503),
    )
    async def revoke(
        self, client_id: ClientId, caller: NamedDependency[Caller], revoke_client: NamedDependency[RevokeClient]
    ) -> None:
        """It gets no more tokens, and those that it has are dead at once."""
        await revoke_client(caller.platform, client_id, caller.actor)


def _shown(client: Client) -> PlatformClient:
    return PlatformClient(
        client_id=client.id,
        name=client.name,
        scopes=client.scopes,
        created=client.created,
        used=client.used,
        expires=client.expires,
        made_by=client.made_by,
    )
