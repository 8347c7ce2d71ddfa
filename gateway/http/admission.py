"""Who is calling, and how often: looked at before a byte of the body is read."""

import ipaddress
from typing import Any  # Any: of a connection only headers and the client are read

from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler

from gateway.errors import InsufficientScope, TooManyRequests, Unauthorised
from gateway.flows.convert import Caller
from gateway.http.delivery import HttpRequest
from gateway.http.rate_limits import remember
from gateway.ports import SPONSOR, Sponsor
from gateway.ports.trials import TRIAL
from gateway.records.access import Scope

Connection = ASGIConnection[BaseRouteHandler, object, object, State]

NOT_COUNTED = {"counted": False}
"""``opt`` of handlers that have no limit per address: what needs a key has one per key, and a load balancer none."""


def needs(scope: Scope) -> dict[str, object]:
    """``opt`` of handlers behind ``admitted``: the scope that the caller's key must have."""
    return {**NOT_COUNTED, "scope": scope}


FETCHES_A_REQUEST = 2
"""So many documents of others a caller may have fetched for each request of its limit; what is remembered is free."""


async def counted(connection: Connection, handler: BaseRouteHandler) -> None:
    """Begin a request, which is nobody's in test mode; take one token from the bucket of the caller's address.

    Raises:
        TooManyRequests: It is empty.
    """
    TRIAL.set(None)
    if handler.opt.get("counted", True):
        await take_for_address(connection)


async def admitted(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let only key holders pass; which methods an address has is told to everybody.

    Raises:
        Unauthorised, InsufficientScope, TooManyRequests: See ``admit``.
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    await admit(connection, handler, presented(connection))


def presented(connection: Connection) -> str:
    """The key or token that a request shows, "" when it shows none.

    The scheme is read in any case, as RFC 9110 section 11.1 has it: clients send ``bearer``. What stands in the query
    or the body is not looked for (RFC 9700 section 4.3.2).
    """
    scheme, _, shown = connection.headers.get("Authorization", "").partition(" ")
    return shown.strip() if scheme.lower() == "bearer" else ""


async def in_test_mode(connection: Connection, handler: BaseRouteHandler) -> None:  # noqa: ARG001
    """Let everybody pass who shows nothing; who shows a key or token of a twin works there, where the test issuer is.

    Raises:
        Unauthorised, TooManyRequests: See ``admit``; of whatever is shown.
    """
    if key := presented(connection):
        await _known(connection, key)


async def admit(connection: Connection, handler: BaseRouteHandler, key: str) -> None:
    """Let the holder of a key pass; a wrong key costs its address a token of the public limit.

    Raises:
        Unauthorised: The key is missing or unknown.
        InsufficientScope: The key lacks what the handler ``needs``.
        TooManyRequests: Too many wrong keys came from this address, or too many requests with the right one, or with
            all keys of its platform.
    """
    _require(handler.opt["scope"], await _known(connection, key))


async def _known(connection: Connection, key: str) -> Caller:
    """For whom a key works, counted; from now on the request is theirs."""
    gateway = connection.app.state.gateway
    try:
        found: Caller = await gateway.admit(key)
    except Unauthorised:
        await take_for_address(connection)
        raise
    settings = gateway.settings
    most = found.platform_per_minute or settings.platform_requests_per_minute
    # The key first: one that asks without end takes nothing from the others of its platform.
    await take(connection, f"key {found.holder}", settings.key_requests_per_minute, "with this API key")
    await take(connection, f"platform {found.platform}", most, "for this platform", policy="platform", sponsors=False)
    TRIAL.set(await gateway.test_aids.find_trial(found.platform))
    connection.state.caller = found
    return found


def _require(scope: Scope, found: Caller) -> None:
    if scope not in found.scopes:
        raise InsufficientScope(
            f"this API key does not have the scope {scope}",
            fix=f"use a key with the scope {scope}; {_who_makes_one(scope)}",
        )


def _who_makes_one(scope: Scope) -> str:
    if scope is Scope.INSTALLATION_MANAGE:
        return "whoever runs the gateway makes one with badge-gateway api-keys add --scope installation.manage"
    return "an owner of the platform can make one"


def caller(request: HttpRequest) -> Caller:
    """For whom the request's API key works; only behind ``admitted``."""
    found: Caller = request.state.caller
    return found


async def take_for_address(connection: Connection) -> None:
    """Take one token from the bucket of the caller's address.

    Raises:
        TooManyRequests: It is empty.
    """
    settings = connection.app.state.gateway.settings
    bucket = f"address {client_address(connection, settings.proxies)}"
    await take(connection, bucket, settings.public_requests_per_minute, "from this address", policy="address")


async def take(
    connection: Connection, bucket: str, per_minute: int, whose: str, *, policy: str = "key", sponsors: bool = True
) -> None:
    """Take one token from a bucket; the answer says how many are left.

    Args:
        per_minute: How many tokens the bucket holds, and how many a minute come back.
        whose: Ends the sentence "too many requests …".
        policy: Names the limit in the headers ``RateLimit-Policy`` and ``RateLimit``.
        sponsors: Whether who holds the bucket pays for the fetches of this request.

    Raises:
        TooManyRequests: It is empty.
    """
    taken = await connection.app.state.gateway.rate_limit.take(bucket, capacity=per_minute, per_s=per_minute / 60)
    remember(connection.scope, policy, per_minute, taken)
    if not taken.allowed:
        raise TooManyRequests(f"too many requests {whose}", retry_after_s=taken.retry_after_s)
    if sponsors:
        SPONSOR.set(Sponsor(bucket, FETCHES_A_REQUEST * per_minute))


def client_address(connection: ASGIConnection[Any, Any, Any, Any], proxies: frozenset[str]) -> str:
    """The network a request came from, as limits count it; ``X-Forwarded-For`` is believed from our proxies only.

    The last address in it that is not a proxy of ours is the one that our outermost proxy saw. Of IPv6 it is the /64:
    whoever has one such address has 2^64 of them (RFC 6177 section 2).
    """
    peer = connection.client.host if connection.client else ""
    if peer not in proxies:
        return _network(peer)
    forwarded = ",".join(connection.headers.getall("X-Forwarded-For", []))
    addresses = [address.strip()[:64] for address in forwarded.split(",")]
    return _network(next((address for address in reversed(addresses) if address and address not in proxies), peer))


def _network(address: str) -> str:
    """The /64 of an IPv6 address; everything else as it is, an IPv4 address in IPv6 as that one."""
    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    return str(parsed.ipv4_mapped or ipaddress.IPv6Network((int(parsed), 64), strict=False))
