"""Answers that made something, kept as they were for a repeated Idempotency-Key."""

from typing import Annotated, TypeVar

import msgspec
from litestar import Response
from litestar.params import PathParameter

S = TypeVar("S", bound=msgspec.Struct)

CREATED, NO_CONTENT = 201, 204

UnguessableId = Annotated[str, PathParameter(description="A UUID, from a list.", min_length=36, max_length=36)]


def request_of(what: str, body: msgspec.Struct) -> bytes:
    """Everything that makes two requests the same."""
    return msgspec.json.encode([what, body])


def kept(answer: msgspec.Struct) -> bytes:
    """An answer as it is kept."""
    return msgspec.json.encode(answer)


def made(answer: bytes, kind: type[S]) -> Response[S]:
    """An answer that was kept, as it is sent every time."""
    return Response(msgspec.json.decode(answer, type=kind), status_code=CREATED)
