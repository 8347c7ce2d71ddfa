"""One published surface: its routes, the document that describes them, and how it words what goes wrong."""

from collections.abc import Callable
from typing import Any  # Any: routes, security schemes and tags of the framework are handed on unread

import msgspec

from gateway.http.delivery import HttpRequest
from gateway.http.onward import Links
from gateway.http.problem import Problem


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal in the words of a protocol.

    Attributes:
        status: The HTTP status that the protocol gives it, which need not be the problem's own.
        headers: Further ones; those of the problem (``Retry-After``, ``WWW-Authenticate``) are sent in any case.
    """

    status: int
    body: bytes
    media_type: str = "application/json"
    headers: dict[str, str] = {}


Failed = Callable[[HttpRequest, Problem], Failure | None]
"""A problem to what a surface says instead; None for the problem document itself."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is posted to somebody's endpoint, signed as Standard Webhooks say.

    Attributes:
        name: Of the message in the document's ``webhooks``.
    """

    name: str
    operation_id: str
    summary: str
    description: str
    body: type[msgspec.Struct]


class Surface(msgspec.Struct, frozen=True, kw_only=True):
    """Routes that are published together.

    Attributes:
        document: File name in ``openapi/``, ``open-badges-3.json``; "" for pages for people, which have no contract.
        title: Of the document.
        prefixes: Paths below which every problem is worded by ``failed``, those of unknown addresses too.
        security_schemes: By name, as OpenAPI objects of the framework.
        told: What is posted to endpoints that were registered here.
        links: Which operations follow which.
        doors: Beginnings of the addresses that wallets in browsers ask: scripts of every origin may, for there is no
            cookie or anything else of the browser's that would vouch for somebody there.
    """

    document: str
    title: str
    summary: str
    routes: tuple[Any, ...]
    tags: tuple[Any, ...] = ()
    security_schemes: dict[str, Any] = {}
    told: tuple[Told, ...] = ()
    links: Links = {}
    prefixes: tuple[str, ...] = ()
    failed: Failed | None = None
    doors: tuple[str, ...] = ()

    def speaks_at(self, path: str) -> bool:
        """Whether problems under this path are worded by this surface."""
        return any(path == prefix or path.startswith(f"{prefix}/") for prefix in self.prefixes)
