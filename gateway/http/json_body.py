"""Bodies in JSON that are not what an operation takes."""

from typing import Any  # Any: what the framework says of a fault, and JSON

import msgspec
from litestar.enums import RequestEncodingType
from litestar.handlers import BaseRouteHandler
from litestar.params import BodyKwarg
from litestar.utils.scope.state import ScopeState

from adapters.hub.errors import Malformed
from adapters.hub.strict_json import check_bounds, check_names
from gateway.apart import apart
from gateway.errors import GatewayError
from gateway.http.delivery import HttpRequest
from gateway.records.misfit import misfit
from gateway.records.whole import whole

ARGUMENT = "data"
"""The argument of a handler that is its body."""

SMALL_BYTES = 64 * 1024
"""Of a body without a credential: more than all its members have room for."""

DEARNESS = 2
"""So much dearer than opening a file is reading JSON into a type: 8 KiB take up to 5 ms to refuse."""


class InvalidBody(GatewayError):
    """The body is no JSON, or other JSON than the operation takes."""

    code = "invalid-body"


def takes_json(handler: BaseRouteHandler | None) -> bool:
    """Whether the body of an operation is JSON and read into a Struct; None where no operation was found yet."""
    return handler is not None and media_type_of(handler) is RequestEncodingType.JSON


def media_type_of(handler: BaseRouteHandler) -> RequestEncodingType | str | None:
    """As what the body of an operation is read into a Struct; None where it is not."""
    body = handler.parsed_fn_signature.parameters.get(ARGUMENT)
    return body.kwarg_definition.media_type if body and isinstance(body.kwarg_definition, BodyKwarg) else None


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
    """Read a body, and refuse one whose members have another type than they should, or stand there twice.

    The framework reads bodies as it reads queries, where all is text: "1" would do for 1, "true" for true, and a number
    for a time. In JSON each is what it is. What was read here is what the handler is given: the framework would read
    it once more, on the event loop.

    Raises:
        InvalidBody: It is no JSON, a member has another type, or two have one name.
        TooLarge: It has more values, or more levels, than any body may have.
    """
    handler = request.route_handler
    if not takes_json(handler):
        return
    body = await request.body()
    if not body:
        return  # the framework says that it is missing
    coding = request.headers.get("Content-Encoding", "")
    if coding and body.lstrip()[:1] not in (b"{", b"["):
        raise InvalidBody(
            f"the body is encoded as {coding[:40]}, which is not undone here", fix="send it without Content-Encoding"
        )
    wanted = handler.parsed_fn_signature.parameters[ARGUMENT].annotation
    ScopeState.from_scope(request.scope).json = await apart(DEARNESS * len(body), _read, body, wanted)


def _read(body: bytes, wanted: Any) -> Any:
    try:
        check_bounds(body)
        msgspec.json.decode(body, type=msgspec.Raw)  # what is no JSON is not called something else for its beginning
        found = _typed(body, wanted)
        check_names(body)
    except msgspec.ValidationError as error:
        fault = misfit(wanted, str(error))
        raise InvalidBody(
            f"{fault.pointer or 'the body'}: {fault.reason}", pointer=fault.pointer, fix=fault.fix
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise no_json(str(error)) from error
    except Malformed as error:
        if error.pointer:
            raise InvalidBody(str(error), pointer=error.pointer, fix="send each member once") from error
        raise no_json(str(error)) from error
    return found


def _typed(body: bytes, wanted: Any) -> Any:
    try:
        return msgspec.json.decode(body, type=wanted)
    except msgspec.ValidationError:
        return msgspec.convert(whole(msgspec.json.decode(body)), wanted)
