"""Bodies in JSON that are not what an operation takes."""

from typing import Any  # Any: what the framework says of a fault, and JSON

import msgspec
from litestar.handlers import BaseRouteHandler

from adapters.hub.errors import Malformed
from adapters.hub.strict_json import check_names
from gateway.apart import apart
from gateway.errors import GatewayError
from gateway.http.delivery import HttpRequest
from gateway.records.misfit import misfit

ARGUMENT = "data"
"""The argument of a handler that is its body."""


class InvalidBody(GatewayError):
    """The body is no JSON, or other JSON than the operation takes."""

    code = "invalid-body"


def takes_json(handler: BaseRouteHandler | None) -> bool:
    """Whether the body of an operation is read into a Struct; None where no operation was found yet."""
    return handler is not None and ARGUMENT in handler.parsed_fn_signature.parameters


def no_json(detail: str) -> InvalidBody:
    """What to say of a body that does not even decode."""
    return InvalidBody(
        f"the body is no JSON: {detail}", fix="send one JSON object, with Content-Type: application/json"
    )


def unfit(handler: BaseRouteHandler, faults: list[dict[str, Any]]) -> InvalidBody:
    """What to say of JSON that is not what the operation takes; ``faults`` are the framework's, one or more."""
    key, message = str(faults[0].get("key", "")), str(faults[0].get("message", ""))
    if message == repr(ARGUMENT):
        return InvalidBody("the body is missing", fix="send a JSON object, with Content-Type: application/json")
    place = "" if key == ARGUMENT else f" - at `$.{key}`"
    found = misfit(handler.parsed_fn_signature.parameters[ARGUMENT].annotation, message + place)
    return InvalidBody(f"{found.pointer or 'the body'}: {found.reason}", pointer=found.pointer, fix=found.fix)


async def taken_at_its_word(request: HttpRequest) -> None:
    """Refuse a body whose members have another type than they should, or stand there twice.

    The framework reads bodies as it reads queries, where all is text: "1" would do for 1, "true" for true, and a number
    for a time. In JSON each is what it is.

    Raises:
        InvalidBody: A member has another type, or two have one name.
    """
    handler = request.route_handler
    if not takes_json(handler):
        return
    wanted = handler.parsed_fn_signature.parameters[ARGUMENT].annotation
    body = await request.body()
    try:
        msgspec.convert(_whole(msgspec.json.decode(body)), wanted)
    except msgspec.ValidationError as error:
        found = misfit(wanted, str(error))
        raise InvalidBody(
            f"{found.pointer or 'the body'}: {found.reason}", pointer=found.pointer, fix=found.fix
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return  # the framework says the same of it
    try:
        await apart(len(body), check_names, body)
    except Malformed as error:
        raise InvalidBody(str(error), pointer=error.pointer, fix="send each member once") from error


def _whole(value: Any) -> Any:
    """The same with whole numbers as such: 1.0 is one in JSON Schema."""
    if isinstance(value, dict):
        return {name: _whole(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_whole(child) for child in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
