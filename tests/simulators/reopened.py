"""A gateway that is made anew each time that an application starts."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack

from gateway.assembly.whole import Gateway


class Reopened(AbstractAsyncContextManager[Gateway]):
    """The gateway for as long as one operation is tried; schemathesis starts and ends the application for each."""

    def __init__(self, opened: Callable[[], AbstractAsyncContextManager[Gateway]]) -> None:
        self._opened = opened
        self._open: list[AsyncExitStack] = []

    async def __aenter__(self) -> Gateway:
        self._open.append(AsyncExitStack())
        return await self._open[-1].enter_async_context(self._opened())

    async def __aexit__(self, *failure: object) -> None:
        await self._open.pop().aclose()
