"""``/v1/platform/keys`` and ``/v1/platform/signing-keys``: who may call, and what is signed with."""

from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from gateway.flows.convert import Caller
from gateway.flows.once import Once
from gateway.flows.platform.keys import ListApiKeys, MakeKey, RevokeKey, Wish
from gateway.flows.platform.signing_keys import ListSigningKeys, RotateKey
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.parameters import only_known_parameters
from gateway.http.platform.kept import NO_CONTENT, UnguessableId, kept, made, request_of
from gateway.http.platform.wire import (
    ApiKeyDescription,
    ApiKeyList,
    KeyRotation,
    NewApiKey,
    SigningKey,
    SigningKeyList,
    api_key,
    made_key,
    signing_key,
)
from gateway.http.problems import problems
from gateway.http.replies import IdempotencyKey
from gateway.records.access import Scope


class ApiKeyController(Controller):
    """The API keys of a platform."""

    path = "/v1/platform/keys"
    tags = ["Platform"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.PLATFORM_MANAGE)

    @get(operation_id="listApiKeys", summary="List API keys", responses=problems(401, 403, 429, 503))
    async def all(self, caller: NamedDependency[Caller], list_api_keys: NamedDependency[ListApiKeys]) -> ApiKeyList:
        """Every key, oldest first, without its secret; those that ended too."""
        return ApiKeyList(keys=tuple(map(api_key, await list_api_keys(caller.platform))))

    @post(
        operation_id="makeApiKey",
        summary="Make an API key",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 408, 409, 413, 422, 429, 503),
    )
    async def make(
        self,
        data: JSONBody[NewApiKey],
        caller: NamedDependency[Caller],
        make_key: NamedDependency[MakeKey],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[ApiKeyDescription]:
        """The text of the key is in this answer alone. It can do nothing that the key cannot which asks."""
        wish = Wish(name=data.name, scopes=frozenset(data.scopes), expires=data.expires)

        async def work() -> bytes:
            return kept(made_key(await make_key(caller.platform, wish, caller.actor, maker=caller)))

        answer = await once(caller, idempotency_key, request_of("make key", data), work)
        return made(answer, ApiKeyDescription)

    @delete(
        "/{key_id:str}",
        operation_id="revokeApiKey",
        summary="Revoke an API key",
        status_code=NO_CONTENT,
        responses=problems(401, 403, 404, 429, 503),
    )
    async def revoke(
        self, key_id: UnguessableId, caller: NamedDependency[Caller], revoke_key: NamedDependency[RevokeKey]
    ) -> None:
        """For good, at once; the key that asks can end itself."""
        await revoke_key(caller.platform, key_id, caller.actor)


class SigningKeyController(Controller):
    """The keys that a platform signs with."""

    path = "/v1/platform/signing-keys"
    tags = ["Platform"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.PLATFORM_MANAGE)

    @get(operation_id="listSigningKeys", summary="List signing keys", responses=problems(401, 403, 429, 503))
    async def all(
        self, caller: NamedDependency[Caller], list_signing_keys: NamedDependency[ListSigningKeys]
    ) -> SigningKeyList:
        """Every key in every state, oldest first; they are made when they are first needed."""
        return SigningKeyList(keys=tuple(map(signing_key, await list_signing_keys(caller.platform))))

    @post(
        operation_id="rotateSigningKey",
        summary="Rotate a signing key",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 408, 409, 413, 422, 429, 503),
    )
    async def rotate(
        self,
        data: JSONBody[KeyRotation],
        caller: NamedDependency[Caller],
        rotate_key: NamedDependency[RotateKey],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[SigningKey]:
        """A new key signs from now on; the one before is retired, and what it signed keeps verifying."""

        async def work() -> bytes:
            return kept(signing_key(await rotate_key(caller.platform, data.purpose, data.algorithm, caller.actor)))

        answer = await once(caller, idempotency_key, request_of("rotate", data), work)
        return made(answer, SigningKey)
