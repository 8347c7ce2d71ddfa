"""Around the routes: HEAD answered like GET without its body, and a rate limit per address on public routes."""

from typing import cast

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from gateway.errors import TooManyRequests
from gateway.ports import RateLimit
from gateway.settings import Settings

KEY_HOLDERS = "/v1/credentials"
"""What needs an API key is limited by key, not by address."""

UNLIMITED = "/healthz"


class HeadAsGet:
    """An ASGI application that routes HEAD to the GET handler.

    The server leaves the body out, because its own scope still says HEAD.
    """

    def __init__(self, app: Litestar) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite the method in a copy of the scope."""
        if scope["type"] == ScopeType.HTTP and scope["method"] == "HEAD":
            scope = cast("Scope", {**scope, "method": "GET"})
        await self.app(scope, receive, send)


class PublicRateLimit(ASGIMiddleware):
    """A token bucket per client address."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, settings: Settings) -> None:
        self._capacity = settings.public_requests_per_minute
        self._proxies = settings.proxies

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let the request pass, or refuse it with 429.

        Raises:
            TooManyRequests: The address used up its bucket.
        """
        if not scope["path"].startswith((KEY_HOLDERS, UNLIMITED)):
            limit: RateLimit = scope["litestar_app"].state.gateway.rate_limit
            bucket = f"address {client_address(scope, self._proxies)}"
            taken = await limit.take(bucket, capacity=self._capacity, per_s=self._capacity / 60)
            if not taken.allowed:
                raise TooManyRequests("too many requests from this address", retry_after_s=taken.retry_after_s)
        await next_app(scope, receive, send)


def client_address(scope: Scope, proxies: frozenset[str]) -> str:
    """The address a request came from; ``X-Forwarded-For`` is believed from configured proxies only.

    The last address in it that is not a proxy of ours is the one that our outermost proxy saw.
    """
    client = scope.get("client")
    peer = client[0] if client else ""
    if peer not in proxies:
        return peer
    forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    addresses = [address.strip()[:64] for address in ",".join(forwarded).split(",")]
    return next((address for address in reversed(addresses) if address and address not in proxies), peer)
