"""``/problems/{code}``: what the ``type`` of a problem document leads to."""

import functools
from collections.abc import Iterator
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import PathParameter

from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError, NotFound
from gateway.http.problems import FRAMEWORK_CODES, problems, status_of, title_of
from gateway.http.titles import TITLES

Code = Annotated[str, PathParameter(pattern="^[a-z0-9-]{1,40}$", max_length=40)]


class ProblemType(msgspec.Struct, frozen=True):
    """A reason for which a request is not served.

    Attributes:
        code: Stable machine name.
        status: The HTTP status that it comes with.
    """

    code: str
    title: str
    status: int


@get(
    "/problems/{code:str}",
    operation_id="problemType",
    summary="What a problem means",
    tags=["Operations"],
    security=[{}],
    responses=problems(404, 429),
)
async def problem_type(code: Code) -> ProblemType:
    """What the ``type`` of a problem document stands for."""
    found = _types().get(code)
    if found is None:
        raise NotFound("there is no such problem")
    return found


@functools.cache
def _types() -> dict[str, ProblemType]:
    framework = {code: ProblemType(code, TITLES[code], status) for status, code in FRAMEWORK_CODES.items()}
    ours = {
        kind.code: ProblemType(kind.code, title_of(kind), status_of(kind))
        for root in (AdapterError, GatewayError)
        for kind in _kinds(root)
    }
    return framework | ours


def _kinds(root: type[AdapterError | GatewayError]) -> Iterator[type[AdapterError | GatewayError]]:
    """Every class that has a code of its own."""
    if "code" in vars(root):
        yield root
    for kind in root.__subclasses__():
        yield from _kinds(kind)
