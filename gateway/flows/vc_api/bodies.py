"""Bodies of requests, read as strictly as what is signed: two members of one name would be two documents."""

from typing import TypeVar

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import Malformed
from gateway.records.misfit import misfit

T = TypeVar("T", bound=msgspec.Struct)


def read(body: bytes, kind: type[T], limits: strict_json.Limits = strict_json.DEFAULT) -> T:
    """Read a body.

    Raises:
        Malformed, TooLarge: It is no JSON that everybody reads alike, or other JSON than ``kind``.
    """
    strict_json.decode(body, limits)
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        found = misfit(kind, str(error))
        raise Malformed(found.reason, pointer=found.pointer, fix=found.fix) from error
