"""What a scene is: what must be there before, and the very request, with the values that live in this world."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any  # Any: bodies in JSON

import msgspec

from gateway.http.examples.recorded import Sent
from tests.examples.story import BEARER, Story

NOBODY = "00000000-0000-4000-8000-000000000000"
"""An id that nothing has."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request.

    Attributes:
        sent: What is published of it.
        headers: What shows who asks, and is not published.
        accept: The media type to answer in.
        shown: Headers of the answer that are published.
        external: Where the body of the answer is published instead, when it is too large.
    """

    sent: Sent
    headers: dict[str, str] = field(default_factory=dict)
    accept: str = "*/*"
    shown: tuple[str, ...] = ()
    external: str = ""


def asked(
    parameters: dict[str, Any] | None = None,
    body: Any = msgspec.UNSET,
    *,
    media_type: str = "application/json",
    shared: str = "",
    headers: dict[str, str] | None = None,
    accept: str = "*/*",
    shown: tuple[str, ...] = (),
    external: str = "",
) -> Asked:
    """A request, by default without anything that shows who asks.

    Args:
        shared: The name of the example that is sent, of a body that several operations take.
    """
    sent = Sent(
        parameters=parameters or {},
        body=body,
        media_type="" if body is msgspec.UNSET else media_type,
        shared=shared,
    )
    return Asked(sent=sent, headers=headers or {}, accept=accept, shown=shown, external=external)


def by_platform(parameters: dict[str, Any] | None = None, body: Any = msgspec.UNSET, **more: Any) -> Asked:
    """A request with the API key of the platform."""
    return asked(parameters, body, headers=BEARER, **more)


Prepare = Callable[[Story], Awaitable[Asked]]


@dataclass(frozen=True)
class Scene:
    """One example of one operation.

    Attributes:
        summary: How the request differs from the one that is published; "" where it is that one.
        alone: Whether it plays in a world of its own: what lists all that there is, or changes what others show.
        first: Whether it plays before there is any record, alone.
    """

    operation: str
    status: str
    prepare: Prepare
    summary: str = ""
    alone: bool = False
    first: bool = False

    @property
    def name(self) -> str:
        return f"{self.operation}-{self.status}"


class Scenes:
    """The scenes of one area; each is a function that prepares it."""

    def __init__(self) -> None:
        self.all: list[Scene] = []

    def __call__(
        self, operation: str, status: int = 200, summary: str = "", *, alone: bool = False, first: bool = False
    ) -> Callable[[Prepare], Prepare]:
        """The scene whose request is published, when there is no summary; else a refusal, or a further answer."""

        def kept(prepare: Prepare) -> Prepare:
            self.all.append(Scene(operation, str(status), prepare, summary, alone or first, first))
            return prepare

        return kept
