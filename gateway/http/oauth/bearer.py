"""Who shows an access token that a person granted, and what it allows: looked at before the body is read."""

from typing import Any  # Any: options of a handler, as the framework keeps them

from litestar.handlers import BaseRouteHandler

from gateway.errors import InsufficientScope, Unauthorised
from gateway.http.admission import NOT_COUNTED, Connection, presented, take, take_for_address
from gateway.http.delivery import HttpRequest
from gateway.records.oauth import Grant

NEEDED = "oauth_scope"


def allows(scope: str) -> dict[str, Any]:
    """``opt`` of a handler behind ``authorised``: the scope, as registered, that its token must have."""
    return {**NOT_COUNTED, NEEDED: scope}


async def authorised(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let only bearers of a person's access token with the handler's scope pass.

    A wrong token costs its address a token of the public limit.

    Raises:
        Unauthorised: No token came.
        InvalidToken: It is unknown, expired or revoked.
        InsufficientScope: It does not have the scope.
        TooManyRequests: Too many wrong tokens from this address, or too many requests with the right one.
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    gateway = connection.app.state.gateway
    try:
        found: Grant = await gateway.oauth.recognise(presented(connection))
    except Unauthorised:
        await take_for_address(connection)
        raise
    per_minute = gateway.settings.key_requests_per_minute
    await take(connection, f"grant {found.client} {found.person}", per_minute, "with this authorisation")
    needed = handler.opt[NEEDED]
    if needed not in found.scopes:
        raise InsufficientScope(f"this needs the scope {needed}", fix=f"ask the person for it: scope={needed}")
    connection.state.grant = found


def grant(request: HttpRequest) -> Grant:
    """What the request's access token allows; only behind ``authorised``."""
    found: Grant = request.state.grant
    return found
