"""``RateLimit-Policy`` and ``RateLimit``: what a caller has left, on every answer that a limit stood before.

Source: draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4; lists of strings with parameters (RFC 9651).
"""

import math

import msgspec
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from gateway.ports import Allowance

WINDOW_S = 60

_STATE = "rate_limits"


class Limited(msgspec.Struct, frozen=True, kw_only=True):
    """One limit that a request went through.

    Attributes:
        policy: Whose limit it is: ``key``, ``platform``, ``address``, ``grant``.
        quota: Requests a minute.
        available_s: After so long there is one more request to make, or, when some are left, all of them.
    """

    policy: str
    quota: int
    remaining: int
    available_s: int


def remember(scope: Scope, policy: str, quota: int, taken: Allowance) -> None:
    """Keep the answer of a limit until the response begins."""
    missing = quota - taken.remaining
    wait_s = missing * WINDOW_S / quota if taken.allowed and taken.remaining else taken.retry_after_s
    limited = Limited(
        policy=policy, quota=quota, remaining=taken.remaining, available_s=max(1, math.ceil(wait_s or WINDOW_S / quota))
    )
    scope["state"].setdefault(_STATE, {})[policy] = limited


async def tell(message: Message, scope: Scope) -> None:
    """Put the two headers on an answer that begins; on a refusal ``t`` is what ``Retry-After`` says."""
    limits: dict[str, Limited] = scope["state"].get(_STATE, {}) if "state" in scope else {}
    if message["type"] != "http.response.start" or not limits:
        return
    headers = MutableScopeHeaders.from_message(message)
    found = limits.values()
    headers["RateLimit-Policy"] = ", ".join(f'"{each.policy}";q={each.quota};w={WINDOW_S}' for each in found)
    headers["RateLimit"] = ", ".join(f'"{each.policy}";r={each.remaining};t={each.available_s}' for each in found)
