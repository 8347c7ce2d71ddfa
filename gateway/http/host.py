"""The Host header: which name stands there is not looked at, but it has to be one."""

import re
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler

from gateway.errors import GatewayError

MAX_CHARACTERS = 300
_HOST = re.compile(r"(?:[a-z0-9._~-]*|\[[0-9a-f:.]+\])(?::[0-9]{0,5})?", re.IGNORECASE | re.ASCII)


class MalformedHost(GatewayError):
    """The Host header is no host and port."""

    code = "malformed-host"


async def well_formed_host(
    connection: ASGIConnection[BaseRouteHandler, object, object, State],
    handler: BaseRouteHandler,  # noqa: ARG001
) -> None:
    """Let only requests pass whose Host could be one: Litestar fails over others when it names an address in an error.

    Raises:
        MalformedHost: It could not.

    Source: RFC 9112 section 3.2: a server answers 400 to an invalid Host.
    """
    if not all(map(_is_host, connection.headers.getall("Host", []))):
        raise MalformedHost("the Host header is no host and port", fix="send the name under which this is served")


def _is_host(text: str) -> bool:
    if len(text) > MAX_CHARACTERS or not _HOST.fullmatch(text):
        return False
    try:
        return urlsplit(f"//{text}").port != 0
    except ValueError:  # a port above 65535, or brackets around what is no address
        return False
