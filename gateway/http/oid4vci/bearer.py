"""Who shows a wallet's access token: looked at before the body is read."""

from hashlib import sha256

from litestar.handlers import BaseRouteHandler

from gateway.errors import Unauthorised
from gateway.http.admission import Connection, presented, take, take_for_address
from gateway.http.delivery import HttpRequest
from gateway.records.offers import Grant

REQUESTS_PER_MINUTE = 120
"""With one access token, which lives for five minutes and fetches one credential."""


async def let_in(connection: Connection, handler: BaseRouteHandler) -> None:  # noqa: ARG001 - as every guard
    """Let only bearers of a wallet's access token pass; a wrong one costs its address a token of the public limit.

    Raises:
        Unauthorised: No token came.
        InvalidToken: It is unknown or expired.
        TooManyRequests: Too many wrong tokens from this address, or too many requests with the right one.
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    shown = presented(connection)
    try:
        found = await connection.app.state.gateway.oid4vci.recognise(shown)
    except Unauthorised:
        await take_for_address(connection)
        raise
    bucket = f"wallet {sha256(shown.encode(errors='surrogatepass')).hexdigest()}"
    await take(connection, bucket, REQUESTS_PER_MINUTE, "with this access token", policy="grant")
    connection.state.wallet = found


def wallet_grant(request: HttpRequest) -> Grant:
    """What the request's access token allows; only behind ``let_in``."""
    found: Grant = request.state.wallet
    return found
