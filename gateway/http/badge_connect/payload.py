"""The body of POST /assertions: which of its two members is the badge."""

import re
from typing import Any  # Any: a struct to decode

import msgspec

from adapters.hub.errors import Malformed
from adapters.hub.strict_json import WITH_A_BADGE, check_bounds, check_names
from gateway.flows.backpack.refusals import NotJson, RequestInvalid
from gateway.http.badge_connect.wire import NULL, AssertionPayload

_COMPACT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


class _Named(msgspec.Struct, frozen=True):
    """``AssertionDType``: what every Assertion has to have; ``@id`` and ``@type`` are their names in JSON-LD."""

    id: str
    type: str | list[str]


def decoded(body: bytes, kind: type[Any]) -> Any:
    """Decode a body.

    Raises:
        NotJson: It is none, or a name stands twice in one object.
        RequestInvalid: It is not of this kind.
        TooLarge: It has more values, or more levels, than one with a badge in it.
    """
    try:
        check_bounds(body, msgspec.structs.replace(WITH_A_BADGE, max_bytes=len(body)))
        found = msgspec.json.decode(body, type=kind)
        check_names(body)
    except msgspec.ValidationError as error:
        raise RequestInvalid(str(error).replace("`", "")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotJson(f"the body cannot be read: {error}", fix="send a JSON object, in UTF-8") from error
    except Malformed as error:
        raise NotJson(str(error), pointer=error.pointer, fix="send each member once") from error
    return found


def pushed_badge(body: bytes) -> bytes:
    """The exact bytes of the badge in a body; with both members the signed one, as the specification demands.

    Raises:
        NotJson: The body is no JSON.
        RequestInvalid: It holds neither, or something that cannot be an Assertion.
    """
    payload: AssertionPayload = decoded(body, AssertionPayload)
    if payload.signed_assertion is not None:
        if not _COMPACT.fullmatch(payload.signed_assertion):
            raise RequestInvalid("signedAssertion is no JWS in compact serialisation", pointer="/signedAssertion")
        return payload.signed_assertion.encode()
    if payload.assertion == NULL:
        raise RequestInvalid("neither assertion nor signedAssertion is there", fix='send {"assertion": {...}}')
    decoded(bytes(payload.assertion), _Named)
    return bytes(payload.assertion)
