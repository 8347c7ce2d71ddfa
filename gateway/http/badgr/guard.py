"""Who shows a token that an application got for a password: looked at before the body is read."""

from litestar.handlers import BaseRouteHandler

from gateway.errors import Unauthorised
from gateway.http.admission import Connection, presented, take, take_for_address
from gateway.http.delivery import HttpRequest


async def let_in(connection: Connection, handler: BaseRouteHandler) -> None:  # noqa: ARG001
    """Let only bearers of such a token pass; a wrong one costs its address a token of the public limit.

    Raises:
        Unauthorised: The token is missing, unknown or expired.
        TooManyRequests: Too many wrong tokens from this address, or too many requests with the right one.
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    gateway = connection.app.state.gateway
    try:
        person = await gateway.badgr.let_in.recognised(presented(connection))
    except Unauthorised:
        await take_for_address(connection)
        raise
    per_minute = gateway.settings.key_requests_per_minute
    await take(connection, f"application of {person}", per_minute, "for this person")
    connection.state.person = person


def person(request: HttpRequest) -> str:
    """Id of the person for whom the application acts; only behind ``let_in``."""
    found: str = request.state.person
    return found
