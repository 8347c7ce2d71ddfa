"""What stands in a query of this API, what a body may be declared as, and which answers a client takes."""

import datetime as dt
import re
from typing import Annotated

import msgspec
from litestar.exceptions import ValidationException
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from gateway.flows.present import PAGE_LIMIT
from gateway.flows.upsert import CARRIERS
from gateway.http.accept import NotAcceptable, quality
from gateway.http.admission import Connection
from gateway.http.body_type import UnsupportedMediaType
from gateway.http.delivery import header

MAX_INT = 2**31 - 1
"""The largest ``limit`` and ``offset``: the specification has them as 32-bit integers."""

_SINCE = "A date and time with its offset from UTC (RFC 3339): 2026-01-31T12:00:00Z; only what came in or changed after"
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+ -]\d\d:\d\d)")
_JSONS = ("application/json", "application/ld+json", "application/vc", "application/vc+ld+json")

Limit = Annotated[
    int,
    QueryParameter(description=f"Credentials on a page, at least 1; more than {PAGE_LIMIT} never.", ge=1, le=MAX_INT),
]
Offset = Annotated[int, QueryParameter(description="Credentials to pass over, from 0.", ge=0, le=MAX_INT)]
DateTime = Annotated[str, msgspec.Meta(max_length=60, extra_json_schema={"format": "date-time"})]
Since = Annotated[tuple[DateTime, ...], QueryParameter(description=_SINCE, max_items=1)]


def instant_of(since: tuple[str, ...]) -> dt.datetime | None:
    """The instant that ``since`` names, None when it is absent.

    A leniency: the ``+`` of an offset arrives as a space from clients that do not encode it, and is taken for what it
    was.

    Raises:
        ValidationException: It is no date and time with an offset, or one that no calendar has.
    """
    for text in since:
        if not _DATE_TIME.fullmatch(text):
            raise _mistaken("it is no date and time with an offset from UTC")
        try:
            return dt.datetime.fromisoformat(text.upper().replace(" ", "+")).astimezone(dt.UTC)
        except (ValueError, OverflowError) as error:
            raise _mistaken("there is no such date and time") from error
    return None


def _mistaken(why: str) -> ValidationException:
    return ValidationException(why, extra=[{"key": "since", "message": why, "source": "query"}])


async def takes_json(connection: Connection, handler: BaseRouteHandler) -> None:  # noqa: ARG001
    """Let only clients pass that take JSON, of whatever name.

    Raises:
        NotAcceptable: It names other types, and none of ours.
    """
    accept = header(connection, "Accept")
    if not any(quality(accept, each) for each in _JSONS):
        raise NotAcceptable("what is served here is application/json", fix="send Accept: application/json")


async def only_credentials(connection: Connection, handler: BaseRouteHandler) -> None:  # noqa: ARG001
    """Let only bodies pass that are declared as a credential, before a byte of them is read.

    Raises:
        UnsupportedMediaType: It is declared otherwise.
    """
    _require(connection, tuple(CARRIERS))


async def only_profiles(connection: Connection, handler: BaseRouteHandler) -> None:  # noqa: ARG001
    """Let only bodies pass that are declared as JSON.

    Raises:
        UnsupportedMediaType: It is declared otherwise.
    """
    _require(connection, ("application/json",))


def declared(content_type: str) -> str:
    """The media type of a body, in lower case, without parameters."""
    return content_type.partition(";")[0].strip().lower()


def _require(connection: Connection, taken: tuple[str, ...]) -> None:
    named = declared(connection.headers.get("Content-Type", ""))
    if named not in taken:
        said = named[:100] or "nothing"
        raise UnsupportedMediaType(f"the body is declared as {said}", fix=f"declare it as {' or '.join(taken)}")
